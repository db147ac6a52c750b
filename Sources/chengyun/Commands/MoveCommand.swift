import ArgumentParser
import Base
import City
import Foundation
import Store

/// `chengyun move`
struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Move a centre from SQLite to PostgreSQL, or back.",
    discussion: """
      The source is only read, and nobody may write it meanwhile. The target must be empty. A move that \
      was interrupted goes on when the same command is run again.
      """)

  @Option(help: "The database to move from.")
  var from: DatabaseAddress
  @Option(help: "The database to move to, which must be empty.")
  var to: DatabaseAddress
  @Option(
    help: "The folder of the source's attachments, as for --files of other commands.",
    completion: .directory)
  var fromFiles: String?
  @Option(
    help: "The folder of the target's attachments, as for --files of other commands.",
    completion: .directory)
  var toFiles: String?
  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard from != .unreadable, to != .unreadable else {
      throw ValidationError(
        "--from and --to are sqlite:PATH or postgres://USER@HOST:PORT/NAME")
    }
    guard from != to else { throw ValidationError("--from and --to are the same.") }
  }

  func run() async throws {
    umask(0o077)
    // Both are asked for before either is open: see `SQLiteDatabase.otherProcess`.
    for (address, isSource) in [(from, true), (to, false)] {
      guard case .sqlite(let file) = address else { continue }
      let path = try DatabaseAddress.path(of: file, mustExist: isSource)
      if let process = SQLiteDatabase.otherProcess(using: path) {
        throw CommandFailure("process \(process) has \(path) open: stop it first")
      }
    }
    let source = try opened(from, isSource: true)
    let target = try opened(to, isSource: false)
    let bars = StepBars<Move.Step>()
    let report = try await Move(
      from: source, files: folder(fromFiles, of: from), to: target, files: folder(toFiles, of: to)
    ).run(progress: bars.show)
    try target.close()
    try source.close()
    let answer = MoveAnswer(report)
    if json { try Output.json(answer) } else { answer.lines.forEach(Output.line) }
    for digest in report.files.missing {
      Output.note("chengyun: the attachment \(digest) is not in the source's folder")
    }
    if !report.files.missing.isEmpty { throw ExitCode(1) }
  }

  private func folder(_ named: String?, of address: DatabaseAddress) -> URL {
    named.map { URL(filePath: $0) } ?? address.files
  }

  private func opened(_ address: DatabaseAddress, isSource: Bool) throws -> any Database {
    switch address {
    case .sqlite(let file):
      let path = try DatabaseAddress.path(of: file, mustExist: isSource)
      var options = SQLiteDatabase.Options(now: SystemClock.now)
      options.checksReferences = isSource
      return try SQLiteDatabase(path: path, options: options)
    case .postgres(let address):
      var options = PostgresDatabase.Options(now: SystemClock.now)
      // To make an index of a great table takes as long as it takes.
      options.statementTimeout = 0
      return try PostgresDatabase(address, options: options)
    case .unreadable: throw Fault(.invalid, "store.address")
    }
  }
}

/// What a move came to, as it is said.
private struct MoveAnswer: Encodable {
  struct Table: Encodable {
    let table: String
    let sourceRows: Int64
    let targetRows: Int64
    let sourceDigest: String
    let targetDigest: String
  }

  let complete = true
  let tables: [Table]
  let rows: Int64
  let searchable: Int
  let attachments: Int
  let missingAttachments: [String]
  let entries: Int64
  let head: String?

  init(_ report: MoveReport) {
    tables = report.tables.map {
      Table(
        table: $0.name, sourceRows: $0.source.rows, targetRows: $0.target.rows,
        sourceDigest: $0.source.digest, targetDigest: $0.target.digest)
    }
    rows = report.rows
    searchable = report.words
    attachments = report.files.count
    missingAttachments = report.files.missing
    entries = report.ledger.entries
    head = report.ledger.head?.description
  }

  var lines: [String] {
    var table = TextTable([.left, .right, .right, .left])
    table.add(["table", "source", "target", "sum of the rows' SHA-256, the same on both sides"])
    for line in tables {
      table.add(
        [line.table, String(line.sourceRows), String(line.targetRows), line.targetDigest])
    }
    return table.lines + [
      "complete: \(rows) of \(rows) rows of \(tables.count) tables, \(searchable) cases to search, "
        + "\(attachments) attachments, \(entries) ledger entries"
        + (head.map { "; head \($0)" } ?? "")
    ]
  }
}

extension StepBars<Move.Step> {
  func show(_ step: Move.Step, _ done: Int, _ total: Int, _ what: String) {
    let lead = step == .rows ? "rows, " : step == .proving ? "proof, " : ""
    show(step, done, of: total, lead + what)
  }
}
