import Base

/// A table as it stands, the same on both engines: what a copy of a database goes by.
public struct TableShape: Equatable, Sendable {
  /// What a column holds.
  public enum Kind: String, Sendable {
    case integer, real, text, bytes
  }

  /// A column.
  public struct Column: Equatable, Sendable {
    public let name: String
    public let kind: Kind
  }

  public let name: String
  /// In the order of the table.
  public let columns: [Column]
  /// The columns of the primary key, in its order.
  public let key: [String]

  init(name: String, columns: [Column], key: [String]) {
    self.name = name
    self.columns = columns
    self.key = key
  }

  /// Names between commas, as a statement lists them.
  var list: String { columns.map(\.name).joined(separator: ", ") }

  /// The places of the key's columns in a row.
  var keyPlaces: [Int] {
    key.compactMap { name in columns.firstIndex { $0.name == name } }
  }

  /// Whether another table holds the same, in whatever order.
  public func matches(_ other: TableShape) -> Bool {
    func sorted(_ columns: [Column]) -> [Column] { columns.sorted { $0.name < $1.name } }
    return name == other.name && key == other.key && sorted(columns) == sorted(other.columns)
  }
}

/// An index or a reference of a table, as the engine would write it.
public struct TableConstraint: Sendable {
  /// The statement that makes it.
  let making: String
  /// The statement that takes it away.
  let dropping: String
}

extension Snapshot {
  /// Every table of the domain by name; the list of migrations and full-text indexes are none.
  public func tables() throws -> [TableShape] { try connection.tables() }
}

extension Transaction {
  /// Every table of the domain by name.
  public func tables() throws -> [TableShape] { try connection.tables() }
}

extension Querying {
  /// How many rows a table has.
  public func count(of table: TableShape) throws -> Int64 {
    try value(SQL(trusted: "SELECT COUNT(*) FROM \(table.name)")) ?? 0
  }

  /// The rows of a table in the order of its key, which is that of bytes on both engines.
  ///
  /// - Parameters:
  ///   - last: the row to go on after; nil begins with the first.
  ///   - limit: the most rows.
  public func rows(
    of table: TableShape, after last: [Value]? = nil, limit: Int
  ) throws -> [[Value]] {
    var sql = SQL(trusted: "SELECT \(table.list) FROM \(table.name)")
    let key = table.key.joined(separator: ", ")
    if let last {
      sql += SQL(trusted: " WHERE (\(key)) > (") + SQL(values: table.keyPlaces.map { last[$0] })
      sql += ")"
    }
    sql += SQL(trusted: " ORDER BY \(key)") + " LIMIT \(limit)"
    return try read(sql, table)
  }

  /// The row with the greatest key; nil of an empty table.
  public func lastRow(of table: TableShape) throws -> [Value]? {
    let key = table.key.map { "\($0) DESC" }.joined(separator: ", ")
    let sql = SQL(trusted: "SELECT \(table.list) FROM \(table.name) ORDER BY \(key) LIMIT 1")
    return try read(sql, table).first
  }

  private func read(_ sql: SQL, _ table: TableShape) throws -> [[Value]] {
    var rows: [[Value]] = []
    try each(sql) { fields in
      rows.append(try table.columns.map { try fields.next($0.kind) })
    }
    return rows
  }
}

extension SQL {
  /// Arguments between commas.
  init(values: [Value]) {
    self.init(trusted: "")
    self = values.map { SQL(token: "?", $0) }.joined(", ")
  }
}

extension Fields {
  /// The next column as what its table says that it holds.
  mutating func next(_ kind: TableShape.Kind) throws -> Value {
    switch kind {
    case .integer: try next(Int64?.self).stored
    case .real: try next(Double?.self).stored
    case .text: try next(String?.self).stored
    case .bytes: try next([UInt8]?.self).stored
    }
  }
}
