import Base
import Foundation
import Store
import TestSupport
import Testing

/// Several servers, each a process of its own, on one PostgreSQL.
@Suite(
  .serialized,
  .enabled(if: Executable.isBuilt, "the executable is not built beside the tests"),
  .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct NodeTests {
  @Test("what is done at one node holds at the other: sessions, keys, files, open pages")
  func equal() async throws {
    let place = try await NodePlace()
    defer { place.remove() }
    let first = try await place.start()
    let second = try await place.start()
    defer { for node in [first, second] { node.process.terminate() } }
    let client = PlainClient()
    let bearer = ["Authorization": "Bearer \(place.token)"]

    // Signed in at one, at work at the other.
    let cookie = try await client.signIn(first)
    let desk = try await client.send("GET", second, "/desk", headers: cookie)
    #expect(desk.status == 200)
    let live = try #require(desk.text.firstMatch(of: #/data-live="([^"]*)"/#)?.1)

    // The same key makes one case, wherever it is sent.
    let made = try #require(await first.report("情况 100001", place.token))
    #expect(await second.report("情况 100001", place.token) == made)

    // A file that came in at one is served by the other.
    let photo = Data("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n".utf8)
    let kept = try await client.send(
      "POST", first, "/api/v1/cases/\(made)/attachments?name=a.pdf", headers: bearer, body: photo)
    #expect(kept.status == 201, "\(kept.text)")
    let file = try #require(kept.text.firstMatch(of: #/"id":"(\d+)"/#)?.1)
    let back = try await client.send(
      "GET", second, "/api/v1/attachments/\(file)", headers: bearer)
    #expect(back.bytes == photo)

    // A page that is open at the second hears of what is done at the first.
    let after = try #require(
      try await client.send("GET", second, "/desk", headers: cookie).text
        .firstMatch(of: #/data-live="([^"]*)"/#)?.1)
    #expect(after != live, "the page knows how far the ledger was")
    let page = try LiveListener(second, String(after), cookie)
    let other = try LiveListener(first, String(after), cookie)
    #expect(try await eventually { page.text.contains("retry:") && other.text.contains("retry:") })
    #expect(!page.text.contains("event: news"))
    #expect(await first.report("情况 100002", place.token) != nil)
    #expect(try await eventually { page.text.contains("event: news") })
    #expect(try await eventually { other.text.contains("event: news") })

    // Signed out at one, out at the other, the open page too.
    let csrf = try #require(desk.text.firstMatch(of: #/name="csrf" value="([^"]*)"/#)?.1)
    let left = try await client.form(first, "/sign-out", ["csrf": String(csrf)], headers: cookie)
    #expect(left.status == 303)
    #expect(
      try await eventually {
        try await client.send("GET", second, "/desk", headers: cookie).status == 303
      })
    #expect(try await eventually { page.text.contains("event: over") && page.isOver })

    // Open pages keep nobody from ending.
    let again = try await client.signIn(second)
    let last = try LiveListener(second, "/live?after=0", again)
    #expect(try await eventually { last.text.contains("retry:") })
    for node in [second, first] {
      node.process.terminate()
      node.process.waitUntilExit()
      #expect(node.process.terminationStatus == 0)
    }
    #expect(try await eventually { last.isOver })
    let proof = try Executable.run(["ledger", "verify", "--database", place.test.address ?? ""])
    #expect(proof.status == 0, "\(proof.output)")
  }

  @Test("the limit of requests is one limit, whichever node is asked")
  func limit() async throws {
    let place = try await NodePlace()
    defer { place.remove() }
    let more = ["--requests-per-minute", "60"]
    let nodes = [try await place.start(more), try await place.start(more)]
    defer { for node in nodes { node.process.terminate() } }
    let client = PlainClient()
    // How often of eleven times the second lets somebody in, once it has learned what they took at the
    // first. Who took too long, so that they might ask again, or was told of in parts, proves nothing.
    var letIn: Int?
    for round in 1...20 where letIn == nil {
      letIn = try await Self.letIn(by: nodes, try place.token(of: "duty\(round)"), place, client)
    }
    let count = try #require(letIn, "no round proved anything")
    #expect(count < 11)
    #expect(
      try await client.send("GET", nodes[1], "/sign-in").status == 200, "others are not told so")
  }

  /// Takes a whole burst of 12 at the first node and one at the second, waits until they have told each
  /// other, and asks the second eleven times.
  ///
  /// - Returns: how often that one answered; nil where the round proves nothing.
  private static func letIn(
    by nodes: [RunningServer], _ token: String, _ place: NodePlace, _ client: PlainClient
  ) async throws -> Int? {
    let bearer = ["Authorization": "Bearer \(token)"]
    let status: @Sendable (RunningServer) async throws -> Int = { node in
      try await client.send("GET", node, "/api/v1/me", headers: bearer).status
    }
    let known = try await buckets(place).map(\.caller)
    let bucket = {
      let found = try await buckets(place).filter { !known.contains($0.caller) }
      #expect(found.count < 2)
      return found.first
    }
    let start = ContinuousClock.now
    for _ in 0..<12 { #expect(try await status(nodes[0]) == 200) }
    #expect(try await eventually { try await bucket() != nil })
    let told = try await bucket()
    // Once nothing is left in the bucket, the first has nothing more to tell.
    guard told?.level == 0 else { return nil }
    #expect(try await status(nodes[1]) == 200, "its own bucket is full")
    #expect(try await eventually { try await bucket() != told })
    var count = 0
    for _ in 0..<11 {
      let answer = try await status(nodes[1])
      #expect([200, 429].contains(answer))
      count += answer == 200 ? 1 : 0
    }
    // A second fills in one request.
    return ContinuousClock.now - start < .seconds(8) ? count : nil
  }

  private struct Bucket: Equatable, Row {
    let caller: [UInt8]
    let level: Int64
    let filledAt: Int64

    init(_ fields: inout Fields) throws {
      caller = try fields.next()
      level = try fields.next()
      filledAt = try fields.next()
    }
  }

  private static func buckets(_ place: NodePlace) async throws -> [Bucket] {
    try await place.test.database.read {
      try $0.all("SELECT caller_digest, level, filled_at FROM rate_bucket")
    }
  }

  @Test("a node that stands still with the right to sweep loses it, comes back, and does no harm")
  func paused() async throws {
    let place = try await NodePlace()
    defer { place.remove() }
    var nodes = [try await place.start(["--lease-seconds", "2"])]
    defer {
      for node in nodes {
        kill(node.process.processIdentifier, SIGCONT)
        node.process.terminate()
      }
    }
    // The first was alone when it took the right.
    #expect(try await eventually { try await Self.holder(place) != nil })
    let first = try #require(try await Self.holder(place))
    nodes.append(try await place.start(["--lease-seconds", "2"]))
    try await Self.stop(nodes[0], holding: first, place)
    #expect(try await eventually { try await Self.holder(place) != first })
    for number in 1...20 {
      #expect(await nodes[1].report("情况 \(200_000 + number)", place.token) != nil)
    }
    // It goes on where it stood, among the other's sweeps.
    kill(nodes[0].process.processIdentifier, SIGCONT)
    kill(nodes[1].process.processIdentifier, SIGSTOP)
    #expect(
      try await eventually { try await Self.holder(place) == first }, "it has taken over again")
    let sealed = try await eventually {
      try await Self.unsealed(place) == 0
    }
    #expect(sealed)
    kill(nodes[1].process.processIdentifier, SIGCONT)
    for number in 21...30 {
      #expect(await nodes[number % 2].report("情况 \(200_000 + number)", place.token) != nil)
    }
    for node in nodes {
      node.process.terminate()
      node.process.waitUntilExit()
      #expect(node.process.terminationStatus == 0)
    }
    let proof = try Executable.run(["ledger", "verify", "--database", place.test.address ?? ""])
    #expect(proof.status == 0, "\(proof.output)")
    let count: Int? = try await place.test.database.read {
      try $0.value("SELECT COUNT(*) FROM case_file")
    }
    #expect(count == 30)
  }

  /// Stops a node in a moment in which it has the right to sweep.
  private static func stop(
    _ node: RunningServer, holding holder: String, _ place: NodePlace
  ) async throws {
    for _ in 0..<100 {
      #expect(try await eventually { try await self.holder(place) == holder })
      kill(node.process.processIdentifier, SIGSTOP)
      if try await self.holder(place) == holder { return }
      kill(node.process.processIdentifier, SIGCONT)
    }
    Issue.record("it never stood still with the right")
  }

  /// Who took the right to sweep last.
  private static func holder(_ place: NodePlace) async throws -> String? {
    try await place.test.database.read {
      try $0.value("SELECT holder FROM lease WHERE name = 'sweep'")
    }
  }

  private static func unsealed(_ place: NodePlace) async throws -> Int64 {
    try await place.test.database.read {
      try $0.value(
        """
        SELECT (SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry)
          - (SELECT COALESCE(MAX(last_sequence), 0) FROM ledger_seal)
        """) ?? -1
    }
  }
}
