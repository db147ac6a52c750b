import Base
import City
import Foundation
import Store
import Town

/// The demonstration town as a database file: made beside its place and moved there when it is
/// whole, so that an interrupted building leaves nothing half-made.
struct DemoTown {
  /// The town is the same for everybody who does not ask for another.
  static let usualSeed: UInt64 = 20_240_101

  let database: DatabaseOptions
  var isSmall = false
  var seed = usualSeed

  /// Makes the town unless a database is there already.
  func makeIfMissing() async throws {
    let path = database.database.file
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let folder = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await make()
  }

  /// - Throws: `CommandFailure` when a database is there already.
  @discardableResult
  func make() async throws -> Demonstration.Summary {
    let path = try database.database.path(mustExist: false)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure("there is a database at \(path) already")
    }
    let draft = path + ".part"
    let files = URL(filePath: draft + ".files")
    for suffix in ["", "-wal", "-shm", ".files"] {
      try? FileManager.default.removeItem(atPath: draft + suffix)
    }
    let summary = try await build(at: draft, files: files)
    if FileManager.default.fileExists(atPath: files.path) {
      try? FileManager.default.removeItem(at: database.blobs)
      try FileManager.default.moveItem(at: files, to: database.blobs)
    }
    try Self.flush(draft)
    try FileManager.default.moveItem(atPath: draft, toPath: path)
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: draft + suffix) }
    return summary
  }

  private func build(at path: String, files: URL) async throws -> Demonstration.Summary {
    var options = SQLiteDatabase.Options(now: SystemClock.now)
    options.isDurable = false
    let opened = try SQLiteDatabase(path: path, options: options)
    try await opened.migrate(Schema.migrations)
    let centre = try await Centre(database: opened, blobs: files, now: SystemClock.now)
    let bar = ProgressBar()
    let summary = try await Demonstration.build(
      in: centre, seed: seed, today: SystemClock.now(), size: isSmall ? .small : .year
    ) { bar.show($0.done, of: $0.total, "making the demonstration town") }
    bar.end()
    _ = try await LedgerSweep.run(in: opened, holder: "demonstration")
    try opened.settle()
    try opened.close()
    return summary
  }

  private static func flush(_ path: String) throws {
    let handle = try FileHandle(forUpdating: URL(filePath: path))
    try handle.synchronize()
    try handle.close()
  }

  // MARK: - Ways in

  var signIns: [DemonstrationWay] {
    Demonstration.signIns(seed: seed).map {
      DemonstrationWay(role: $0.role, signIn: $0.signIn, name: $0.name)
    }
  }

  /// The ways in as a table for the terminal.
  var signInTable: String {
    let width = signIns.map(\.signIn.count).max() ?? 0
    let rows = signIns.map { way in
      "  " + way.signIn.padding(toLength: width + 2, withPad: " ", startingAt: 0)
        + way.role.rawValue
    }
    return (["Sign in as one of these, password \(Demonstration.password)"] + rows)
      .joined(separator: "\n")
  }
}

/// One way into the demonstration.
struct DemonstrationWay {
  let role: Role
  let signIn: String
  let name: String
}
