import Base
import Store
import TestSupport
import Testing

@testable import City

/// All that a unit has goes to another, and the unit may leave.
@Suite struct UnitHandingOverTests {
  private func id(_ code: String, _ town: CaseTown) async throws -> ID<Organisation> {
    try #require(try await town.parties.value(from: town.database).organisation(code: code)).id
  }

  @discardableResult
  private func handOver(
    _ code: String, to heir: String, _ town: CaseTown, by doer: Doer = .command
  ) async throws -> CaseDesk.UnitHandOver {
    let (from, to) = (try await id(code, town), try await id(heir, town))
    return try await town.database.write {
      try town.desk.handOver(workOf: from, to: to, by: doer, in: $0)
    }
  }

  /// The parts that have not ended, as `2 lead taken crew`: level, role, state, organisation.
  private func parts(_ id: ID<Case>, _ town: CaseTown) async throws -> [String] {
    let parties = try await town.parties.value(from: town.database)
    return try await town.view(id).tree.filter { $0.part.isCurrent }.map { part, level in
      "\(level) \(part.isLead ? "lead" : "help") \(part.state.rawValue) "
        + (parties[part.organisation]?.code ?? "?")
    }
  }

  @Test(
    "the heir has the case as the unit had it: state, clock, words and lead; the unit has it no more"
  )
  func taken() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let before = try await town.view(id)
    let handed = try await handOver("roads", to: "city-management", town)
    #expect(handed.cases.map(\.id) == [id] && handed.cases[0].isTaken && handed.left == 0)
    let after = try await town.view(id)
    #expect(after.clocks == before.clocks && after.case.state == before.case.state)
    #expect(after.lead?.state == before.lead?.state && after.lead?.dueAt == before.lead?.dueAt)
    let management = try await self.id("city-management", town)
    #expect(after.case.leadOrganisation == management && after.case.leadPerson == nil)
    #expect(!after.isRead(by: town[.roads]) && after.isRead(by: town[.management]))
    func found(_ unit: ID<Organisation>) async throws -> [ID<Case>] {
      var filter = CaseFilter()
      filter.organisation = unit
      let asked = filter
      return try await town.desk.lines(asked, by: town[.duty]).lines.map(\.id)
    }
    #expect(try await found(management) == [id])
    #expect(try await found(try await self.id("roads", town)) == [])
    try await town.attach(.after, to: id, by: .management)
    try await town.make(.feedBack, by: .sanitation, on: id)
    try await town.make(.feedBack, by: .management, on: id)
    #expect(try await town.view(id).case.state == .handled)
    let entries = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
    let entry = try #require(entries.first { $0.verb == "case.hand-over" })
    #expect(entry.figures["from-unit"] == "roads" && entry.figures["to-unit"] == "city-management")
    #expect(try await handOver("roads", to: "city-management", town).cases.isEmpty)
    #expect(try await LedgerVerifier(database: town.database).verify().isWhole)
  }

  @Test("what was fed back goes too, so that a rework comes to the heir")
  func handled() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handled)
    let before = try await town.view(id)
    try await handOver("roads", to: "city-management", town)
    let after = try await town.view(id)
    #expect(after.case.state == .handled && after.clocks == before.clocks)
    #expect(after.lead?.handledBy == town[.roads].person)
    try await town.make(.rework, by: .dispatcher, on: id)
    #expect(CaseFlow.moves(on: try await town.view(id), by: town[.management]).contains(.feedBack))
  }

  @Test(
    "who helped leads alone; a helper's part ends where the heir leads; a level above has it again")
  func merged() async throws {
    let town = try await CaseTown()
    let leads = try await town.bring(to: .handling)
    #expect(
      try await parts(leads, town) == ["0 lead taken roads", "0 help taken sanitation"])
    try await handOver("roads", to: "sanitation", town)
    #expect(try await parts(leads, town) == ["0 lead taken sanitation"])

    let helps = try await town.bring(to: .handling)
    let handed = try await handOver("sanitation", to: "roads", town)
    #expect(handed.cases.map(\.isTaken) == [true, false])
    #expect(try await parts(helps, town) == ["0 lead taken roads"])
    #expect(try await parts(leads, town) == ["0 lead taken roads"])

    let nested = try await town.bring(to: .handling)
    try await town.make(.passOn, by: .roadsHead, on: nested)
    try await town.make(.passOn, by: .crewHead, on: nested)
    #expect(
      try await parts(nested, town).filter { $0.contains("lead") } == [
        "0 lead passed roads", "1 lead passed crew", "2 lead sent gang",
      ])
    try await handOver("crew", to: "gang", town)
    #expect(
      try await parts(nested, town).filter { $0.contains("lead") } == [
        "0 lead passed roads", "1 lead passed gang", "2 lead sent gang",
      ])
    try await handOver("gang", to: "roads", town)
    #expect(
      try await parts(nested, town).filter { $0.contains("lead") } == ["0 lead taken roads"])
    let running = try await town.view(nested).clocks.filter {
      $0.step == .handling && $0.stoppedAt == nil
    }
    #expect(running.map(\.level) == [0])
  }

  @Test("a suspended case and one that is checked on the spot go as they stand")
  func standing() async throws {
    let town = try await CaseTown()
    let suspended = try await town.bring(to: .handling)
    try await town.make(.suspend, by: .dispatcher, on: suspended)
    let checked = try await town.report(CaseTown.report("T0003", .resident)).id
    try await town.make(.accept, by: .intake, on: checked)
    try await town.make(.askCheck, by: .intake, on: checked)
    try await handOver("sanitation", to: "roads", town)
    #expect(try await town.view(suspended).case.state == .suspended)
    try await town.make(.resume, by: .dispatcher, on: suspended)
    #expect(
      try await parts(suspended, town) == ["0 lead taken roads", "0 help taken roads"])
    try await handOver("patrol", to: "city-management", town)
    let view = try await town.view(checked)
    #expect(view.case.state == .checking && view.openChecks.map(\.person) == [nil])
    #expect(view.isAskedToCheck(town[.management]) && !view.isAskedToCheck(town[.patroller]))
  }

  @Test("only who manages both hands over, to another that is there; a refusal leaves no trace")
  func refused() async throws {
    let town = try await CaseTown()
    _ = try await town.bring(to: .handling)
    func entries() async throws -> Int {
      try await town.database.read { try $0.value("SELECT COUNT(*) FROM ledger_entry") ?? 0 }
    }
    let before = try await entries()
    func wrong(_ code: String, _ heir: String, by doer: Doer) async throws -> String? {
      let fault = try await town.fault { try await handOver(code, to: heir, town, by: doer) }
      return fault?.fields.first?.code ?? fault?.code
    }
    #expect(try await wrong("roads", "market", by: town[.duty]) == "right.missing")
    let own = Doer(
      person: try #require(town[.system].person),
      grants: [Grant(role: .systemAdministrator, organisationPath: "grid-centre/roads/")])
    #expect(try await wrong("roads", "market", by: own) == "right.missing")
    #expect(try await wrong("roads", "roads", by: town[.system]) == "organisation.same")
    #expect(try await entries() == before)
    let market = try await id("market", town)
    try await town.database.write { try OrganisationDesk.retire(market, by: .command, in: $0) }
    #expect(try await wrong("roads", "market", by: town[.system]) == "organisation.retired")
    #expect(try await wrong("roads", "sanitation", by: town[.system]) == nil)
  }

  @Test("once its work is handed over and nothing hangs on it, a unit is retired; else all stays")
  func retired() async throws {
    let town = try await CaseTown()
    try await town.database.write {
      try SmallTown.organisation("lamps", .unit, below: nil, in: $0)
    }
    let id = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "lamps"
      $0.helpers = nil
    }
    let (lamps, roads) = (try await self.id("lamps", town), try await self.id("roads", town))
    let busy = try await town.fault {
      try await town.database.write { try town.desk.retire(lamps, by: .command, in: $0) }
    }
    #expect(busy?.code == "organisation.has-work" && busy?.arguments["count"] == "1")
    try await town.database.write { tx in
      try town.desk.handOver(workOf: lamps, to: roads, by: town[.system], in: tx)
      try town.desk.retire(lamps, by: town[.system], in: tx)
    }
    #expect(try await parts(id, town) == ["0 lead sent roads"])
    try await town.make(.take, by: .roads, on: id)
    let sanitation = try await self.id("sanitation", town)
    let hung = try await town.fault {
      try await town.database.write { tx in
        try town.desk.handOver(workOf: roads, to: sanitation, by: .command, in: tx)
        try town.desk.retire(roads, by: .command, in: tx)
      }
    }
    #expect(hung?.code == "organisation.has-children")
    #expect(try await parts(id, town) == ["0 lead taken roads"])
  }
}
