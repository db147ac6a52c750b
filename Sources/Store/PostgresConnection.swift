import Base

/// A thread's connection for the length of a transaction.
final class PostgresConnection: Connection {
  private let link: PostgresLink
  private let log: StatementLog?
  /// Rows changed since the transaction began.
  private(set) var changes = 0
  var kept: [String: Int64] = [:]

  init(_ link: PostgresLink, log: StatementLog?) {
    self.link = link
    self.log = log
  }

  /// The whole answer is here before the first row is read, so that a body may ask further.
  func each(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws {
    try log?.note(sql.text)
    let result = try link.execute(sql.text, sql.arguments)
    if !result.command.hasPrefix("SELECT") { changes += result.rowCount }
    for row in 0..<result.rowCount {
      var fields = Fields(result[row])
      try body(&fields)
    }
  }

  func run(_ sql: SQL) throws -> Int {
    try log?.note(sql.text)
    let result = try link.execute(sql.text, sql.arguments)
    changes += result.changes
    return result.touched
  }

  func put(_ sql: SQL) throws {
    try log?.note(sql.text)
    try link.put(sql.text, sql.arguments)
    changes += 1
  }

  func index(_ index: SearchIndex, row: Int64, removing old: String?, adding new: String) throws {
    let sql =
      SQL(trusted: "INSERT INTO \(index.table) (id, words) VALUES (")
        + """
        \(row), array_to_tsvector(array_remove(string_to_array(\(new), ' '), '')))
        ON CONFLICT (id) DO UPDATE SET words = excluded.words
        """
    try link.put(sql.text, sql.arguments)
    changes += 1
  }

  func copy(_ rows: [[Value]], into table: String, _ columns: [String]) throws {
    for row in rows { try row.requireStorable() }
    let list = columns.joined(separator: ", ")
    changes += try link.copy(
      "COPY \(table) (\(list)) FROM STDIN (FORMAT binary)", PostgresRows(rows).bytes
    ).touched
  }
}
