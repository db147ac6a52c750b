import ArgumentParser
import City
import Foundation
import Store

/// `chengyun backup …`
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Back a SQLite database and its attachments up, and prove it.",
    subcommands: [Make.self, Verify.self, List.self, Prune.self], defaultSubcommand: Make.self)

  struct Make: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a backup, beside a server that goes on working.",
      discussion: """
        The folder is made where it is not there. A second backup in it writes only what has changed.
        Ends with 1 when an attachment is missing; the backup is made all the same.
        """)

    @Argument(help: "The folder of the backups.", completion: .directory)
    var folder: String
    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
      umask(0o077)
      let source = try database.openSQLite()
      let bars = StepBars<Backup.Step>()
      let made = try await Backup(BackupFolder(URL(filePath: folder)), now: SystemClock.now)
        .make(of: source, files: BlobStore(folder: database.blobs), progress: bars.show)
      try source.close()
      let said = BackupAnswer(made.manifest, newBytes: made.newBytes, bytes: made.allBytes)
      if json { try Output.json(said) } else { Output.line("backed up as " + said.text) }
      for digest in made.manifest.missing {
        Output.note("chengyun: the attachment \(digest) is not in \(database.blobs.path)")
      }
      if !made.manifest.missing.isEmpty { throw ExitCode(1) }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove a backup: every byte, its counts and its ledger.")

    @OptionGroup var backup: BackupChoice
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
      umask(0o077)
      let bars = StepBars<Backup.Step>()
      let manifest = try await Restore(backup.place, now: SystemClock.now)
        .verify(backup.snapshot, progress: bars.show)
      let said = BackupAnswer(manifest)
      if json { try Output.json(said) } else { Output.line("whole: " + said.text) }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the backups, oldest first.")

    @Argument(help: "The folder of the backups.", completion: .directory)
    var folder: String

    func run() throws {
      let place = BackupFolder(URL(filePath: folder))
      for name in try place.names() { Output.line(BackupAnswer(try place.manifest(name)).text) }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove old backups, and what only they held.")

    @Argument(help: "The folder of the backups.", completion: .directory)
    var folder: String
    @Option(help: "How many of the newest to keep.")
    var keep: Int

    func validate() throws {
      guard keep > 0 else { throw ValidationError("--keep is 1 or more.") }
    }

    func run() throws {
      let gone = try Backup(BackupFolder(URL(filePath: folder)), now: SystemClock.now)
        .prune(keeping: keep)
      Output.line("\(gone.backups) backups removed, and \(gone.pieces) pieces that only they held")
    }
  }
}

/// `chengyun restore`
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Make a database and its attachments out of a backup.",
    discussion: "Refuses where a database or attachments are already.")

  @OptionGroup var backup: BackupChoice
  @OptionGroup var database: DatabaseOptions
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    umask(0o077)
    let path = try database.sqlitePath(mustExist: false)
    let bars = StepBars<Backup.Step>()
    let manifest = try await Restore(backup.place, now: SystemClock.now).restore(
      backup.snapshot, to: path, files: database.blobs, progress: bars.show)
    let said = BackupAnswer(manifest)
    if json { try Output.json(said) } else { Output.line("restored: " + said.text) }
    for digest in manifest.missing {
      Output.note("chengyun: the attachment \(digest) was missing when the backup was made")
    }
  }
}

/// Which backup a command reads.
struct BackupChoice: ParsableArguments {
  @Argument(help: "The folder of the backups.", completion: .directory)
  var folder: String

  @Option(help: "Which of them, as `backup list` names it; the newest without.")
  var snapshot: String?

  var place: BackupFolder { BackupFolder(URL(filePath: folder)) }
}

/// What a backup holds, as it is said.
private struct BackupAnswer: Encodable {
  let snapshot: String
  let schema: Int
  let rows: Int64
  let tables: [String: Int64]
  let entries: Int64
  let head: String?
  let attachments: Int
  let missing: [String]
  let bytes: Int64
  let newBytes: Int64?

  init(_ manifest: BackupManifest, newBytes: Int64? = nil, bytes: Int64? = nil) {
    snapshot = manifest.name
    schema = manifest.schema
    rows = manifest.rows
    tables = manifest.tables
    entries = manifest.ledger.entries
    head = manifest.ledger.head
    attachments = manifest.files.count
    missing = manifest.missing
    self.bytes = bytes ?? manifest.files.reduce(manifest.size) { $0 + Int64($1.size) }
    self.newBytes = newBytes
  }

  var text: String {
    "\(snapshot): \(rows) rows of \(tables.count) tables, \(entries) ledger entries, "
      + "\(attachments) attachments, \(Self.megabytes(bytes))"
      + (newBytes.map { ", \(Self.megabytes($0)) of it new" } ?? "")
      + (head.map { "; head \($0)" } ?? "")
  }

  private static func megabytes(_ bytes: Int64) -> String {
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}

extension StepBars<Backup.Step> {
  func show(_ step: Backup.Step, _ done: Int, _ total: Int) {
    let note =
      switch step {
      case .copying: "copying the database"
      case .proving: "proving the ledger and counting"
      case .storing: "storing what is new"
      case .files: "attachments"
      }
    show(step, done, of: total, note)
  }
}
