import Base
import Store

/// All SQL about who answers for what.
enum ResponsibilityRows {
  static func all(in snapshot: some Querying) throws -> [ResponsibilityRule] {
    try snapshot.all(
      """
      SELECT \(ResponsibilityRule.columns) FROM responsibility ORDER BY area_path, kind_prefix
      """)
  }

  static func rule(
    kindPrefix: String, areaPath: String, in snapshot: some Querying
  ) throws -> ResponsibilityRule? {
    try snapshot.first(
      """
      SELECT \(ResponsibilityRule.columns) FROM responsibility
      WHERE kind_prefix = \(kindPrefix) AND area_path = \(areaPath)
      """)
  }

  static func names(
    _ organisation: ID<Organisation>, in snapshot: some Querying
  ) throws -> Bool {
    try snapshot.value(
      "SELECT id FROM responsibility WHERE organisation_id = \(organisation) LIMIT 1",
      as: Int64.self) != nil
  }

  static func put(_ rule: ResponsibilityRule, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO responsibility (id, kind_prefix, area_path, organisation_id, person_id)
      VALUES (\(rule.id), \(rule.kindPrefix), \(rule.areaPath), \(rule.organisation),
        \(rule.person))
      ON CONFLICT (kind_prefix, area_path)
      DO UPDATE SET organisation_id = \(rule.organisation), person_id = \(rule.person)
      """)
  }

  static func delete(_ rule: ID<ResponsibilityRule>, in tx: Transaction) throws {
    try tx.run("DELETE FROM responsibility WHERE id = \(rule)")
  }

  /// Whether somebody who may sign in belongs to the organisation.
  static func belongs(
    _ person: ID<Person>, to organisation: ID<Organisation>, in snapshot: some Querying
  ) throws -> Bool {
    try snapshot.value(
      """
      SELECT id FROM person
      WHERE id = \(person) AND organisation_id = \(organisation) AND disabled_at IS NULL
      """, as: Int64.self) != nil
  }
}
