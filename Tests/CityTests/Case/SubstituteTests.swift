import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Those who approve, decide and send on in the place of somebody who is away.
@Suite struct SubstituteTests {
  typealias Who = CaseTown.Who

  private func away(_ who: Who, _ substitute: Who, _ town: CaseTown) async throws {
    let draft = AbsenceDraft(
      person: try #require(town[who].person), from: try #require(Day("2024-03-04")),
      until: try #require(Day("2024-03-08")), substitute: town[substitute].person)
    try await town.database.write {
      _ = try AbsenceDesk.enter(
        draft, zone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt, by: .command, in: $0)
    }
  }

  private func doer(_ who: Who, _ town: CaseTown) async throws -> Doer {
    let id = try #require(town[who].person)
    let now = town.clock.now()
    return try #require(try await town.database.read { try Doer.load(id, at: now, in: $0) })
  }

  private func last(_ id: ID<Case>, _ town: CaseTown) async throws -> LedgerEntry {
    try #require(try await town.database.read { try Ledger.entries(about: id.raw, in: $0).last })
  }

  /// A case of the unit of roads whose lead asks for more time than a dispatcher grants.
  private func asked(_ town: CaseTown) async throws -> ID<Case> {
    let id = try await town.bring(to: .handling)
    try await town.make(.askExtension, by: .roads, on: id) { $0.limit = "10 working-days" }
    return id
  }

  @Test(
    "who stands in for an approver grants more time in their place, on their desk, by the ledger")
  func extensions() async throws {
    let town = try await CaseTown()
    let id = try await asked(town)
    let before = try await doer(.intake, town)
    #expect(!CaseFlow.moves(on: try await town.view(id), by: before).contains(.grantExtension))
    try await away(.leader, .intake, town)
    let substitute = try await doer(.intake, town)
    #expect(CaseFlow.moves(on: try await town.view(id), by: substitute).contains(.grantExtension))
    let waiting = try await town.desk.waiting(for: substitute)
    #expect(waiting.first { $0.act == .grantExtension }?.lines.map(\.id) == [id])
    try await town.desk.make(.grantExtension, on: id, by: substitute)
    let entry = try await last(id, town)
    #expect(entry.actor == town[.intake].actor)
    #expect(entry.list("for") == [town[.leader].person?.description])
    #expect(try await town.desk.waiting(for: substitute).allSatisfy { $0.act != .grantExtension })
    try town.set("2024-03-09 10:00")
    #expect(try await doer(.intake, town).standsFor.isEmpty)
  }

  @Test(
    "nobody decides in another's place over what they or their unit handle, nor what they cannot read"
  )
  func apart() async throws {
    let town = try await CaseTown()
    let id = try await asked(town)
    try await away(.leader, .roadsMate, town)
    try await away(.duty, .management, town)
    for who in [Who.roadsMate, .management] {
      let substitute = try await doer(who, town)
      #expect(substitute.standsFor.count == 1)
      #expect(
        !CaseFlow.moves(on: try await town.view(id), by: substitute).contains(.grantExtension),
        "\(who)")
      #expect(try await town.desk.waiting(for: substitute).allSatisfy { $0.act != .grantExtension })
      let fault = try await town.fault {
        try await town.desk.make(.grantExtension, on: id, by: substitute)
      }
      #expect(fault != nil, "\(who)")
    }
  }

  @Test("a suspension is approved by who stands in for an approver; the entry says in whose place")
  func suspension() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let intake = town[.intake].person
    func suspend(by approver: Who) async throws -> Fault? {
      let person = town[approver].person
      return try await town.fault {
        try await town.make(.suspend, by: .dispatcher, on: id) { $0.approver = person }
      }
    }
    #expect(try await suspend(by: .intake)?.fields.map(\.code) == ["person.not-approver"])
    try await away(.leader, .intake, town)
    try await away(.duty, .roadsMate, town)
    #expect(
      try await suspend(by: .roadsMate)?.fields.map(\.code) == ["person.not-approver"],
      "their own unit has it")
    let path = try await town.view(id).case.organisationPath
    let now = town.clock.now()
    let substitutes = try await town.database.read {
      try PersonDesk.approvingSubstitutes(for: path, at: now, in: $0)
    }
    #expect(substitutes.contains { $0.substitute.id == intake && $0.away.name == "leader" })
    #expect(try await suspend(by: .intake) == nil)
    let entry = try await last(id, town)
    #expect(entry.figures["approver"] == intake?.description)
    #expect(entry.figures["approver-for"] == town[.leader].person?.description)
    try await town.make(.resume, by: .dispatcher, on: id)
    #expect(try await suspend(by: .duty) == nil)
    #expect(try await last(id, town).figures["approver-for"] == nil)
  }

  @Test(
    "who stands in for who sends on sends on what was sent to their unit, and handles none of it")
  func sending() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .dispatched)
    #expect(try await town.view(id).isRead(by: try await doer(.crew, town)) == false)
    try await away(.roadsHead, .crew, town)
    let substitute = try await doer(.crew, town)
    let view = try await town.view(id)
    #expect(view.isRead(by: substitute))
    let moves = CaseFlow.moves(on: view, by: substitute)
    #expect(moves.contains(.passOn) && !moves.contains(.take) && !moves.contains(.feedBack))
    #expect(try await town.desk.lines(CaseFilter(), by: substitute).lines.map(\.id) == [id])
    #expect(try await town.desk.heldForOthers(by: substitute).map(\.lines.count) == [1])
    var input = MoveInput()
    input.organisation = "crew"
    try await town.desk.make(.passOn, input, on: id, by: substitute)
    #expect(try await last(id, town).list("for") == [town[.roadsHead].person?.description])
    // What the crew has now is their own.
    try await town.desk.make(.take, on: id, by: substitute)
    #expect(try await last(id, town).list("for") == [])
  }

  @Test("who sends on or decides stands in for who does the same, and not for who handles")
  func fit() async throws {
    let town = try await CaseTown()
    try await away(.roadsHead, .crewHead, town)
    try await away(.leader, .duty, town)
    let fault = try await town.fault { try await away(.roads, .crewHead, town) }
    #expect(fault?.fields.map(\.code) == ["absence.substitute-unfit"])
    let apart = try await town.fault { try await away(.dispatcher, .audit, town) }
    #expect(apart?.fields.map(\.code) == ["absence.substitute-unfit"])
  }
}
