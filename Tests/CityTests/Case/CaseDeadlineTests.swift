import Base
import Store
import TestSupport
import Testing

@testable import City

/// What moves a deadline: extensions, suspensions, calendars that come late.
@Suite struct CaseDeadlineTests {
  typealias Step = CaseTown.Step

  private static func clock(_ step: ClockStep, of view: CaseView) throws -> CaseClock {
    try #require(view.clocks.last { $0.step == step })
  }

  @Test("a granted extension moves the deadlines of handling and whole, and keeps the original")
  func extended() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    let two: @Sendable (inout MoveInput) -> Void = { $0.limit = "2 working-days" }
    try await town.live(id, [Step("03-05 09:00", .askExtension, .roads, two)])
    #expect(
      try await town.clockTexts(id, .handling) == ["handling 03-04 11:00 > 03-11 17:30, runs"],
      "asking alone moves nothing")
    try await town.live(id, [Step("03-05 09:30", .grantExtension, .dispatcher)])
    let view = try await town.view(id)
    for (step, original, due) in [
      (ClockStep.handling, "03-11 17:30", "03-13 17:30"), (.whole, "03-14 17:30", "03-18 17:30"),
    ] {
      let clock = try Self.clock(step, of: view)
      #expect(CaseTown.text(clock.originalDueAt) == original)
      #expect(CaseTown.text(clock.dueAt) == due)
      #expect(clock.extensions == [CaseTown.limit("2 working-days")])
    }
    #expect(view.assignments.map { CaseTown.text($0.dueAt) } == ["03-13 17:30", "03-13 17:30"])
    #expect(CaseTown.text(view.case.wholeDueAt) == "03-18 17:30")
    #expect(view.case.extensionCount == 1)
    #expect(view.extensions.map(\.isGranted) == [true])
    // The first contact is nobody's to put off.
    #expect(CaseTown.text(try Self.clock(.firstContact, of: view).dueAt) == "03-05 17:30")
  }

  @Test("extensions follow one another up to the kind's count, none longer than it allows")
  func manyExtensions() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    let long = try await town.fault {
      try await town.make(.askExtension, by: .roads, on: id) { $0.limit = "11 working-days" }
    }
    #expect(long?.fields.map(\.code) == ["limit.over"])
    for due in ["03-14 17:30", "03-19 17:30"] {
      try await town.make(.askExtension, by: .roads, on: id)
      try await town.make(.grantExtension, by: .dispatcher, on: id)
      #expect(CaseTown.text(try Self.clock(.handling, of: await town.view(id)).dueAt) == due)
    }
    let third = try await town.fault { try await town.make(.askExtension, by: .roads, on: id) }
    #expect(third?.code == "extension.used-up")
    #expect(
      CaseTown.text(try Self.clock(.handling, of: await town.view(id)).originalDueAt)
        == "03-11 17:30")
  }

  @Test("more than a dispatcher grants is granted by a leader, to the day that was asked for")
  func further() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    try await town.make(.askExtension, by: .roads, on: id) { $0.limit = "10 working-days" }
    let fault = try await town.fault {
      try await town.make(.grantExtension, by: .dispatcher, on: id)
    }
    #expect(fault?.arguments == ["right": "case.extend-further"])
    func waits(_ who: CaseTown.Who) async throws -> Bool {
      try await town.desk.waiting(for: town[who]).contains { $0.act == .grantExtension }
    }
    for who in [CaseTown.Who.leader, .duty] { #expect(try await waits(who)) }
    #expect(try await !waits(.dispatcher))
    try await town.make(.grantExtension, by: .leader, on: id)
    #expect(
      CaseTown.text(try Self.clock(.handling, of: await town.view(id)).dueAt) == "03-25 17:30")
    // What a dispatcher may grant is the dispatcher's.
    try await town.make(.askExtension, by: .roads, on: id)
    #expect(try await waits(.dispatcher))
    #expect(try await !waits(.leader))
  }

  @Test("a refused extension moves nothing and is not counted; it may be asked for again")
  func refused() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    let before = try await town.clockTexts(id)
    try await town.make(.askExtension, by: .roads, on: id)
    try await town.make(.refuseExtension, by: .dispatcher, on: id)
    let view = try await town.view(id)
    #expect(try await town.clockTexts(id) == before)
    #expect(view.case.extensionCount == 0)
    #expect(view.extensions.map(\.isGranted) == [false])
    #expect(view.openExtension == nil)
    try await town.make(.askExtension, by: .roads, on: id)
  }

  @Test("while suspended no clock runs; taken up again, each has the time that it stood still more")
  func suspended() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    let until = try CaseTown.at("2024-03-08 10:00")
    try await town.live(id, [Step("03-05 10:00", .suspend, .dispatcher) { $0.until = until }])
    var view = try await town.view(id)
    #expect(view.case.dueAt == nil && view.case.wholeDueAt == nil)
    #expect(view.clocks.filter { $0.stoppedAt == nil }.allSatisfy { $0.dueAt == nil })
    #expect(CaseTown.text(try Self.clock(.handling, of: view).originalDueAt) == "03-11 17:30")
    // The days of the 5th, 6th and 7th were closed while it stood still.
    try await town.live(id, [Step("03-08 09:00", .resume, .dispatcher)])
    view = try await town.view(id)
    #expect(view.case.state == .handling)
    #expect(CaseTown.text(try Self.clock(.handling, of: view).dueAt) == "03-14 17:30")
    #expect(CaseTown.text(try Self.clock(.firstContact, of: view).dueAt) == "03-08 17:30")
    #expect(CaseTown.text(view.case.wholeDueAt) == "03-19 17:30")
    #expect(view.pauses.map { CaseTown.text($0.endedAt) } == ["03-08 09:00"])
  }

  @Test("a suspension ends at its date, however late the sweep comes")
  func suspensionOver() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    let until = try CaseTown.at("2024-03-08 10:00")
    try await town.live(id, [Step("03-05 10:00", .suspend, .dispatcher) { $0.until = until }])
    try town.set("2024-03-08 09:59")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await town.view(id).case.state == .suspended)
    try town.set("2024-03-09 12:00")
    try await CaseSweep(desk: town.desk).run()
    let view = try await town.view(id)
    #expect(view.case.state == .handling)
    #expect(view.pauses.map { CaseTown.text($0.endedAt) } == ["03-08 10:00"])
    #expect(CaseTown.text(try Self.clock(.handling, of: view).dueAt) == "03-14 17:30")
    let entries = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
    #expect(entries.filter { $0.verb == "case.resume" }.map(\.actor) == [.sweep(.suspensions)])
  }

  @Test("the original deadline is without extension, and with what time it stood still")
  func extendedAndSuspended() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    try await town.live(
      id,
      [
        Step("03-05 09:00", .askExtension, .roads),
        Step("03-05 09:10", .grantExtension, .dispatcher),
        Step("03-05 10:00", .suspend, .dispatcher), Step("03-06 09:00", .resume, .dispatcher),
      ])
    let clock = try Self.clock(.handling, of: await town.view(id))
    #expect(CaseTown.text(clock.originalDueAt) == "03-12 17:30")
    #expect(CaseTown.text(clock.dueAt) == "03-15 17:30")
  }

  @Test(
    "an explanation runs without a gap from the start to the deadline, and adds up to the limit")
  func explained() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.live(id, CaseTown.toHandling)
    let until = try CaseTown.at("2024-03-08 10:00")
    try await town.live(
      id,
      [
        Step("03-05 09:00", .askExtension, .roads),
        Step("03-05 09:10", .grantExtension, .dispatcher),
        Step("03-05 10:00", .suspend, .dispatcher) { $0.until = until },
        Step("03-08 09:00", .resume, .dispatcher), Step("03-11 10:00", .feedBack, .sanitation),
        Step("03-12 10:00", .feedBack, .roads), Step("03-12 15:00", .verify, .dispatcher),
      ])
    let view = try await town.view(id)
    let parts = try await town.database.read { try town.desk.parts(of: view, in: $0) }
    #expect(parts.explanations.count == view.clocks.count)
    for clock in view.clocks {
      let explanation = try #require(parts.explanations[clock.id])
      let name = Comment(rawValue: clock.step.rawValue)
      #expect(explanation.deadline == clock.dueAt.map { .due($0) }, name)
      #expect(explanation.spans.first?.start == clock.startedAt, name)
      #expect(explanation.spans.last?.end == clock.dueAt, name)
      for (left, right) in zip(explanation.spans, explanation.spans.dropFirst()) {
        #expect(left.end == right.start, name)
      }
      let limit = try #require(clock.limit)
      let budget = ([limit] + clock.extensions).map { Self.amount($0.budget) }.reduce(0, +)
      #expect(explanation.spans.map { Self.amount($0.spent) }.reduce(0, +) == budget, name)
      let paused = explanation.spans.filter { $0.reason == .paused(reason: "wait") }
      #expect(paused.isEmpty == ![.handling, .whole, .firstContact].contains(clock.step), name)
    }
  }

  private static func amount(_ spent: TimeSpent) -> Int64 {
    switch spent {
    case .milliseconds(let count): count
    case .days(let count): Int64(count)
    }
  }
}
