import Base
import Store
import TestSupport
import Testing

@testable import City

/// Followers of the ledger read by sequence; none may be left behind by who commits late.
@Suite struct LedgerOrderTests {
  @Test(
    "entries stand in the order of commits, without a gap where one was rolled back",
    arguments: Engine.all)
  func dense(engine: Engine) async throws {
    struct Refused: Error {}
    let test = try await TestDatabase(engine: engine)
    for number in 1...6 {
      try? await test.database.write { tx in
        try note(Int64(number), in: tx)
        if number % 3 == 0 { throw Refused() }
      }
    }
    let entries = try await test.database.read { try Ledger.entries(after: 0, limit: 9, in: $0) }
    #expect(entries.map(\.sequence) == [1, 2, 3, 4])
    #expect(entries.map(\.subjectID) == [1, 2, 4, 5])
  }

  @Test(
    "the next number is found without reading the others, however few they were when that was planned",
    .enabled(if: Engine.all.contains(.postgres)))
  func planned() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let read: Int? = try await test.database.write { tx in
      for number in 1...100 { try note(Int64(number), in: tx) }
      return try tx.value(
        """
        SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables
        WHERE relname = 'ledger_entry'
        """)
    }
    #expect(try #require(read) <= 100)
  }

  @Test(
    "who commits late is not overtaken: a follower meanwhile sees neither, and then both in order",
    arguments: Engine.all)
  func late(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let other = try test.neighbour()
    let entered = AsyncStream<Void>.makeStream()
    let gate = Gate()
    async let first: Void = test.database.write { tx in
      try note(1, in: tx)
      entered.continuation.finish()
      gate.wait()
    }
    for await _ in entered.stream {}
    async let second: Void = other.write { try note(2, in: $0) }
    // Time for the second to overtake. What is asked holds whether or not it has come to wait.
    try await Task.sleep(for: .milliseconds(200))
    let meanwhile = try await other.read { try Ledger.entries(after: 0, limit: 9, in: $0) }
    #expect(meanwhile.isEmpty)
    gate.open()
    _ = try await (first, second)
    let entries = try await other.read { try Ledger.entries(after: 0, limit: 9, in: $0) }
    #expect(entries.map(\.subjectID) == [1, 2])
    #expect(entries.map(\.sequence) == [1, 2])
  }

  @Test("a follower that reads all the time misses nothing of many writers", arguments: Engine.all)
  func followed(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let other = try test.neighbour()
    async let followed = Self.follow(test.database, until: 200)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...200 {
        let database = number % 2 == 0 ? test.database : other
        group.addTask { try await database.write { try note(Int64(number), in: $0) } }
      }
      try await group.waitForAll()
    }
    let entries = try await followed
    #expect(entries.map(\.sequence) == Array(1...200))
    #expect(Set(entries.map(\.subjectID)) == Set(1...200))
  }

  private static func follow(
    _ database: any Database, until count: Int
  ) async throws -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    while entries.count < count {
      let last = entries.last?.sequence ?? 0
      entries += try await database.read { try Ledger.entries(after: last, limit: 50, in: $0) }
    }
    return entries
  }
}
