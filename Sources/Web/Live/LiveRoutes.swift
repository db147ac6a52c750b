import Base
import City
import HTTPTypes
import Hummingbird
import NIOCore

/// What open pages listen to: server-sent events.
extension Site {
  /// Further back than this, a list counts as changed without being looked through.
  private static let farthest: Int64 = 10_000

  func addLive(to group: RouterGroup<SiteContext>) {
    group.get("/live") { request, context in
      let signedIn = try context.requireSignedIn()
      let token = context.sessionToken ?? ""
      let topic = try await liveTopic(request, signedIn.doer)
      guard request.method == .get else { return Self.events(ResponseBody()) }
      let (line, wakes, since) = try await hub.open(topic, for: signedIn, token: token)
      do {
        if try await hasChanged(topic, upTo: since, for: signedIn.doer) { await hub.mark(line) }
      } catch {
        await hub.close(line)
        throw error
      }
      return Self.events(
        ResponseBody { [hub, centre] writer in
          await hub.run(line)
          // A page that is left makes room at once, not at the next word that cannot be sent.
          try await request.body.consumeWithInboundCloseHandler { _ in
            do {
              try await LiveAnswer(hub: hub, centre: centre, line: line, token: token).write(
                wakes, to: &writer)
            } catch {
              // The reader has gone.
            }
          } onInboundClosed: {
            Task { await hub.close(line) }
          }
          await hub.close(line)
          try await writer.finish(nil)
        })
    }
  }

  /// The last entry of the ledger: asked for before a page reads what it shows, so that nothing falls
  /// between the page and its line.
  func ledgerPosition() async throws -> Int64 {
    try await centre.database.read { try Ledger.last(in: $0) }
  }

  /// - Throws: `case.missing` for a case that the reader may not see; `input.invalid`.
  private func liveTopic(_ request: Request, _ doer: Doer) async throws -> LiveTopic {
    let query = Query(request)
    // What the browser has heard last comes before what the page knew when it was made.
    let heard = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }.flatMap(Int64.init)
    let known = try query.whole("after", 0...Int.max).map(Int64.init)
    guard let after = heard.map({ max(0, $0) }) ?? known else {
      throw Fault.invalid("after", "value.missing")
    }
    guard let text = query["case"] else {
      try doer.require(.caseRead)
      return .cases(after: after)
    }
    guard let id = ID<Case>(text) else { throw Fault.missing("case") }
    try await centre.cases.requireReading(id, by: doer)
    return .file(id, after: after)
  }

  /// Whether something that the reader may know of has changed since the page was made.
  private func hasChanged(
    _ topic: LiveTopic, upTo last: Int64, for doer: Doer
  ) async throws -> Bool {
    guard topic.after < last else { return false }
    if topic.file == nil && last - topic.after > Self.farthest { return true }
    return try await centre.database.read { [cases = centre.cases] snapshot in
      let ids = try cases.changed(
        after: topic.after, upTo: last, only: topic.file, limit: Int(Self.farthest), in: snapshot)
      return try stride(from: 0, to: ids.count, by: 200).contains { start in
        try cases.reaches(of: Array(ids[start..<min(start + 200, ids.count)]), in: snapshot)
          .contains { $0.isKnown(to: doer) }
      }
    }
  }

  private static func events(_ body: ResponseBody) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = "text/event-stream; charset=utf-8"
    headers[.cacheControl] = "no-store"
    if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
    return Response(status: .ok, headers: headers, body: body)
  }
}

/// One open page's answer, which lasts as long as the page.
struct LiveAnswer: Sendable {
  /// Events of one line are at least so far apart; what comes between is one.
  private static let pause = Duration.seconds(1)
  /// After which a browser that lost its connection comes again, in milliseconds.
  private static let retry = 3000

  let hub: Hub
  let centre: Centre
  let line: Int
  let token: String

  func write(_ wakes: AsyncStream<Void>, to writer: inout any ResponseBodyWriter) async throws {
    try await writer.write(ByteBuffer(string: "retry: \(Self.retry)\n\n"))
    for await _ in wakes {
      let word = await hub.word(on: line)
      // Sessions end by time too, of which no entry tells.
      let signedIn = try await centre.identity.sessions.doer(sessionToken: token, isSeen: false)
      guard signedIn != nil, let event = word.event else {
        if word != .ended { try await writer.write(ByteBuffer(string: Self.over)) }
        return
      }
      try await writer.write(ByteBuffer(string: event))
      if case .news = word { try await Task.sleep(for: Self.pause) }
    }
  }

  private static let over = "event: over\ndata: 1\n\n"
}

extension Hub.Word {
  /// Nil where nothing follows.
  fileprivate var event: String? {
    switch self {
    case .news(let sequence): "id: \(sequence)\nevent: news\ndata: 1\n\n"
    case .beat(let sequence): "id: \(sequence)\nevent: beat\ndata: 1\n\n"
    case .over, .ended: nil
    }
  }
}
