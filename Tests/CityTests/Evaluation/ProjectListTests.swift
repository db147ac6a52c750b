import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

private let seeds = ProcessInfo.processInfo.environment["CHENGYUN_DATA"].map {
  URL(filePath: $0).deletingLastPathComponent().appending(path: "seeds")
}.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

@Suite struct ProjectListTests {
  private func lines(
    _ town: ProjectTown, _ who: ProjectTown.Who, _ filter: ProjectFilter = ProjectFilter()
  ) async throws -> ProjectLines {
    try await town.database.read {
      try town.desk.lines(filter, by: town[who], now: town.clock.now(), in: $0)
    }
  }

  @Test("one sees the projects of one's own subtree, and no money twice")
  func scope() async throws {
    let town = try await ProjectTown()
    let top = try await town.project(named: "合计")
    var part = ProjectTown.draft("部分")
    part.parent = top
    try await town.desk.add(part, year: 2024, for: town.first, by: town[.writer])
    try await town.desk.add(
      ProjectTown.draft("另一"), year: 2024, for: town.second, by: town[.stranger])
    try await town.project(in: .discarded, named: "作废")
    #expect(try await lines(town, .above).lines.map(\.project.name) == ["合计", "部分", "另一"])
    #expect(try await lines(town, .above).lines.map(\.depth) == [0, 1, 0])
    #expect(try await lines(town, .above).money.adjusted == 2_000_000)
    #expect(try await lines(town, .leader).lines.map(\.project.name) == ["合计", "部分"])
    #expect(try await lines(town, .stranger).lines.map(\.project.name) == ["另一"])
    #expect(try await lines(town, .villageLeader).lines.isEmpty)
    for who in [ProjectTown.Who.dispatcher, .handler, .assessor, .system, .security, .audit] {
      await #expect(
        performing: { try await lines(town, who) }, throws: refusal("right.missing"))
    }
    var filter = ProjectFilter()
    filter.text = "部分"
    #expect(try await lines(town, .writer, filter).lines.map(\.project.name) == ["部分"])
    filter = ProjectFilter()
    filter.year = 2023
    #expect(try await lines(town, .writer, filter).lines.isEmpty)
  }

  @Test("findings in a list follow every change, also of the other forms of the year")
  func findings() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    var filter = ProjectFilter()
    filter.severity = .error
    #expect(try await lines(town, .writer, filter).lines.isEmpty)
    var draft = ProjectDraft(try await town.file(id))
    draft.indicators[0].cells.score = "30"
    try await town.desk.edit(id, draft, by: town[.writer])
    let wrong = try await lines(town, .writer, filter).lines
    #expect(wrong.map { $0.count(.error) } == [1])
    #expect(wrong.first?.findings.contains { $0.code == "score.over-weight" } == true)
    draft.indicators[0].cells.score = "20"
    try await town.desk.edit(id, draft, by: town[.writer])
    #expect(try await lines(town, .writer, filter).lines.isEmpty)
  }

  @Test("the nearest deadline of the step that a form waits for tells whether it is late")
  func deadlines() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    let district = try await town.database.read {
      try #require(try OrganisationRows.organisation(code: "district", in: $0)).id
    }
    func set(_ day: String?, _ phase: ProjectPhase, _ at: ID<Organisation>, _ who: ProjectTown.Who)
      async throws
    {
      try await town.database.write { tx in
        try town.desk.setDeadline(
          day.flatMap { Day($0) }, for: phase, year: 2024, of: at, by: town[who], in: tx)
      }
    }
    try await set("2025-01-31", .submission, district, .above)
    try await set("2025-01-09", .submission, town.first, .writer)
    await #expect(
      performing: { try await set("2025-01-31", .submission, district, .writer) },
      throws: refusal("right.missing"))
    await #expect(
      performing: { try await set("2025-01-31", .submission, town.first, .leader) },
      throws: refusal("right.missing"))
    #expect(try await lines(town, .writer).lines.map(\.due) == [Day("2025-01-09")])
    #expect(try await lines(town, .writer).lines.map(\.isOverdue) == [true])
    try await set(nil, .submission, town.first, .writer)
    // In the holiday: it counts from the first working day after.
    #expect(try await lines(town, .writer).lines.map(\.due) == [Day("2025-02-05")])
    #expect(try await lines(town, .writer).lines.map(\.isOverdue) == [false])
    try await town.desk.make(.submit, on: id, by: town[.writer])
    #expect(try await lines(town, .writer).lines.map(\.due) == [nil])
    let seen = try await town.database.read {
      try town.desk.deadlines(of: 2024, by: town[.stranger], in: $0)
    }
    #expect(seen.map(\.phase) == [.submission])
  }

  @Test("a body's years stand side by side")
  func years() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    try await town.desk.copy(id, to: 2025, by: town[.writer])
    let years = try await town.database.read {
      try town.desk.years(of: town.first, by: town[.leader], in: $0)
    }
    #expect(years.years == [2024, 2025])
    #expect(years.lines.map(\.name) == ["网格巡查"])
    #expect(years.lines[0].cells[2024]?.total == 95.6)
    #expect(years.lines[0].cells[2025]?.total == nil)
    #expect(years.sums.map(\.money.executed) == [960_000, 0])
    await #expect(
      performing: {
        try await town.database.read {
          try town.desk.years(of: town.second, by: town[.leader], in: $0)
        }
      }, throws: refusal("organisation.missing"))
  }

  @Test("a form that was read keeps what it prints until somebody edits it")
  func imported() async throws {
    let town = try await ProjectTown()
    var form = ProjectTown.draft("读入").form(year: 2024)
    form.budget.total.rate = "95.99%"
    form.total.score = "96.00"
    form.source = "a.txt"
    var nameless = form
    nameless.project = ""
    let forms = [form, nameless]
    await #expect(
      performing: { try await town.desk.take(forms, for: town.first, by: town[.writer]) },
      throws: refusal("value.missing", field: "forms.1.name"))
    let whole = [form]
    await #expect(
      performing: { try await town.desk.take(whole, for: town.second, by: town[.writer]) },
      throws: refusal("right.missing"))
    let id = try #require(
      try await town.desk.take(whole, for: town.first, by: town[.writer]).first)
    let file = try await town.file(id)
    #expect(file.form == form)
    #expect(file.indicators.allSatisfy { $0.source.origin == .imported })
    await #expect(
      performing: { try await town.desk.take(whole, for: town.first, by: town[.writer]) },
      throws: refusal("project.exists", field: "forms.0.name"))
    try await town.desk.edit(id, ProjectDraft(file), by: town[.mate])
    let edited = try await town.file(id)
    #expect(edited.form.total.score == "95.60")
    #expect(edited.indicators.allSatisfy { $0.source.origin == .imported })
  }

  @Test("what could not be placed when a form was read in stays known, and the form as it was read")
  func unplaced() async throws {
    let town = try await ProjectTown()
    var form = ProjectTown.draft("读入").form(year: 2024)
    form.source = "a.txt"
    form.unplaced = [UnplacedText(line: 20, text: "（填报人）", reason: .noPlace)]
    let id = try #require(
      try await town.desk.take([form], for: town.first, by: town[.writer]).first)
    let file = try await town.file(id)
    #expect(file.form.unplaced.isEmpty, "what stands nowhere is no part of the form")
    var draft = ProjectDraft(file)
    draft.goal = "改过的目标"
    try await town.desk.edit(id, draft, by: town[.mate])
    let changed = try await town.file(id)
    let parts = try await town.database.read { try town.desk.parts(of: changed, in: $0) }
    #expect(parts.reading?.form == form)
    #expect(parts.reading?.submittedBy == town[.writer].person)
    #expect(parts.versions.isEmpty, "it was not handed in")
    let own = try await town.desk.add(
      ProjectTown.draft("自己填"), year: 2024, for: town.first, by: town[.writer])
    let made = try await town.file(own)
    #expect(try await town.database.read { try town.desk.parts(of: made, in: $0).reading } == nil)
  }

  @Test("of two forms of one project and year the other one is named, and nothing is taken over")
  func twice() async throws {
    let town = try await ProjectTown()
    var forms = ["甲", "乙", "甲"].map { ProjectTown.draft($0).form(year: 2024) }
    forms[0].source = "a.docx"
    forms[0].ordinal = 3
    forms[2].unit = "另一单位"
    // The same project of another year is no double.
    forms.append(ProjectTown.draft("甲").form(year: 2023))
    let batch = forms
    await #expect(
      performing: { try await town.desk.take(batch, for: town.first, by: town[.writer]) },
      throws: { error in
        (error as? Fault)?.fields == [
          Fault.Field(
            "forms.2.name", "project.twice",
            ["file": "a.docx", "ordinal": "3", "unit": "实施单位"])
        ]
      })
    #expect(
      try await town.database.read { try $0.value("SELECT COUNT(*) FROM project", as: Int.self) }
        == 0)
  }

  @Test(
    "the published forms are taken over with their totals, findings and tree",
    .enabled(if: seeds != nil, "CHENGYUN_DATA is not set"))
  func published() async throws {
    let town = try await ProjectTown()
    let folder = try #require(seeds)
    var count = 0
    var parts = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name.hasSuffix(".txt") {
      let bytes = try [UInt8](Data(contentsOf: folder.appending(path: name)))
      let forms = try EvaluationReading.read(bytes, named: name)
      let body = try await town.database.write { tx in
        try OrganisationDesk.add(
          OrganisationDraft(
            code: "body-\(name.prefix(3))", name: name, kind: .unit, parent: "district",
            area: nil), by: .command, in: tx)
      }
      let ids = try await town.desk.take(forms, for: body, by: town[.above])
      let checked = EvaluationCheck.check(forms)
      let lines = try await town.database.read { snapshot in
        try forms.first?.year.map { year in
          var filter = ProjectFilter()
          filter.year = year
          filter.organisationPath = "district/body-\(name.prefix(3))/"
          return try town.desk.lines(
            filter, by: town[.above], now: town.clock.now(), in: snapshot)
        }
      }
      for (id, form) in zip(ids, checked) {
        var bare = form
        bare.findings = []
        bare.unplaced = []
        let kept = try await town.file(id, as: .above)
        #expect(kept.form == bare)
        #expect(kept.form.computed.total == form.total.score.value)
        let line = lines?.lines.first { $0.project.id == id }
        #expect(line?.findings.map(\.code) == form.findings.map(\.code))
      }
      count += ids.count
      parts += lines?.lines.count { $0.depth > 0 } ?? 0
    }
    #expect(count == 48)
    #expect(parts == 14)
  }
}
