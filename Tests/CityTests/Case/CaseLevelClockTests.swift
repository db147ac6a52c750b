import Base
import Store
import TestSupport
import Testing

@testable import City

/// The clocks of levels: each its own, and none against another. 4 March 2024 is a Monday; handling of
/// `T0001` may take five working days.
@Suite struct CaseLevelClockTests {
  typealias Step = CaseTown.Step

  /// A case that roads has since Monday at 11:00, until the 11th at 17:30.
  private static func town() async throws -> (CaseTown, ID<Case>) {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(
      id, CaseTown.toHandling + [Step("03-04 14:00", .contact, .roads)])
    return (town, id)
  }

  private static func open(_ input: inout MoveInput) { input.until = nil }

  @Test("a level below has the kind's time, but not beyond that of the level above")
  func bounded() async throws {
    let (town, id) = try await Self.town()
    try await town.live(id, [Step("03-06 10:00", .passOn, .roadsHead, Self.open)])
    #expect(
      try await town.clockTexts(id, .handling) == [
        "handling 03-04 11:00 > 03-11 17:30, runs", "handling 03-06 10:00 > 03-11 17:30, runs",
      ])
    let until = try CaseTown.at("2024-03-08 12:00")
    try await town.live(id, [Step("03-06 11:00", .passOn, .crewHead) { $0.until = until }])
    let view = try await town.view(id)
    #expect(view.clocks.suffix(1).map { CaseTown.text($0.dueAt) } == ["03-08 12:00"])
    #expect(
      view.tree.map { CaseTown.text($0.part.dueAt) } == [
        "03-11 17:30", "03-11 17:30", "03-08 12:00", "03-11 17:30",
      ])
    #expect(CaseTown.text(view.case.dueAt) == "03-11 17:30", "the case itself has its own")
  }

  @Test("where the level above is late, the level below is not late from the start")
  func lateAbove() async throws {
    let (town, id) = try await Self.town()
    try await town.live(id, [Step("03-12 09:00", .passOn, .roadsHead, Self.open)])
    #expect(
      try await town.clockTexts(id, .handling).last == "handling 03-12 09:00 > 03-19 17:30, runs")
    try await town.attach(.after, to: id, by: .crew)
    try await town.live(
      id,
      [
        Step("03-14 10:00", .feedBack, .sanitation), Step("03-14 10:00", .take, .crew),
        Step("03-14 11:00", .feedBack, .crew), Step("03-15 10:00", .feedBack, .roads),
      ])
    #expect(
      try await town.clockTexts(id, .handling) == [
        "handling 03-04 11:00 > 03-11 17:30, 03-15 10:00 done",
        "handling 03-12 09:00 > 03-19 17:30, 03-14 11:00 done",
      ])
    #expect(try await town.figure(.handlingOnTime, of: nil) == "0/1")
    #expect(try await town.figure(.handlingOnTime, of: "roads") == "0/1")
    #expect(try await town.figure(.handlingOnTime, of: "crew") == "1/1")
    #expect(try await town.figure(.handlingRate, of: "gang") == "0/0")
    #expect(try await town.figure(.handled, of: "crew").hasPrefix("1/"))
    #expect(try await town.figure(.handled, of: "sanitation").hasPrefix("0/"))
  }

  @Test("more time that is granted at the top moves the top only; below, the holder gives it")
  func extended() async throws {
    let (town, id) = try await Self.town()
    let first = try CaseTown.at("2024-03-07 12:00")
    try await town.live(
      id,
      [
        Step("03-05 10:00", .passOn, .roadsHead) { $0.until = first },
        Step("03-05 11:00", .askExtension, .roads),
        Step("03-05 14:00", .grantExtension, .dispatcher),
      ])
    #expect(
      try await town.clockTexts(id, .handling) == [
        "handling 03-04 11:00 > 03-14 17:30, runs", "handling 03-05 10:00 > 03-07 12:00, runs",
      ])
    let beyond = try CaseTown.at("2024-03-14 18:00")
    let fault = try await town.fault {
      try await town.make(.extendBelow, by: .roadsHead, on: id) { $0.until = beyond }
    }
    #expect(fault?.fields.map(\.code) == ["until.after-own"])
    #expect(
      fault?.fields.first?.arguments["deadline"]
        == (try CaseTown.at("2024-03-14 17:30")).description)
    let same = try await town.fault {
      try await town.make(.extendBelow, by: .roadsHead, on: id) { $0.until = first }
    }
    #expect(same?.fields.map(\.code) == ["until.not-later"])
    let later = try CaseTown.at("2024-03-14 12:00")
    try await town.make(.extendBelow, by: .roadsHead, on: id) { $0.until = later }
    let view = try await town.view(id)
    #expect(
      view.tree.map { CaseTown.text($0.part.dueAt) } == [
        "03-14 17:30", "03-14 12:00", "03-14 17:30",
      ])
    #expect(CaseTown.text(view.clocks.last?.originalDueAt) == "03-07 12:00")
    #expect(view.case.extensionCount == 1)
  }

  @Test("a suspension stops the clocks of all levels, and afterwards they do not contradict")
  func suspended() async throws {
    let (town, id) = try await Self.town()
    let until = try CaseTown.at("2024-03-11 12:00")
    let end = try CaseTown.at("2024-03-12 09:00")
    try await town.live(
      id,
      [
        Step("03-06 10:00", .passOn, .roadsHead) { $0.until = until },
        Step("03-08 17:00", .suspend, .dispatcher) { $0.until = end },
      ])
    var view = try await town.view(id)
    #expect(view.clocks.filter { $0.stoppedAt == nil && $0.step == .handling }.count == 2)
    #expect(view.clocks.filter { $0.step == .handling }.allSatisfy { $0.dueAt == nil })
    #expect(view.assignments.allSatisfy { $0.dueAt == nil })
    try town.set("2024-03-12 09:30")
    try await CaseSweep(desk: town.desk).run()
    view = try await town.view(id)
    let dues = view.tree.compactMap(\.part.dueAt)
    #expect(dues.count == 3 && dues[1] <= dues[0])
    #expect(CaseTown.text(dues[0]) == "03-13 17:30" || dues[0] > end)
    #expect(dues[1] > end)
  }

  @Test("each queue and desk goes by its own deadline; what is late at the unit is not at the crew")
  func queues() async throws {
    let (town, id) = try await Self.town()
    try await town.live(id, [Step("03-12 09:00", .passOn, .roadsHead, Self.open)])
    func due(_ who: CaseTown.Who) async throws -> String {
      var filter = CaseFilter()
      filter.order = .due
      let lines = try await town.desk.lines(filter, by: town[who]).lines
      return lines.map { CaseTown.text($0.dueAt) }.joined(separator: " ")
    }
    #expect(try await due(.roads) == "03-11 17:30")
    #expect(try await due(.crew) == "03-19 17:30")
    #expect(try await due(.dispatcher) == "03-11 17:30")
    let now = town.clock.now()
    #expect(try await town.desk.lateCounts(for: town[.roads], now: now) == (1, 0))
    #expect(try await town.desk.lateCounts(for: town[.crew], now: now) == (0, 0))
    var late = CaseFilter()
    late.overdueAt = now
    #expect(try await town.desk.lines(late, by: town[.roads]).lines.count == 1)
    #expect(try await town.desk.lines(late, by: town[.crew]).lines.isEmpty)
    let waiting = try await town.desk.waiting(for: town[.crew])
    #expect(waiting.map(\.act) == [.take])
    #expect(waiting.first.map { $0.lines.map { CaseTown.text($0.dueAt) } } == ["03-19 17:30"])
    #expect(try await town.desk.waiting(for: town[.roads]).isEmpty, "it waits for the crew")
    // A list of what a unit leads has what it leads below, too.
    let crew = try await town.database.read {
      try town.parties.value(in: $0).organisation(code: "crew")?.id
    }
    var led = CaseFilter()
    led.organisation = crew
    #expect(try await town.desk.lines(led, by: town[.dispatcher]).lines.map(\.id) == [id])
  }

  @Test("that a level's clock ran out is noted with its part")
  func overdue() async throws {
    let (town, id) = try await Self.town()
    let until = try CaseTown.at("2024-03-06 12:00")
    try await town.live(id, [Step("03-06 10:00", .passOn, .roadsHead) { $0.until = until }])
    try town.set("2024-03-06 13:00")
    try await CaseSweep(desk: town.desk).run()
    let part = try await town.view(id).assignments.last
    let noted = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }.last
    #expect(noted?.verb == "case.overdue" && noted?.figures["part"] == part?.id.description)
  }
}
