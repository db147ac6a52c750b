import Base
import Store

/// What time does to cases. Each pass is idempotent and works in batches: run twice, the second
/// changes nothing.
public struct CaseSweep: Sendable {
  /// Rows of one transaction.
  static let batch = 200
  private let desk: CaseDesk

  public init(desk: CaseDesk) { self.desk = desk }

  /// What is late is looked for last: a case that is taken up again may be.
  private var passes: [@Sendable (Transaction) throws -> Int] {
    [ValiditySweep(desk: desk).run, endSuspensions, computeUnknownDeadlines, noteOverdue]
  }

  /// Runs all passes until nothing is due.
  ///
  /// - Parameter writing: a fence before the database; nil for none.
  /// - Returns: how many rows were touched.
  @discardableResult
  public func run(through writing: (any Writing)? = nil) async throws -> Int {
    let writing = writing ?? desk.database
    var total = 0
    for pass in passes {
      while true {
        let touched = try await writing.write { try pass($0) }
        total += touched
        if touched < Self.batch { break }
      }
    }
    return total
  }

  /// Runs all passes until nothing is due, in one transaction: for clocks that are simulated.
  ///
  /// - Returns: how many rows were touched.
  @discardableResult
  public func run(in tx: Transaction) throws -> Int {
    var total = 0
    for pass in passes {
      while true {
        let touched = try pass(tx)
        total += touched
        if touched < Self.batch { break }
      }
    }
    return total
  }

  /// Records that a clock has run out, once, so that people can be told.
  @Sendable func noteOverdue(in tx: Transaction) throws -> Int {
    let clocks = try CasePartRows.overdue(at: tx.now, limit: Self.batch, in: tx)
    for clock in clocks where try CasePartRows.noteOverdue(clock.id, in: tx) {
      try Ledger.append(
        "case.overdue", about: .case, clock.caseID.raw, by: .sweep(.clocks),
        payload: Payload().with("step", clock.step.rawValue).with("due", clock.dueAt)
          .with("part", clock.level > 0 ? clock.assignment : nil),
        occurredAt: clock.dueAt, in: tx)
    }
    return clocks.count
  }

  /// Takes cases up again whose suspension was only until now.
  @Sendable func endSuspensions(in tx: Transaction) throws -> Int {
    let cases = try CasePartRows.pausesOver(at: tx.now, limit: Self.batch, in: tx)
    for id in cases {
      try desk.make(.resume, on: id, by: .sweep(.suspensions), in: tx)
    }
    return cases.count
  }

  /// Computes deadlines that waited for the calendar of a year, now that it is known.
  @Sendable func computeUnknownDeadlines(in tx: Transaction) throws -> Int {
    var cases: Set<ID<Case>> = []
    for (calendar, years) in desk.clockwork.published {
      cases.formUnion(
        try CasePartRows.waiting(for: calendar, years: years, limit: Self.batch, in: tx))
    }
    for id in cases.sorted() {
      guard let view = try desk.load(id, in: tx) else { continue }
      var change = CaseChange(view: view, desk: desk, doer: .sweep(.clocks), tx: tx)
      try change.recompute()
      try change.finishRecomputing()
    }
    return cases.count
  }
}

extension CaseClockwork {
  /// The years of each calendar that depends on published holidays.
  fileprivate var published: [String: Set<Int>] {
    calendars.compactMapValues { calendar in
      if case .published(let years) = calendar.years { years } else { nil }
    }
  }
}
