import Base
import Store
import TestSupport
import Testing

/// What every engine must do alike, beyond transactions, leases and group commit.
@Suite struct ConformanceTests {
  private static let migration = Migration(
    number: 1, name: "pairs",
    text: """
      CREATE TABLE parent (id {{id}}, code TEXT NOT NULL UNIQUE);
      CREATE TABLE child (
        id {{id}}, parent_id BIGINT NOT NULL REFERENCES parent (id), source TEXT, mark TEXT,
        data {{bytes}}, size DOUBLE PRECISION, number BIGINT);
      CREATE UNIQUE INDEX child_by_mark ON child (source, mark) WHERE mark IS NOT NULL;
      """)

  private static func made(_ engine: Engine) async throws -> TestDatabase {
    let test = try await TestDatabase(engine: engine, isMigrated: false)
    try await test.database.migrate([migration])
    try await test.database.write {
      _ = try $0.run("INSERT INTO parent (id, code) VALUES (1, 'a')")
    }
    return test
  }

  private static func child(_ id: Int, mark: String?, in tx: Transaction) throws {
    try tx.run(
      "INSERT INTO child (id, parent_id, source, mark) VALUES (\(id), 1, 's', \(mark))")
  }

  @Test(
    "a duplicate names its table and columns, also of an index over several", arguments: Engine.all)
  func duplicates(engine: Engine) async throws {
    let test = try await Self.made(engine)
    try await test.database.write { try Self.child(1, mark: "m", in: $0) }
    await #expect(throws: StoreError.duplicate(key: "child.source, child.mark")) {
      try await test.database.write { try Self.child(2, mark: "m", in: $0) }
    }
    await #expect(throws: StoreError.duplicate(key: "child.id")) {
      try await test.database.write { try Self.child(1, mark: nil, in: $0) }
    }
    try await test.database.write { tx in
      for id in 2...3 { try Self.child(id, mark: nil, in: tx) }
    }
  }

  @Test("a row that refers to nothing, or is still referred to, is told of", arguments: Engine.all)
  func references(engine: Engine) async throws {
    let test = try await Self.made(engine)
    await #expect(throws: StoreError.reference) {
      try await test.database.write {
        try $0.run("INSERT INTO child (id, parent_id) VALUES (1, 9)")
      }
    }
    try await test.database.write { try Self.child(1, mark: nil, in: $0) }
    await #expect(throws: StoreError.reference) {
      try await test.database.write { try $0.run("DELETE FROM parent WHERE id = 1") }
    }
  }

  @Test(
    "after a refused statement a transaction comes to nothing, even if its body goes on",
    arguments: Engine.all)
  func swallowed(engine: Engine) async throws {
    let test = try await Self.made(engine)
    await #expect(throws: StoreError.duplicate(key: "parent.id")) {
      try await test.database.write { tx in
        try tx.run("INSERT INTO parent (id, code) VALUES (2, 'b')")
        _ = try? tx.run("INSERT INTO parent (id, code) VALUES (1, 'c')")
        _ = try? tx.value("SELECT 1", as: Int.self)
      }
    }
    let ids = try await test.database.read {
      try $0.column("SELECT id FROM parent ORDER BY id", as: Int.self)
    }
    #expect(ids == [1])
  }

  @Test("a text with a zero character is refused, and leaves nothing", arguments: Engine.all)
  func zeros(engine: Engine) async throws {
    let test = try await Self.made(engine)
    await #expect(throws: Fault(.invalid, "text.zero")) {
      try await test.database.write {
        try $0.run("INSERT INTO parent (id, code) VALUES (2, \("a\u{0}b"))")
      }
    }
    let count = try await test.database.read {
      try $0.value("SELECT COUNT(*) FROM parent", as: Int.self)
    }
    #expect(count == 1)
  }

  @Test("one statement takes nulls and values in turn, each in its own kind", arguments: Engine.all)
  func nulls(engine: Engine) async throws {
    let test = try await Self.made(engine)
    let rows: [(Int, [UInt8]?, Double?, Int64?)] = [
      (1, nil, nil, nil), (2, [0, 255], 0.1, .max), (3, [], -0.0, .min), (4, nil, 1e300, nil),
    ]
    for (id, data, size, number) in rows {
      try await test.database.write { tx in
        try tx.run(
          """
          INSERT INTO child (id, parent_id, data, size, number)
          VALUES (\(id), 1, \(data), \(size), \(number))
          """)
      }
    }
    try await test.database.read { snapshot in
      var found: [Int] = []
      try snapshot.each("SELECT id, data, size, number FROM child ORDER BY id") { fields in
        let id: Int = try fields.next()
        let (data, size): ([UInt8]?, Double?) = (try fields.next(), try fields.next())
        let number: Int64? = try fields.next()
        let row = try #require(rows.first { $0.0 == id })
        #expect(data == row.1 && size == row.2 && number == row.3)
        found.append(id)
      }
      #expect(found == [1, 2, 3, 4])
    }
  }

  @Test("truths, sums and means are read as numbers", arguments: Engine.all)
  func computed(engine: Engine) async throws {
    let test = try await Self.made(engine)
    try await test.database.read { snapshot in
      let truths = try snapshot.column("SELECT \(1) = \(1)", as: Bool.self)
      #expect(truths == [true])
      #expect(try snapshot.value("SELECT \(1) = \(2)", as: Int.self) == 0)
      #expect(
        try snapshot.value("SELECT EXISTS (SELECT 1 FROM parent WHERE id = 1)", as: Bool.self)
          == true)
      #expect(try snapshot.value("SELECT SUM(id) FROM parent", as: Int64.self) == 1)
      #expect(try snapshot.value("SELECT AVG(id + 0.5) FROM parent", as: Double.self) == 1.5)
      #expect(try snapshot.value("SELECT MAX(id) FROM child", as: Int64?.self) == .some(nil))
    }
  }

  @Test("a change says how many rows it touched", arguments: Engine.all)
  func touched(engine: Engine) async throws {
    let test = try await Self.made(engine)
    try await test.database.write { tx in
      for id in 1...3 { try Self.child(id, mark: nil, in: tx) }
      #expect(try tx.run("UPDATE child SET number = 1 WHERE id > \(1)") == 2)
      #expect(try tx.run("UPDATE child SET number = 1 WHERE id > \(9)") == 0)
      #expect(try tx.run("DELETE FROM child") == 3)
    }
  }

  @Test(
    "a lost update cannot be: what a write has read holds until it commits", arguments: Engine.all)
  func turns(engine: Engine) async throws {
    let test = try await Self.made(engine)
    let other = try test.neighbour()
    try await test.database.write { try Self.child(1, mark: nil, in: $0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<60 {
        let database = index % 2 == 0 ? test.database : other
        group.addTask {
          try await database.write { tx in
            let number: Int64? = try tx.value("SELECT COALESCE(number, 0) FROM child WHERE id = 1")
            try tx.run("UPDATE child SET number = \((number ?? 0) + 1) WHERE id = 1")
          }
        }
      }
      try await group.waitForAll()
    }
    let number = try await test.database.read {
      try $0.value("SELECT number FROM child WHERE id = 1", as: Int.self)
    }
    #expect(number == 60)
  }
}
