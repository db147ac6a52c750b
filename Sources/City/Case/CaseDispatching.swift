import Base
import Store

/// A case that waits to be sent to a unit, with what its dispatcher asks before sending it.
public struct CaseToDispatch: Sendable {
  public let line: CaseLine
  /// Whom the rules name, and which of them; its proposal is nil where they name nobody who is there.
  public let gets: WhoGets
  /// Why it is here again; nil for one that was not sent yet.
  public let back: CameBack?
}

/// Why a case is with its dispatcher again.
public struct CameBack: Sendable, Equatable {
  /// `giveBack`, `withdraw` or `reopen`.
  public let move: CaseMove
  /// Who had it last as its lead.
  public let unit: ID<Organisation>?
  /// The reason that was written.
  public let text: String
  public let at: Moment
}

/// A case whose lead has not taken it.
public struct UntakenCase: Sendable {
  public let line: CaseLine
  public let unit: ID<Organisation>
  /// The deadline of the lead's part.
  public let dueAt: Moment?
  public let sentAt: Moment
}

/// A list of which only the first are shown.
public struct FirstOf<Element: Sendable>: Sendable {
  /// By clock.
  public let lines: [Element]
  /// How many there are, counted up to `CaseDesk.mostCounted`.
  public let total: Int
}

/// How many open cases run out when, of those that somebody may read; each the length of a list.
public struct DueCounts: Sendable, Equatable {
  public var late: Int
  /// Not late, and due within an hour, four and twenty-four; each holds those before it.
  public var hour: Int
  public var soon: Int
  public var day: Int
}

/// The dispatcher's desk as it was at one moment.
public struct DispatchBoard: Sendable {
  public let toDispatch: FirstOf<CaseToDispatch>
  public let untaken: FirstOf<UntakenCase>
  public let due: DueCounts
  /// What is due within 24 hours and not late, the next first.
  public let next: [CaseLine]
  public let loads: [CaseLoad]
}

/// What a dispatcher looks at all day. Each list is a few statements, however long it is.
extension CaseDesk {
  /// The cases that wait for `doer` to send them, by clock, with whom the rules name.
  ///
  /// - Throws: `right.missing`.
  public func toDispatch(
    by doer: Doer, lines limit: Int = 50, in snapshot: some Querying
  ) throws -> FirstOf<CaseToDispatch> {
    try doer.require(.caseDispatch)
    guard let waits = try dispatchable(by: doer, in: snapshot) else {
      return FirstOf(lines: [], total: 0)
    }
    let lines: [CaseLine] = try snapshot.all(
      """
      SELECT \(CaseLine.columns) FROM case_file AS c WHERE \(waits)
      ORDER BY c.queue_at, c.id LIMIT \(max(1, min(limit, Self.longestPage)))
      """)
    let ids = lines.map(\.id)
    let paths = try areaPaths(of: ids, in: snapshot)
    let gets = try whoGets(
      try lines.map {
        (kind: try kinds.kind($0.kindVersion, in: snapshot), areaPath: paths[$0.id] ?? "")
      }, in: snapshot)
    let back = try cameBack(ids, in: snapshot)
    return FirstOf(
      lines: zip(lines, gets).map { CaseToDispatch(line: $0, gets: $1, back: back[$0.id]) },
      total: try counted(waits, in: snapshot))
  }

  /// The cases whose lead has not taken them, and which are late or will be within `soon` seconds; those
  /// that `doer` may take back.
  ///
  /// - Throws: `right.missing`.
  public func untaken(
    by doer: Doer, at now: Moment, lines limit: Int = 50, in snapshot: some Querying
  ) throws -> FirstOf<UntakenCase> {
    try doer.require(.caseDispatch)
    let scope = try scope(.caseDispatch, of: doer, in: snapshot).condition ?? "1 = 1"
    // The next deadline of a case is not after that of who leads it.
    let waits: SQL = """
      c.state IN ('dispatched', 'handling') AND c.closed_at IS NULL
        AND c.queue_at < \(now + Self.soon) AND \(scope) AND \(Self.leadIsUntaken(before: now + Self.soon))
      """
    let lines: [CaseLine] = try snapshot.all(
      """
      SELECT \(CaseLine.columns) FROM case_file AS c WHERE \(waits)
      ORDER BY c.queue_at, c.id LIMIT \(max(1, min(limit, Self.longestPage)))
      """)
    let parts = try CasePartRows.assignments(of: lines.map(\.id), in: snapshot)
    let leads = Dictionary(grouping: parts.filter(\.isWaitingLead), by: \.caseID)
    return FirstOf(
      lines: lines.compactMap { line in
        leads[line.id]?.last.map {
          UntakenCase(line: line, unit: $0.organisation, dueAt: $0.dueAt, sentAt: $0.sentAt)
        }
      }, total: try counted(waits, in: snapshot))
  }

  /// What is late and what will be, of the cases that `doer` may read, by the deadlines that their list shows.
  ///
  /// - Throws: `right.missing`.
  public func dueCounts(
    by doer: Doer, at now: Moment, in snapshot: some Querying
  ) throws -> DueCounts {
    var filter = CaseFilter()
    filter.order = .due
    filter.overdueAt = now
    let late = try number(of: filter, by: doer, in: snapshot)
    filter.overdueAt = nil
    filter.dueFrom = now
    func within(_ seconds: Int64) throws -> Int {
      filter.dueBefore = now + seconds
      return try number(of: filter, by: doer, in: snapshot)
    }
    return DueCounts(
      late: late, hour: try within(Self.hour), soon: try within(Self.soon),
      day: try within(CaseLoad.day))
  }

  /// Seconds of the nearest of the times that `DueCounts` looks ahead.
  public static let hour: Int64 = 3600

  /// Takes a case back from whoever has it, and sends it to another: both or neither.
  ///
  /// - Parameter input: `text`, the reason; `organisation`, and as for a dispatch `person` and `helpers`.
  /// - Throws: as `make` for either move.
  @discardableResult
  public func sendElsewhere(
    _ input: MoveInput, on id: ID<Case>, revision: Int?, by doer: Doer, in tx: Transaction
  ) throws -> Case {
    // What is wrong with the receiver is told together with a missing reason.
    var faults: [Fault.Field] = []
    _ = try TextCheck.collect(&faults) { try input.required("text", input.text) }
    _ = try TextCheck.collect(&faults) { try input.required("organisation", input.organisation) }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    try make(
      .withdraw, MoveInput(text: input.text ?? ""), on: id, revision: revision, by: doer, in: tx)
    var sending = input
    sending.text = nil
    return try make(.dispatch, sending, on: id, by: doer, in: tx)
  }

  /// All of the desk, out of one snapshot.
  ///
  /// - Throws: `right.missing`.
  public func dispatchBoard(
    by doer: Doer, at now: Moment, lines limit: Int = 50
  ) async throws -> DispatchBoard {
    try doer.require(.caseDispatch)
    var filter = CaseFilter()
    filter.order = .due
    filter.setDue(within: CaseLoad.day, of: now)
    let coming = filter
    return try await database.read { snapshot in
      DispatchBoard(
        toDispatch: try toDispatch(by: doer, lines: limit, in: snapshot),
        untaken: try untaken(by: doer, at: now, lines: limit, in: snapshot),
        due: try dueCounts(by: doer, at: now, in: snapshot),
        next: try lines(coming, limit: Self.mostNext, by: doer, in: snapshot).lines,
        loads: try loads(by: doer, at: now, in: snapshot))
    }
  }

  /// Lines of what runs out next.
  static let mostNext = 12

  /// `sendElsewhere` in a transaction of its own.
  @discardableResult
  public func sendElsewhere(
    _ input: MoveInput, on id: ID<Case>, revision: Int?, by doer: Doer
  ) async throws -> Case {
    try await database.write { tx in
      try sendElsewhere(input, on: id, revision: revision, by: doer, in: tx)
    }
  }

  /// Whether `doer` may take the whole case back, as its own dispatcher, and send it to another.
  public static func maySendElsewhere(_ view: CaseView, by doer: Doer) -> Bool {
    CaseFlow.moves(on: view, by: doer).contains(.withdraw)
      && view.case.isWithin(.caseDispatch, of: doer)
      && view.parts(of: doer, right: .caseDispatch, in: [.passed]).isEmpty
  }

  // MARK: - Pieces

  private func counted(_ condition: SQL, in snapshot: some Querying) throws -> Int {
    try snapshot.value(
      """
      SELECT COUNT(*) FROM (SELECT 1 AS one FROM case_file AS c WHERE \(condition)
        LIMIT \(Self.mostCounted)) AS counted
      """) ?? 0
  }

  private func areaPaths(
    of ids: [ID<Case>], in snapshot: some Querying
  ) throws -> [ID<Case>: String] {
    var paths: [ID<Case>: String] = [:]
    try snapshot.each("SELECT id, area_path FROM case_file WHERE id IN \(list: ids)") { fields in
      paths[try fields.next()] = try fields.next(String.self)
    }
    return paths
  }

  /// What was written last when a case came back, and who led it then.
  private func cameBack(
    _ ids: [ID<Case>], in snapshot: some Querying
  ) throws -> [ID<Case>: CameBack] {
    let leads = Dictionary(
      grouping: try CasePartRows.assignments(of: ids, in: snapshot).filter {
        $0.isLead && $0.parent == nil && $0.purpose == .handle
      }, by: \.caseID)
    var found: [ID<Case>: CameBack] = [:]
    try snapshot.each(
      """
      SELECT case_id, move, body, created_at FROM case_note
      WHERE case_id IN \(list: ids) AND move IN ('return', 'withdraw', 'reopen') ORDER BY id
      """
    ) { fields in
      let id: ID<Case> = try fields.next()
      found[id] = CameBack(
        move: try fields.next(), unit: leads[id]?.last?.organisation, text: try fields.next(),
        at: try fields.next())
    }
    return found
  }

  private static func leadIsUntaken(before moment: Moment) -> SQL {
    """
    EXISTS (SELECT 1 FROM case_assignment AS w WHERE w.case_id = c.id AND w.purpose = 'handle'
      AND w.is_lead = 1 AND w.parent_id IS NULL AND w.state = 'sent' AND w.ended_at IS NULL
      AND w.due_at < \(moment))
    """
  }
}

extension CaseAssignment {
  /// That of the case's lead, while nobody has taken it.
  fileprivate var isWaitingLead: Bool {
    isLead && parent == nil && purpose == .handle && state == .sent && endedAt == nil
  }
}
