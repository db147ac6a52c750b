import ArgumentParser
import Base
import City
import Foundation
import Store

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
  @Option(help: "The database, as sqlite:PATH.")
  var database = DatabaseAddress.town

  /// Opens the database for work: brought up to date, with a node number of its own for new ids.
  ///
  /// - Parameter creating: makes the file when it is not there.
  func open(creating: Bool = false) async throws -> SQLiteDatabase {
    try await openAsNode(creating: creating).database
  }

  /// Where the attachments lie: a folder beside the file.
  var blobs: URL { URL(filePath: database.file + ".files") }

  /// The same, with the number of the node that the process has become.
  func openAsNode(creating: Bool = false) async throws -> (database: SQLiteDatabase, node: Int) {
    let path = try database.path(mustExist: !creating)
    let first = try SQLiteDatabase(path: path, options: .init(now: SystemClock.now))
    try await first.migrate(Schema.migrations)
    let node = try await first.write { try NodeNumber.next(in: $0) }
    try first.close()
    var options = SQLiteDatabase.Options(now: SystemClock.now)
    options.node = node
    return (try SQLiteDatabase(path: path, options: options), node)
  }

  /// Opens the database as it stands, to look at it.
  func openAsItIs() throws -> SQLiteDatabase {
    try SQLiteDatabase(
      path: database.path(mustExist: true), options: .init(now: SystemClock.now))
  }
}

/// `sqlite:PATH`.
struct DatabaseAddress: ExpressibleByArgument, Equatable {
  /// Where `make run` keeps the demonstration town.
  static let town = DatabaseAddress(file: ".run/town/chengyun.sqlite")

  let file: String

  private init(file: String) { self.file = file }

  init?(argument: String) {
    let prefix = "sqlite:"
    guard argument.hasPrefix(prefix), argument.count > prefix.count else { return nil }
    file = String(argument.dropFirst(prefix.count))
  }

  var defaultValueDescription: String { "sqlite:\(file)" }

  /// - Throws: `CommandFailure` when the folder, or a file that must be there, is not.
  func path(mustExist: Bool) throws -> String {
    let url = URL(filePath: file)
    let folder = url.deletingLastPathComponent()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw CommandFailure("there is no folder \(folder.path)") }
    guard !mustExist || FileManager.default.fileExists(atPath: url.path) else {
      throw CommandFailure("there is no database \(url.path)")
    }
    return url.path
  }
}
