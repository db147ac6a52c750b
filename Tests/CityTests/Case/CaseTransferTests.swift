import Base
import Store
import TestSupport
import Testing

@testable import City

/// Cases that go to a platform above or below, and come back (转办).
@Suite struct CaseTransferTests {
  @Test("what is transferred is over here and late for nobody; it says where it went")
  func sent() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    try await town.make(.transfer, by: .dispatcher, on: id) { $0.platform = " 区\t城运中心 " }
    let view = try await town.view(id)
    #expect(view.case.state == .transferred && view.case.closedAt == town.clock.now())
    #expect(view.case.dueAt == nil)
    #expect(view.clocks.allSatisfy { $0.stoppedAt != nil })
    let transfers = try await town.detail(id, by: .leader).transfers
    #expect(transfers.map(\.platform) == ["区 城运中心"])
    #expect(transfers.map(\.direction) == [.upper] && transfers[0].backAt == nil)
    // The name of the platform is a text: it is not in the ledger.
    let entries = try await town.detail(id, by: .leader).entries
    #expect(entries.last?.verb == "case.transfer")
    #expect(entries.allSatisfy { !$0.payload.contains("城运") })
    try town.set("2024-05-01 10:00")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await town.verbs(id).last == "case.transfer")
  }

  @Test("what comes back is reported again and timed anew, and may go again")
  func back() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .accepted)
    try await town.make(.transfer, by: .duty, on: id) { $0.direction = "lower" }
    try town.set("2024-03-11 09:00")
    try await town.make(.transferBack, by: .intake, on: id)
    let view = try await town.view(id)
    #expect(view.case.state == .reported && view.case.closedAt == nil)
    #expect(view.case.acceptedAt == nil)
    let running = view.clocks.filter { $0.stoppedAt == nil }
    #expect(Set(running.map(\.step)) == [.acceptance, .whole, .firstContact])
    #expect(running.allSatisfy { $0.startedAt == town.clock.now() })
    #expect(view.case.dueAt == (try CaseTown.at("2024-03-11 11:00")))
    try await town.make(.accept, by: .intake, on: id)
    try await town.make(.transfer, by: .dispatcher, on: id)
    let transfers = try await town.detail(id, by: .intake).transfers
    #expect(transfers.map(\.direction) == [.lower, .upper])
    #expect(transfers.map { $0.backAt == nil } == [false, true])
  }

  @Test(
    "a caller whom nobody had called when the case went elsewhere was not missed when it comes back"
  )
  func contact() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .accepted)
    try await town.make(.transfer, by: .dispatcher, on: id)
    #expect(try await town.figure(.firstContactRate, of: nil) == "0/0")
    try town.set("2024-03-11 09:00")
    try await town.make(.transferBack, by: .intake, on: id)
    try await town.make(.accept, by: .intake, on: id)
    #expect(try await town.figure(.firstContactRate, of: nil) == "0/0")
    try await town.make(.contact, by: .intake, on: id)
    #expect(try await town.figure(.firstContactRate, of: nil) == "1/1")
  }

  @Test("each case that was transferred in the period counts once, and is in no due meanwhile")
  func figure() async throws {
    let town = try await CaseTown()
    let start = town.clock.now()
    let id = try await town.bring(to: .filed)
    _ = try await town.bring(to: .filed)
    try await town.make(.transfer, by: .dispatcher, on: id)
    try await town.make(.transferBack, by: .dispatcher, on: id)
    try await town.make(.accept, by: .intake, on: id)
    try await town.make(.transfer, by: .dispatcher, on: id)
    let scope = FigureScope(from: start + -60, before: start + 60 * 86_400)
    let now = start + 50 * 86_400
    let values = try await town.desk.figures(scope, by: town[.duty], now: now)
    func value(_ figure: CaseFigure) -> FigureValue? { values.first { $0.figure == figure } }
    #expect(value(.transferred)?.numerator == 1)
    #expect(value(.firstContactRate)?.denominator == 1)
    #expect(value(.closingRate)?.denominator == 1)
    let behind = try await town.desk.lines(
      of: .transferred, counting: true, scope, after: nil, limit: 9, by: town[.duty], now: now)
    #expect(behind.lines.map(\.id) == [id])
  }
}
