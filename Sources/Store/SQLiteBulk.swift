import Base
import Foundation
import GRDB

extension SQLiteConnection {
  /// As many as make a statement that is prepared once and used often.
  private static let rowsOfStatement = 50

  func tables() throws -> [TableShape] {
    try names().map { name in
      var columns: [TableShape.Column] = []
      var key: [(Int64, String)] = []
      try own("SELECT name, type, pk FROM pragma_table_info(\(name)) ORDER BY cid") { fields in
        let column: String = try fields.next()
        columns.append(.init(name: column, kind: Self.kind(of: try fields.next())))
        let place: Int64 = try fields.next()
        if place > 0 { key.append((place, column)) }
      }
      return TableShape(
        name: name, columns: columns, key: key.sorted { $0.0 < $1.0 }.map(\.1))
    }
  }

  private func names() throws -> [String] {
    var names: [String] = []
    try own(
      """
      SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND name NOT IN \(list: Migrator.ownTables) ORDER BY name
      """
    ) { names.append(try $0.next()) }
    return names
  }

  private static func kind(of type: String) -> TableShape.Kind {
    switch type.uppercased() {
    case "INTEGER", "BIGINT": .integer
    case "DOUBLE PRECISION", "REAL": .real
    case "BLOB": .bytes
    default: .text
    }
  }

  func load(_ rows: [[Value]], into table: TableShape) throws {
    let marks =
      "(" + Array(repeating: "?", count: table.columns.count).joined(separator: ", ") + ")"
    var start = 0
    while start < rows.count {
      let count = rows.count - start >= Self.rowsOfStatement ? Self.rowsOfStatement : 1
      var sql = SQL(trusted: "INSERT INTO \(table.name) (\(table.list)) VALUES ")
      sql += SQL(
        trusted: Array(repeating: marks, count: count).joined(separator: ", "),
        arguments: Array(rows[start..<start + count].joined()))
      _ = try run(sql)
      start += count
    }
  }

  func load(_ words: [(row: Int64, words: String)], into index: SearchIndex) throws {
    for entry in words {
      try self.index(index, row: entry.row, removing: nil, adding: entry.words)
    }
  }

  func constraints() throws -> [TableConstraint] {
    var found: [TableConstraint] = []
    try own("SELECT sql, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL") {
      found.append(
        TableConstraint(making: try $0.next(), dropping: "DROP INDEX \(try $0.next(String.self))"))
    }
    return found
  }
}

extension SQLiteDatabase {
  public func holdWrites() async throws -> any WriteHold {
    do {
      return try SQLiteHold(path: path)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw Fault(.conflict, "store.in-use", ["path": path])
    } catch {
      throw SQLiteFaults.fault(for: error, at: path)
    }
  }

  /// The process that has the file open, when there is another than this one. To be asked before
  /// this process opens it.
  ///
  /// Every connection in WAL mode holds a lock on the last of the bytes that SQLite locks in the file
  /// of shared memory (`WAL_DMS`, the 129th), as long as it is open.
  public static func otherProcess(using path: String) -> Int32? {
    let descriptor = open(path + "-shm", O_RDWR)
    guard descriptor >= 0 else { return nil }
    defer { Foundation.close(descriptor) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 128
    lock.l_len = 1
    guard fcntl(descriptor, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
    return lock.l_pid
  }

  /// How many rows hold something else than their columns say, or refer to none: 0 of a whole
  /// database. SQLite itself would take both.
  public func oddities() async throws -> Int64 {
    try await pool.read { database in
      let snapshot = Snapshot(connection: SQLiteConnection(database, log: nil))
      var odd: Int64 = try snapshot.value("SELECT COUNT(*) FROM pragma_foreign_key_check") ?? 0
      for table in try snapshot.tables() {
        let tests = table.columns.map { "typeof(\($0.name)) NOT IN ('\($0.kind.type)', 'null')" }
        odd +=
          try snapshot.value(
            SQL(
              trusted: "SELECT COUNT(*) FROM \(table.name) WHERE "
                + tests.joined(separator: " OR "))) ?? 0
      }
      return odd
    }
  }
}

extension TableShape.Kind {
  /// What SQLite calls it.
  fileprivate var type: String { self == .bytes ? "blob" : rawValue }
}

/// A transaction that has the right to write and does not use it.
private final class SQLiteHold: WriteHold {
  private let queue: DatabaseQueue

  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(2)
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
  }

  func release() {
    try? queue.writeWithoutTransaction { try $0.rollback() }
    try? queue.close()
  }
}
