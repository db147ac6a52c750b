import Base
import Store

/// A patroller as far as who is asked to look needs it.
struct Patroller: Row, Equatable {
  let id: ID<Person>
  let name: String
  let organisation: ID<Organisation>

  init(_ fields: inout Fields) throws {
    id = try fields.next()
    name = try fields.next()
    organisation = try fields.next()
  }
}

extension PersonDesk {
  /// The patrollers whose grid holds a place and whose right reaches what their own organisation is
  /// sent; those of the smallest grid first, then by name. At most 50.
  static func patrollers(
    of areaPath: String, in snapshot: some Querying
  ) throws -> [Patroller] {
    let found: [Patroller] = try snapshot.all(
      """
      SELECT p.id, p.name, p.organisation_id FROM role_grant AS g
      JOIN person AS p ON p.id = g.person_id JOIN organisation AS o ON o.id = p.organisation_id
      WHERE g.role = 'patroller' AND p.disabled_at IS NULL
        AND SUBSTR(\(areaPath), 1, LENGTH(g.area_path)) = g.area_path
        AND SUBSTR(o.path, 1, LENGTH(g.organisation_path)) = g.organisation_path
      ORDER BY LENGTH(g.area_path) DESC, p.name, p.id LIMIT 50
      """)
    var known: Set<ID<Person>> = []
    return found.filter { known.insert($0.id).inserted }
  }
}
