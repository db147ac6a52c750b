import ArgumentParser
import Foundation
import Store

/// `sqlite:PATH` or `postgres://…`.
enum DatabaseAddress: ExpressibleByArgument, Equatable {
  case sqlite(file: String)
  case postgres(PostgresAddress)
  /// What is neither. The words of the parser would repeat it, with the password that may be in it.
  case unreadable

  /// Where `make run` keeps the demonstration town.
  static let town = DatabaseAddress.sqlite(file: ".run/town/chengyun.sqlite")

  init(argument: String) {
    let prefix = "sqlite:"
    if argument.hasPrefix(prefix), argument.count > prefix.count {
      self = .sqlite(file: String(argument.dropFirst(prefix.count)))
    } else if let address = try? PostgresAddress(argument) {
      self = .postgres(address)
    } else {
      self = .unreadable
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .sqlite(let file): "sqlite:\(file)"
    case .postgres(let address): address.shown
    case .unreadable: ""
    }
  }

  /// Where the attachments lie when nothing is said: beside the file; else in the working folder, by
  /// the name of the database.
  var files: URL {
    switch self {
    case .sqlite(let file): URL(filePath: file + ".files")
    case .postgres(let address): URL(filePath: "\(address.name).files")
    case .unreadable: URL(filePath: "files")
    }
  }

  /// - Throws: `CommandFailure` when the folder, or a file that must be there, is not.
  static func path(of file: String, mustExist: Bool) throws -> String {
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
