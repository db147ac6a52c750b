import Base
import Store
import TestSupport
import Testing

@testable import City

/// When the clocks of a case start, stop and start again. Working hours are 09:00–11:30 and
/// 13:30–17:30; 4 March 2024 is a Monday.
@Suite struct CaseClockTests {
  typealias Step = CaseTown.Step

  @Test("each step's clock starts where the step before ends, and stops when it is done")
  func straight() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    #expect(
      try await town.clockTexts(id) == [
        "acceptance 03-04 09:30 > 03-04 11:30, runs", "whole 03-04 09:30 > 03-14 17:30, runs",
        "firstContact 03-04 09:30 > 03-05 17:30, runs",
      ])
    try await town.live(id, CaseTown.toHandling)
    try await town.live(id, [Step("03-04 14:00", .contact, .roads)])
    try await town.live(id, CaseTown.toHandled + CaseTown.toClosed)
    try await town.live(id, [Step("03-08 09:00", .callBack, .intake)])
    #expect(
      try await town.clockTexts(id) == [
        "acceptance 03-04 09:30 > 03-04 11:30, 03-04 10:00 done",
        "whole 03-04 09:30 > 03-14 17:30, 03-07 09:10 done",
        "firstContact 03-04 09:30 > 03-05 17:30, 03-04 14:00 done",
        "filing 03-04 10:00 > 03-04 14:00, 03-04 10:30 done",
        "dispatch 03-04 10:30 > 03-04 14:30, 03-04 11:00 done",
        "handling 03-04 11:00 > 03-11 17:30, 03-06 10:00 done",
        "verification 03-06 10:00 > 03-07 17:30, 03-06 15:00 done",
        "callBack 03-06 10:00 > 03-11 17:30, 03-08 09:00 done",
        "closing 03-06 15:00 > 03-07 17:30, 03-07 09:10 done",
      ])
  }

  @Test("a rejected case has no running clock; only its acceptance was done")
  func rejected() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, [Step("03-04 10:00", .reject, .intake)])
    #expect(
      try await town.clockTexts(id) == [
        "acceptance 03-04 09:30 > 03-04 11:30, 03-04 10:00 done",
        "whole 03-04 09:30 > 03-14 17:30, 03-04 10:00 undone",
        "firstContact 03-04 09:30 > 03-05 17:30, 03-04 10:00 undone",
      ])
    #expect(try await town.view(id).case.dueAt == nil)
  }

  @Test("a return by the lead ends its clock undone and starts that of dispatch anew")
  func returned() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    try await town.live(id, [Step("03-05 09:00", .giveBack, .roads)])
    #expect(
      try await town.clockTexts(id, .handling) == [
        "handling 03-04 11:00 > 03-11 17:30, 03-05 09:00 undone"
      ])
    #expect(
      try await town.clockTexts(id, .dispatch) == [
        "dispatch 03-04 10:30 > 03-04 14:30, 03-04 11:00 done",
        "dispatch 03-05 09:00 > 03-05 11:00, runs",
      ])
    try await town.live(id, [Step("03-05 10:00", .dispatch, .dispatcher)])
    #expect(
      try await town.clockTexts(id, .handling).last
        == "handling 03-05 10:00 > 03-12 17:30, runs")
    #expect(
      try await town.clockTexts(id, .whole) == ["whole 03-04 09:30 > 03-14 17:30, runs"])
  }

  @Test("a return by a helper leaves every clock as it was")
  func helperReturned() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    let before = try await town.clockTexts(id)
    try await town.live(id, [Step("03-05 09:00", .giveBack, .sanitation)])
    #expect(try await town.clockTexts(id) == before)
  }

  @Test("a rework gives the full time again, and the clock of the whole runs on")
  func reworked() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling + CaseTown.toHandled)
    try await town.live(id, [Step("03-06 11:00", .rework, .dispatcher)])
    #expect(
      try await town.clockTexts(id, .handling) == [
        "handling 03-04 11:00 > 03-11 17:30, 03-06 10:00 done",
        "handling 03-06 11:00 > 03-13 17:30, runs",
      ])
    #expect(
      try await town.clockTexts(id, .verification) == [
        "verification 03-06 10:00 > 03-07 17:30, 03-06 11:00 done"
      ])
    #expect(
      try await town.clockTexts(id, .callBack) == [
        "callBack 03-06 10:00 > 03-11 17:30, 03-06 11:00 undone"
      ])
    let view = try await town.view(id)
    #expect(CaseTown.text(view.lead?.dueAt) == "03-13 17:30")
    #expect(CaseTown.text(view.case.dueAt) == "03-13 17:30")
    try await town.live(id, [Step("03-07 10:00", .feedBack, .roads)])
    #expect(try await town.view(id).case.state == .handled)
    #expect(
      try await town.clockTexts(id, .verification).last
        == "verification 03-07 10:00 > 03-08 17:30, runs")
    #expect(
      try await town.clockTexts(id, .callBack).last == "callBack 03-07 10:00 > 03-12 17:30, runs")
  }

  @Test("a reopened case is timed anew as a whole, and is to be dispatched")
  func reopened() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling + CaseTown.toHandled + CaseTown.toClosed)
    try await town.live(id, [Step("03-11 09:00", .reopen, .intake)])
    #expect(
      try await town.clockTexts(id, .whole) == [
        "whole 03-04 09:30 > 03-14 17:30, 03-07 09:10 done",
        "whole 03-11 09:00 > 03-21 17:30, runs",
      ])
    #expect(
      try await town.clockTexts(id, .dispatch).last
        == "dispatch 03-11 09:00 > 03-11 11:00, runs")
    let file = try await town.view(id).case
    #expect(CaseTown.text(file.wholeDueAt) == "03-21 17:30")
    #expect(CaseTown.text(file.dueAt) == "03-11 11:00")
  }

  @Test("an attempt that reached nobody leaves the first contact running; who was reached stops it")
  func contact() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    try await town.live(id, [Step("03-04 14:00", .contact, .roads) { $0.reached = false }])
    #expect(
      try await town.clockTexts(id, .firstContact) == [
        "firstContact 03-04 09:30 > 03-05 17:30, runs"
      ])
    #expect(try await town.view(id).case.contactedAt == nil)
    try await town.live(id, [Step("03-06 09:00", .contact, .intake)])
    #expect(
      try await town.clockTexts(id, .firstContact) == [
        "firstContact 03-04 09:30 > 03-05 17:30, 03-06 09:00 done"
      ])
    #expect(try await town.fault { try await town.make(.contact, by: .roads, on: id) } != nil)
  }

  @Test("reported outside hours, working time starts at the next opening and not at zero")
  func outsideHours() async throws {
    let town = try await CaseTown(start: "2024-03-08T20:00:00+08:00")
    let id = try await town.report().id
    #expect(
      try await town.clockTexts(id, .acceptance) == [
        "acceptance 03-08 20:00 > 03-11 11:00, runs"
      ])
    // Natural time runs by night, too.
    let plain = try await town.report(CaseTown.report("T0002", .patrol), by: .patroller).id
    #expect(
      try await town.clockTexts(plain, .acceptance) == [
        "acceptance 03-08 20:00 > 03-08 20:30, runs"
      ])
  }

  @Test("a deadline that was given stays through extension and suspension, and is not explained")
  func given() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.dueAt = try CaseTown.at("2024-03-20 12:00")
    let id = try await town.report(report).id
    try await town.live(id, CaseTown.toHandling)
    try await town.live(
      id,
      [
        Step("03-05 09:00", .askExtension, .roads),
        Step("03-05 09:10", .grantExtension, .dispatcher),
        Step("03-05 09:20", .suspend, .dispatcher), Step("03-06 09:00", .resume, .dispatcher),
      ])
    #expect(
      try await town.clockTexts(id, .whole) == ["whole 03-04 09:30 > 03-20 12:00, runs"])
    let view = try await town.view(id)
    let whole = try #require(view.clocks.first { $0.step == .whole })
    #expect(whole.originalDueAt == whole.dueAt)
    #expect(view.case.wholeDueAt == whole.dueAt)
    let parts = try await town.database.read { try town.desk.parts(of: view, in: $0) }
    #expect(parts.explanations[whole.id] == nil)
    #expect(parts.explanations.count == view.clocks.count - 1)
  }
}
