import Store
import TestSupport
import Testing

@Suite struct CountTests {
  struct Refused: Error {}

  @Test(
    "numbers come without gaps, also of writes that are committed together and beside one that is refused",
    arguments: Engine.all)
  func dense(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let given = await withTaskGroup(of: Int64?.self) { group in
      for number in 1...60 {
        group.addTask {
          try? await test.database.write { tx in
            let next = try Count.next("tickets", in: tx)
            if number % 5 == 0 { throw Refused() }
            return next
          }
        }
      }
      return await group.reduce(into: [Int64]()) { if let number = $1 { $0.append(number) } }
    }
    #expect(given.sorted() == Array(1...48))
    let next = try await test.database.write { try Count.next("tickets", in: $0) }
    #expect(next == 49)
  }

  @Test("each name counts for itself, several times in one write", arguments: Engine.all)
  func names(engine: Engine) async throws {
    let test = try await TestDatabase(engine: engine)
    let numbers = try await test.database.write { tx in
      try ["a", "b", "a", "a"].map { try Count.next($0, in: tx) }
    }
    #expect(numbers == [1, 1, 2, 3])
  }
}
