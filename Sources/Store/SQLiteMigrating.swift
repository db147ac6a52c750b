import Base
import Foundation
import GRDB
import GRDBSQLite

/// Brings a file up to date, each step in a transaction. Several processes may do it at once.
struct SQLiteMigrating {
  private let pool: DatabasePool
  private let now: Now
  private let path: String

  init(_ pool: DatabasePool, _ now: @escaping Now, _ path: String) {
    self.pool = pool
    self.now = now
    self.path = path
  }

  func apply(_ migrations: [Migration]) async throws {
    try await pool.writeWithoutTransaction { [now, path] database in
      try Migrator.requireWhole(try database.tableExists(Bulk.marker), at: path)
      let pending = try Self.pending(migrations, in: database)
      if !pending.isEmpty { try database.execute(sql: Migrator.tables) }
      for migration in pending {
        try Self.told(of: migration, in: database) {
          // Another process may have come first.
          let isThere = try Bool.fetchOne(
            database, sql: "SELECT 1 FROM schema_version WHERE number = ?",
            arguments: [migration.number])
          if isThere == true { return .commit }
          try database.execute(sql: Dialect.sqlite.schema(migration.text))
          try database.execute(
            sql: "INSERT INTO schema_version (number, name, applied_at) VALUES (?, ?, ?)",
            arguments: [migration.number, migration.name, now().milliseconds])
          for note in Migrator.notes(of: migration) { try database.execute(sql: note) }
          return .commit
        }
      }
    }
  }

  /// A step in a transaction of its own; what SQLite refuses of it is told with the step.
  private static func told(
    of step: Migration, in database: GRDB.Database,
    _ body: () throws -> GRDB.Database.TransactionCompletion
  ) throws {
    do {
      try database.inTransaction(.immediate, body)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      throw Migrator.failure(of: step, because: error.message ?? "\(error.resultCode)")
    }
  }

  /// As of one moment: another process may be at work.
  private static func pending(
    _ migrations: [Migration], in database: GRDB.Database
  ) throws -> [Migration] {
    // A database of before may say nothing yet of which steps others may serve with.
    if try tables(in: database).contains("schema_version") {
      try database.execute(sql: Migrator.tables)
    }
    var pending: [Migration] = []
    try database.inTransaction(.deferred) {
      let tables = try tables(in: database)
      var applied: [AppliedMigration] = []
      if tables.contains("schema_version") {
        applied = try GRDB.Row.fetchAll(database, sql: Migrator.applied)
          .map { AppliedMigration(number: $0[0], name: $0[1], oldest: $0[2]) }
      }
      pending = try Migrator.pending(
        migrations, applied: applied,
        hasOtherTables: tables.contains { !Migrator.ownTables.contains($0) })
      return .commit
    }
    return pending
  }

  private static func tables(in database: GRDB.Database) throws -> [String] {
    try String.fetchAll(
      database,
      sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  }

  /// Opening a file for work makes it one with a write-ahead log. So one that has the tables of
  /// something else is only looked at: as a file that does not change, beside which nothing is made. And
  /// through SQLite, because the system takes from this process the locks that its connections hold
  /// when any other descriptor of the file is closed.
  ///
  /// - Throws: `Fault` `store.foreign`. What cannot be looked at is told of when it is opened.
  static func refuseForeign(_ path: String) throws {
    var connection: OpaquePointer?
    defer { sqlite3_close_v2(connection) }
    let address = URL(filePath: path).absoluteString + "?immutable=1"
    guard
      sqlite3_open_v2(address, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
        == SQLITE_OK
    else { return }
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    let question = """
      SELECT COUNT(*) > 0 AND SUM(name = 'schema_version') = 0 FROM sqlite_master
      WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
      """
    guard sqlite3_prepare_v2(connection, question, -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    else { return }
    if sqlite3_column_int(statement, 0) == 1 { throw Fault(.unavailable, "store.foreign") }
  }
}
