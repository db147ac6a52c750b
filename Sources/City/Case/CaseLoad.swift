import Base
import Store

/// How much an organisation has on its hands: cases in which it has a part, each counted once.
public struct CaseLoad: Row, Sendable, Equatable {
  public let organisation: ID<Organisation>
  /// Those of which it owes a feedback: `sent`, `taken`, and what it passed on.
  public internal(set) var open: Int
  /// Not taken yet.
  public internal(set) var sent: Int
  /// Taken, and not passed on.
  public internal(set) var taken: Int
  /// Of `open`, what is past the deadline of its part.
  public internal(set) var late: Int
  /// Of `open`, what is due within 24 hours and not late.
  public internal(set) var soon: Int
  /// What it gave back since Monday.
  public internal(set) var returned: Int

  public init(_ fields: inout Fields) throws {
    organisation = try fields.next()
    open = try fields.next()
    sent = try fields.next()
    taken = try fields.next()
    late = try fields.next()
    soon = try fields.next()
    returned = 0
  }

  init(_ organisation: ID<Organisation>) {
    self.organisation = organisation
    (open, sent, taken, late, soon, returned) = (0, 0, 0, 0, 0, 0)
  }

  /// Seconds within which something is due that day.
  public static let day: Int64 = 24 * 3600

  /// That something is owed on a part, as a condition on `case_assignment AS w`.
  static let owed: SQL = """
    w.purpose = 'handle' AND w.ended_at IS NULL AND w.state IN ('sent', 'taken', 'passed')
    """

  /// That a part was given back since a moment, on `case_note AS n` and `case_assignment AS w`. Whoever
  /// gives back says why, and what was written since a moment is a range of ids. Joined as `CROSS JOIN`, so that
  /// SQLite begins with that range.
  static func returned(from start: Moment) -> SQL {
    """
    w.case_id = n.case_id AND n.id >= \(IDSource.first(at: start)) AND n.move = 'return' AND w.purpose = 'handle'
      AND w.state = 'returned' AND w.ended_at >= \(start)
    """
  }
}

extension CaseDesk {
  /// What each organisation has on its hands, of the cases that `doer` may read; those with nothing are left
  /// out. Each number is the length of a list that `CaseFilter.part` narrows.
  ///
  /// - Throws: `right.missing` for who dispatches nowhere.
  public func loads(by doer: Doer, at now: Moment, in snapshot: some Querying) throws -> [CaseLoad]
  {
    try doer.require(.caseDispatch)
    let scope = try scope(.caseRead, of: doer, in: snapshot).condition ?? "1 = 1"
    let found: [CaseLoad] = try snapshot.all(
      """
      SELECT w.organisation_id, COUNT(DISTINCT w.case_id),
        COUNT(DISTINCT CASE WHEN w.state = 'sent' THEN w.case_id END),
        COUNT(DISTINCT CASE WHEN w.state = 'taken' THEN w.case_id END),
        COUNT(DISTINCT CASE WHEN w.queue_at < \(now) THEN w.case_id END),
        COUNT(DISTINCT CASE WHEN w.queue_at >= \(now) AND w.queue_at < \(now + CaseLoad.day)
          THEN w.case_id END)
      FROM case_assignment AS w JOIN case_file AS c ON c.id = w.case_id
      WHERE w.is_active = 1 AND \(CaseLoad.owed) AND \(scope) GROUP BY w.organisation_id
      """)
    var loads = Dictionary(found.map { ($0.organisation, $0) }, uniquingKeysWith: { $1 })
    try snapshot.each(
      """
      SELECT w.organisation_id, COUNT(DISTINCT w.case_id)
      FROM case_note AS n CROSS JOIN case_assignment AS w CROSS JOIN case_file AS c
      WHERE c.id = w.case_id AND \(CaseLoad.returned(from: weekStart(at: now))) AND \(scope) GROUP BY w.organisation_id
      """
    ) { fields in
      let organisation: ID<Organisation> = try fields.next()
      loads[organisation, default: CaseLoad(organisation)].returned = try fields.next()
    }
    return loads.values.sorted { $0.organisation < $1.organisation }
  }

  /// The Monday of the week, at its first moment.
  public func weekStart(at now: Moment) -> Moment {
    let today = now.local(in: zone).day
    return (today + (1 - today.weekday.rawValue)).start(in: zone)
  }
}
