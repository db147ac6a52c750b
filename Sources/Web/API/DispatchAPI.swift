import Base
import City
import Hummingbird

/// The dispatcher's desk over JSON.
struct DispatchAPI {
  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/dispatch", use: board)
    api.get("/loads", use: loads)
  }

  @Sendable private func board(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    try query.requireOnce()
    let limit = try query.whole("limit", 1...CaseDesk.longestPage) ?? 50
    let directory = try await site.centre.directory()
    let board = try await site.centre.cases.dispatchBoard(
      by: doer, at: site.centre.now(), lines: limit)
    return try Answer.json(DispatchOut(board, directory))
  }

  @Sendable private func loads(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let desk = site.centre.cases
    let parties = try await site.centre.directory().parties
    let now = site.centre.now()
    let found = try await site.centre.database.read {
      try desk.loads(by: doer, at: now, in: $0)
    }
    return try Answer.json(
      LoadList(since: desk.weekStart(at: now), loads: found.compactMap { LoadOut($0, parties) }))
  }
}

/// What a dispatcher looks at.
struct DispatchOut: Encodable {
  let total: Int
  let cases: [Waiting]
  let untakenTotal: Int
  let untaken: [Untaken]
  let due: Due

  struct Waiting: Encodable {
    let `case`: CaseLineOut
    let gets: WhoAnswer
    let back: Back?
  }

  /// Why it is here again.
  struct Back: Encodable {
    let move: String
    let organisation: String?
    let text: String
    let at: Moment
  }

  /// Sent, and not taken by its lead.
  struct Untaken: Encodable {
    let `case`: CaseLineOut
    let organisation: String?
    let sentAt: Moment
    let dueAt: Moment?
  }

  struct Due: Encodable {
    let late: Int
    let hour: Int
    let soon: Int
    let day: Int
  }

  init(_ board: DispatchBoard, _ directory: Directory) {
    let parties = directory.parties
    total = board.toDispatch.total
    cases = board.toDispatch.lines.map { waits in
      Waiting(
        case: CaseLineOut(waits.line),
        gets: WhoAnswer(waits.gets, area: waits.line.area.flatMap { directory.places[$0]?.code }),
        back: waits.back.map {
          Back(
            move: $0.move.rawValue, organisation: $0.unit.flatMap { parties[$0]?.code },
            text: $0.text, at: $0.at)
        })
    }
    untakenTotal = board.untaken.total
    untaken = board.untaken.lines.map {
      Untaken(
        case: CaseLineOut($0.line), organisation: parties[$0.unit]?.code, sentAt: $0.sentAt,
        dueAt: $0.dueAt)
    }
    due = Due(
      late: board.due.late, hour: board.due.hour, soon: board.due.soon, day: board.due.day)
  }
}

/// What each organisation has on its hands.
struct LoadList: Encodable {
  /// Since when returns are counted.
  let since: Moment
  let loads: [LoadOut]
}

struct LoadOut: Encodable {
  let organisation: String
  let open: Int
  let sent: Int
  let taken: Int
  let late: Int
  let soon: Int
  let returned: Int

  init?(_ load: CaseLoad, _ parties: PartyMap) {
    guard let code = parties[load.organisation]?.code else { return nil }
    organisation = code
    (open, sent, taken) = (load.open, load.sent, load.taken)
    (late, soon, returned) = (load.late, load.soon, load.returned)
  }
}
