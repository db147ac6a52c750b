import Base
import City
import Store
import TestSupport
import Testing

@Suite struct MigrationTests {
  private static let first = Migration(number: 1, name: "a", text: "CREATE TABLE a (x BIGINT);")
  private static let second = Migration(number: 2, name: "b", text: "CREATE TABLE b (x BIGINT);")

  @Test(
    "a database of a newer program is refused, and nothing is done to it", arguments: Engine.all)
  func newer(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine, isMigrated: false)
    try await test.database.migrate([Self.first, Self.second])
    await #expect(
      throws: Fault(.unavailable, "store.newer", ["database": "2", "program": "1"])
    ) { try await test.database.migrate([Self.first]) }
    #expect(
      try await test.tables() == ["a", "b", "commit_mark", "schema_serves", "schema_version"])
  }

  @Test(
    "a program serves a newer database when all of its steps say that it may", arguments: Engine.all
  )
  func neighbours(engine: Engine) async throws {
    func step(_ number: Int, serving oldest: Int? = nil) -> Migration {
      let mark = oldest.map { "-- serves: \($0)\n" } ?? ""
      return Migration(
        number: number, name: "s\(number)",
        text: "-- What it is for.\n\(mark)CREATE TABLE t\(number) (x BIGINT);")
    }
    let test = try await TestDatabase(engine: engine, isMigrated: false)
    let first = [step(1), step(2)]
    let expanded = first + [step(3, serving: 2), step(4, serving: 2)]
    try await test.database.migrate(expanded)
    try await test.database.migrate(first)
    #expect(try await test.tables().filter { $0.hasPrefix("t") } == ["t1", "t2", "t3", "t4"])
    // The next step serves those that know the third, and the first program no longer.
    let contracted = expanded + [step(5, serving: 3)]
    try await test.database.migrate(contracted)
    await #expect(
      throws: Fault(.unavailable, "store.newer", ["database": "5", "program": "2"])
    ) { try await test.database.migrate(first) }
    try await test.database.migrate(expanded)
    try await test.database.migrate(Array(expanded.prefix(3)))
    // One that says nothing serves nobody who does not know it.
    try await test.database.migrate(contracted + [step(6)])
    await #expect(
      throws: Fault(.unavailable, "store.newer", ["database": "6", "program": "5"])
    ) { try await test.database.migrate(contracted) }
  }

  @Test("the steps that ship say of themselves no more than that an older program may serve")
  func shipped() {
    for migration in Schema.migrations {
      #expect((1...migration.number).contains(migration.oldest), "\(migration.name)")
    }
    #expect(Schema.migrations.prefix(8).allSatisfy { $0.oldest == $0.number })
  }

  @Test("a migration that fails in the middle leaves nothing of itself", arguments: Engine.all)
  func failing(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine, isMigrated: false)
    let broken = Migration(
      number: 2, name: "b", text: "CREATE TABLE b (x BIGINT); CREATE TABLE a (x BIGINT);")
    await #expect(throws: (any Error).self) {
      try await test.database.migrate([Self.first, broken])
    }
    #expect(try await test.tables() == ["a", "commit_mark", "schema_serves", "schema_version"])
    try await test.database.migrate([Self.first, Self.second])
    try await test.database.migrate([Self.first, Self.second])
    #expect(
      try await test.tables() == ["a", "b", "commit_mark", "schema_serves", "schema_version"])
  }

  @Test("several processes that start at once bring it up to date once", arguments: Engine.all)
  func atOnce(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine, isMigrated: false)
    let others = try (0..<3).map { _ in try test.again() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for database in others {
        group.addTask { try await database.migrate(Schema.migrations) }
      }
      try await group.waitForAll()
    }
    let numbers = try await test.database.read {
      try $0.column("SELECT number FROM schema_version ORDER BY number", as: Int.self)
    }
    #expect(numbers == Schema.migrations.map(\.number))
    for database in others { try database.close() }
  }

  @Test(
    "after every migration both engines have the same tables and columns",
    .enabled(if: Engine.all.count == 2, "PostgreSQL 15 is not installed"))
  func alike() async throws {
    let sqlite = try await TestDatabase(engine: .sqlite, isMigrated: false)
    let postgres = try await TestDatabase(engine: .postgres, isMigrated: false)
    for count in 1...Schema.migrations.count {
      let migrations = Array(Schema.migrations.prefix(count))
      try await sqlite.database.migrate(migrations)
      try await postgres.database.migrate(migrations)
      // The parts of a search table are each engine's own.
      let tables = try await sqlite.tables().filter { !$0.hasPrefix("case_search_") }
      #expect(try await postgres.tables() == tables)
      for table in tables where table != "case_search" {
        var columns = try await postgres.columns(of: table)
        // It was there up to the seventh, which says why it went.
        if migrations.last?.number ?? 0 < 7 { columns.removeAll { $0 == "transaction_id" } }
        let expected = try await sqlite.columns(of: table)
        #expect(columns == expected, "\(table) after \(migrations.last?.name ?? "")")
        #expect(!expected.isEmpty)
      }
    }
  }
}
