import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// Rules that are switched off for a part of the town, and limits of its own.
@Suite struct CheckDeskTests {
  private let code = "score.full-though-missed"

  private func made(_ town: ProjectTown) async throws -> ID<Project> {
    try await town.desk.take(
      [wrong], year: 2024, for: town.first, by: town[.writer])[0]
  }

  /// A form with full points for a missed figure.
  private var wrong: EvaluationForm {
    var form = CheckSamples.sound
    form.set(1, "=100%", "97%")
    return form
  }

  private func findings(
    _ id: ID<Project>, _ town: ProjectTown
  ) async throws -> (shown: [String], muted: [MutedFinding]) {
    try await town.database.read { snapshot in
      let file = try town.desk.view(id, by: .command, in: snapshot)
      return (
        try town.desk.findings(of: file, in: snapshot).map(\.code),
        try town.desk.mutedFindings(of: file, in: snapshot)
      )
    }
  }

  @Test("it holds for the organisation and below, until its day, and is in the ledger")
  func scope() async throws {
    let town = try await ProjectTown()
    let id = try await made(town)
    #expect(try await findings(id, town).shown.contains(code))
    let checks = town.desk.checks
    // Of another town, nothing changes here.
    try await checks.switchOff(code, for: town.second, because: "别处", by: .command)
    #expect(try await findings(id, town).shown.contains(code))
    let today = town.clock.now().local(in: town.desk.zone).day
    try await checks.switchOff(code, for: nil, because: "全区", until: today, by: .command)
    var found = try await findings(id, town)
    #expect(!found.shown.contains(code))
    #expect(found.muted.map(\.off.reason) == ["全区"])
    // The nearest organisation's word counts.
    try await checks.switchOff(code, for: town.first, because: "本镇", by: .command)
    found = try await findings(id, town)
    #expect(found.muted.map(\.off.reason) == ["本镇"] && found.muted[0].finding.code == code)
    let off = try await town.database.read { snapshot in
      try checks.policy(by: .command, in: snapshot).offs
    }
    #expect(off.count == 3)
    let mine = try #require(off.first { $0.reason == "本镇" })
    try await checks.switchOn(mine.id, by: .command)
    await #expect(throws: Fault.missing("check-off")) {
      try await checks.switchOn(mine.id, by: .command)
    }
    town.clock.advance(seconds: 86_400)
    #expect(try await findings(id, town).shown.contains(code), "the day is over")
    let verbs: [String] = try await town.database.read {
      try $0.column("SELECT verb FROM ledger_entry WHERE verb LIKE 'check.%' ORDER BY sequence")
    }
    #expect(
      verbs == ["check.switch-off", "check.switch-off", "check.switch-off", "check.switch-on"])
  }

  @Test(
    "only who reviews for finance there, or administers, may switch; and never without a reason")
  func refusals() async throws {
    let town = try await ProjectTown()
    let checks = town.desk.checks
    for who in [ProjectTown.Who.leader, .stranger, .dispatcher, .audit] {
      await #expect(throws: Fault.self) {
        try await checks.switchOff(code, for: town.first, because: "x", by: town[who])
      }
    }
    await #expect(throws: Fault.invalid("reason", "check.reason-missing", ["code": code])) {
      try await checks.switchOff(code, for: town.first, because: " \n", by: .command)
    }
    await #expect(throws: Fault.invalid("rule", "check.rule-unknown", ["code": "x"])) {
      try await checks.switchOff("x", for: nil, because: "y", by: .command)
    }
    await #expect(throws: Fault.self) {
      try await checks.switchOff(
        code, for: nil, because: "y", until: Day(year: 2025, month: 1, day: 9), by: .command)
    }
    try await checks.switchOff(code, for: nil, because: "y", by: town[.system])
    await #expect(throws: Fault.invalid("rule", "check.already-off", ["code": code])) {
      try await checks.switchOff(code, for: nil, because: "z", by: .command)
    }
  }

  @Test("limits come from a file with its mistakes by line and key, and change what is found")
  func limits() async throws {
    #expect(try CheckLimits.read(CheckLimits.shippedFile) == CheckLimits())
    let bad = NamedFile(
      name: "l.yaml", text: "lowExecution: 101\nfarexceeded: 1\nboundsToTheDot: 2.5\nrateGap: [1]\n"
    )
    let fault = #expect(throws: Fault.self) { try CheckLimits.read(bad) }
    #expect(fault?.code == "check.limits-invalid")
    #expect(
      fault?.fields.map(\.name) == [
        "l.yaml:2 farexceeded", "l.yaml:1 lowExecution", "l.yaml:4 rateGap",
        "l.yaml:3 boundsToTheDot",
      ])
    let town = try await ProjectTown()
    var form = CheckSamples.sound
    form.money("100.00", "130.00", "129.00")
    let id = try await town.desk.take(
      [form], year: 2024, for: town.first, by: town[.writer])[0]
    let rule = "budget.large-change-unexplained"
    #expect(try await findings(id, town).shown.contains(rule))
    try await town.desk.checks.setLimits("largeChange: 30\n", by: town[.system])
    #expect(try await !findings(id, town).shown.contains(rule))
    await #expect(throws: Fault.self) {
      try await town.desk.checks.setLimits("", by: town[.writer])
    }
    try await town.desk.checks.setLimits(" ", by: town[.system])
    #expect(try await findings(id, town).shown.contains(rule))
  }
}
