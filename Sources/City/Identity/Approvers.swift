import Base
import Store

extension PersonDesk {
  /// Those who may approve a suspension of a case of an organisation: its duty officers and leaders.
  /// At most 50, by name.
  public func approvers(for organisationPath: String) async throws -> [Person] {
    try await database.read { snapshot in
      try snapshot.all(
        """
        SELECT \(Person.columns) FROM person WHERE disabled_at IS NULL AND id IN (
          SELECT person_id FROM role_grant WHERE role IN ('duty-officer', 'leader')
            AND SUBSTR(\(organisationPath), 1, LENGTH(organisation_path)) = organisation_path)
        ORDER BY name, id LIMIT 50
        """)
    }
  }
}
