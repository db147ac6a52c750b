import Base
import Store

/// All SQL of what hangs from a case.
enum CasePartRows {
  // MARK: - Assignments

  /// All parts of a case, of those who handle it and of those who check it.
  static func assignments(_ id: ID<Case>, in snapshot: some Querying) throws -> [CaseAssignment] {
    try snapshot.all(
      """
      SELECT \(CaseAssignment.columns) FROM case_assignment WHERE case_id = \(id) ORDER BY id
      """)
  }

  /// Those of several cases.
  static func assignments(
    of ids: [ID<Case>], in snapshot: some Querying
  ) throws -> [CaseAssignment] {
    try snapshot.all(
      """
      SELECT \(CaseAssignment.columns) FROM case_assignment WHERE case_id IN \(list: ids)
      ORDER BY id
      """)
  }

  /// Keeps a new part; `place` gives it its place in the queue of its unit.
  static func insert(_ part: CaseAssignment, in tx: Transaction) throws {
    try tx.put(
      """
      INSERT INTO case_assignment (\(CaseAssignment.columns), is_active, queue_at)
      VALUES (\(part.id), \(part.caseID), \(part.parent), \(part.isLead), \(part.organisation),
        \(part.organisationPath), \(part.person), \(part.state), \(part.dueAt), \(part.sentAt),
        \(part.takenAt), \(part.handledAt), \(part.handledBy), \(part.endedAt), \(part.purpose), 0,
        \(CaseRows.queueTime(nil)))
      """)
  }

  static func update(_ part: CaseAssignment, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE case_assignment SET state = \(part.state), due_at = \(part.dueAt),
        taken_at = \(part.takenAt), handled_at = \(part.handledAt),
        handled_by = \(part.handledBy), ended_at = \(part.endedAt)
      WHERE id = \(part.id)
      """)
  }

  /// Puts the parts of a case where the case stands: in the queues of their units while it is open,
  /// in the order of the deadlines that the lists show.
  ///
  /// - Parameter own: the deadlines of parts that differ from that of the case.
  static func place(
    partsOf file: Case, own: [(part: ID<CaseAssignment>, due: Moment?)] = [], in tx: Transaction
  ) throws {
    var queueAt: SQL = "\(CaseRows.queueTime(file.dueAt))"
    if !own.isEmpty {
      let cases = own.map { "WHEN id = \($0.part) THEN \(CaseRows.queueTime($0.due))" as SQL }
      queueAt = "CAST(CASE \(cases.joined(" ")) ELSE \(queueAt) END AS BIGINT)"
    }
    let isActive: SQL =
      file.state.isOpen
      ? "CASE WHEN state IN \(CaseAssignment.seen) THEN 1 ELSE 0 END" : "0"
    try tx.run(
      """
      UPDATE case_assignment SET is_active = \(isActive), queue_at = \(queueAt)
      WHERE case_id = \(file.id) AND (queue_at <> \(queueAt) OR is_active <> \(isActive))
      """)
  }

  /// Gives a part to somebody else of its organisation, or to the organisation alone.
  static func give(
    _ part: ID<CaseAssignment>, to person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.run("UPDATE case_assignment SET person_id = \(person) WHERE id = \(part)")
  }

  /// Gives a part to another organisation, and to nobody of it by name.
  static func give(
    _ part: ID<CaseAssignment>, to organisation: Organisation, in tx: Transaction
  ) throws {
    try tx.run(
      """
      UPDATE case_assignment SET organisation_id = \(organisation.id),
        organisation_path = \(organisation.path), person_id = NULL
      WHERE id = \(part)
      """)
  }

  /// Names of the people in a case's ledger and assignments, and of some more.
  static func names(
    about id: ID<Case>, and more: [ID<Person>] = [], in snapshot: some Querying
  ) throws -> [ID<Person>: String] {
    var names: [ID<Person>: String] = [:]
    try snapshot.each(
      """
      SELECT id, name FROM person WHERE id IN (
        SELECT actor_id FROM ledger_entry WHERE subject_id = \(id) AND actor_kind = 'person')
        OR id IN (SELECT person_id FROM case_assignment WHERE case_id = \(id))
        OR id IN \(list: more)
      """
    ) { fields in
      names[try fields.next()] = try fields.next(String.self)
    }
    return names
  }

  // MARK: - Clocks

  static func clocks(_ id: ID<Case>, in snapshot: some Querying) throws -> [CaseClock] {
    try snapshot.all(
      "SELECT \(CaseClock.columns) FROM case_clock WHERE case_id = \(id) ORDER BY id")
  }

  static func insert(_ clock: CaseClock, in tx: Transaction) throws {
    try insert([clock], in: tx)
  }

  /// All in one statement.
  static func insert(_ clocks: [CaseClock], in tx: Transaction) throws {
    guard !clocks.isEmpty else { return }
    let rows: [SQL] = clocks.map { clock in
      """
      (\(clock.id), \(clock.caseID), \(clock.step), \(clock.assignment),
        \(clock.limit?.description), \(clock.calendar), \(clock.extensionText),
        \(clock.startedAt), \(clock.originalDueAt), \(clock.dueAt), \(clock.missingYear),
        \(clock.stoppedAt), \(clock.isDone), \(clock.level), \(clock.within))
      """
    }
    try tx.put("INSERT INTO case_clock (\(CaseClock.columns)) VALUES \(rows.joined(", "))")
  }

  /// A deadline that moved may run out again, and is then told of again.
  static func update(_ clock: CaseClock, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE case_clock SET time_limit = \(clock.limit?.description),
        calendar = \(clock.calendar), extensions = \(clock.extensionText),
        overdue_noted_at = CASE WHEN due_at = \(clock.dueAt) THEN overdue_noted_at ELSE NULL END,
        original_due_at = \(clock.originalDueAt), due_at = \(clock.dueAt),
        missing_year = \(clock.missingYear), stopped_at = \(clock.stoppedAt),
        is_done = \(clock.isDone), within_id = \(clock.within)
      WHERE id = \(clock.id)
      """)
  }

  /// Running clocks past their deadline that nobody has been told about, with their cases.
  static func overdue(
    at now: Moment, limit: Int, in snapshot: some Querying
  ) throws -> [CaseClock] {
    try snapshot.all(
      """
      SELECT \(CaseClock.columns) FROM case_clock
      WHERE stopped_at IS NULL AND due_at < \(now) AND overdue_noted_at IS NULL
      ORDER BY due_at LIMIT \(limit)
      """)
  }

  static func noteOverdue(_ clock: ID<CaseClock>, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE case_clock SET overdue_noted_at = \(tx.now)
      WHERE id = \(clock) AND overdue_noted_at IS NULL
      """) == 1
  }

  /// A clock that the case's kind, as corrected, does not have.
  static func delete(_ clock: ID<CaseClock>, in tx: Transaction) throws {
    try tx.run("DELETE FROM case_clock WHERE id = \(clock)")
  }

  /// Cases with clocks, running or ended, whose deadline waits for one of these years of a calendar.
  static func waiting(
    for calendar: String, years: Set<Int>, limit: Int, in snapshot: some Querying
  ) throws -> [ID<Case>] {
    try snapshot.column(
      """
      SELECT DISTINCT case_id FROM case_clock
      WHERE missing_year IN \(list: years.sorted()) AND calendar = \(calendar)
      ORDER BY case_id LIMIT \(limit)
      """)
  }

  // MARK: - Pauses and extensions

  static func pauses(_ id: ID<Case>, in snapshot: some Querying) throws -> [CasePause] {
    try snapshot.all(
      "SELECT \(CasePause.columns) FROM case_pause WHERE case_id = \(id) ORDER BY id")
  }

  static func beginPause(
    _ id: ID<Case>, reason: String, approver: ID<Person>?, until: Moment, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO case_pause (id, case_id, reason, approver_id, started_at, until_at)
      VALUES (\(tx.newID(CasePause.self)), \(id), \(reason), \(approver), \(tx.now), \(until))
      """)
  }

  static func endPause(_ pause: ID<CasePause>, at end: Moment, in tx: Transaction) throws {
    try tx.run("UPDATE case_pause SET ended_at = \(end) WHERE id = \(pause)")
  }

  /// Suspended cases whose suspension has run out; that of a merged one waits.
  static func pausesOver(
    at now: Moment, limit: Int, in snapshot: some Querying
  ) throws -> [ID<Case>] {
    try snapshot.column(
      """
      SELECT p.case_id FROM case_pause AS p JOIN case_file AS c ON c.id = p.case_id
      WHERE p.ended_at IS NULL AND p.until_at <= \(now) AND c.state = 'suspended'
      ORDER BY p.until_at LIMIT \(limit)
      """)
  }

  static func extensions(_ id: ID<Case>, in snapshot: some Querying) throws -> [CaseExtension] {
    try snapshot.all(
      "SELECT \(CaseExtension.columns) FROM case_extension WHERE case_id = \(id) ORDER BY id")
  }

  static func ask(
    _ id: ID<Case>, limit: TimeLimit, isFurther: Bool, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO case_extension (id, case_id, time_limit, asked_by, asked_at, is_further)
      VALUES (\(tx.newID(CaseExtension.self)), \(id), \(limit.description), \(person), \(tx.now),
        \(isFurther))
      """)
  }

  static func decide(
    _ request: ID<CaseExtension>, granted: Bool, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.run(
      """
      UPDATE case_extension
      SET decided_by = \(person), decided_at = \(tx.now), is_granted = \(granted)
      WHERE id = \(request)
      """)
  }
}

extension CaseClock {
  fileprivate var extensionText: String { extensions.map(\.description).joined(separator: ";") }
}
