import ArgumentParser
import Base
import City
import Foundation
import Store

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "The database: sqlite:PATH, or postgres://USER@HOST:PORT/NAME.")
  var database = DatabaseAddress.town

  @Option(
    help: "The folder of the attachments (beside the file; with PostgreSQL ./NAME.files).",
    completion: .directory)
  var files: String?

  /// Where the attachments lie.
  var blobs: URL { files.map { URL(filePath: $0) } ?? database.files }

  /// Whether several servers may work on it.
  var mayBeShared: Bool { if case .postgres = database { true } else { false } }

  func validate() throws {
    guard database != .unreadable else {
      throw ValidationError("--database is sqlite:PATH or postgres://USER@HOST:PORT/NAME")
    }
  }

  /// Opens the database for work: brought up to date, with a node number of its own for new ids.
  ///
  /// - Parameter creating: makes the file when it is not there.
  func open(creating: Bool = false) async throws -> any Database {
    try await openAsNode(creating: creating).database
  }

  /// The same, with the number of the node that the process has become.
  func openAsNode(creating: Bool = false) async throws -> (database: any Database, node: Int) {
    let first = try connect(mustExist: !creating)
    let node: Int
    do {
      try await first.migrate(Schema.migrations)
      node = try await first.write { try NodeNumber.next(in: $0) }
    } catch {
      // So that one that is refused is left without the files of an open one.
      try? first.close()
      throw error
    }
    try first.close()
    return (try connect(node: node, mustExist: true), node)
  }

  /// Opens the database as it stands, to look at it.
  ///
  /// - Throws: `store.half-moved`, since half of a ledger looks whole.
  func openAsItIs() async throws -> any Database {
    let opened = try connect(mustExist: true)
    let path =
      switch database {
      case .sqlite(let file): file
      case .postgres(let address): address.shown
      case .unreadable: ""
      }
    try await Bulk.requireWhole(opened, at: path)
    return opened
  }

  /// Opens a SQLite database as it stands.
  func openSQLite() throws -> SQLiteDatabase {
    try SQLiteDatabase(path: sqlitePath(mustExist: true), options: .init(now: SystemClock.now))
  }

  /// - Throws: `CommandFailure` for a database on a server, which has its own tools.
  func sqlitePath(mustExist: Bool) throws -> String {
    guard case .sqlite(let file) = database else {
      throw CommandFailure(
        "PostgreSQL is backed up and restored with its own tools; docs/backup.md says how")
    }
    return try DatabaseAddress.path(of: file, mustExist: mustExist)
  }

  private func connect(node: Int = 0, mustExist: Bool) throws -> any Database {
    switch database {
    case .sqlite(let file):
      var options = SQLiteDatabase.Options(now: SystemClock.now)
      options.node = node
      return try SQLiteDatabase(
        path: DatabaseAddress.path(of: file, mustExist: mustExist), options: options)
    case .postgres(let address):
      var options = PostgresDatabase.Options(now: SystemClock.now)
      options.node = node
      return try PostgresDatabase(address, options: options)
    case .unreadable: throw Fault(.invalid, "store.address")
    }
  }
}
