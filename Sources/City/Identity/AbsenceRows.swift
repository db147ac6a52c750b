import Base
import Store

/// All SQL about absences.
enum AbsenceRows {
  /// How many substitutes are followed: who stands in may be away themselves.
  static let longestChain = 5

  static func find(_ id: ID<Absence>, in snapshot: some Querying) throws -> Absence? {
    try snapshot.first("SELECT \(Absence.columns) FROM absence WHERE id = \(id)")
  }

  /// Those of some people that hold at a moment.
  static func current(
    of people: [ID<Person>], at now: Moment, in snapshot: some Querying
  ) throws -> [ID<Person>: Absence] {
    let found: [Absence] = try snapshot.all(
      """
      SELECT \(Absence.columns) FROM absence
      WHERE person_id IN \(list: people) AND from_at <= \(now) AND until_at > \(now)
      ORDER BY from_at
      """)
    return Dictionary(found.map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Those that hold at some time between two moments.
  static func overlapping(
    of person: ID<Person>, _ from: Moment, _ until: Moment, in snapshot: some Querying
  ) throws -> [Absence] {
    try snapshot.all(
      """
      SELECT \(Absence.columns) FROM absence
      WHERE person_id = \(person) AND from_at < \(until) AND until_at > \(from)
        AND until_at > from_at
      ORDER BY from_at LIMIT 100
      """)
  }

  /// Those of some people that are not over, the first to begin first. At most 500.
  static func coming(
    of people: SQL, at now: Moment, in snapshot: some Querying
  ) throws -> [Absence] {
    try snapshot.all(
      """
      SELECT \(Absence.columns) FROM absence WHERE until_at > \(now) AND (\(people))
      ORDER BY from_at, id LIMIT 500
      """)
  }

  static func insert(
    _ draft: AbsenceDraft, _ id: ID<Absence>, _ from: Moment, _ until: Moment,
    by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO absence (\(Absence.columns), entered_at)
      VALUES (\(id), \(draft.person), \(from), \(until), \(draft.substitute), \(draft.reason),
        \(person), \(tx.now))
      """)
  }

  static func end(_ id: ID<Absence>, at end: Moment, in tx: Transaction) throws {
    try tx.run("UPDATE absence SET until_at = \(end) WHERE id = \(id)")
  }

  /// For whom somebody stands in at a moment: those who named them, and those whose substitute is away
  /// and named them in turn.
  static func standIns(
    of person: ID<Person>, at now: Moment, in snapshot: some Querying
  ) throws -> [StandIn] {
    var found: [ID<Person>] = []
    var next = [person]
    for _ in 0..<longestChain {
      let away: [ID<Person>] = try snapshot.column(
        """
        SELECT a.person_id FROM absence AS a JOIN person AS p ON p.id = a.person_id
        WHERE a.substitute_id IN \(list: next) AND a.from_at <= \(now) AND a.until_at > \(now)
          AND p.disabled_at IS NULL
        ORDER BY a.person_id LIMIT 100
        """)
      next = away.filter { $0 != person && !found.contains($0) }
      guard !next.isEmpty else { break }
      found += next
    }
    guard !found.isEmpty else { return [] }
    let grants = try RoleRows.grants(of: found, in: snapshot)
    return try found.map { away in
      let home = try PersonRows.find(away, in: snapshot)?.organisation
      return StandIn(
        person: away, grants: grants[away] ?? [],
        organisation: try PersonRows.place(of: home, in: snapshot).organisation)
    }
  }
}
