import Base
import Store
import TestSupport
import Testing

@testable import City

/// Buckets of requests that nodes share.
@Suite struct SharedRateTests {
  private static func settle(
    _ test: TestDatabase, _ taken: Int, of caller: String = "person 1"
  ) async throws -> Int64 {
    let use = RateUse(caller: caller, taken: taken, burst: 100, perMinute: 600)
    return try await test.database.write { try SharedRate.settle([use], in: $0)[0] }
  }

  @Test("what is taken is missing, time fills it up to its size, each caller's is their own")
  func bucket() async throws {
    let test = try await TestDatabase()
    #expect(try await Self.settle(test, 30) == 70_000)
    #expect(try await Self.settle(test, 30) == 40_000)
    #expect(try await Self.settle(test, 10, of: "person 2") == 90_000)
    test.clock.advance(seconds: 2)
    #expect(try await Self.settle(test, 0) == 60_000)
    test.clock.advance(seconds: 3600)
    #expect(try await Self.settle(test, 0) == 100_000)
  }

  @Test("what nodes let pass too much is owed, but not without end")
  func debt() async throws {
    let test = try await TestDatabase()
    #expect(try await Self.settle(test, 100) == 0)
    #expect(try await Self.settle(test, 100) == -100_000)
    test.clock.advance(seconds: 5)
    #expect(try await Self.settle(test, 0) == -50_000)
    #expect(try await Self.settle(test, 1_000_000) == -800_000)
  }

  @Test("clocks that differ fill nothing twice; one that is set back an hour stops nobody")
  func clocks() async throws {
    let test = try await TestDatabase()
    #expect(try await Self.settle(test, 100) == 0)
    for _ in 0..<5 {
      // A node whose clock is five seconds ahead, and one whose is not, in turn.
      test.clock.advance(seconds: 5)
      _ = try await Self.settle(test, 0)
      test.clock.advance(seconds: -5)
      _ = try await Self.settle(test, 0)
    }
    #expect(try await Self.settle(test, 0) == 50_000)
    test.clock.advance(seconds: -3600)
    #expect(try await Self.settle(test, 0) == 50_000)
    test.clock.advance(seconds: 1)
    #expect(try await Self.settle(test, 0) == 60_000)
  }

  @Test("buckets that nobody settles go")
  func retention() async throws {
    let test = try await TestDatabase()
    _ = try await Self.settle(test, 5)
    #expect(try await IdentityRetention.run(in: test.database) == 0)
    test.clock.advance(seconds: 3600)
    #expect(try await IdentityRetention.run(in: test.database) == 1)
  }
}
