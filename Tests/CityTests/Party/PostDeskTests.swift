import Base
import Store
import TestSupport
import Testing

@testable import City

/// What people are in their organisations, and from when to when it is given.
@Suite struct PostDeskTests {
  private func code(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch let fault as Fault { return fault.fields.first?.code ?? fault.code } catch {
      return "\(error)"
    }
  }

  @Test("a post is added once, ended, and ended no more; the ledger has an entry for each")
  func life() async throws {
    let test = try await TestDatabase()
    let desk = PostDesk(test.database)
    let start = test.clock.now() + 86_400
    try await desk.add(code: "warden", name: "巡查员", by: .command)
    try await desk.add(code: "coming", name: "网格长", validFrom: start, by: .command)
    #expect(
      await code { try await desk.add(code: "warden", name: "别名", by: .command) } == "post.exists")
    #expect(await code { try await desk.end(code: "none", by: .command) } == "post.missing")
    #expect(
      await code { try await desk.add(code: "a b", name: "x", by: .command) } == "code.invalid")
    try await desk.end(code: "warden", by: .command)
    try await desk.end(code: "coming", by: .command)
    let posts = try await desk.list(limit: 10)
    #expect(posts.map(\.post.code) == ["coming", "warden"])
    #expect(posts.allSatisfy { !$0.post.isGiven(at: test.clock.now()) })
    #expect(posts.first?.post.validUntil == start, "one that was to come never begins")
    #expect(posts.first?.post.isGiven(at: start) == false)
    #expect(await code { try await desk.end(code: "warden", by: .command) } == "post.over")
    #expect(
      try await test.database.ledger().map { $0.prefix { $0 != " " } } == [
        "post.add", "post.add", "post.end", "post.end",
      ])
  }

  @Test("a list goes on after a code, with how many people have each; only managers change posts")
  func list() async throws {
    let town = try await CaseTown()
    let desk = PostDesk(town.database)
    for code in ["a", "b", "c"] {
      try await desk.add(code: code, name: code, by: town[.system])
    }
    let crew = try #require(town[.crew].person)
    try await town.database.write {
      var edit = PersonEdit()
      edit.post = .set("b")
      try PersonDesk.edit(crew, edit, by: .command, in: $0)
    }
    let page = try await desk.list(after: "a", limit: 1)
    #expect(page.map(\.post.code) == ["b"] && page.first?.people == 1)
    for who in [CaseTown.Who.duty, .security, .roads] {
      #expect(
        await code { try await desk.add(code: "d", name: "d", by: town[who]) } == "right.missing")
      #expect(await code { try await desk.end(code: "a", by: town[who]) } == "right.missing")
    }
    #expect(try await desk.list(limit: 10).count == 3)
  }
}
