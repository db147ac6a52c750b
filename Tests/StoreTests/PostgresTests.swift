import Base
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

/// What only an engine behind a wire can do wrong.
@Suite(.enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct PostgresTests {
  private static func options() -> PostgresDatabase.Options {
    PostgresDatabase.Options(now: { Moment(milliseconds: 0) })
  }

  /// The fault in which opening an address ends.
  private static func fault(opening address: String) throws -> Fault? {
    do {
      try PostgresDatabase(PostgresAddress(address), options: options()).close()
      return nil
    } catch let fault as Fault { return fault }
  }

  private static func fault(_ body: () async throws -> Void) async -> Fault? {
    do {
      try await body()
      return nil
    } catch { return error as? Fault }
  }

  // MARK: - The way in

  @Test("a right password opens it, a wrong or missing one is told of, and no password is shown")
  func passwords() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let address = try #require(test.address)
    func guarded(_ password: String) -> String {
      address.replacing("chengyun@", with: "guarded\(password)@")
    }
    #expect(try Self.fault(opening: guarded(":lamp%2Flight")) == nil)
    for password in [":wr%2Fong", ""] {
      let fault = try #require(try Self.fault(opening: guarded(password)))
      #expect(fault.code == "store.unreachable")
      #expect(fault.arguments["reason"]?.contains("password") == true)
      #expect(!"\(fault)".contains("wr%2Fong") && !"\(fault)".contains("wr/ong"))
    }
  }

  @Test(
    "an address that is none is refused without being repeated",
    arguments: [
      "postgres://me:secret@host:1:2/x", "postgres://me:secret@[host/x", "mysql://me:secret@host/x",
      "postgres://me:secret@host/x?sslmod=secret", "postgres://me:1/secret@host/x",
      "postgres://me/secret@host/x",
    ])
  func addresses(address: String) {
    do {
      _ = try PostgresAddress(address)
      Issue.record("it was taken")
    } catch {
      #expect(!"\(error)".contains("secret"))
      #expect((error as? Fault)?.code == "store.address")
    }
  }

  @Test("what is shown of an address has no password in it, however it is printed")
  func shown() throws {
    let address = try PostgresAddress("postgres://me:secret@host:5433/town?sslmode=verify-full")
    #expect("\(address)" == "postgres://me@host:5433/town")
    let several = try PostgresAddress(
      "postgres://me:secret@one:1,two:2/town?target_session_attrs=read-write")
    #expect("\(several)" == "postgres://me@one:1,two:2/town")
    var dumped = ""
    dump(address, to: &dumped)
    #expect(!"\(address) \(String(reflecting: address)) \(dumped)".contains("secret"))
  }

  @Test("a server that is not there, a database that is not there: told of at once")
  func nowhere() async throws {
    #expect(try Self.fault(opening: "postgres://127.0.0.1:1/x")?.code == "store.unreachable")
    let test = try await TestDatabase(engine: .postgres)
    let address = try #require(test.address) + "0"
    let fault = try #require(try Self.fault(opening: address))
    #expect(fault.code == "store.unreachable")
    #expect(fault.arguments["reason"]?.contains("does not exist") == true)
  }

  @Test("a database with another order or encoding of texts is refused")
  func unsuited() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let cluster = try await TestCluster.shared.value
    for (name, manner) in [
      ("latin", "ENCODING 'LATIN1' LOCALE 'C'"),
      ("sorted", "LOCALE_PROVIDER icu ICU_LOCALE 'en' ENCODING 'UTF8'"),
    ] {
      try await cluster.run("CREATE DATABASE \(name) TEMPLATE template0 \(manner)")
      let address = try #require(test.address).split(separator: "/").dropLast()
      let url = "postgres://" + address.dropFirst().joined() + "/\(name)"
      #expect(try Self.fault(opening: url)?.code == "store.unsuited")
      try await cluster.drop(url)
    }
  }

  // MARK: - Connections

  @Test("connections that were thrown out are made again, and what was asked is answered")
  func thrownOut() async throws {
    let test = try await TestDatabase(engine: .postgres)
    try await test.database.write { try Counters.insert("a", in: $0) }
    _ = try await Counters.names(test.database)
    let link = try test.link()
    for name in ["b", "c"] {
      try link.script(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
      try await test.database.write { try Counters.insert(name, in: $0) }
      #expect(try await Counters.names(test.database).contains(name))
    }
    #expect(try await Counters.names(test.database) == ["a", "b", "c"])
  }

  @Test("a connection that ends without a word counts as lost, also in the middle of what is sent")
  func endsSilently() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let link = try test.link()
    shutdown(link.socket, Int32(SHUT_RDWR))
    let fault = await Self.fault {
      try link.put("BEGIN")
      _ = try link.execute("SELECT 1", [])
    }
    #expect(fault?.code == "store.lost")
    #expect(link.isLost)
  }

  @Test("a server of ours holds up a move, whatever its address calls it")
  func named() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let address = try #require(test.address)
    let server = try PostgresDatabase(
      PostgresAddress(address + "?application_name=district"), options: Self.options())
    try await server.write { try Counters.insert("a", in: $0) }
    #expect(await Self.fault { _ = try await test.database.holdWrites() }?.code == "store.in-use")
    try server.close()
    try await test.database.holdWrites().release()
  }

  @Test("a step that may not be done is told with its number, and leaves the database as it was")
  func stepRefused() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let known = try await test.database.read {
      try $0.value("SELECT MAX(number) FROM schema_version", as: Int.self) ?? 0
    }
    let applied = try await test.database.read { snapshot in
      try snapshot.all(SQL(trusted: Migrator.applied), as: AppliedMigration.self)
    }
    let steps = applied.sorted { $0.number < $1.number }
      .map { Migration(number: $0.number, name: $0.name, text: "") }
    let broken = Migration(
      number: known + 1, name: "broken", text: "CREATE TABLE counter (name TEXT)")
    let fault = await Self.fault { try await test.database.migrate(steps + [broken]) }
    #expect(fault?.code == "store.step-failed")
    #expect(fault?.arguments["step"] == "\(known + 1) (broken)")
    #expect(fault?.arguments["reason"]?.contains("counter") == true)
    try await test.database.migrate(steps)
  }

  @Test("a connection lost in the middle of a write loses and doubles nothing")
  func lostWithin() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let runs = Mutex(0)
    try await test.database.write { tx in
      try Counters.insert("a", in: tx)
      let run = runs.withLock { runs in
        runs += 1
        return runs
      }
      if run == 1 { try tx.run("SELECT pg_terminate_backend(pg_backend_pid())") }
      try Counters.insert("b", in: tx)
    }
    #expect(runs.withLock { $0 } == 2)
    #expect(try await Counters.names(test.database) == ["a", "b"])
  }

  @Test(
    "what failed for its neighbours' sake is run again; what fails each time is given up as busy")
  func passing() async throws {
    let test = try await TestDatabase(engine: .postgres)
    try test.link().script(
      """
      CREATE SEQUENCE tries;
      CREATE FUNCTION stumble(most BIGINT, state TEXT) RETURNS BIGINT LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('tries') <= most THEN RAISE EXCEPTION 'so' USING ERRCODE = state; END IF;
        RETURN 1;
      END $$;
      """)
    for state in ["40001", "40P01"] {
      try await test.database.write { tx in
        try Counters.insert(state, in: tx)
        _ = try tx.value("SELECT stumble(\(2), \(state))", as: Int.self)
      }
    }
    await #expect(throws: Fault(.unavailable, "store.busy")) {
      try await test.database.write { tx in
        try Counters.insert("never", in: tx)
        _ = try tx.value("SELECT stumble(\(1000), \("40001"))", as: Int.self)
      }
    }
    #expect(try await Counters.names(test.database) == ["40001", "40P01"])
  }

  @Test("a statement that takes too long, or waits too long, is ended and told of")
  func timeouts() async throws {
    let test = try await TestDatabase(engine: .postgres)
    var options = Self.options()
    options.statementTimeout = 3_000
    options.lockTimeout = 100
    let hasty = try PostgresDatabase(
      PostgresAddress(try #require(test.address)), options: options)
    await #expect(throws: Fault(.unavailable, "store.slow")) {
      _ = try await hasty.read {
        try $0.value("SELECT CAST(pg_sleep(30) AS TEXT)", as: String.self)
      }
    }
    let link = try test.link()
    try link.script("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresWriter.turn))")
    let answers = await withTaskGroup(of: Fault?.self) { group in
      for _ in 0..<20 {
        group.addTask {
          await Self.fault { try await hasty.write { try Counters.insert("a", in: $0) } }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == Array(repeating: Fault(.unavailable, "store.busy"), count: 20))
    try link.script("ROLLBACK")
    try await hasty.write { try Counters.insert("b", in: $0) }
    #expect(try await Counters.names(test.database) == ["b"])
    try hasty.close()
  }

  @Test("a search of words is planned with its words each time it is asked")
  func searches() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let link = try test.link()
    try link.script(
      """
      CREATE TABLE place_search (id BIGINT PRIMARY KEY, words tsvector NOT NULL);
      INSERT INTO place_search VALUES (1, 'road lamp'), (2, 'road')
      """)
    let words = try #require(SearchWords(query: "lamp"))
    let question: SQL = """
      SELECT id FROM \(.matching(SearchIndex(table: "place_search"), words)) AS hit
      """
    try await test.database.read { snapshot in
      for _ in 0..<10 { #expect(try snapshot.column(question, as: Int.self) == [1]) }
      let kept = try snapshot.column(
        "SELECT statement FROM pg_prepared_statements", as: String.self)
      #expect(!kept.isEmpty && !kept.contains { $0.contains("@@") })
    }
  }

  @Test("more different statements than are kept prepared are all answered")
  func manyStatements() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let sum = try await test.database.read { snapshot in
      try (1...1200).reduce(0) { sum, number in
        sum + (try snapshot.value(SQL(trusted: "SELECT \(number)"), as: Int.self) ?? 0)
      }
    }
    #expect(sum == 720_600)
  }

  @Test("a mark in quotes is no argument")
  func numbered() {
    #expect(
      Dialect.numbered("SELECT '?', \"?\", 'it''s ?', ? WHERE a = ?")
        == "SELECT '?', \"?\", 'it''s ?', $1 WHERE a = $2")
  }
}
