import Base
import Store

/// All SQL of what hangs from a case.
enum CasePartRows {
  // MARK: - Assignments

  static func assignments(_ id: ID<Case>, in snapshot: some Querying) throws -> [CaseAssignment] {
    try snapshot.all(
      """
      SELECT \(CaseAssignment.columns) FROM case_assignment WHERE case_id = \(id) ORDER BY id
      """)
  }

  static func insert(_ part: CaseAssignment, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO case_assignment (\(CaseAssignment.columns), is_active, queue_at)
      VALUES (\(part.id), \(part.caseID), \(part.parent), \(part.isLead), \(part.organisation),
        \(part.organisationPath), \(part.person), \(part.state), \(part.dueAt), \(part.sentAt),
        \(part.takenAt), \(part.handledAt), \(part.endedAt), \(part.isActive),
        \(CaseRows.queueTime(part.dueAt)))
      """)
  }

  static func update(_ part: CaseAssignment, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE case_assignment SET state = \(part.state), is_active = \(part.isActive),
        due_at = \(part.dueAt), queue_at = \(CaseRows.queueTime(part.dueAt)), taken_at = \(part.takenAt), handled_at = \(part.handledAt),
        ended_at = \(part.endedAt)
      WHERE id = \(part.id)
      """)
  }

  /// Somebody a case may be sent to.
  static func member(_ id: ID<Person>, in snapshot: some Querying) throws -> Person? {
    try snapshot.first("SELECT \(Person.columns) FROM person WHERE id = \(id)")
  }

  /// Names of the people in a case's ledger and assignments.
  static func names(
    about id: ID<Case>, in snapshot: some Querying
  ) throws -> [ID<Person>: String] {
    var names: [ID<Person>: String] = [:]
    try snapshot.each(
      """
      SELECT id, name FROM person WHERE id IN (
        SELECT actor_id FROM ledger_entry WHERE subject_id = \(id) AND actor_kind = 'person')
        OR id IN (SELECT person_id FROM case_assignment WHERE case_id = \(id))
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
    try tx.run(
      """
      INSERT INTO case_clock (\(CaseClock.columns))
      VALUES (\(clock.id), \(clock.caseID), \(clock.step), \(clock.assignment),
        \(clock.limit?.description), \(clock.calendar), \(clock.extensionText),
        \(clock.startedAt), \(clock.originalDueAt), \(clock.dueAt), \(clock.missingYear),
        \(clock.stoppedAt), \(clock.isDone))
      """)
  }

  static func update(_ clock: CaseClock, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE case_clock SET extensions = \(clock.extensionText),
        original_due_at = \(clock.originalDueAt), due_at = \(clock.dueAt),
        missing_year = \(clock.missingYear), stopped_at = \(clock.stoppedAt),
        is_done = \(clock.isDone)
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

  /// Cases with running clocks whose deadline waits for the calendar of a year.
  static func waiting(
    forYearsUpTo year: Int, limit: Int, in snapshot: some Querying
  ) throws -> [ID<Case>] {
    try snapshot.column(
      """
      SELECT DISTINCT case_id FROM case_clock
      WHERE missing_year IS NOT NULL AND missing_year <= \(year) AND stopped_at IS NULL
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

  static func endPause(_ pause: ID<CasePause>, in tx: Transaction) throws {
    try tx.run("UPDATE case_pause SET ended_at = \(tx.now) WHERE id = \(pause)")
  }

  /// Cases whose suspension has run out.
  static func pausesOver(
    at now: Moment, limit: Int, in snapshot: some Querying
  ) throws -> [ID<Case>] {
    try snapshot.column(
      """
      SELECT case_id FROM case_pause WHERE ended_at IS NULL AND until_at <= \(now)
      ORDER BY until_at LIMIT \(limit)
      """)
  }

  static func extensions(_ id: ID<Case>, in snapshot: some Querying) throws -> [CaseExtension] {
    try snapshot.all(
      "SELECT \(CaseExtension.columns) FROM case_extension WHERE case_id = \(id) ORDER BY id")
  }

  static func ask(
    _ id: ID<Case>, limit: TimeLimit, by person: ID<Person>?, in tx: Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO case_extension (id, case_id, time_limit, asked_by, asked_at)
      VALUES (\(tx.newID(CaseExtension.self)), \(id), \(limit.description), \(person), \(tx.now))
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
