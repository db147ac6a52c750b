import Base
import Store
import TestSupport
import Testing

/// What all processes together do every so often.
@Suite struct PaceTests {
  @Test("it is due at first and then after its time, for one caller each", arguments: Engine.all)
  func due(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    func isDue(_ name: String = "work") async throws -> Bool {
      try await test.database.write { try Pace.isDue(name, every: 600, in: $0) }
    }
    #expect(try await isDue())
    #expect(try await !isDue())
    #expect(try await isDue("other"), "each has its own time")
    test.clock.advance(seconds: 599)
    #expect(try await !isDue())
    test.clock.advance(seconds: 1)
    #expect(try await isDue())
    #expect(try await !isDue())
  }
}
