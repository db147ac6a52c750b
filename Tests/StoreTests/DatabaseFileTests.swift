import Base
import Foundation
import Store
import TestSupport
import Testing

/// Files that are no database of ours get one clear answer.
@Suite struct DatabaseFileTests {
  @Test("closing on every thread of the tasks at once, while all are being read, does not hang")
  func closedWhileRead() async throws {
    var tests: [TestDatabase] = []
    for _ in 0..<16 { tests.append(try await TestDatabase(engine: .sqlite)) }
    await withTaskGroup(of: Void.self) { group in
      for test in tests {
        for _ in 0..<4 {
          group.addTask {
            // Refused once it is closed.
            while (try? await test.database.read { try $0.value("SELECT 1", as: Int.self) }) == 1 {}
          }
        }
        group.addTask { try? test.database.close() }
      }
    }
    for test in tests {
      await #expect(throws: Fault.self) { try await test.database.read { _ in } }
    }
  }

  private let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID())")

  private static let first = Migration(number: 1, name: "a", text: "CREATE TABLE a (x BIGINT);")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var path: String { folder.appending(path: "town.sqlite").path }

  private func open() throws -> SQLiteDatabase {
    try SQLiteDatabase(path: path, options: .init(now: { Moment(milliseconds: 0) }))
  }

  /// The code of the fault in which opening it, or making it ready, ends.
  private func code() async throws -> String? {
    do {
      let database = try open()
      defer { try? database.close() }
      try await database.migrate([Self.first])
      return nil
    } catch let fault as Fault {
      #expect(fault.kind == .unavailable)
      return fault.code
    }
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  @Test("a file of something else is no database, and is left as it was")
  func other() async throws {
    defer { remove() }
    let text = Data(String(repeating: "id,title\n", count: 1000).utf8)
    try text.write(to: URL(filePath: path))
    #expect(try await code() == "store.not-a-database")
    #expect(try Data(contentsOf: URL(filePath: path)) == text)
  }

  @Test("an empty file is a new database; a folder, or one that is not there, cannot be opened")
  func places() async throws {
    defer { remove() }
    try Data().write(to: URL(filePath: path))
    #expect(try await code() == nil)
    try FileManager.default.removeItem(at: folder)
    #expect(try await code() == "store.cannot-open")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(try await code() == "store.cannot-open")
  }

  @Test(
    "a file that may only be read is told of",
    .enabled(if: geteuid() != 0, "the superuser may write everything"))
  func readOnly() async throws {
    defer { remove() }
    #expect(try await code() == nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    let database = try open()
    defer { try? database.close() }
    await #expect(throws: Fault(.unavailable, "store.read-only", ["path": path])) {
      try await database.write { _ = try $0.run("INSERT INTO a (x) VALUES (1)") }
    }
  }

  @Test("a damaged file is told of by who reads the damage")
  func damaged() async throws {
    defer { remove() }
    let database = try open()
    try await database.migrate([Self.first])
    try await database.write { tx in
      for number in 0..<5000 { try tx.run("INSERT INTO a (x) VALUES (\(number))") }
    }
    try database.settle()
    try database.close()
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.seek(toOffset: 8192)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 40_000))
    try file.close()
    let again = try open()
    defer { try? again.close() }
    await #expect(throws: Fault(.unavailable, "store.damaged", ["path": path])) {
      _ = try await again.read { try $0.column("SELECT x FROM a", as: Int.self) }
    }
  }

  @Test("closed, it neither reads nor writes, and closing again is nothing")
  func closed() async throws {
    defer { remove() }
    let database = try open()
    try database.close()
    try database.close()
    await #expect(throws: Fault(.unavailable, "store.closed")) {
      try await database.read { _ in }
    }
    await #expect(throws: Fault(.unavailable, "store.closed")) {
      try await database.write { _ in }
    }
  }

  @Test("what was written before closing is there when it is opened again")
  func kept() async throws {
    defer { remove() }
    let database = try open()
    try await database.migrate([Self.first])
    try await database.write { _ = try $0.run("INSERT INTO a (x) VALUES (7)") }
    try database.close()
    let again = try open()
    defer { try? again.close() }
    try await again.migrate([Self.first])
    #expect(try await again.read { try $0.column("SELECT x FROM a", as: Int.self) } == [7])
  }

  @Test("a database of a newer program is refused, and nothing is done to it")
  func newer() async throws {
    defer { remove() }
    let second = Migration(number: 2, name: "b", text: "CREATE TABLE b (x BIGINT);")
    let database = try open()
    defer { try? database.close() }
    try await database.migrate([Self.first, second])
    await #expect(
      throws: Fault(.unavailable, "store.newer", ["database": "2", "program": "1"])
    ) { try await database.migrate([Self.first]) }
    let applied = try await database.read {
      try $0.column("SELECT number FROM schema_version ORDER BY number", as: Int.self)
    }
    #expect(applied == [1, 2])
  }

  @Test("a migration that fails in the middle leaves nothing of itself, and those before it stand")
  func failing() async throws {
    defer { remove() }
    let broken = Migration(
      number: 2, name: "b", text: "CREATE TABLE b (x BIGINT); CREATE TABLE a (x BIGINT);")
    let database = try open()
    defer { try? database.close() }
    await #expect(throws: (any Error).self) { try await database.migrate([Self.first, broken]) }
    let tables = try await database.read {
      try $0.column(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", as: String.self)
    }
    #expect(tables == ["a", "commit_mark", "schema_serves", "schema_version"])
    let mended = Migration(number: 2, name: "b", text: "CREATE TABLE b (x BIGINT);")
    try await database.migrate([Self.first, mended])
    try await database.migrate([Self.first, mended])
  }
}
