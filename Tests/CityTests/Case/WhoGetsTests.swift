import Base
import Store
import TestSupport
import Testing

@testable import City

/// Who gets a case, with every rule that is about it.
@Suite struct WhoGetsTests {
  private static let rules = [
    Responsibility(.organisation("roads")), Responsibility(.organisation("market"), area: "V2"),
    Responsibility(.level(.village), helps: true),
    Responsibility(.organisation("roads"), helps: true),
    Responsibility(.organisation("nobody"), helps: true),
  ]

  private static func kind() -> CaseKind {
    var kind = CaseTown.everyStep
    kind.responsible = rules
    return kind
  }

  private func found(_ town: CaseTown, village: Int) async throws -> WhoGets {
    try await town.database.read {
      try town.desk.whoGets(Self.kind(), areaPath: CaseTown.villages[village], in: $0)
    }
  }

  private func told(_ found: WhoGets) -> [String] {
    found.lines.map { line in
      let unit =
        switch line.unit {
        case .organisation(let code): code
        case .level(let level): level.rawValue
        }
      return "\(line.isOwn ? "own" : "kind") \(unit) \(line.outcome.rawValue)"
    }
  }

  private func set(
    _ organisation: String, kinds: String = "", village: Int? = nil, person: ID<Person>? = nil,
    _ town: CaseTown
  ) async throws {
    var draft = ResponsibilityDraft(kindPrefix: kinds, organisation: organisation, person: person)
    draft.areaPath = village.map { CaseTown.villages[$0] } ?? ""
    let rule = draft
    try await town.database.write { try ResponsibilityDesk.set(rule, by: .command, in: $0) }
  }

  @Test("of the catalogue the rule of the smallest area decides; each rule says what became of it")
  func catalogue() async throws {
    let town = try await CaseTown()
    let first = try await found(town, village: 0)
    #expect(first.proposal?.lead.code == "roads")
    #expect(first.proposal?.helpers.map(\.code) == ["committee-1"])
    #expect(
      told(first) == [
        "kind roads decides", "kind village helps", "kind roads repeated", "kind nobody absent",
      ])
    let second = try await found(town, village: 1)
    #expect(second.proposal?.lead.code == "market")
    #expect(
      told(second) == [
        "kind roads outranked", "kind market decides", "kind village helps", "kind roads helps",
        "kind nobody absent",
      ])
  }

  @Test("the town's narrowest rule comes before all others")
  func own() async throws {
    let town = try await CaseTown()
    try await set("sanitation", town)
    try await set("market", kinds: "T0001", village: 0, town)
    let found = try await found(town, village: 0)
    #expect(found.proposal?.lead.code == "market")
    #expect(
      told(found).prefix(3) == [
        "own market decides", "own sanitation outranked", "kind roads outranked",
      ])
    #expect(try await self.found(town, village: 1).proposal?.lead.code == "sanitation")
  }

  @Test("somebody who is not there any more is passed over, and that is said")
  func gone() async throws {
    let town = try await CaseTown()
    let person = try #require(town[.sanitation].person)
    try await set("sanitation", person: person, town)
    let before = try await found(town, village: 0)
    #expect(before.proposal?.person == person)
    #expect(before.personName != nil)
    #expect(!before.isPersonGone)
    try await town.database.write {
      try $0.put("UPDATE person SET disabled_at = \($0.now) WHERE id = \(person)")
    }
    let after = try await found(town, village: 0)
    #expect(after.proposal?.lead.code == "sanitation")
    #expect(after.proposal?.person == nil)
    #expect(after.isPersonGone)
  }

  @Test("nobody gets what no rule is about")
  func nobody() async throws {
    let town = try await CaseTown()
    var kind = Self.kind()
    kind.responsible = [Responsibility(.organisation("nobody"))]
    let bare = kind
    let found = try await town.database.read {
      try town.desk.whoGets(bare, areaPath: "", in: $0)
    }
    #expect(found.proposal == nil)
    #expect(told(found) == ["kind nobody absent"])
  }
}
