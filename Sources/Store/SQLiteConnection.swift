import Base
import Foundation
import GRDB
import GRDBSQLite

/// One of the pool's connections for the length of a transaction.
///
/// GRDB owns connections, locks and the cache of statements; arguments and columns go straight
/// through the C interface, because a row's worth of boxed values cost more than the row.
final class SQLiteConnection: Connection {
  private let database: GRDB.Database
  private let log: StatementLog?
  var kept: [String: Int64] = [:]
  /// Why a statement was refused, which ends its transaction.
  var refusal: (any Error)?

  init(_ database: GRDB.Database, log: StatementLog?) {
    self.database = database
    self.log = log
  }

  func each(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws {
    try rows(sql, isNoted: true, body)
  }

  /// Rows of a query that only this engine knows, and no other is to prepare.
  func own(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws {
    try rows(sql, isNoted: false, body)
  }

  private func rows(
    _ sql: SQL, isNoted: Bool, _ body: (inout Fields) throws -> Void
  ) throws {
    try withStatement(sql, isNoted: isNoted) { statement in
      let row = SQLiteRow(statement: statement)
      while try step(statement) {
        var fields = Fields(row)
        try body(&fields)
      }
    }
  }

  func run(_ sql: SQL) throws -> Int {
    try put(sql)
    return Int(sqlite3_changes(database.sqliteConnection))
  }

  func put(_ sql: SQL) throws { try withStatement(sql) { while try step($0) {} } }

  func index(_ index: SearchIndex, row: Int64, removing old: String?, adding new: String) throws {
    let table = index.table
    if let old {
      // A contentless index forgets a row only when told what stood in it.
      try putOwn(
        SQL(trusted: "INSERT INTO \(table) (\(table), rowid, words) VALUES ('delete', ")
          + "\(row), \(old))")
    }
    try putOwn(
      SQL(trusted: "INSERT INTO \(table) (rowid, words) VALUES (") + "\(row), \(new))")
  }

  /// Rows changed since the connection was opened.
  var changes: Int32 { sqlite3_total_changes(database.sqliteConnection) }

  /// Runs a statement that only this engine knows.
  private func putOwn(_ sql: SQL) throws {
    try withStatement(sql, isNoted: false) { while try step($0) {} }
  }

  private func withStatement(
    _ sql: SQL, isNoted: Bool = true, _ body: (OpaquePointer) throws -> Void
  ) throws {
    if isNoted { try log?.note(sql.text) }
    let text = Dialect.sqlite.statement(sql.text)
    var owner = try database.cachedStatement(sql: text)
    if sqlite3_stmt_busy(owner.sqliteStatement) != 0 {
      // The same statement is being read further out.
      owner = try database.makeStatement(sql: text)
    }
    let statement = owner.sqliteStatement
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    try bind(sql.arguments, to: statement)
    try withExtendedLifetime(owner) { try body(statement) }
  }

  private func bind(_ arguments: [Value], to statement: OpaquePointer) throws {
    try arguments.requireStorable()
    for (index, value) in arguments.enumerated() {
      let position = Int32(index + 1)
      let code =
        switch value {
        case .null: sqlite3_bind_null(statement, position)
        case .integer(let integer): sqlite3_bind_int64(statement, position, integer)
        case .real(let real): sqlite3_bind_double(statement, position, real)
        case .text(let text):
          sqlite3_bind_text(statement, position, text, Int32(text.utf8.count), transient)
        case .bytes(let bytes):
          sqlite3_bind_blob(statement, position, bytes, Int32(bytes.count), transient)
        }
      guard code == SQLITE_OK else { throw failure(statement) }
    }
  }

  private func step(_ statement: OpaquePointer) throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure(statement)
    }
  }

  private func failure(_ statement: OpaquePointer) -> any Error {
    let failure = reason(statement)
    refusal = failure
    return failure
  }

  private func reason(_ statement: OpaquePointer) -> any Error {
    let connection = database.sqliteConnection
    let message = String(cString: sqlite3_errmsg(connection))
    switch ResultCode(rawValue: sqlite3_extended_errcode(connection)) {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
      return StoreError.duplicate(key: String(message.split(separator: ": ").last ?? ""))
    case .SQLITE_CONSTRAINT_FOREIGNKEY:
      return StoreError.reference
    case let code:
      return StoreError.refused(
        code: Int(code.rawValue), message: message, sql: String(cString: sqlite3_sql(statement)))
    }
  }
}

/// SQLite copies what is bound.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

private struct SQLiteRow: FieldSource {
  let statement: OpaquePointer

  func isNull(_ index: Int) -> Bool {
    sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL
  }

  func int64(_ index: Int) -> Int64 { sqlite3_column_int64(statement, Int32(index)) }

  func double(_ index: Int) -> Double { sqlite3_column_double(statement, Int32(index)) }

  func string(_ index: Int) -> String {
    guard let start = sqlite3_column_text(statement, Int32(index)) else { return "" }
    return String(
      decoding: UnsafeBufferPointer(start: start, count: count(index)), as: UTF8.self)
  }

  func bytes(_ index: Int) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, Int32(index)) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: count(index)))
  }

  private func count(_ index: Int) -> Int { Int(sqlite3_column_bytes(statement, Int32(index))) }
}
