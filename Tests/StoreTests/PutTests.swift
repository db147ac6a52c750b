import Base
import Store
import TestSupport
import Testing

/// Changes that nobody waits for are made all the same, in their order, and their faults are told.
@Suite struct PutTests {
  private static let migration = Migration(
    number: 1, name: "item",
    text:
      "CREATE TABLE item (id {{id}}, note TEXT NOT NULL, parent_id BIGINT REFERENCES item (id));")

  private static func made(_ engine: Engine) async throws -> TestDatabase {
    let test = try await TestDatabase(engine: engine, isMigrated: false)
    try await test.database.migrate([migration])
    return test
  }

  private static func put(_ id: Int, _ note: String? = "n", in tx: Transaction) throws {
    try tx.put("INSERT INTO item (id, note) VALUES (\(id), \(note))")
  }

  private static func ids(_ test: TestDatabase) async throws -> [Int] {
    try await test.database.read { try $0.column("SELECT id FROM item ORDER BY id") }
  }

  @Test(
    "what was put is seen by what follows, and is there after the commit", arguments: Engine.all)
  func seen(engine: Engine) async throws {
    let test = try await Self.made(engine)
    let counts: [Int] = try await test.database.write { tx in
      var counts: [Int] = []
      for id in 1...200 {
        try Self.put(id, in: tx)
        if id % 50 == 3 { counts.append(try tx.value("SELECT COUNT(*) FROM item") ?? 0) }
      }
      counts.append(try tx.run("UPDATE item SET note = 'm' WHERE id > 190"))
      try tx.put("DELETE FROM item WHERE id = 200")
      return counts
    }
    #expect(counts == [3, 53, 103, 153, 10])
    #expect(try await Self.ids(test) == Array(1...199))
  }

  @Test(
    "a put that is refused ends its transaction, whatever comes after it", arguments: Engine.all)
  func refused(engine: Engine) async throws {
    let test = try await Self.made(engine)
    try await test.database.write { try Self.put(1, in: $0) }
    await #expect(throws: StoreError.duplicate(key: "item.id")) {
      try await test.database.write { tx in
        try Self.put(2, in: tx)
        try Self.put(1, in: tx)
        try Self.put(3, in: tx)
      }
    }
    await #expect(throws: StoreError.duplicate(key: "item.id")) {
      try await test.database.write { tx in
        try Self.put(1, in: tx)
        _ = try tx.run("UPDATE item SET note = 'x'")
      }
    }
    await #expect(throws: StoreError.reference) {
      try await test.database.write {
        try $0.put("INSERT INTO item (id, note, parent_id) VALUES (9, 'n', 77)")
      }
    }
    await #expect(throws: Fault(.invalid, "text.zero")) {
      try await test.database.write { try Self.put(4, "a\0b", in: $0) }
    }
    #expect(try await Self.ids(test) == [1])
    let note: String? = try await test.database.read { try $0.value("SELECT note FROM item") }
    #expect(note == "n")
  }

  @Test(
    "of writes that are committed together, only that one fails whose put is refused",
    arguments: Engine.all)
  func neighbours(engine: Engine) async throws {
    let test = try await Self.made(engine)
    let gate = Gate()
    let first = Task { try await test.database.write { _ in gate.wait() } }
    let failed = await withTaskGroup(of: Int?.self) { group in
      for id in 1...30 {
        group.addTask {
          do {
            try await test.database.write { try Self.put(id, id % 10 == 0 ? nil : "n", in: $0) }
            return nil
          } catch { return id }
        }
      }
      try? await Task.sleep(for: .milliseconds(100))
      gate.open()
      var failed: [Int] = []
      for await id in group { if let id { failed.append(id) } }
      return failed.sorted()
    }
    try await first.value
    #expect(failed == [10, 20, 30])
    #expect(try await Self.ids(test) == (1...30).filter { $0 % 10 != 0 })
  }
}
