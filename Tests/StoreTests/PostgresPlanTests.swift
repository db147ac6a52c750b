import TestSupport
import Testing

@testable import Store

@Suite(.enabled(if: Engine.all.contains(.postgres), "PostgreSQL 15 is not installed"))
struct PostgresPlanTests {
  private struct Plans: Row, Equatable {
    let once, anew: Int

    init(once: Int, anew: Int) {
      self.once = once
      self.anew = anew
    }

    init(_ fields: inout Fields) throws {
      once = try fields.next()
      anew = try fields.next()
    }
  }

  /// How a statement of some branches was planned that one connection ran three times.
  private static func plans(ofBranches count: Int, marked mark: SQL) async throws -> Plans? {
    let test = try await TestDatabase(engine: .postgres)
    return try await test.database.read { snapshot in
      for name in ["a", "b", "c"] {
        let branch: SQL = "SELECT last FROM counter WHERE name = \(name)"
        let branches = Array(repeating: branch, count: count).joined(" UNION ALL ")
        let found = try snapshot.column("\(branches)\(mark)", as: Int.self)
        #expect(found.isEmpty)
      }
      return try snapshot.first(
        """
        SELECT generic_plans, custom_plans FROM pg_prepared_statements
        WHERE statement LIKE \("%" + mark.text)
        """)
    }
  }

  @Test("a statement of many branches is planned once, one of a few for its values")
  func branches() async throws {
    let many = try await Self.plans(ofBranches: 40, marked: " OFFSET 0")
    #expect(many == Plans(once: 3, anew: 0))
    let few = try await Self.plans(ofBranches: 3, marked: " LIMIT ALL")
    #expect(few == Plans(once: 0, anew: 3))
  }
}
