import Base
import City
import Foundation
import Store
import TestSupport
import Testing

/// A town is moved to PostgreSQL and back, killed again and again on its way.
@Suite(
  .enabled(if: Executable.isBuilt, "the executable is not built beside the tests"),
  .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct MoveTests {
  private struct Places {
    let folder = FileManager.default.temporaryDirectory.appending(path: "move-\(UUID())")
    let test: TestDatabase

    init() async throws {
      test = try await TestDatabase(engine: .postgres, isMigrated: false)
      // A move refuses a source or a target that another process has open.
      try test.database.close()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func sqlite(_ name: String) -> String { "sqlite:" + file(name) }
    func file(_ name: String) -> String { folder.appending(path: name).path }
    var postgres: String { test.address ?? "" }
    var toPostgres: [String] {
      ["move", "--from", sqlite("town"), "--to", postgres, "--to-files", file("files")]
    }
    var back: [String] {
      ["move", "--from", postgres, "--from-files", file("files"), "--to", sqlite("back")]
    }

    func demo() throws {
      let made = try Executable.run(["demo", "--small", "--database", sqlite("town")])
      #expect(made.status == 0, "\(made.errors)")
    }

    func open(_ name: String) throws -> any Database {
      let now: Now = { Moment(milliseconds: 0) }
      return name == "postgres"
        ? try PostgresDatabase(PostgresAddress(postgres), options: .init(now: now))
        : try SQLiteDatabase(path: file(name), options: .init(now: now))
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
  }

  /// Runs a move and kills it, later each time, until it comes to its end by itself; the last of many
  /// is let go on to its end.
  ///
  /// - Returns: how often it was killed.
  private func moved(_ arguments: [String]) async throws -> Int {
    var pause = 100
    for kills in 0..<14 {
      let process = try Executable.start(arguments)
      Self.end(process, after: pause)
      if process.terminationReason == .exit {
        #expect(process.terminationStatus == 0)
        return kills
      }
      pause += pause / 2
    }
    #expect(try Executable.run(arguments).status == 0)
    return 14
  }

  /// Kills a process after some milliseconds, unless it has ended. The thread sleeps, and not the
  /// task: on a busy machine a task would wake long after.
  private static func end(_ process: Process, after milliseconds: Int) {
    for _ in 0..<milliseconds / 5 where process.isRunning { usleep(5000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  @Test(
    "killed and gone on with, it brings everything over, and everything back",
    .timeLimit(.minutes(5)))
  func bothWays() async throws {
    let places = try await Places()
    defer { places.remove() }
    try places.demo()
    #expect(try await moved(places.toPostgres) > 0)
    #expect(try await moved(places.back) > 0)
    for address in [places.postgres, places.sqlite("back")] {
      let proof = try Executable.run(["ledger", "verify", "--database", address])
      #expect(proof.status == 0 && proof.output.hasPrefix("whole"), "\(proof.output)")
    }
    let databases = try ["town", "postgres", "back"].map { try places.open($0) }
    let tables = try await databases[0].read { try $0.tables() }
    for table in tables {
      var rows: [[[Value]]] = []
      for database in databases {
        rows.append(try await database.read { try $0.rows(of: table, limit: 100_000) })
      }
      #expect(rows[0] == rows[1] && rows[0] == rows[2], "\(table.name)")
    }
    for word in ["停车", "垃圾", "路", "居民", "2"] {
      var found: [[Int64]] = []
      for database in databases { found.append(try await Self.hits(word, in: database)) }
      #expect(found[0] == found[1] && found[0] == found[2], "\(word)")
      #expect(word == "2" || !found[0].isEmpty, "\(word)")
    }
    for database in databases { try database.close() }
    let files = try ["town.files", "files", "back.files"].map {
      // A file that a killed move was writing is swept after a day, like any that no row names.
      try FileManager.default.subpathsOfDirectory(atPath: places.file($0))
        .filter { $0.contains("/") && !$0.hasSuffix(".part") }.sorted()
    }
    #expect(files[0].count > 10 && files[1] == files[0] && files[2] == files[0])
    // People can go on with their work: the engine's own rules are there again.
    let added = try Executable.run(
      ["person", "add", "xu01", "--name", "某", "--no-password", "--database", places.postgres])
    #expect(added.status == 0, "\(added.errors)")
  }

  private static func hits(_ text: String, in database: any Database) async throws -> [Int64] {
    let words = try #require(SearchWords(query: text))
    return try await database.read {
      try $0.column(
        "SELECT id FROM \(.matching(SearchIndex(table: "case_search"), words)) AS hit ORDER BY id")
    }
  }

  /// A small town of which a move was killed on its way. A move that was done before anybody looked is
  /// begun anew elsewhere.
  private static func halfMoved() async throws -> Places {
    for _ in 0..<10 {
      let places = try await Places()
      try places.demo()
      let target = try PostgresDatabase(
        PostgresAddress(places.postgres), options: .init(now: { Moment(milliseconds: 0) }))
      let process = try Executable.start(places.toPostgres)
      while process.isRunning, try await Bulk.source(in: target) == nil {}
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let isHalf = try await Bulk.source(in: target) != nil
      try target.close()
      if isHalf { return places }
      places.remove()
    }
    throw Fault(.broken, "ten moves were done before they were killed")
  }

  @Test("a half-moved database is refused, and so are another source and one that was written to")
  func halfMoved() async throws {
    let places = try await Self.halfMoved()
    defer { places.remove() }
    let person = ["person", "add", "xu01", "--name", "某", "--no-password", "--database"]
    let refused = try Executable.run(person + [places.postgres], locale: "C")
    #expect(refused.status == 1 && refused.errors.contains("is being moved into"))
    let looked = try Executable.run(
      ["ledger", "verify", "--database", places.postgres], locale: "C")
    #expect(looked.status == 1 && looked.errors.contains("is being moved into"))
    let onwards = try Executable.run(places.back, locale: "C")
    #expect(onwards.status == 1 && onwards.errors.contains("itself half filled"))
    let changed = try Executable.run(person + [places.sqlite("town")])
    #expect(changed.status == 0)
    let again = try Executable.run(places.toPostgres, locale: "C")
    #expect(again.status == 1 && again.errors.contains("half moved"), "\(again.errors)")
  }

  @Test("a source that a server works on is not moved")
  func inUse() async throws {
    let places = try await Places()
    defer { places.remove() }
    try places.demo()
    let server = try await RunningServer.start(
      ["--database", places.sqlite("town")], in: places.folder
    ).process
    let refused = try Executable.run(places.toPostgres)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("process \(server.processIdentifier) has"), "\(refused.errors)")
    server.terminate()
    server.waitUntilExit()
    let moved = try Executable.run(places.toPostgres + ["--json"])
    #expect(moved.status == 0 && moved.output.hasPrefix(#"{"attachments":"#), "\(moved.errors)")
  }

  @Test("run again, a whole move is proved once more; a target that was worked on is left alone")
  func again() async throws {
    let places = try await Places()
    defer { places.remove() }
    try places.demo()
    let arguments = places.toPostgres + ["--json"]
    let first = try Executable.run(arguments)
    #expect(first.status == 0, "\(first.errors)")
    let second = try Executable.run(arguments)
    #expect(second.status == 0 && second.output == first.output, "\(second.errors)")
    let added = try Executable.run(
      ["person", "add", "xu01", "--name", "某", "--no-password", "--database", places.postgres])
    #expect(added.status == 0)
    let refused = try Executable.run(places.toPostgres, locale: "C")
    #expect(refused.status == 1 && refused.errors.contains("must be empty"), "\(refused.errors)")
  }
}
