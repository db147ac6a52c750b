import Base
import Store

/// All SQL of a case's own row.
enum CaseRows {
  /// Whether it is known from outside already is told at once.
  static func insert(_ file: Case, in tx: Transaction) throws {
    let sql: SQL = """
      INSERT INTO case_file (\(Case.columns), queue_at) VALUES (\(file.id), \(file.number), \(file.kind),
        \(file.kindVersion), \(file.channel), \(file.state), \(file.resumeState), \(file.title),
        \(file.description), \(file.fields), \(file.salt), \(file.area), \(file.areaPath),
        \(file.organisationPath), \(file.place), \(file.latitude), \(file.longitude),
        \(file.coordinates), \(file.isUrgent), \(file.isConfidential), \(file.externalSource),
        \(file.externalID), \(file.externalDigest), \(file.reportedBy), \(file.reportedAt),
        \(file.acceptedAt), \(file.filedAt), \(file.dispatchedAt), \(file.takenAt),
        \(file.handledAt), \(file.verifiedAt), \(file.closedAt), \(file.contactedAt),
        \(file.calledBackAt), \(file.isResolved), \(file.satisfaction), \(file.leadOrganisation),
        \(file.leadPerson), \(file.handledBy), \(file.dueAt), \(file.wholeDueAt), \(file.outcome),
        \(file.returnCount), \(file.reworkCount), \(file.extensionCount), \(file.reopenCount),
        \(file.revision), \(file.updatedAt), \(file.checkedAt), \(file.checkResult),
        \(file.arbitrationAt), \(file.arbitratedAt), \(file.arbitratedTo), \(file.appeal),
        \(file.excludedAt),
        \(queueTime(file.dueAt)))
      """
    if file.externalID == nil { try tx.put(sql) } else { try tx.run(sql) }
  }

  /// Writes everything that may change, if nobody else has since `revision`; false if somebody has.
  static func update(_ file: Case, from revision: Int, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      UPDATE case_file SET kind = \(file.kind), kind_version = \(file.kindVersion),
        state = \(file.state), resume_state = \(file.resumeState), title = \(file.title),
        description = \(file.description), fields = \(file.fields), area_id = \(file.area),
        area_path = \(file.areaPath), place = \(file.place), latitude = \(file.latitude),
        longitude = \(file.longitude), coordinates = \(file.coordinates),
        is_urgent = \(file.isUrgent), is_confidential = \(file.isConfidential),
        external_digest = \(file.externalDigest), accepted_at = \(file.acceptedAt),
        filed_at = \(file.filedAt), dispatched_at = \(file.dispatchedAt),
        taken_at = \(file.takenAt), handled_at = \(file.handledAt),
        verified_at = \(file.verifiedAt), closed_at = \(file.closedAt),
        contacted_at = \(file.contactedAt), called_back_at = \(file.calledBackAt),
        is_resolved = \(file.isResolved), satisfaction = \(file.satisfaction),
        lead_organisation_id = \(file.leadOrganisation), lead_person_id = \(file.leadPerson),
        handled_by = \(file.handledBy), due_at = \(file.dueAt),
        whole_due_at = \(file.wholeDueAt), queue_at = \(queueTime(file.dueAt)),
        outcome = \(file.outcome),
        return_count = \(file.returnCount), rework_count = \(file.reworkCount),
        extension_count = \(file.extensionCount), reopen_count = \(file.reopenCount),
        checked_at = \(file.checkedAt), check_result = \(file.checkResult),
        arbitration_at = \(file.arbitrationAt), arbitrated_at = \(file.arbitratedAt),
        arbitrated_to = \(file.arbitratedTo), appeal = \(file.appeal), excluded_at = \(file.excludedAt),
        revision = \(file.revision), updated_at = \(file.updatedAt)
      WHERE id = \(file.id) AND revision = \(revision)
      """) == 1
  }

  /// Where a case without a deadline stands in a queue by clock: after all others. JavaScript still
  /// reads this number exactly.
  static func queueTime(_ due: Moment?) -> Int64 { due?.milliseconds ?? 9_007_199_254_740_991 }

  static func find(_ id: ID<Case>, in snapshot: some Querying) throws -> Case? {
    try snapshot.first("SELECT \(Case.columns) FROM case_file WHERE id = \(id)")
  }

  static func find(number: String, in snapshot: some Querying) throws -> Case? {
    try snapshot.first("SELECT \(Case.columns) FROM case_file WHERE number = \(number)")
  }

  static func find(
    source: String, externalID: String, in snapshot: some Querying
  ) throws -> Case? {
    try snapshot.first(
      """
      SELECT \(Case.columns) FROM case_file
      WHERE external_source = \(source) AND external_id = \(externalID)
      """)
  }
}
