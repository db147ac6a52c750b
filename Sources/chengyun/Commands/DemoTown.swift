import Base
import City
import Foundation
import Store
import Town

/// The demonstration town: a database file is made beside its place and moved there when it is whole,
/// so that an interrupted building leaves nothing half-made; a database on a server is filled.
struct DemoTown {
  /// The town is the same for everybody who does not ask for another.
  static let usualSeed: UInt64 = 20_240_101

  let database: DatabaseOptions
  var isSmall = false
  var seed = usualSeed

  /// Makes the town unless one is there already.
  func makeIfMissing() async throws {
    switch database.database {
    case .sqlite(let file):
      guard !FileManager.default.fileExists(atPath: file) else { return }
      let folder = URL(filePath: file).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try await make()
    default:
      if try await isUntouched() { try await make() }
    }
  }

  /// - Throws: `CommandFailure` when there is something already.
  @discardableResult
  func make() async throws -> Demonstration.Summary {
    switch database.database {
    case .sqlite(let file): return try await make(file: file)
    case .postgres(let address):
      guard try await isUntouched() else {
        throw CommandFailure("there is something in the database already")
      }
      var options = PostgresDatabase.Options(now: SystemClock.now)
      options.isDurable = false
      let opened = try PostgresDatabase(address, options: options)
      let summary = try await build(in: opened, files: database.blobs)
      try opened.close()
      // A commit that waits for the disk takes all those before it along.
      try await database.openAsNode().database.close()
      return summary
    case .unreadable: throw Fault(.invalid, "store.address")
    }
  }

  /// Whether nothing has been done in a database that is not made as a file.
  ///
  /// - Throws: `CommandFailure` for a town whose making was interrupted: it has no seal yet.
  private func isUntouched() async throws -> Bool {
    let opened = try await database.open()
    let (isEmpty, isSealed) = try await opened.read { snapshot in
      (
        try Ledger.entries(after: 0, limit: 1, in: snapshot).isEmpty,
        try Ledger.head(in: snapshot) != nil
      )
    }
    try opened.close()
    guard isEmpty || isSealed else {
      throw CommandFailure("the database holds a town that was not finished: make it empty first")
    }
    return isEmpty
  }

  private func make(file: String) async throws -> Demonstration.Summary {
    let path = try DatabaseAddress.path(of: file, mustExist: false)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure("there is a database at \(path) already")
    }
    let draft = path + ".part"
    let files = URL(filePath: draft + ".files")
    for suffix in ["", "-wal", "-shm", ".files"] {
      try? FileManager.default.removeItem(atPath: draft + suffix)
    }
    var options = SQLiteDatabase.Options(now: SystemClock.now)
    options.isDurable = false
    let opened = try SQLiteDatabase(path: draft, options: options)
    let summary = try await build(in: opened, files: files)
    try opened.settle()
    try opened.close()
    if FileManager.default.fileExists(atPath: files.path) {
      try? FileManager.default.removeItem(at: database.blobs)
      try FileManager.default.moveItem(at: files, to: database.blobs)
    }
    try Self.flush(draft)
    try FileManager.default.moveItem(atPath: draft, toPath: path)
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: draft + suffix) }
    return summary
  }

  private func build(in opened: any Database, files: URL) async throws -> Demonstration.Summary {
    try await opened.migrate(Schema.migrations)
    let centre = try await Centre(database: opened, blobs: files, now: SystemClock.now)
    let bar = ProgressBar()
    let summary = try await Demonstration.build(
      in: centre, seed: seed, today: SystemClock.now(), size: isSmall ? .small : .year
    ) { bar.show($0.done, of: $0.total, "making the demonstration town") }
    bar.end()
    _ = try await LedgerSweep.run(in: opened, holder: "demonstration")
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
