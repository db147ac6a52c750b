import Base
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

/// What a write and a read see and leave.
@Suite struct TransactionTests {
  private static func count(_ database: some Querying) throws -> Int {
    try database.value("SELECT COUNT(*) FROM counter") ?? 0
  }

  /// Holds the writer until `body` has put its writes into the queue, so that they make one batch.
  private static func inOneBatch(
    _ test: TestDatabase, _ writes: [@Sendable (Transaction) throws -> Void]
  ) async throws -> [Bool] {
    let entered = AsyncStream<Void>.makeStream()
    let gate = Gate()
    let holder = Task {
      try await test.database.write { _ in
        entered.continuation.finish()
        gate.wait()
      }
    }
    for await _ in entered.stream {}
    let outcomes = writes.map { body in
      Task {
        do {
          try await test.database.write(body)
          return true
        } catch { return false }
      }
    }
    // What is asked of them holds however they fall into batches; here they make one.
    #expect(try await eventually { test.database.load.waitingWrites == writes.count })
    gate.open()
    try await holder.value
    var results: [Bool] = []
    for outcome in outcomes { results.append(await outcome.value) }
    return results
  }

  /// Counts how often something was asked.
  private final class Asked: Sendable {
    private let times = Mutex(0)
    var count: Int { times.withLock { $0 } }
    func add() { times.withLock { $0 += 1 } }
  }

  private static func current(_ database: some Querying, _ asked: Asked) throws -> Int64 {
    try database.once("n") {
      asked.add()
      return Int64(try count(database))
    }
  }

  @Test(
    "what is asked once is asked once in a transaction, and anew when it was changed or in the next",
    arguments: Engine.all)
  func once(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let asked = Asked()
    let start = try await test.database.write { tx in
      let start = try Self.current(tx, asked)
      try Counters.insert("a", in: tx)
      #expect(try Self.current(tx, asked) == start)
      tx.changed("n")
      #expect(try Self.current(tx, asked) == start + 1)
      #expect(try Self.current(tx.at(Moment(milliseconds: 0)), asked) == start + 1)
      return start
    }
    #expect(asked.count == 2)
    try await test.database.write { try Counters.insert("b", in: $0) }
    #expect(
      try await test.database.write { try Self.current($0, asked) + Self.current($0, asked) } == 2
        * start + 4)
    #expect(
      try await test.database.read { try Self.current($0, asked) + Self.current($0, asked) } == 2
        * start + 4)
    #expect(asked.count == 4)
  }

  @Test(
    "what a write that came to nothing had asked, its neighbours ask anew", arguments: Engine.all)
  func onceUndone(engine: Engine) async throws {
    struct Refused: Error {}
    let test = try await TestDatabase(engine: engine)
    let seen = Mutex<Set<Int64>>([])
    @Sendable func note(_ tx: Transaction) throws {
      let count = try tx.once("n") { Int64(try Self.count(tx)) }
      seen.withLock { _ = $0.insert(count) }
    }
    let before = try await test.database.read { try Self.count($0) }
    let outcomes = try await Self.inOneBatch(
      test,
      [
        { tx in
          try Counters.insert("bad", in: tx)
          try note(tx)
          throw Refused()
        },
        { tx in
          seen.withLock { $0 = [] }
          try note(tx)
        },
      ])
    #expect(outcomes == [false, true])
    #expect(seen.withLock { $0 } == [Int64(before)])
  }

  @Test(
    "a write that throws is undone; those that waited with it are there, each once",
    arguments: Engine.all)
  func failed(engine: Engine) async throws {
    struct Refused: Error {}
    let test = try await TestDatabase(engine: engine)
    let runs = Mutex(0)
    let outcomes = try await Self.inOneBatch(
      test,
      [
        {
          runs.withLock { $0 += 1 }
          try Counters.insert("first", in: $0)
        },
        {
          try Counters.insert("bad", in: $0)
          throw Refused()
        },
        { _ in throw Refused() },
        { try Counters.insert("last", in: $0) },
      ])
    #expect(outcomes == [true, false, false, true])
    let names: [String] = try await test.database.read {
      try $0.column("SELECT name FROM counter ORDER BY name")
    }
    #expect(names == ["first", "last"])
    // However often its body ran, it had one effect.
    #expect(runs.withLock { $0 } >= 1)
  }

  @Test("what a body that is run again returns is of the run that counts", arguments: Engine.all)
  func result(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let runs = Mutex(0)
    let answer = Mutex(0)
    let outcomes = try await Self.inOneBatch(
      test,
      [
        { tx in
          let run = runs.withLock { runs in
            runs += 1
            return runs
          }
          answer.withLock { $0 = run }
          try Counters.insert("run \(run)", in: tx)
        },
        {
          try Counters.insert("run 1", in: $0)
          throw Fault(.broken, "test")
        },
      ])
    #expect(outcomes == [true, false])
    let kept: [String] = try await test.database.read { try $0.column("SELECT name FROM counter") }
    #expect(kept == ["run \(answer.withLock { $0 })"])
  }

  @Test(
    "a read sees the database as it was when it began, whatever is committed meanwhile",
    arguments: Engine.all)
  func snapshot(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    try await test.database.write { try Counters.insert("a", in: $0) }
    let looked = AsyncStream<Void>.makeStream()
    let gate = Gate()
    async let seen = test.database.read { snapshot in
      let before = try Self.count(snapshot)
      looked.continuation.finish()
      gate.wait()
      return [before, try Self.count(snapshot)]
    }
    for await _ in looked.stream {}
    try await test.database.write { try Counters.insert("b", in: $0) }
    gate.open()
    #expect(try await seen == [1, 1])
    #expect(try await test.database.read { try Self.count($0) } == 2)
  }

  @Test("a write sees what it has written itself, at one present", arguments: Engine.all)
  func own(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    try await test.database.write { tx in
      try Counters.insert("a", in: tx)
      #expect(try Self.count(tx) == 1)
      let now = tx.now
      test.clock.advance(seconds: 5)
      #expect(tx.now == now)
      let ids = (0..<10).map { _ in tx.newID(TestDatabase.self) }
      #expect(ids == ids.sorted() && Set(ids).count == 10)
    }
  }

  private static func comesBack<T: Storable & Equatable>(_ value: T, in tx: Transaction) throws {
    let read: T? = try tx.value("SELECT \(value)")
    #expect(read == value)
  }

  @Test("what is stored comes back as it was", arguments: Engine.all)
  func values(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    try await test.database.write { tx in
      let long = String(repeating: "长", count: 100_000)
      for text in ["", "停车", "a\\b\n", "'; DROP TABLE counter; --", "👨‍👩‍👧", long] {
        try Self.comesBack(text, in: tx)
      }
      for number in [Int64.min, -1, 0, .max] { try Self.comesBack(number, in: tx) }
      for bytes in [[], [0, 255, 0]] as [[UInt8]] { try Self.comesBack(bytes, in: tx) }
      for number in [0.1, -1.5e300] { try Self.comesBack(number, in: tx) }
      for flag in [true, false] { try Self.comesBack(flag, in: tx) }
      let nothing = try tx.column("SELECT NULL", as: Int64?.self)
      #expect(nothing == [nil])
      #expect(throws: StoreError.unreadable(column: 0)) {
        try tx.value("SELECT 'not a day'", as: Day.self)
      }
    }
  }

  @Test("a statement that is being read may be asked again further in", arguments: Engine.all)
  func nested(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let pairs = try await test.database.write { tx in
      for name in ["a", "b", "c"] { try Counters.insert(name, in: tx) }
      var pairs: [String] = []
      let all: SQL = "SELECT name FROM counter ORDER BY name"
      try tx.each(all) { outer in
        let name: String = try outer.next()
        try tx.each(all) { inner in pairs.append(name + (try inner.next(String.self))) }
      }
      return pairs
    }
    #expect(pairs == ["aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc"])
  }
}
