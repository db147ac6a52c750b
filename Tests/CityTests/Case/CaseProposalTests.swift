import Base
import Store
import TestSupport
import Testing

@testable import City

/// Who a case should go to, and where it goes there by itself.
@Suite struct CaseProposalTests {
  private static func kind(
    _ responsible: [Responsibility], automatic: Bool, in town: CaseTown
  ) async throws {
    var kind = CaseTown.everyStep
    kind.responsible = responsible
    kind.automaticDispatch = automatic
    try await CatalogueDesk(database: town.database, shelf: town.shelf)
      .install(try Catalogue([kind, CaseTown.plain]), by: .command)
  }

  private static func proposal(_ id: ID<Case>, _ town: CaseTown) async throws -> [String]? {
    let view = try await town.view(id)
    return try await town.database.read { snapshot in
      try town.desk.proposal(for: view, in: snapshot).map {
        [$0.lead.code] + $0.helpers.map(\.code)
      }
    }
  }

  private static let rules = [
    Responsibility(.organisation("roads")), Responsibility(.level(.village), helps: true),
    Responsibility(.organisation("market"), area: "V2"),
    Responsibility(.organisation("nobody"), helps: true),
  ]

  @Test("the catalogue proposes unit and helpers by the area, leaving out what is not there")
  func catalogue() async throws {
    let town = try await CaseTown()
    try await Self.kind(Self.rules, automatic: false, in: town)
    let first = try await town.bring(to: .filed)
    #expect(try await Self.proposal(first, town) == ["roads", "committee-1"])
    let second = try await town.bring(to: .filed, CaseTown.report(village: 1))
    #expect(try await Self.proposal(second, town) == ["market", "committee-2"])
    #expect(try await town.view(first).case.state == .filed, "nothing goes by itself")
    let other = try await town.report(CaseTown.report("T0002", .hotline)).id
    #expect(try await Self.proposal(other, town) == nil)
  }

  @Test("the town's own rule comes before the catalogue's, with the person that it names")
  func own() async throws {
    let town = try await CaseTown()
    try await Self.kind(Self.rules, automatic: false, in: town)
    let person = town[.sanitation].person
    var draft = ResponsibilityDraft(
      kindPrefix: "T0001", areaPath: CaseTown.villages[0], organisation: "sanitation")
    draft.person = person
    let rule = draft
    try await town.database.write { try ResponsibilityDesk.set(rule, by: .command, in: $0) }
    let id = try await town.bring(to: .filed)
    #expect(try await Self.proposal(id, town) == ["sanitation", "committee-1"])
    let detail = try await town.desk.detail(of: id, by: town[.dispatcher])
    #expect(detail.proposal?.person == person)
    try await town.database.write { tx in
      try PersonDesk.disable(try #require(person), by: .command, in: tx)
    }
    let without = try await town.desk.detail(of: id, by: town[.dispatcher])
    #expect(without.proposal?.lead.code == "sanitation" && without.proposal?.person == nil)
  }

  @Test("where the kind says so, filing sends it on; where nobody answers, it waits")
  func automatic() async throws {
    let town = try await CaseTown()
    try await Self.kind(Self.rules, automatic: true, in: town)
    let id = try await town.bring(to: .accepted)
    try await town.make(.file, by: .intake, on: id)
    let view = try await town.view(id)
    #expect(view.case.state == .dispatched && view.assignments.count == 2)
    #expect(view.case.dispatchedAt == view.case.filedAt)
    let entries = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
    #expect(entries.map(\.verb) == ["case.report", "case.accept", "case.file"])
    #expect(entries.last?.figures["lead"] == "roads")
    try await Self.kind([Responsibility(.organisation("nobody"))], automatic: true, in: town)
    let other = try await town.bring(to: .accepted)
    try await town.make(.file, by: .intake, on: other)
    #expect(try await town.view(other).case.state == .filed)
  }
}
