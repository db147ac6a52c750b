import Base
import City
import Foundation
import TestSupport
import Testing

@testable import Store

/// What becomes of a commit whose answer was lost.
@Suite(.enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct PostgresMarkTests {
  @Test(
    "a connection lost while a commit is on its way: it is found to be missing, and counts once"
  )
  func lostAtCommit() async throws {
    let test = try await TestDatabase(engine: .postgres)
    try test.link().script(
      """
      CREATE SEQUENCE tries;
      CREATE FUNCTION fall() RETURNS TRIGGER LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('tries') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER falls AFTER INSERT ON counter DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION fall();
      """)
    try await test.database.write { try Counters.insert("a", in: $0) }
    #expect(try await Counters.names(test.database) == ["a"])
  }

  @Test(
    "a connection lost after a commit, before its answer: it is found committed, not done again",
    .timeLimit(.minutes(2)))
  func lostAfterCommit() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let address = try #require(test.address)
    let cluster = try await TestCluster.shared.value
    // Commits of this database wait for a standby that never comes, after they are on disk.
    try await cluster.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    try await cluster.run(
      "ALTER DATABASE \(address.split(separator: "/").last ?? "") SET synchronous_commit = on")
    try await cluster.run("SELECT pg_reload_conf()")
    let isThrownOut = Flag()
    async let thrower: Void = Self.throwOutWhoWaits(address, isThrownOut)
    var written: [String] = []
    // Until the server has read its settings again, commits do not wait.
    while !isThrownOut.isSet {
      let name = "w\(100_000 + written.count)"
      try await test.database.write { try Counters.insert(name, in: $0) }
      written.append(name)
    }
    try await thrower
    #expect(try await Counters.names(test.database) == written)
  }

  /// Lets the standby be no more needed only when who has thrown out is known to look again: what was
  /// committed at one server is not told as committed before it is where commits have to be.
  private static func throwOutWhoWaits(_ address: String, _ isDone: Flag) async throws {
    let link = try PostgresLink(PostgresAddress(address))
    let waiting = "wait_event = 'SyncRep' AND datname = current_database()"
    func thrown() throws -> Bool {
      try link.script(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE \(waiting)"
      ).rowCount > 0
    }
    while try !thrown() { try await Task.sleep(for: .milliseconds(5)) }
    isDone.set()
    let waitsAgain = try await eventually {
      try link.script("SELECT 1 FROM pg_stat_activity WHERE \(waiting)").rowCount == 1
    }
    #expect(waitsAgain)
    try link.script("ALTER SYSTEM RESET synchronous_standby_names")
    try link.script("SELECT pg_reload_conf()")
  }

  @Test("a mark is found where its transaction was committed, and nowhere else")
  func marks() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let (one, two) = (try test.link(), try test.link())
    func marked(_ writer: Int64, ending: String) throws -> PostgresMark {
      let mark = PostgresMark(of: writer)
      try one.script("BEGIN")
      try mark.put(one)
      try one.script(ending)
      return mark
    }
    let first = try marked(1, ending: "COMMIT")
    #expect(try first.isFound(two))
    let lost = try marked(1, ending: "ROLLBACK")
    #expect(try first.isFound(two) && !lost.isFound(two))
    let other = try marked(2, ending: "COMMIT")
    let second = try marked(1, ending: "COMMIT")
    #expect(try second.isFound(two) && second.isFound(two) && other.isFound(two))
    #expect(try !first.isFound(two) && !lost.isFound(two))
    #expect(try !PostgresMark(of: 1).isFound(two))
  }

  @Test(
    "while a server still works at a commit, whose connection it takes for sound, its fate is waited for",
    arguments: ["COMMIT", "ROLLBACK"])
  func markUnderWay(ending: String) async throws {
    let test = try await TestDatabase(engine: .postgres)
    let link = try test.link()
    let mark = PostgresMark(of: 7)
    try link.script(PostgresWriter.begin)
    try mark.put(link)
    try link.settle()
    let address = try #require(test.address)
    // On a thread of its own, since it waits for the server.
    async let isFound = withCheckedThrowingContinuation { asked in
      Thread.start("asking") {
        asked.resume(with: Result { try mark.isFound(PostgresLink(PostgresAddress(address))) })
      }
    }
    let observer = try test.link()
    let waits = try await eventually {
      try observer.script(
        """
        SELECT 1 FROM pg_stat_activity
        WHERE wait_event = 'advisory' AND datname = current_database()
        """
      ).rowCount == 1
    }
    #expect(waits)
    try link.script(ending)
    #expect(try await isFound == (ending == "COMMIT"))
  }

  @Test("each write leaves one mark of its writer; what is a day old goes at the next opening")
  func oldMarks() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let link = try test.link()
    func count() throws -> String? { try link.script("SELECT COUNT(*) FROM commit_mark").text }
    for name in ["a", "b"] { try await test.database.write { try Counters.insert(name, in: $0) } }
    #expect(try count() == "1")
    // What reads, or changes nothing, leaves none.
    let other = try test.again()
    try await other.write { tx in
      _ = try tx.value("SELECT COUNT(*) FROM counter", as: Int.self)
      try tx.run("DELETE FROM counter WHERE name = 'nothing'")
    }
    #expect(try count() == "1")
    try await other.write { try $0.run("CREATE TABLE t (x BIGINT)") }
    #expect(try count() == "2")
    try other.close()
    try link.script("UPDATE commit_mark SET written_at = written_at - 86400000")
    try await test.database.write { try Counters.insert("c", in: $0) }
    try await test.database.migrate(Schema.migrations)
    #expect(try count() == "1")
    try await test.database.write { try Counters.insert("d", in: $0) }
    #expect(try await Counters.names(test.database) == ["a", "b", "c", "d"])
  }
}
