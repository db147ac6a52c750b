import Base
import Store
import TestSupport
import Testing

@testable import City

/// Supervision (督办): a deadline for an answer, beside the steps of the case.
@Suite struct CaseSupervisingTests {
  typealias Step = CaseTown.Step

  private static func acts(_ town: CaseTown, _ who: CaseTown.Who) async throws -> [ID<Case>] {
    try await town.desk.waiting(for: town[who]).filter { $0.act == .answer }
      .flatMap { $0.lines.map(\.id) }
  }

  @Test("it waits on the desks of those who have the case, and is over with the first answer")
  func answered() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let before = try await town.view(id).case.dueAt
    try town.set("2024-03-04 14:00")
    try await town.make(.supervise, by: .leader, on: id)
    let supervised = try await town.view(id)
    #expect(supervised.openSupervision?.dueAt == (try CaseTown.at("2024-03-05 14:00")))
    #expect(supervised.case.dueAt == supervised.openSupervision?.dueAt, "it comes next")
    for who in [CaseTown.Who.roads, .roadsMate, .sanitation] {
      #expect(try await Self.acts(town, who) == [id], "\(who)")
    }
    // The unit has it, and not the dispatcher.
    for who in [CaseTown.Who.dispatcher, .leader, .management, .intake] {
      #expect(try await Self.acts(town, who) == [], "\(who)")
    }
    let again = try await town.fault { try await town.make(.supervise, by: .duty, on: id) }
    #expect(again?.code == "supervision.open-already")
    try await town.make(.answer, by: .sanitation, on: id)
    let answered = try await town.view(id)
    #expect(answered.openSupervision == nil && answered.case.state == .handling)
    #expect(answered.case.dueAt == before)
    #expect(answered.clocks.last { $0.step == .supervision }?.isDone == true)
    #expect(try await Self.acts(town, .roads) == [])
    try await town.make(.supervise, by: .duty, on: id)
    #expect(try await town.view(id).clocks.count { $0.step == .supervision } == 2)
  }

  @Test("while nobody has the case, the dispatcher answers")
  func withoutUnit() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    try await town.make(.supervise, by: .leader, on: id)
    #expect(try await Self.acts(town, .dispatcher) == [id])
    try await town.make(.answer, by: .dispatcher, on: id)
    #expect(try await town.view(id).openSupervision == nil)
  }

  @Test("what is not answered becomes late once; closing and rejecting end it")
  func late() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    try await town.make(.supervise, by: .leader, on: id)
    try town.set("2024-03-06 09:30")
    func noted() async throws -> Int {
      try await town.database.read { snapshot in
        try Ledger.entries(about: id.raw, in: snapshot).count {
          $0.verb == "case.overdue" && $0.figures["step"] == "supervision"
        }
      }
    }
    for _ in 0..<2 { try await CaseSweep(desk: town.desk).run() }
    #expect(try await noted() == 1)
    let closed = try await town.bring(to: .verified)
    try await town.make(.supervise, by: .leader, on: closed)
    try await town.make(.close, by: .dispatcher, on: closed)
    #expect(try await town.view(closed).clocks.last { $0.step == .supervision }?.isDone == true)
    let void = try await town.bring(to: .reported)
    try await town.make(.supervise, by: .leader, on: void)
    try await town.make(.reject, by: .intake, on: void)
    #expect(try await town.view(void).clocks.last { $0.step == .supervision }?.isDone == false)
  }

  @Test("without a day of its own, it has the time that the kind gives, by the working calendar")
  func kindTime() async throws {
    let town = try await CaseTown()
    let id = try await town.report(CaseTown.report("T0002", .patrol), by: .patroller).id
    try town.set("2024-03-08 10:00")
    try await town.make(.supervise, by: .leader, on: id) { $0.until = nil }
    #expect(try await town.view(id).openSupervision?.dueAt == (try CaseTown.at("2024-03-11 17:30")))
  }
}
