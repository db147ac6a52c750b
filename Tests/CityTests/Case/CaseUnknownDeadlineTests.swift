import Base
import Store
import TestSupport
import Testing

@testable import City

/// A year whose calendar is not published never stops intake.
@Suite struct CaseUnknownDeadlineTests {
  typealias Step = CaseTown.Step

  /// The calendar that ships with 2027 added, its first three days a holiday.
  private static func later() throws -> WorkingCalendar {
    let now = try CalendarFile.standard
    guard case .published(let years) = now.years else { return now }
    let days = (1...3).compactMap { Day("2027-01-0\($0)") }
    return try #require(
      WorkingCalendar(
        name: now.name, hours: now.hours, makeUpHours: now.makeUpHours,
        years: .published(years.union([2027])),
        specialDays: now.specialDays
          + days.map { .init(day: $0, kind: .rest, name: "元旦") }))
  }

  @Test("a deadline in a year without a calendar is unknown, and is computed when that comes")
  func waits() async throws {
    let town = try await CaseTown(start: "2026-12-28T09:30:00+08:00")
    let id = try await town.report().id
    var view = try await town.view(id)
    let whole = try #require(view.clocks.first { $0.step == .whole })
    #expect(whole.dueAt == nil && whole.originalDueAt == nil && whole.missingYear == 2027)
    #expect(view.case.wholeDueAt == nil)
    // What does not reach into the year is known.
    #expect(CaseTown.text(view.case.dueAt) == "12-28 11:30")
    let parts = try await town.database.read { [view] in try town.desk.parts(of: view, in: $0) }
    #expect(parts.explanations[whole.id]?.deadline == .unknown(missingYear: 2027))
    #expect(try await CaseSweep(desk: town.desk).run() == 0, "nothing to compute yet")

    let desk = town.desk(knowing: [try Self.later()])
    #expect(try await CaseSweep(desk: desk).run() == 1)
    view = try await town.view(id)
    // 29, 30, 31 December; 4 to 8 January.
    let computed = try #require(view.clocks.first { $0.step == .whole })
    #expect(CaseTown.text(computed.dueAt) == "01-08 17:30")
    #expect(computed.originalDueAt == computed.dueAt && computed.missingYear == nil)
    #expect(view.case.wholeDueAt == computed.dueAt)
    // People see no change in it, and their forms are not stale.
    #expect(view.case.revision == 1)
    #expect(try await CaseSweep(desk: desk).run() == 0)
    let entries = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
    #expect(entries.map(\.verb) == ["case.report", "case.deadline"])
  }

  @Test("a case that ended before the calendar came has its deadline too, or no figure counts it")
  func closedMeanwhile() async throws {
    let town = try await CaseTown(start: "2026-12-28T09:30:00+08:00")
    let id = try await town.bring(to: .closed)
    let whole = try #require(await town.view(id).clocks.first { $0.step == .whole })
    #expect(whole.stoppedAt != nil && whole.dueAt == nil)
    let desk = town.desk(knowing: [try Self.later()])
    #expect(try await CaseSweep(desk: desk).run() == 1)
    let view = try await town.view(id)
    let computed = try #require(view.clocks.first { $0.step == .whole })
    #expect(CaseTown.text(computed.dueAt) == "01-08 17:30")
    #expect(computed.stoppedAt == whole.stoppedAt && computed.isDone)
    #expect(view.case.state == .closed && view.case.dueAt == nil)
    #expect(try await CaseSweep(desk: desk).run() == 0)
    var scope = FigureScope(
      from: try CaseTown.at("2027-01-01 00:00"), before: try CaseTown.at("2027-02-01 00:00"))
    scope.kind = "T0001"
    let values = try await town.desk.figures(scope, by: .command, now: town.clock.now())
    let rate = values.first { $0.figure == .closingOnTime }
    #expect(rate?.numerator == 1 && rate?.denominator == 1)
  }

  @Test("suspended over the turn of the year it stays without a deadline until it goes on")
  func suspended() async throws {
    let town = try await CaseTown(start: "2026-12-21T09:30:00+08:00")
    let id = try await town.bring(to: .handling)
    let until = try CaseTown.at("2027-01-05 10:00")
    try await town.make(.suspend, by: .dispatcher, on: id) { $0.until = until }
    let desk = town.desk(knowing: [try Self.later()])
    try await CaseSweep(desk: desk).run()
    #expect(try await town.view(id).case.dueAt == nil)
    try town.set("2027-01-05 10:00")
    try await CaseSweep(desk: desk).run()
    let view = try await town.view(id)
    #expect(view.case.state == .handling)
    // 5 to 8 and 11 January.
    let handling = try #require(view.clocks.last { $0.step == .handling })
    #expect(CaseTown.text(handling.dueAt) == "01-11 17:30")
  }
}
