import ArgumentParser
import Base
import City
import Foundation
import Paper
import Web

/// `chengyun case export FILE`: a list of cases as a file.
struct CaseExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a list of cases to a file.",
    discussion: """
      The ending of FILE says what it becomes: .xlsx or .csv. At most \
      \(CaseDesk.mostExported) cases are written; narrow the list where there are more. That it was \
      done is entered in the ledger.
      """)

  @OptionGroup var database: DatabaseOptions
  @Argument(help: "A path that ends with .xlsx or .csv.")
  var file: String
  @Option(help: "One or more states, between commas.")
  var state: String?
  @Option(help: "The code of a kind.")
  var kind: String?
  @Option(help: "One of \(Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
  var channel: Channel?
  @Option(help: "The code of an area: it and all below it.")
  var area: String?
  @Option(help: "The code of the organisation that leads.")
  var organisation: String?
  @Option(help: "Reported on this day or later, as 2024-01-31.")
  var from: Day?
  @Option(help: "Reported on this day or earlier.")
  var to: Day?
  @Option(help: "Only what is late, or will be soon: overdue or soon.")
  var clock: String?
  @Option(help: "Words to be found.")
  var text: String?
  @Option(help: "newest, or due: only open cases, by their next deadline.")
  var sort: String?
  @Flag(help: "Replace a file that is there.")
  var force = false
  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  private struct Summary: Encodable {
    let cases: Int
    let file: String
  }

  func validate() throws { _ = try TableFile.format(of: file) }

  func run() async throws {
    guard force || !FileManager.default.fileExists(atPath: file) else {
      throw CommandFailure("\(file) is there already; --force replaces it")
    }
    try TableFile.requireFolder(of: file)
    let opened = try await database.open()
    let centre = try await Centre(
      database: opened, blobs: database.blobs, now: SystemClock.now)
    let filter = try await CaseTable.filter(
      [
        "state": state, "kind": kind, "channel": channel?.rawValue, "area": area,
        "organisation": organisation, "from": from?.description, "to": to?.description,
        "clock": clock, "text": text, "sort": sort,
      ].compactMapValues { $0 }, centre)
    let wording = try Running.wording()
    let bar = ProgressBar()
    let count = try await TableFile.write(file) { format, path in
      try await CaseTable(centre, wording).write(filter, as: format, to: path, by: .command) {
        bar.show($0.done, of: $0.total, "\($0.done) cases")
      }
    }
    bar.end()
    try json
      ? Output.json(Summary(cases: count, file: file))
      : Output.line("\(count) cases in \(file)")
    try opened.close()
  }
}

/// A table that a command writes: whole under the name that was asked for, or not at all.
enum TableFile {
  /// - Throws: `ValidationError` for a name with another ending.
  static func format(of path: String) throws -> TableWriter.Format {
    let ending = URL(filePath: path).pathExtension.lowercased()
    guard let format = TableWriter.Format(rawValue: ending) else {
      throw ValidationError("\(path): the name must end with .xlsx or .csv.")
    }
    return format
  }

  /// Asked before the work, which may be long.
  ///
  /// - Throws: `file.unwritable` where the folder is not there or not to be written into.
  static func requireFolder(of path: String) throws {
    let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
      isFolder.boolValue, FileManager.default.isWritableFile(atPath: folder)
    else { throw Fault(.invalid, "file.unwritable", ["path": path]) }
  }

  /// - Throws: `file.unwritable`; what `write` throws.
  static func write<Result>(
    _ path: String, _ write: (TableWriter.Format, _ path: String) async throws -> Result
  ) async throws -> Result {
    let unwritable = Fault(.invalid, "file.unwritable", ["path": path])
    // A link stays one; what it leads to is written.
    let file = URL(filePath: path).resolvingSymlinksInPath().path
    let draft = file + ".part"
    try requireFolder(of: path)
    do {
      let result = try await write(try format(of: path), draft)
      guard rename(draft, file) == 0 else { throw unwritable }
      return result
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw (error as? Fault)?.code == "table.unwritable" ? unwritable : error
    }
  }
}
