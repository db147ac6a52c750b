import Base
import Store
import TestSupport
import Testing

@Suite struct GroupCommitTests {
  private static func counter(_ name: String, in database: some Querying) throws -> Int? {
    try database.value("SELECT last FROM counter WHERE name = \(name)")
  }

  @Test("a hundred writes at once are all there afterwards", arguments: Engine.all)
  func concurrentWrites(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<100 {
        group.addTask {
          try await test.database.write {
            _ = try $0.run("INSERT INTO counter (name, last) VALUES (\("n\(index)"), \(index))")
          }
        }
      }
      try await group.waitForAll()
    }
    let sum: Int? = try await test.database.read { try $0.value("SELECT SUM(last) FROM counter") }
    #expect(sum == 4950)
  }

  @Test(
    "one failing write neither loses its neighbours' rows nor leaves its own", arguments: Engine.all
  )
  func failureAmongNeighbours(engine: Engine) async throws {
    struct Refused: Error {}
    let test = try await TestDatabase(engine: engine)
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<40 {
        group.addTask {
          do {
            try await test.database.write {
              try $0.run("INSERT INTO counter (name, last) VALUES (\("n\(index)"), 1)")
              if index % 7 == 0 { throw Refused() }
            }
            return true
          } catch { return false }
        }
      }
      let kept = await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      #expect(kept == 34)
    }
    let rows: Int? = try await test.database.read { try $0.value("SELECT COUNT(*) FROM counter") }
    #expect(rows == 34)
    #expect(try await test.database.read { try Self.counter("n7", in: $0) } == nil)
  }

  @Test(
    "a second row under one key is reported as a duplicate that names the key",
    arguments: Engine.all)
  func duplicateKey(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let insert: @Sendable (Transaction) throws -> Int = {
      try $0.run("INSERT INTO counter (name, last) VALUES ('a', 1)")
    }
    _ = try await test.database.write(insert)
    await #expect(throws: StoreError.duplicate(key: "counter.name")) {
      try await test.database.write(insert)
    }
  }

  @Test("after closing, a write is refused and does not hang", arguments: Engine.all)
  func writeAfterClose(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    try test.database.close()
    await #expect(throws: Fault(.unavailable, "store.closed")) {
      try await test.database.write { _ in }
    }
  }
}
