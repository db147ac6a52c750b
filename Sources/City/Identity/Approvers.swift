import Base
import Store

extension PersonDesk {
  /// Those who may approve a suspension of a case of an organisation: its duty officers and leaders.
  /// At most 50, by name.
  public func approvers(for organisationPath: String) async throws -> [Person] {
    try await database.read { snapshot in
      try snapshot.all(
        """
        SELECT \(Person.columns) FROM person WHERE \(Self.approves(organisationPath))
        ORDER BY name, id LIMIT 50
        """)
    }
  }

  /// Those who stand in at a moment for an approver who is away, and for whom. At most 50, by name.
  public func approvingSubstitutes(
    for organisationPath: String, at now: Moment
  ) async throws -> [(substitute: Person, away: Person)] {
    try await database.read {
      try Self.approvingSubstitutes(for: organisationPath, at: now, in: $0)
    }
  }

  static func approvingSubstitutes(
    for organisationPath: String, at now: Moment, in snapshot: some Querying
  ) throws -> [(substitute: Person, away: Person)] {
    let away: [Person] = try snapshot.all(
      """
      SELECT \(Person.columns) FROM person WHERE \(approves(organisationPath))
        AND id IN (SELECT person_id FROM absence WHERE from_at <= \(now) AND until_at > \(now)
          AND substitute_id IS NOT NULL)
      ORDER BY name, id LIMIT 50
      """)
    return try away.compactMap { person in
      try acting(for: person.id, at: now, in: snapshot).person.map { ($0, person) }
    }
  }

  /// Those of an organisation who may handle cases. At most 200, by name.
  public func handlers(of organisation: ID<Organisation>) async throws -> [Person] {
    let roles = Role.allCases.filter { $0.rights.contains(.caseHandle) }
    return try await database.read { snapshot in
      try snapshot.all(
        """
        SELECT \(Person.columns) FROM person
        WHERE organisation_id = \(organisation) AND disabled_at IS NULL AND id IN (
          SELECT person_id FROM role_grant WHERE role IN \(list: roles))
        ORDER BY name, id LIMIT 200
        """)
    }
  }

  /// Whether somebody is one of these.
  static func approves(
    _ person: ID<Person>, for organisationPath: String, in snapshot: some Querying
  ) throws -> Bool {
    try snapshot.value(
      "SELECT 1 FROM person WHERE id = \(person) AND \(approves(organisationPath))", as: Int.self)
      != nil
  }

  private static func approves(_ organisationPath: String) -> SQL {
    """
    disabled_at IS NULL AND id IN (
      SELECT person_id FROM role_grant WHERE role IN ('duty-officer', 'leader')
        AND SUBSTR(\(organisationPath), 1, LENGTH(organisation_path)) = organisation_path)
    """
  }
}
