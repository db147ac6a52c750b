import Base

extension PostgresConnection {
  func tables() throws -> [TableShape] {
    var columns: [String: [TableShape.Column]] = [:]
    var unlike: Set<String> = []
    try each(
      """
      SELECT table_name, column_name, data_type FROM information_schema.columns
      WHERE table_schema = CURRENT_SCHEMA AND table_name NOT IN \(list: Migrator.ownTables)
      ORDER BY table_name, ordinal_position
      """
    ) { fields in
      let table: String = try fields.next()
      let name: String = try fields.next()
      let type: String = try fields.next()
      guard let kind = Self.kinds[type] else {
        unlike.insert(table)
        return
      }
      columns[table, default: []].append(.init(name: name, kind: kind))
    }
    let keys = try keys()
    return columns.keys.filter { !unlike.contains($0) }.sorted().map {
      TableShape(name: $0, columns: columns[$0] ?? [], key: keys[$0] ?? [])
    }
  }

  /// A table with any other column is a full-text index.
  private static let kinds: [String: TableShape.Kind] = [
    "bigint": .integer, "double precision": .real, "text": .text, "bytea": .bytes,
  ]

  private func keys() throws -> [String: [String]] {
    var keys: [String: [String]] = [:]
    try each(
      """
      SELECT k.table_name, k.column_name FROM information_schema.key_column_usage AS k
      JOIN information_schema.table_constraints AS c ON c.constraint_name = k.constraint_name
        AND c.table_name = k.table_name AND c.table_schema = k.table_schema
      WHERE c.constraint_type = 'PRIMARY KEY' AND k.table_schema = CURRENT_SCHEMA
      ORDER BY k.table_name, k.ordinal_position
      """
    ) { keys[try $0.next(), default: []].append(try $0.next()) }
    return keys
  }

  func load(_ rows: [[Value]], into table: TableShape) throws {
    guard !rows.isEmpty else { return }
    try copy(rows, into: table.name, table.columns.map(\.name))
  }

  func load(_ words: [(row: Int64, words: String)], into index: SearchIndex) throws {
    guard !words.isEmpty else { return }
    let draft = "\(index.table)_draft"
    _ = try run(
      SQL(
        trusted: "CREATE TEMPORARY TABLE IF NOT EXISTS \(draft) (id BIGINT, words TEXT)"
          + " ON COMMIT DELETE ROWS"))
    try copy(words.map { [.integer($0.row), .text($0.words)] }, into: draft, ["id", "words"])
    _ = try run(
      SQL(
        trusted: "INSERT INTO \(index.table) (id, words) SELECT id,"
          + " array_to_tsvector(array_remove(string_to_array(words, ' '), '')) FROM \(draft)"))
    _ = try run(SQL(trusted: "DELETE FROM \(draft)"))
  }

  func constraints() throws -> [TableConstraint] {
    var found: [TableConstraint] = []
    let here: SQL = "(SELECT oid FROM pg_namespace WHERE nspname = CURRENT_SCHEMA)"
    try each(
      """
      SELECT pg_get_indexdef(i.indexrelid), CAST(i.indexrelid AS regclass)
      FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
      WHERE c.relnamespace = \(here)
        AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
      ORDER BY c.relname
      """
    ) {
      found.append(
        TableConstraint(making: try $0.next(), dropping: "DROP INDEX \(try $0.next(String.self))"))
    }
    try each(
      """
      SELECT CAST(conrelid AS regclass), quote_ident(conname), pg_get_constraintdef(oid)
      FROM pg_constraint WHERE contype = 'f' AND connamespace = \(here) ORDER BY conname
      """
    ) { fields in
      let table = "ALTER TABLE \(try fields.next(String.self))"
      let name: String = try fields.next()
      found.append(
        TableConstraint(
          making: "\(table) ADD CONSTRAINT \(name) \(try fields.next(String.self))",
          dropping: "\(table) DROP CONSTRAINT \(name)"))
    }
    return found
  }
}

/// Rows in the binary form that `COPY` reads.
struct PostgresRows {
  private(set) var bytes: [UInt8]

  init(_ rows: [[Value]]) {
    // The signature, no flags, no extension.
    bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
    for row in rows {
      add(Int16(row.count))
      for value in row { add(value) }
    }
    add(Int16(-1))
  }

  private mutating func add(_ value: Value) {
    switch value {
    case .null: add(Int32(-1))
    case .integer(let number):
      add(Int32(8))
      add(number)
    case .real(let number):
      add(Int32(8))
      add(number.bitPattern)
    case .text(let text):
      add(Int32(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    case .bytes(let raw):
      add(Int32(raw.count))
      bytes.append(contentsOf: raw)
    }
  }

  private mutating func add(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
