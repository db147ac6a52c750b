import Base
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@testable import City

/// What follows the ledger is told of every entry, once and in order.
@Suite struct LedgerFollowerTests {
  private struct Refused: Error {}

  /// A follower at work, and what it was told.
  private final class Following: Sendable {
    private struct Told {
      var news: [LedgerNews] = []
      var failures = 0
      var isRefusing = false
    }

    private final class Memory: Sendable {
      let told = Mutex(Told())
    }

    let follower: LedgerFollower
    private let memory = Memory()
    private let task: Task<Void, Never>

    init(_ database: any Database, poll: Duration = .seconds(3600)) async throws {
      follower = LedgerFollower(database, poll: poll)
      try await follower.begin()
      task = Task { [follower, memory] in
        await follower.run { news in
          try memory.told.withLock { told in
            if told.isRefusing { throw Refused() }
            told.news += news
          }
        } failed: { _ in
          memory.told.withLock { $0.failures += 1 }
        }
      }
    }

    var sequences: [Int64] { memory.told.withLock { $0.news.map(\.sequence) } }
    var subjects: [Int64] { memory.told.withLock { $0.news.map(\.subjectID) } }
    var failures: Int { memory.told.withLock { $0.failures } }

    func refuse(_ isSo: Bool) { memory.told.withLock { $0.isRefusing = isSo } }

    deinit { task.cancel() }
  }

  @Test(
    "a commit of its own process wakes it; what was there before is not told", arguments: Engine.all
  )
  func own(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    try await test.database.write { try note(1, in: $0) }
    let following = try await Following(test.database)
    for number in 2...1200 as ClosedRange<Int64> {
      // More than is read at once, in few transactions.
      guard number % 300 == 2 else { continue }
      try await test.database.write { tx in
        for next in number..<min(number + 300, 1201) { try note(next, in: tx) }
      }
    }
    #expect(try await eventually { following.subjects.count >= 1199 })
    #expect(following.subjects == Array(2...1200))
    #expect(following.sequences == Array(2...1200))
    #expect(following.follower.position == 1200)
  }

  @Test("it finds by itself what is written by a process that tells nobody", arguments: Engine.all)
  func polled(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let following = try await Following(test.database, poll: .milliseconds(50))
    let other = try test.again()
    try await other.write { try note(7, in: $0) }
    #expect(try await eventually { following.subjects == [7] })
    try other.close()
  }

  @Test(
    "who commits late is not skipped: while one of two writers stands in its commit, nothing is told",
    .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
  func late() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let (first, second) = (try test.again(), try test.again())
    let following = try await Following(test.database, poll: .milliseconds(20))
    let entered = Flag()
    let gate = Gate()
    async let slow: Void = first.write { tx in
      try note(1, in: tx)
      entered.set()
      gate.wait()
    }
    #expect(try await eventually { entered.isSet })
    async let quick: Void = second.write { try note(2, in: $0) }
    // The follower looks several times meanwhile.
    try await Task.sleep(for: .milliseconds(200))
    #expect(following.subjects.isEmpty)
    gate.open()
    _ = try await (slow, quick)
    #expect(try await eventually { following.subjects.count == 2 })
    #expect(following.subjects == [1, 2])
    try first.close()
    try second.close()
  }

  @Test(
    "entries that somebody writes past our turn, by hand, come in the order of commits too",
    .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
  func byHand() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let following = try await Following(test.database, poll: .milliseconds(20))
    let link = try PostgresSession(test)
    try link.run("BEGIN")
    try link.run(
      """
      INSERT INTO ledger_entry (recorded_at, occurred_at, actor_kind, actor_id, subject_kind,
        subject_id, verb, version, payload, digest)
      VALUES (0, 0, 'command', 0, 'town', 1, 'town.note', 1, '{}', '\\x00')
      """)
    async let quick: Void = test.database.write { try note(2, in: $0) }
    try await Task.sleep(for: .milliseconds(200))
    #expect(following.subjects.isEmpty)
    try link.run("COMMIT")
    try await quick
    #expect(try await eventually { following.subjects.count == 2 })
    #expect(following.subjects == [1, 2])
    #expect(following.sequences == [1, 2])
  }

  @Test(
    "when the connection for news is lost it goes on by looking, and is told again later",
    .enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
  func lostNews() async throws {
    let test = try await TestDatabase(engine: .postgres)
    let cluster = try await TestCluster.shared.value
    let other = try test.again()
    try await other.write { try note(1, in: $0) }
    let looking = try await Following(test.database, poll: .milliseconds(50))
    let listening = try await Following(test.database)
    try await other.write { try note(2, in: $0) }
    #expect(try await eventually { looking.subjects == [2] && listening.subjects == [2] })
    // No news come in any more, and nobody can listen anew.
    try await cluster.allow(false, newConnectionsTo: test)
    try await cluster.loseHeralds(of: test)
    try await other.write { try note(3, in: $0) }
    #expect(try await eventually { looking.subjects == [2, 3] })
    #expect(listening.subjects == [2])
    // Once it listens again, it learns what it has missed, and what comes.
    try await cluster.allow(true, newConnectionsTo: test)
    #expect(try await eventually { listening.subjects == [2, 3] })
    try await other.write { try note(4, in: $0) }
    #expect(try await eventually { listening.subjects == [2, 3, 4] })
    try other.close()
  }

  @Test("what could not be taken is told again, before what came after it")
  func again() async throws {
    let test = try await TestDatabase()
    let following = try await Following(test.database, poll: .milliseconds(20))
    following.refuse(true)
    try await test.database.write { try note(1, in: $0) }
    #expect(try await eventually { following.failures > 1 })
    try await test.database.write { try note(2, in: $0) }
    #expect(following.follower.position == 0)
    following.refuse(false)
    #expect(try await eventually { following.subjects.count == 2 })
    #expect(following.subjects == [1, 2])
  }

  @Test("a ledger that was put back to an earlier state is followed from there")
  func putBack() async throws {
    let test = try await TestDatabase()
    let following = try await Following(test.database, poll: .milliseconds(20))
    for number in 1...5 as ClosedRange<Int64> {
      try await test.database.write { try note(number, in: $0) }
    }
    #expect(try await eventually { following.subjects.count == 5 })
    try await test.database.write { try $0.run("DELETE FROM ledger_entry WHERE sequence > 2") }
    #expect(try await eventually { following.follower.position == 2 })
    try await test.database.write { try note(9, in: $0) }
    #expect(try await eventually { following.subjects == [1, 2, 3, 4, 5, 9] })
  }

  @Test("codes that only a newer program knows stop nobody")
  func newer() async throws {
    let test = try await TestDatabase()
    let following = try await Following(test.database)
    try await test.database.write { tx in
      try tx.run(
        """
        INSERT INTO ledger_entry (recorded_at, occurred_at, actor_kind, actor_id, subject_kind,
          subject_id, verb, version, payload, digest)
        VALUES (0, 0, 'robot', 5, 'gadget', 9, 'gadget.hum', 2, '[]', \([0] as [UInt8]))
        """)
      try note(2, in: tx)
    }
    #expect(try await eventually { following.subjects == [9, 2] })
  }
}
