import Base
import Store
import TestSupport
import Testing

@Suite struct LeaseTests {
  private static func take(_ holder: String, in test: TestDatabase) async throws -> Lease? {
    try await test.database.write { try Lease.take("work", holder: holder, for: 60, in: $0) }
  }

  @Test(
    "one has the lease until it expires, then another takes it with a higher version",
    arguments: Engine.all)
  func expiry(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    #expect(try await Self.take("a", in: test)?.version == 1)
    #expect(try await Self.take("b", in: test) == nil)
    test.clock.advance(seconds: 59)
    #expect(try await Self.take("b", in: test) == nil)
    test.clock.advance(seconds: 1)
    #expect(try await Self.take("b", in: test)?.version == 2)
    #expect(try await Self.take("a", in: test) == nil)
  }

  @Test("renewing keeps it, unless it was lost or has expired", arguments: Engine.all)
  func renewing(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let lease = try #require(try await Self.take("a", in: test))
    test.clock.advance(seconds: 50)
    let renewed = try await test.database.write { try lease.renewed(for: 60, in: $0) }
    #expect(renewed?.version == 1)
    #expect(renewed?.expiresAt == test.clock.now() + 60)
    test.clock.advance(seconds: 60)
    #expect(try await test.database.write { try lease.renewed(for: 60, in: $0) } == nil)
    _ = try await Self.take("b", in: test)
    #expect(try await test.database.write { try lease.renewed(for: 60, in: $0) } == nil)
  }

  @Test("what is released is free at once; who has lost it releases nothing", arguments: Engine.all)
  func releasing(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let first = try #require(try await Self.take("a", in: test))
    try await test.database.write { try first.release(in: $0) }
    #expect(try await Self.take("b", in: test)?.version == 2)
    try await test.database.write { try first.release(in: $0) }
    #expect(try await Self.take("c", in: test) == nil)
  }

  @Test("of many who ask at once, one gets it", arguments: Engine.all)
  func race(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<50 {
        group.addTask { try await Self.take("holder\(index)", in: test) != nil }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(taken == 1)
  }
}

@Suite struct NodeNumberTests {
  @Test("each process gets the next number, and they come round again", arguments: Engine.all)
  func rounds(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let numbers = try await test.database.write { tx in
      try (0..<1030).map { _ in try NodeNumber.next(in: tx) }
    }
    #expect(numbers.prefix(3) == [1, 2, 3])
    #expect(Set(numbers.prefix(1024)) == Set(0..<1024))
    #expect(numbers[1024] == 1)
  }
}
