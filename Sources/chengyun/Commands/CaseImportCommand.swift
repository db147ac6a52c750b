import ArgumentParser
import Base
import City
import Foundation
import Store
import Web

/// `chengyun case import FILE --map MAP`: past cases out of somebody else's file.
struct CaseImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring past cases in from a file.",
    discussion: """
      The same file again changes nothing; one that was stopped half way goes on where it was. Rows \
      that are not taken are written to a file of their own and do not stop the others.
      """)

  @OptionGroup var database: DatabaseOptions
  @Argument(
    help: "Comma-separated text, plain or gzip, in UTF-8 or GB 18030; or a workbook (.xlsx).")
  var file: String
  @Option(
    help: """
      What its columns mean: a YAML file, or one of \
      \(ImportMap.shippedNames.joined(separator: ", ")).
      """)
  var map: String
  @Option(
    help: ArgumentHelp(
      "Where rows that are not taken go; FILE.rejected.csv without it.", valueName: "path"))
  var rejected: String?
  @Option(help: .hidden)
  var batch = 1000
  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  func run() async throws {
    let map = try readMap()
    let reader = try CaseImport.open(path: file, as: map)
    let opened = try await database.open(creating: true)
    let centre = try await Centre(
      database: opened, blobs: database.blobs, now: SystemClock.now)
    let wording = try Running.wording()
    let refused = RejectedFile(
      path: rejected ?? RejectedFile.usualPath(for: file), columns: reader.header.names,
      word: { wording.text($0) }, wordFault: { wording.text($0) })
    let bar = ProgressBar()
    var rows = 0
    do {
      let summary = try await CaseImport(map, desk: centre.cases, batchSize: batch).run(
        reader, rejected: refused.add
      ) { progress in
        rows = progress.rows
        bar.show(progress.consumed, of: progress.total, "\(progress.rows) rows")
      }
      bar.end()
      try refused.finish()
      try tell(summary, refused.path)
    } catch {
      bar.end()
      if rows > 0 { Output.note("The first \(rows) rows of \(file) were brought in before this:") }
      throw error
    }
    try opened.close()
  }

  /// A file of that name, or else the map that ships under it.
  private func readMap() throws -> ImportMap {
    guard FileManager.default.fileExists(atPath: map) else { return try ImportMap.shipped(map) }
    guard let bytes = FileManager.default.contents(atPath: map) else {
      throw CommandFailure("\(map) cannot be read")
    }
    return try ImportMap.read(NamedFile(name: map, bytes: bytes))
  }

  private func tell(_ summary: ImportSummary, _ rejectedPath: String) throws {
    if summary.rejected > 0 {
      Output.note("\(summary.rejected) rows were not taken: see \(rejectedPath)")
    }
    if json { return try Output.json(summary) }
    let counts = [
      ("read", summary.read), ("created", summary.created), ("updated", summary.updated),
      ("unchanged", summary.unchanged), ("rejected", summary.rejected),
    ]
    let notes = summary.notes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    for (name, count) in counts + notes {
      Output.line(name.padding(toLength: 12, withPad: " ", startingAt: 0) + " \(count)")
    }
  }
}
