import Base
import Store
import TestSupport
import Testing

/// Who has lost a lease changes nothing any more.
@Suite struct FenceTests {
  private static func fence(_ holder: String, _ test: TestDatabase) async throws -> Fence? {
    try await Fence.take("work", holder: holder, for: 60, in: test.database)
  }

  private static func count(_ writing: any Writing) async throws {
    try await writing.write {
      try $0.run(
        """
        INSERT INTO counter (name, last) VALUES ('done', 1)
        ON CONFLICT (name) DO UPDATE SET last = counter.last + 1
        """)
    }
  }

  private static func done(_ test: TestDatabase) async throws -> Int {
    try await test.database.read {
      try $0.value("SELECT last FROM counter WHERE name = 'done'") ?? 0
    }
  }

  @Test("who stood still until another took the lease, is stopped", arguments: Engine.all)
  func stale(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let first = try #require(try await Self.fence("a", test))
    try await Self.count(first)
    #expect(try await Self.fence("b", test) == nil)
    test.clock.advance(seconds: 60)
    let second = try #require(try await Self.fence("b", test))
    await #expect(throws: Fence.Lost.self) { try await Self.count(first) }
    try await Self.count(second)
    // It cannot give away what it has not.
    try await first.release()
    #expect(try await Self.fence("c", test) == nil)
    #expect(try await Self.done(test) == 2)
  }

  @Test("who comes back to a lease that has expired is stopped too, and may take it anew")
  func expired() async throws {
    let test = try await TestDatabase()
    let first = try #require(try await Self.fence("a", test))
    test.clock.advance(seconds: 60)
    await #expect(throws: Fence.Lost.self) { try await Self.count(first) }
    let again = try #require(try await Self.fence("a", test))
    try await Self.count(again)
    await #expect(throws: Fence.Lost.self) { try await Self.count(first) }
    #expect(try await Self.done(test) == 1)
  }

  @Test("each write lets the lease last longer", arguments: Engine.all)
  func renewing(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let fence = try #require(try await Self.fence("a", test))
    for _ in 0..<5 {
      test.clock.advance(seconds: 50)
      try await Self.count(fence)
      #expect(try await Self.fence("b", test) == nil)
    }
  }

  @Test(
    "a clock that is set back an hour leaves no lease that nobody can take", arguments: Engine.all)
  func clockSetBack(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let first = try #require(try await Self.fence("a", test))
    test.clock.advance(seconds: -3600)
    let second = try #require(try await Self.fence("b", test))
    await #expect(throws: Fence.Lost.self) { try await Self.count(first) }
    try await Self.count(second)
  }

  @Test("the number of a server is nobody else's, as long as it says that it lives")
  func nodes() async throws {
    let test = try await TestDatabase()
    let server = try await test.database.write { tx in
      let number = try NodeNumber.next(in: tx)
      try NodeNumber.hold(number, in: tx)
      return number
    }
    func commands(_ count: Int) async throws -> Set<Int> {
      try await test.database.write { tx in
        Set(try (0..<count).map { _ in try NodeNumber.next(in: tx) })
      }
    }
    #expect(try await commands(3000).contains(server) == false)
    test.clock.advance(seconds: NodeNumber.leaseLength - 1)
    try await test.database.write { try NodeNumber.hold(server, in: $0) }
    test.clock.advance(seconds: NodeNumber.leaseLength - 1)
    #expect(try await commands(1023) == Set(0..<1024).subtracting([server]))
    test.clock.advance(seconds: 1)
    #expect(try await commands(1024) == Set(0..<1024))
    // Servers that were killed one after the other leave a number for the next.
    let last = try await test.database.write { tx in
      for number in 0..<NodeNumber.count { try NodeNumber.hold(number, in: tx) }
      return try NodeNumber.next(in: tx)
    }
    #expect((0..<1024).contains(last))
  }
}
