import Base
import Store
import TestSupport
import Testing

@testable import City

/// Arbitration (仲裁): what comes back for the third time goes to somebody who decides.
@Suite struct CaseArbitratingTests {
  private static func returned(
    _ times: Int, _ town: CaseTown, _ kind: String = "T0001"
  ) async throws -> ID<Case> {
    let id = try await town.bring(to: .filed, CaseTown.report(kind))
    for _ in 0..<times {
      try await town.make(.dispatch, by: .dispatcher, on: id) { $0.helpers = nil }
      try await town.make(.giveBack, by: .roads, on: id)
    }
    return id
  }

  private static func acts(
    _ act: CaseMove, _ town: CaseTown, _ who: CaseTown.Who
  ) async throws -> [ID<Case>] {
    try await town.desk.waiting(for: town[who]).filter { $0.act == act }
      .flatMap { $0.lines.map(\.id) }
  }

  @Test(
    "the second return goes to the dispatcher, the third to an arbitrator, with a clock of its own")
  func third() async throws {
    let town = try await CaseTown()
    let twice = try await Self.returned(2, town)
    #expect(try await Self.acts(.dispatch, town, .dispatcher) == [twice])
    let id = try await Self.returned(3, town)
    #expect(try await Self.acts(.dispatch, town, .dispatcher) == [twice])
    #expect(try await Self.acts(.arbitrate, town, .dispatcher) == [])
    for who in [CaseTown.Who.duty, .leader] {
      #expect(try await Self.acts(.arbitrate, town, who) == [id], "\(who)")
    }
    let view = try await town.view(id)
    let running = view.clocks.filter { $0.stoppedAt == nil }.map(\.step)
    #expect(running.contains(.arbitration) && !running.contains(.dispatch))
    let fault = try await town.fault { try await town.make(.dispatch, by: .dispatcher, on: id) }
    #expect(fault?.code == "case.arbitration-open")
    var filter = CaseFilter()
    filter.turn = .arbitration
    #expect(try await town.desk.lines(filter, by: town[.leader]).lines.map(\.id) == [id])
  }

  @Test("after how many returns it goes there, the kind says")
  func byKind() async throws {
    let town = try await CaseTown()
    var kind = CaseTown.everyStep
    kind.arbitrationAfter = 1
    let catalogue = try Catalogue(
      try CaseTown.catalogue().kinds.filter { $0.code != "T0001" } + [kind])
    try await CatalogueDesk(database: town.database, shelf: town.shelf)
      .install(catalogue, by: .command)
    let id = try await Self.returned(1, town)
    #expect(try await town.view(id).case.arbitrationAt != nil)
  }

  @Test("whom it was given keeps it until it was reworked; a helper may still give back")
  func bound() async throws {
    let town = try await CaseTown()
    let id = try await Self.returned(3, town)
    try await town.make(.arbitrate, by: .leader, on: id)
    var view = try await town.view(id)
    #expect(view.case.state == .dispatched && view.case.arbitrationAt == nil)
    #expect(view.clocks.last { $0.step == .arbitration }?.isDone == true)
    let refused = try await town.fault { try await town.make(.giveBack, by: .roads, on: id) }
    #expect(refused?.code == "case.arbitrated" && refused?.arguments.isEmpty == true)
    #expect(!CaseFlow.moves(on: view, by: town[.roadsMate]).contains(.giveBack))
    try await town.make(.take, by: .roads, on: id)
    let still = try await town.fault { try await town.make(.giveBack, by: .roadsMate, on: id) }
    #expect(still?.code == "case.arbitrated")
    try await town.make(.giveBack, by: .sanitation, on: id)
    try await town.attach(.after, to: id, by: .roads)
    try await town.make(.feedBack, by: .roads, on: id)
    try await town.make(.rework, by: .dispatcher, on: id)
    view = try await town.view(id)
    #expect(view.case.arbitratedTo == nil && view.case.arbitratedAt != nil)
    try await town.make(.giveBack, by: .roads, on: id)
    // It came back again, and is not for the dispatcher.
    #expect(try await town.view(id).case.arbitrationAt != nil)
  }

  @Test(
    "a dispatcher may ask for it before; one who may not decide does not, and asking twice is refused"
  )
  func asked() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    try await town.make(.askArbitration, by: .dispatcher, on: id)
    let again = try await town.fault {
      try await town.make(.askArbitration, by: .dispatcher, on: id)
    }
    #expect(again?.code == "arbitration.open-already")
    let other = try await town.fault { try await town.make(.arbitrate, by: .dispatcher, on: id) }
    #expect(other?.code == "right.missing")
    let nothing = try await town.bring(to: .filed)
    let none = try await town.fault { try await town.make(.arbitrate, by: .duty, on: nothing) }
    #expect(none?.code == "arbitration.none-open")
    let reasonless = try await town.fault {
      try await town.make(.arbitrate, by: .duty, on: id) { $0.text = " " }
    }
    #expect(reasonless?.fields.map(\.name) == ["text"])
    try await town.make(.arbitrate, by: .duty, on: id)
    let scope = FigureScope(
      from: try CaseTown.at("2024-03-04 00:00"), before: try CaseTown.at("2024-03-06 00:00"))
    let values = try await town.desk.figures(scope, by: town[.duty], now: town.clock.now())
    #expect(values.first { $0.figure == .arbitrated }?.numerator == 1)
    let late = values.first { $0.figure == .arbitrationOnTime }
    #expect(late?.numerator == 1 && late?.denominator == 1)
  }

  @Test(
    "a kind corrected meanwhile to one without its time keeps it waiting; back, it is timed from then"
  )
  func retimed() async throws {
    let town = try await CaseTown()
    let id = try await Self.returned(3, town)
    let due = try await town.view(id).clocks.last { $0.step == .arbitration }?.dueAt
    try await town.make(.correct, by: .intake, on: id) { $0.kind = "T0002" }
    let other = try await town.view(id)
    #expect(other.case.arbitrationAt != nil && !other.clocks.contains { $0.step == .arbitration })
    town.clock.advance(seconds: 600)
    try await town.make(.correct, by: .intake, on: id) { $0.kind = "T0001" }
    #expect(try await town.view(id).clocks.last { $0.step == .arbitration }?.dueAt == due)
  }

  @Test("what an arbitrator decided binds the unit and not its own people")
  func ownPeople() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .arbitrated)
    try await town.make(.passOn, by: .roadsHead, on: id) {
      $0.organisation = nil
      $0.person = town[.roads].person
    }
    try await town.make(.giveBack, by: .roads, on: id)
    let view = try await town.view(id)
    #expect(view.lead?.state == .taken && view.case.returnCount == 0)
    let fault = try await town.fault { try await town.make(.giveBack, by: .roadsMate, on: id) }
    #expect(fault?.code == "case.arbitrated")
  }

  @Test(
    "what its dispatcher takes back was not returned: it waits for a dispatcher, and no appeal is left"
  )
  func takenBack() async throws {
    let town = try await CaseTown()
    let id = try await Self.returned(2, town)
    try await town.make(.dispatch, by: .dispatcher, on: id)
    try await town.make(.appeal, by: .roads, on: id)
    try await town.make(.withdraw, by: .dispatcher, on: id)
    let view = try await town.view(id)
    #expect(view.case.state == .filed && view.case.returnCount == 2 && view.case.appeal == nil)
    #expect(view.case.arbitrationAt == nil)
    let running = view.clocks.filter { $0.stoppedAt == nil }.map(\.step)
    #expect(running.contains(.dispatch) && !running.contains(.arbitration))
  }
}
