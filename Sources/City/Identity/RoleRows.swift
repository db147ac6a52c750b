import Base
import Store

/// The SQL of roles and scopes.
enum RoleRows {
  static let columns: SQL = "role, organisation_path, area_path"

  static func grants(of person: ID<Person>, in snapshot: some Querying) throws -> [Grant] {
    try snapshot.all(
      """
      SELECT \(columns) FROM role_grant WHERE person_id = \(person)
      ORDER BY role, organisation_path, area_path
      """)
  }

  static func grants(
    of people: [ID<Person>], in snapshot: some Querying
  ) throws -> [ID<Person>: [Grant]] {
    var found: [ID<Person>: [Grant]] = [:]
    try snapshot.each(
      """
      SELECT person_id, \(columns) FROM role_grant WHERE person_id IN \(list: people)
      ORDER BY role, organisation_path, area_path
      """
    ) { fields in
      let person: ID<Person> = try fields.next()
      found[person, default: []].append(try Grant(&fields))
    }
    return found
  }

  /// Whether somebody has a role, wherever, that carries a right.
  static func holds(
    _ right: Right, _ person: ID<Person>, in snapshot: some Querying
  ) throws -> Bool {
    try grants(of: person, in: snapshot).contains { $0.role.rights.contains(right) }
  }

  /// All that somebody's roles carry, wherever.
  static func rights(of person: ID<Person>, in snapshot: some Querying) throws -> Set<Right> {
    try grants(of: person, in: snapshot).reduce(into: []) { $0.formUnion($1.role.rights) }
  }

  /// False when it was there before.
  static func add(_ grant: Grant, to person: ID<Person>, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      INSERT INTO role_grant (id, person_id, role, organisation_path, area_path, granted_at)
      VALUES (\(tx.newID(Grant.self)), \(person), \(grant.role), \(grant.organisationPath),
        \(grant.areaPath), \(tx.now))
      ON CONFLICT (person_id, role, organisation_path, area_path) DO NOTHING
      """) > 0
  }

  /// False when it was not there.
  static func remove(_ grant: Grant, from person: ID<Person>, in tx: Transaction) throws -> Bool {
    try tx.run(
      """
      DELETE FROM role_grant WHERE person_id = \(person) AND role = \(grant.role)
        AND organisation_path = \(grant.organisationPath) AND area_path = \(grant.areaPath)
      """) > 0
  }

  /// Lets one change of roles wait for another, so that what they check stays true until they end.
  static func takeTurns(in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO counter (name, last) VALUES ('role-change', 1)
      ON CONFLICT (name) DO UPDATE SET last = counter.last + 1
      """)
  }

  /// How many people can act as administrators of a sort.
  static func administrators(
    _ role: Role, in snapshot: some Querying
  ) throws -> AdministratorCount {
    try snapshot.first(
      """
      SELECT COUNT(DISTINCT p.id), COUNT(DISTINCT CASE
          WHEN g.organisation_path = '' AND g.area_path = '' THEN p.id END)
      FROM role_grant g JOIN person p ON p.id = g.person_id
      WHERE g.role = \(role) AND p.disabled_at IS NULL
      """) ?? AdministratorCount(somewhere: 0, everywhere: 0)
  }
}

/// Enabled administrators of one sort: over any scope, and over everything.
struct AdministratorCount: Row, Equatable {
  let somewhere: Int
  let everywhere: Int

  init(somewhere: Int, everywhere: Int) {
    self.somewhere = somewhere
    self.everywhere = everywhere
  }

  init(_ fields: inout Fields) throws {
    somewhere = try fields.next()
    everywhere = try fields.next()
  }

  /// Whether the last one of a sort has gone since `before`.
  func hasLostTheLast(since before: AdministratorCount) -> Bool {
    (somewhere == 0 && before.somewhere > 0) || (everywhere == 0 && before.everywhere > 0)
  }
}
