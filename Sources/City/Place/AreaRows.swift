import Base
import Store

/// All SQL about areas.
enum AreaRows {
  static func all(in snapshot: some Querying) throws -> [Area] {
    try snapshot.all("SELECT \(Area.columns) FROM area ORDER BY path")
  }

  static func area(_ id: ID<Area>, in snapshot: some Querying) throws -> Area? {
    try snapshot.first("SELECT \(Area.columns) FROM area WHERE id = \(id)")
  }

  static func area(code: String, in snapshot: some Querying) throws -> Area? {
    try snapshot.first("SELECT \(Area.columns) FROM area WHERE code = \(code)")
  }

  static func area(path: String, in snapshot: some Querying) throws -> Area? {
    try snapshot.first("SELECT \(Area.columns) FROM area WHERE path = \(path)")
  }

  /// A boundary as it is stored: GeoJSON with one feature, in WGS-84.
  struct Boundary: Row {
    let area: ID<Area>
    let text: String

    init(_ fields: inout Fields) throws {
      area = try fields.next()
      text = try fields.next()
    }
  }

  static func boundaries(in snapshot: some Querying) throws -> [Boundary] {
    try snapshot.all("SELECT id, boundary FROM area WHERE boundary IS NOT NULL")
  }

  static func boundary(of area: ID<Area>, in snapshot: some Querying) throws -> String? {
    try snapshot.first(
      "SELECT id, boundary FROM area WHERE id = \(area) AND boundary IS NOT NULL",
      as: Boundary.self)?.text
  }

  static func insert(
    _ draft: AreaDraft, id: ID<Area>, under parent: Area?, boundary: String?, in tx: Transaction
  ) throws {
    let path = (parent?.path ?? "") + draft.code + "/"
    try tx.run(
      """
      INSERT INTO area (id, parent_id, level, code, name, path, boundary, updated_at)
      VALUES (\(id), \(parent?.id), \(draft.level), \(draft.code), \(draft.name), \(path),
        \(boundary), \(tx.now))
      """)
  }

  static func rename(_ area: ID<Area>, to name: String, in tx: Transaction) throws {
    try tx.run("UPDATE area SET name = \(name), updated_at = \(tx.now) WHERE id = \(area)")
  }

  static func setBoundary(_ boundary: String?, of area: ID<Area>, in tx: Transaction) throws {
    try tx.run(
      "UPDATE area SET boundary = \(boundary), updated_at = \(tx.now) WHERE id = \(area)")
  }
}
