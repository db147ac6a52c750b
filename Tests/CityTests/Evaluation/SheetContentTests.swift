import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

@Suite struct SheetContentTests {
  private func gaps(
    _ kind: SheetKind, _ content: SheetContent, _ town: ProjectTown, _ id: ID<Project>
  ) async throws -> [String] {
    try await town.desk.write(content, on: id, by: town[.writer])
    do {
      try await town.desk.make(.submit, kind, on: id, by: town[.writer])
      return []
    } catch let fault as Fault {
      return fault.fields.map { "\($0.name) \($0.code)" }
    }
  }

  @Test("an appraisal is handed in with day, score, conclusion and its document, or not at all")
  func appraisal() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    var empty = AppraisalContent()
    empty.outOf = .none
    #expect(
      try await gaps(.appraisal, .appraisal(empty), town, id) == [
        "day value.missing", "appraiser value.missing", "score value.missing",
        "outOf value.missing", "conclusion value.missing", "document value.missing",
      ])
    guard case .appraisal(var full) = try await town.content(.appraisal, id) else { return }
    #expect(full.percent == 89)
    #expect(full.grade == .good)
    full.day = Day("2025-01-11")
    #expect(try await gaps(.appraisal, .appraisal(full), town, id) == ["day day.ahead"])
    full.day = Day("2023-10-20")
    full.score = "120"
    let over = SheetContent.appraisal(full)
    await #expect(
      performing: { try await town.desk.write(over, on: id, by: town[.writer]) },
      throws: refusal("score.over", field: "score"))
    full.score = "89"
    full.document = ID(1)
    let foreign = SheetContent.appraisal(full)
    await #expect(
      performing: { try await town.desk.write(foreign, on: id, by: town[.writer]) },
      throws: refusal("origin.document-missing", field: "document"))
  }

  @Test("targets are handed in when their weights and the budget's make 100")
  func weights() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    guard case .targets(var content) = try await town.content(.targets, id) else { return }
    content.lines[0].weight = "19"
    #expect(try await gaps(.targets, .targets(content), town, id) == ["lines weights.sum"])
    content.lines[0].weight = "20"
    content.lines[1].target = ""
    #expect(
      try await gaps(.targets, .targets(content), town, id) == ["lines.1.target value.missing"])
  }

  @Test("monitoring is of a day of the year that has been, and what is behind wants measures")
  func monitoring() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    guard case .monitoring(var content) = try await town.content(.monitoring, id) else { return }
    content.asOf = Day("2025-01-05")
    #expect(
      try await gaps(.monitoring, .monitoring(content), town, id) == ["asOf day.outside-year"])
    content.asOf = Day("2024-06-30")
    content.executed = "20"
    #expect(
      try await gaps(.monitoring, .monitoring(content), town, id) == [
        "measures monitoring.measures-missing"
      ])
    content.measures = "七月起按月支付。"
    #expect(try await gaps(.monitoring, .monitoring(content), town, id) == [])
    let kept = try await town.sheet(.monitoring, id).last?.content.monitoring
    #expect(kept?.adjusted == "100.00", "the desk knows the budget")
    #expect(kept?.lines.map(\.target) == ["≤100%", "≥1200次", "≥95%", "=0件", "≥90%"])
  }

  @Test("the next round of monitoring begins without the figures of the last, and keeps that")
  func rounds() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    try await town.bring(.monitoring, of: id, to: .approved)
    let before = try await town.sheet(.monitoring, id).last?.content
    try await town.desk.make(.reopen, .monitoring, on: id, by: town[.writer])
    let sheet = try await town.sheet(.monitoring, id)
    #expect(sheet.rounds.map(\.round) == [1, 2])
    #expect(sheet.rounds[0].content == before)
    #expect(sheet.rounds[0].state == .approved)
    #expect(sheet.last?.content.monitoring?.asOf == nil)
    #expect(sheet.last?.content.monitoring?.lines.map(\.actual) == ["", "", "", "", ""])
    #expect(sheet.revision > sheet.rounds[0].revision)
  }

  @Test("the form begins with the approved targets; before that it is as it was")
  func targetsTaken() async throws {
    let town = try await ProjectTown()
    var bare = ProjectDraft()
    bare.name = "新项目"
    bare.moneyUnit = .tenThousandYuan
    let id = try await town.desk.add(bare, year: 2024, for: town.first, by: town[.writer])
    var content = TargetsContent()
    content.goal = "建成三处"
    for (name, weight) in [("建成处数", PrintedNumber("60")), ("满意度", "30")] {
      var line = TargetLine()
      line.level1 = "产出指标"
      line.name = name
      line.target = name == "满意度" ? "≥90%" : "=3处"
      line.weight = weight
      line.direction = .moreIsBetter
      content.lines.append(line)
    }
    try await town.bring(.targets, of: id, to: .reviewed, content: .targets(content))
    #expect(try await town.file(id).indicators.isEmpty)
    let revision = try await town.file(id).project.revision
    try await town.desk.make(.approve, .targets, on: id, by: town[.above])
    let file = try await town.file(id)
    #expect(file.indicators.map(\.cells.target) == ["=3处", "≥90%"])
    #expect(file.indicators.map(\.direction) == [.moreIsBetter, .moreIsBetter])
    #expect(file.project.goal == "建成三处")
    #expect(file.project.total.weight == "100")
    #expect(file.project.revision == revision + 1)
    #expect(try await town.notices(id).isEmpty)
    // Who approves the targets may still review the form for finance: nothing was written by them.
    #expect(!file.had([.wrote], town[.above]))
  }

  @Test("a target is changed with its reason, which stands with the form; one typed over it is told")
  func changes() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    try await town.bring(.targets, of: id, to: .approved)
    var draft = ProjectDraft(try await town.file(id))
    draft.indicators[4].cells.target = "≥80%"
    draft.indicators.append(
      ProjectTown.indicator("效益指标", "社会效益指标", "另加", "=1项", "1项", "0", "0"))
    try await town.desk.edit(id, draft, by: town[.writer])
    #expect(
      try await town.notices(id).map(\.code) == [.targetDeparts, .targetUndeclared])
    await #expect(
      performing: { try await town.desk.make(.submit, on: id, by: town[.writer]) },
      throws: refusal("project.departures-unexplained", field: "words"))
    await #expect(
      performing: { try await town.desk.make(.reopen, .targets, on: id, by: town[.writer]) },
      throws: refusal("value.missing", field: "words"))
    try await town.desk.make(.reopen, .targets, words: "道路施工", on: id, by: town[.writer])
    // What is approved holds until the change is.
    let reopened = try await town.sheet(.targets, id)
    #expect(reopened.approved?.round == 1)
    guard case .targets(var content)? = reopened.last?.content else { return }
    content.lines[1].target = "≥1000次"
    content.lines.remove(at: 3)
    content.lines[0].weight = "40"
    try await town.bring(.targets, of: id, to: .approved, content: .targets(content))
    let changes = try await town.sheet(.targets, id).targetChanges
    #expect(changes.map(\.field) == [.weight, .target, .removed])
    #expect(changes[1].before == "≥1200次" && changes[1].after == "≥1000次")
    #expect(changes.map(\.reason) == ["道路施工", "道路施工", "道路施工"])
    let file = try await town.file(id)
    #expect(file.indicators[1].cells.target == "≥1000次")
    #expect(file.indicators[4].cells.target == "≥80%", "what was typed since is not overwritten")
    // The line that is gone has a figure: people decide about it.
    #expect(file.indicators.contains { $0.cells.name == "有责投诉" })
  }

  @Test("what the use of a result asks for is watched, done once, and kept when the use changes")
  func rectification() async throws {
    let town = try await ProjectTown()
    let id = try await town.project(in: .published)
    try await town.bring(.use, of: id, to: .approved)
    func items() async throws -> [Rectification] {
      let file = try await town.file(id)
      return try await town.database.read { try town.desk.rectifications(of: file, in: $0) }
    }
    let item = try #require(try await items().first)
    func mark(_ day: Day?, _ words: String, _ who: ProjectTown.Who) async throws {
      try await town.database.write {
        try town.desk.mark(item.id, done: day, words: words, by: town[who], in: $0)
      }
    }
    let today = try #require(Day("2025-01-10"))
    await #expect(
      performing: { try await mark(today + 1, "完成", .writer) },
      throws: refusal("day.ahead", field: "day"))
    await #expect(
      performing: { try await mark(today, " ", .writer) },
      throws: refusal("value.missing", field: "words"))
    await #expect(
      performing: { try await mark(today, "完成", .leader) }, throws: refusal("right.missing"))
    await #expect(
      performing: { try await mark(today, "完成", .stranger) },
      throws: refusal("rectification.missing"))
    try await mark(today, "已招聘三人", .writer)
    await #expect(
      performing: { try await mark(today, "再次", .mate) }, throws: refusal("rectification.marked"))
    #expect(try await items().map(\.doneWords) == ["已招聘三人"])
    try await town.desk.make(.reopen, .use, words: "增补", on: id, by: town[.writer])
    var content = UseContent()
    content.decision = .keep
    content.words = "改为保持"
    try await town.bring(.use, of: id, to: .approved, content: .use(content))
    #expect(try await items().map(\.doneWords) == ["已招聘三人"], "what was done is not forgotten")
    try await mark(nil, "复核未到岗", .above)
    #expect(try await items().map(\.doneOn) == [nil])
  }
}
