import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

@Suite struct ProjectYearTests {
  private func set(
    _ days: [ProjectPhase: String], _ town: ProjectTown, by who: ProjectTown.Who = .above,
    at organisation: ID<Organisation>? = nil
  ) async throws {
    let read = days.compactMapValues { Day($0) }
    try await town.database.write { tx in
      try town.desk.setYear(
        read, year: 2024, of: organisation ?? town.first, by: town[who], in: tx)
    }
  }

  private func life(_ id: ID<Project>, _ town: ProjectTown) async throws -> ProjectLife {
    let file = try await town.file(id)
    return try await town.database.read { try town.desk.life(of: file, in: $0) }
  }

  @Test("the year is a line of eight steps, each as far as it has come")
  func line() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    #expect(try await life(id, town).steps.map(\.phase) == ProjectPhase.allCases)
    #expect(
      try await life(id, town).steps.map(\.state) == [
        .open, .open, .open, .draft, .ahead, .ahead, .ahead, .ahead,
      ])
    try await town.bring(.appraisal, of: id, to: .waived)
    try await town.bring(.targets, of: id, to: .reviewed)
    try await town.bring(.monitoring, of: id, to: .draft)
    #expect(
      try await life(id, town).steps.map(\.state) == [
        .waived, .reviewed, .draft, .draft, .ahead, .ahead, .ahead, .ahead,
      ])
    #expect(try await life(id, town)[.targets]?.awaits == .projectApprove)
    try await town.desk.make(.approve, .targets, on: id, by: town[.above])
    try await SheetFlowTests.publish(id, town)
    #expect(
      try await life(id, town).steps.map(\.state) == [
        .waived, .done, .skipped, .done, .done, .done, .done, .open,
      ])
  }

  @Test("a due day that is no working day counts from the next; one of an unknown year stands")
  func workingDays() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    // 2025-01-25 is a Saturday; New Year's holiday is from the 28th to the 4th of February, and the
    // 26th is worked in its stead.
    try await set([.submission: "2025-01-25", .publication: "2025-01-28"], town)
    let life = try await life(id, town)
    #expect(life[.submission]?.due?.day == Day("2025-01-26"))
    #expect(life[.publication]?.due?.day == Day("2025-02-05"))
    #expect(life[.publication]?.due?.isMoved == true)
    #expect(DueDay(Day(number: 40_000), town.desk.calendar).isMoved == false)
  }

  @Test("a year's days stand in their order, and an empty one is taken from above")
  func order() async throws {
    let town = try await ProjectTown()
    let district = try await town.database.read {
      try #require(try OrganisationRows.organisation(code: "district", in: $0)).id
    }
    try await set(
      [.targets: "2024-02-01", .submission: "2025-01-31"], town, at: district)
    await #expect(
      performing: { try await set([.monitoring: "2024-01-15"], town) },
      throws: refusal("deadline.order", field: "monitoring"))
    await #expect(
      performing: { try await set([.use: "2024-12-01"], town) },
      throws: refusal("deadline.order", field: "use"))
    try await set([.monitoring: "2024-08-15"], town, by: .writer)
    await #expect(
      performing: { try await set([.monitoring: "2024-08-16"], town, by: .leader) },
      throws: refusal("right.missing"))
    await #expect(
      performing: { try await set([:], town, by: .writer, at: district) },
      throws: refusal("right.missing"))
    let id = try await town.project()
    #expect(try await life(id, town)[.monitoring]?.due?.given == Day("2024-08-15"))
    #expect(try await life(id, town)[.submission]?.due?.given == Day("2025-01-31"))
  }

  private func reminders(_ town: ProjectTown, _ who: ProjectTown.Who) async throws -> [String] {
    try await town.database.read { snapshot in
      try town.desk.reminders(for: town[who], now: town.clock.now(), in: snapshot).map {
        "\($0.phase?.rawValue ?? "rectification") \($0.state.rawValue)\($0.isOverdue ? " late" : "")"
      }
    }
  }

  @Test("everybody is reminded of what is theirs to do, and of nothing else")
  func reminding() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    #expect(try await reminders(town, .writer) == [], "without a day nothing presses")
    try await set(
      [.targets: "2024-03-01", .submission: "2025-01-13", .departmentReview: "2025-01-14"], town)
    #expect(try await reminders(town, .writer) == ["targets open late", "submission draft"])
    #expect(try await reminders(town, .leader) == [])
    #expect(try await reminders(town, .stranger) == [])
    try await town.bring(.targets, of: id, to: .submitted)
    #expect(try await reminders(town, .writer) == ["submission draft"])
    #expect(try await reminders(town, .leader) == ["targets submitted late"])
    try await town.desk.make(.review, .targets, on: id, by: town[.leader])
    // The writer may review for finance elsewhere, not here.
    #expect(try await reminders(town, .writer) == ["submission draft"])
    #expect(
      try await reminders(town, .above) == ["targets reviewed late", "submission draft"])
    try await town.desk.make(.approve, .targets, on: id, by: town[.above])
    try await town.desk.make(.submit, words: "说明", on: id, by: town[.writer])
    #expect(try await reminders(town, .writer) == [])
    #expect(try await reminders(town, .leader) == ["department-review submitted"])
    for who in [ProjectTown.Who.dispatcher, .assessor, .audit] {
      await #expect(performing: { try await reminders(town, who) }, throws: refusal("right.missing"))
    }
  }

  @Test("what is late is entered in the ledger once for each day that was set")
  func sweeping() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    let done = try await town.project(in: .published, named: "已公开")
    let sweep = ProjectSweep(desk: town.desk)
    #expect(try await sweep.run() == 0)
    try await set([.monitoring: "2024-08-15", .submission: "2025-01-09"], town)
    #expect(try await sweep.run() == 2)
    #expect(try await sweep.run() == 0)
    func late(_ id: ID<Project>) async throws -> Int {
      try await town.verbs(about: id).count { $0.verb == "project.overdue" }
    }
    #expect(try await late(id) == 2)
    #expect(try await late(done) == 0, "what is done is not late")
    try await set([.monitoring: "2024-08-15", .submission: "2025-01-20"], town)
    #expect(try await sweep.run() == 0)
    town.clock.set(try #require(Moment("2025-01-21T09:00:00+08:00")))
    #expect(try await sweep.run() == 1)
    #expect(try await sweep.run() == 0)
    #expect(try await late(id) == 3)
  }

  @Test("many projects are all looked through, in batches, and the pass rests between two runs")
  func batches() async throws {
    let town = try await ProjectTown()
    try await town.database.write { tx in
      for number in 0..<(ProjectSweep.batch + 5) {
        var draft = ProjectDraft()
        draft.name = "项目\(number)"
        try town.desk.add(draft, year: 2024, for: town.first, by: town[.writer], in: tx)
      }
    }
    try await set([.submission: "2025-01-09"], town)
    let sweep = ProjectSweep(desk: town.desk)
    #expect(try await sweep.runIfDue() == ProjectSweep.batch + 5)
    #expect(try await sweep.runIfDue() == 0)
  }

  @Test("an item to be put right that is late is entered once, and again after another day is set")
  func items() async throws {
    let town = try await ProjectTown()
    let id = try await town.project(in: .published)
    try await town.bring(.use, of: id, to: .approved)
    town.clock.set(try #require(Moment("2025-03-28T09:00:00+08:00")))
    #expect(try await reminders(town, .writer) == ["rectification open"])
    town.clock.set(try #require(Moment("2025-04-01T09:00:00+08:00")))
    #expect(try await reminders(town, .writer) == ["rectification open late"])
    let sweep = ProjectSweep(desk: town.desk)
    #expect(try await sweep.run() == 1)
    #expect(try await sweep.run() == 0)
  }
}
