import Base
import Store
import TestSupport
import Testing

@testable import City

@Suite struct ResponsibilityRuleTests {
  /// A map with one rule for each pair of kinds and area, by an organisation named after the rule.
  private func map(_ rules: [(kinds: String, area: String, organisation: String)]) async throws
    -> (TestDatabase, PartyMap)
  {
    let test = try await TestDatabase()
    _ = try await AreaDesk(test.database).load(sampleAreas, by: .command)
    try await test.database.write { tx in
      for rule in rules {
        try OrganisationDesk.add(
          OrganisationDraft(code: rule.organisation, name: "x", kind: .unit), by: .command, in: tx)
        try ResponsibilityDesk.set(
          ResponsibilityDraft(
            kindPrefix: rule.kinds, areaPath: rule.area, organisation: rule.organisation),
          by: .command, in: tx)
      }
    }
    return (test, try await test.database.party())
  }

  @Test("the narrowest area decides, then the narrowest kind")
  func precedence() async throws {
    let (_, map) = try await map([
      ("", "", "all"), ("E01", "", "clean"), ("E0102", "", "refuse"), ("", "d/t/v1/", "village"),
      ("E01", "d/t/", "town-clean"),
    ])
    func answers(_ kind: String, _ area: String) -> String? {
      map.rules(kind: kind, areaPath: area).first.flatMap { map[$0.organisation]?.code }
    }
    #expect(answers("E0102", "d/t/v1/u1/") == "village")
    #expect(answers("E0102", "d/t/v2/") == "town-clean")
    #expect(answers("E0102", "d/") == "refuse")
    #expect(answers("E0110", "d/") == "clean")
    #expect(answers("H0101", "d/t/v2/") == "all")
    #expect(answers("E0102", "") == "refuse")
    #expect(
      map.rules(kind: "E0102", areaPath: "d/t/v1/").compactMap { map[$0.organisation]?.code } == [
        "village", "town-clean", "refuse", "clean", "all",
      ])
  }

  @Test("where no rule covers the case nobody answers by the town's own rules")
  func none() async throws {
    let (_, map) = try await map([("E01", "d/t/v1/", "a")])
    #expect(map.rules(kind: "E02", areaPath: "d/t/v1/").isEmpty)
    #expect(map.rules(kind: "E0102", areaPath: "d/t/v2/").isEmpty)
    #expect(map.rules(kind: "E02", areaPath: "d/").isEmpty)
  }

  @Test("a rule says again who answers, once for its kinds and area")
  func replaced() async throws {
    let (test, before) = try await map([("E01", "", "a"), ("E02", "", "b")])
    let desk = ResponsibilityDesk(test.database)
    let draft = ResponsibilityDraft(kindPrefix: "E01", organisation: "b")
    try await desk.set(draft, by: .command)
    try await desk.set(draft, by: .command)
    let map = try await test.database.party()
    #expect(before.responsibilities.count == 2 && map.responsibilities.count == 2)
    #expect(map.rules(kind: "E0102", areaPath: "").first.map { map[$0.organisation]?.code } == "b")
    #expect(try await test.database.ledger().count { $0.hasPrefix("responsibility.set") } == 3)
    try await desk.remove(kindPrefix: "E01", areaPath: "", by: .command)
    #expect(try await test.database.party().rules(kind: "E0102", areaPath: "").isEmpty)
    #expect(
      await fault { try await desk.remove(kindPrefix: "E01", areaPath: "", by: .command) } == [
        "responsibility.missing"
      ])
  }

  @Test("a rule names an area, an organisation and a person of it that exist")
  func refused() async throws {
    let (test, _) = try await map([("E01", "", "a")])
    let desk = ResponsibilityDesk(test.database)
    func refused(_ draft: ResponsibilityDraft, by doer: Doer = .command) async -> [String] {
      await fault { try await desk.set(draft, by: doer) }
    }
    #expect(
      await refused(ResponsibilityDraft(areaPath: "d/q/", organisation: "a")) == [
        "input.invalid", "areaPath area.unknown",
      ])
    #expect(
      await refused(ResponsibilityDraft(organisation: "q")) == [
        "input.invalid", "organisation organisation.unknown",
      ])
    #expect(
      await refused(ResponsibilityDraft(organisation: "a", person: ID(9))) == [
        "input.invalid", "person person.not-in-organisation",
      ])
    #expect(
      await refused(ResponsibilityDraft(organisation: "a"), by: doer(.dispatcher)) == [
        "right.missing"
      ])
  }
}

@Suite struct PartyMapTests {
  private func sample() async throws -> (TestDatabase, PartyMap) {
    let test = try await TestDatabase()
    _ = try await AreaDesk(test.database).load(sampleAreas, by: .command)
    _ = try await OrganisationDesk(test.database).load(sampleOrganisations, by: .command)
    return (test, try await test.database.party())
  }

  @Test("an area has the organisation that looks after it, until that is retired")
  func lookingAfter() async throws {
    let (test, map) = try await sample()
    let area = try #require(try await test.database.places().area(code: "v1"))
    let committee = try #require(map.organisation(lookingAfter: area.id))
    #expect(committee.code == "village-01")
    try await test.database.write {
      try OrganisationDesk.retire(committee.id, by: .command, in: $0)
    }
    let later = try await test.database.party()
    #expect(later.organisation(lookingAfter: area.id) == nil)
    #expect(later.organisation(code: "village-01")?.retiredAt != nil)
  }

  @Test("the centre of an organisation is the nearest at or above it")
  func centre() async throws {
    let (_, map) = try await sample()
    #expect(map.centres.map(\.code) == ["centre"])
    #expect(map.centre(of: "centre/roads/crew/")?.code == "centre")
    #expect(map.centre(of: "centre/")?.code == "centre")
    #expect(map.centre(of: nil)?.code == "centre")
    #expect(map.centre(of: "elsewhere/")?.code == "centre")
  }

  @Test("a subtree is what has its path, and the empty path is everything")
  func subtree() async throws {
    let (_, map) = try await sample()
    #expect(map.subtree("centre/roads/").map(\.code) == ["roads", "crew"])
    #expect(map.subtree("").count == 5)
    #expect(map.subtree("centre/road/").isEmpty)
    #expect(map.organisation(path: "centre/roads/")?.code == "roads")
    #expect(map.organisation(path: "roads/") == nil)
  }
}
