import Base
import Store
import TestSupport
import Testing

/// Tables are read and filled whole, alike on both engines.
@Suite struct BulkTests {
  private static let migration = Migration(
    number: 1, name: "things",
    text: """
      CREATE TABLE parent (id {{id}}, code TEXT NOT NULL);
      CREATE UNIQUE INDEX parent_by_code ON parent (code);
      CREATE TABLE thing (
        kind TEXT NOT NULL, number BIGINT NOT NULL, parent_id BIGINT REFERENCES parent (id),
        data {{bytes}}, size DOUBLE PRECISION, note TEXT, PRIMARY KEY (kind, number));
      CREATE INDEX thing_by_note ON thing (note) WHERE note IS NOT NULL;
      """)

  private static func made(_ engine: Engine) async throws -> TestDatabase {
    let test = try await TestDatabase(engine: engine, isMigrated: false)
    try await test.database.migrate([migration])
    return test
  }

  private static let rows: [[Value]] = [
    [.text("a"), .integer(.min), .null, .null, .null, .null],
    [.text("a"), .integer(7), .integer(1), .bytes([]), .real(-0.5), .text("")],
    [
      .text("a"), .integer(.max), .integer(1), .bytes([0, 255, 10]), .real(1e300),
      .text("停\n车\t\\N"),
    ],
    [.text("é"), .integer(0), .null, .bytes([92, 120]), .real(31.4567891234), .text("𠮷")],
    [.text("路"), .integer(0), .null, .null, .real(0), .text("'\"")],
  ]

  private static func table(_ name: String, _ test: TestDatabase) async throws -> TableShape {
    let found = try await test.database.read { try $0.tables() }
    #expect(found.map(\.name) == ["parent", "thing"])
    return try #require(found.first { $0.name == name })
  }

  @Test("a table is known with its columns and its key", arguments: Engine.all)
  func shape(engine: Engine) async throws {
    let thing = try await Self.table("thing", try await Self.made(engine))
    #expect(thing.key == ["kind", "number"])
    #expect(thing.columns.map(\.kind) == [.text, .integer, .integer, .bytes, .real, .text])
    #expect(thing.matches(thing))
  }

  @Test(
    "what was loaded is read again as it was, in the order of the key, page by page",
    arguments: Engine.all)
  func loaded(engine: Engine) async throws {
    let test = try await Self.made(engine)
    let thing = try await Self.table("thing", test)
    try await test.database.write { tx in
      try tx.run("INSERT INTO parent (id, code) VALUES (1, 'p')")
      try tx.load(Self.rows.reversed(), into: thing)
      try tx.load([], into: thing)
    }
    let all = try await test.database.read { try $0.rows(of: thing, limit: 100) }
    #expect(all == Self.rows)
    var paged: [[Value]] = []
    while true {
      let page = try await test.database.read { [paged] snapshot in
        try snapshot.rows(of: thing, after: paged.last, limit: 2)
      }
      guard !page.isEmpty else { break }
      paged += page
    }
    #expect(paged == Self.rows)
    #expect(try await test.database.read { try $0.count(of: thing) } == 5)
    #expect(try await test.database.read { try $0.lastRow(of: thing) } == Self.rows.last)
  }

  @Test("a row that is there already fails, and nothing of its load stays", arguments: Engine.all)
  func twice(engine: Engine) async throws {
    let test = try await Self.made(engine)
    let thing = try await Self.table("thing", test)
    let row = Self.rows[0]
    try await test.database.write { try $0.load([row], into: thing) }
    await #expect(throws: StoreError.self) {
      try await test.database.write { try $0.load([Self.rows[4], row], into: thing) }
    }
    #expect(try await test.database.read { try $0.count(of: thing) } == 1)
    await #expect(throws: Fault(.invalid, "text.zero")) {
      var bad = Self.rows[4]
      bad[5] = .text("a\0b")
      let row = bad
      try await test.database.write { try $0.load([row], into: thing) }
    }
  }

  @Test(
    "while a database is being filled nothing else opens it; references and keys hold again after",
    arguments: Engine.all)
  func moving(engine: Engine) async throws {
    let test = try await Self.made(engine)
    let database = test.database
    #expect(try await Bulk.source(in: database) == nil)
    try await Bulk.begin("there", in: database)
    #expect(try await Bulk.source(in: database) == "there")
    await #expect(throws: Fault.self) {
      try await test.again().migrate([Self.migration])
    }
    let tables = try await database.read { try Bulk.tables(in: $0) }
    #expect(tables.map(\.name) == ["parent", "thing"])
    try await database.write { tx in
      // Children before their parents.
      try tx.run("INSERT INTO parent (id, code) VALUES (1, 'p')")
      try tx.load(Self.rows, into: tables[1])
    }
    try await Bulk.restore(in: database) { _, _ in }
    try await Bulk.finish(in: database)
    try await database.migrate([Self.migration])
    #expect(try await Bulk.source(in: database) == nil)
    await #expect(throws: StoreError.duplicate(key: "parent.code")) {
      try await database.write { try $0.run("INSERT INTO parent (id, code) VALUES (2, 'p')") }
    }
    await #expect(throws: StoreError.reference) {
      try await database.write {
        try $0.run("INSERT INTO thing (kind, number, parent_id) VALUES ('z', 1, 99)")
      }
    }
    await #expect(throws: Fault(.conflict, "store.not-empty", ["table": "parent"])) {
      try await Bulk.begin("there", in: database)
    }
  }

  @Test("a hold keeps others from writing and not from reading", arguments: Engine.all)
  func held(engine: Engine) async throws {
    let test = try await Self.made(engine)
    try test.database.close()
    let reader = try test.again()
    let hold = try await reader.holdWrites()
    let other = try test.again()
    #expect(try await other.read { try $0.value("SELECT COUNT(*) FROM parent") } == 0)
    let written = Flag()
    let writing = Task {
      _ = try? await other.write { try $0.run("INSERT INTO parent (id, code) VALUES (1, 'p')") }
      written.set()
    }
    try await Task.sleep(for: .milliseconds(300))
    #expect(!written.isSet)
    #expect(try await reader.read { try $0.value("SELECT COUNT(*) FROM parent") } == 0)
    hold.release()
    await writing.value
    #expect(try await reader.read { try $0.value("SELECT COUNT(*) FROM parent") } == 1)
    try other.close()
    try reader.close()
  }
}
