import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

@Suite struct ProjectLifeTests {
  @Test("a form that says nothing is not handed in; every gap is named")
  func incomplete() async throws {
    let town = try await ProjectTown()
    var draft = ProjectTown.draft()
    draft.goal = ""
    draft.indicators[1].cells.actual = ""
    draft.budget = EvaluationBudget()
    let id = try await town.desk.add(draft, year: 2024, for: town.first, by: town[.writer])
    await #expect(
      performing: { try await town.desk.make(.submit, on: id, by: town[.writer]) },
      throws: { error in
        (error as? Fault)?.fields.map(\.name) == [
          "goal", "budget.total.adjusted", "budget.total.executed", "indicators.1.actual",
        ]
      })
  }

  @Test("a form that contradicts itself wants a word with it")
  func contradiction() async throws {
    let town = try await ProjectTown()
    var draft = ProjectTown.draft()
    draft.indicators[0].cells.score = "21"
    let id = try await town.desk.add(draft, year: 2024, for: town.first, by: town[.writer])
    await #expect(
      performing: { try await town.desk.make(.submit, on: id, by: town[.writer]) },
      throws: refusal("project.errors-unexplained", field: "words"))
    try await town.desk.make(.submit, words: "上级要求", on: id, by: town[.writer])
    #expect(try await town.file(id).project.state == .submitted)
  }

  @Test("a return wants its reason; nothing was said where a move was refused")
  func reason() async throws {
    let town = try await ProjectTown()
    let id = try await town.project(in: .submitted)
    await #expect(
      performing: { try await town.desk.make(.giveBack, words: " ", on: id, by: town[.leader]) },
      throws: refusal("value.missing", field: "words"))
    await #expect(
      performing: { try await town.desk.make(.giveBack, words: "不", on: id, by: town[.mate]) },
      throws: refusal("project.move-not-now"))
    #expect(try await town.database.read { try ProjectPartRows.comments(id, in: $0) }.isEmpty)
  }

  @Test("each submission is kept as it was, and two of them compare")
  func versions() async throws {
    let town = try await ProjectTown()
    let id = try await town.project(in: .submitted)
    try await town.desk.make(.giveBack, words: "得分有误", on: id, by: town[.leader])
    var draft = ProjectDraft(try await town.file(id))
    draft.indicators[2].cells.score = "15"
    draft.indicators[3].cells.name = "有责投诉数"
    draft.indicators.remove(at: 1)
    try await town.desk.edit(id, draft, by: town[.writer])
    // A line is gone, so that the weights no longer make 100.
    try await town.desk.make(.submit, words: "已核减一项", on: id, by: town[.writer])
    let versions = try await town.database.read { try ProjectPartRows.versions(id, in: $0) }
    #expect(versions.map(\.number) == [1, 2])
    #expect(versions[0].form.indicators.count == 5)
    #expect(versions[0].form.total.score == "95.60")
    #expect(versions[1].form == (try await town.file(id)).form)
    let comparison = FormComparison(versions[0].form, versions[1].form)
    #expect(comparison.total == .init(before: "95.60", after: "74.60"))
    #expect(
      comparison.lines.map { $0.after?.name ?? "-" } == ["成本控制率", "处置率", "有责投诉数", "居民满意度", "-"])
    #expect(comparison.lines[2].before?.name == "有责投诉")
    #expect(comparison.lines[4].before?.name == "巡查次数")
    #expect(FormComparison(versions[0].form, versions[0].form).changes == 0)
  }

  @Test("a published form is everybody's; none before")
  func published() async throws {
    let town = try await ProjectTown()
    let id = try await town.project(in: .financeReviewed)
    await #expect(
      performing: { try await town.database.read { try town.desk.published(id, in: $0) } },
      throws: refusal("project.missing"))
    try await town.desk.make(.publish, on: id, by: town[.writer])
    let file = try await town.database.read { try town.desk.published(id, in: $0) }
    #expect(file.project.publishedAt != nil)
  }

  @Test("the next year's project has goal, targets and weights, and nothing that has yet to happen")
  func copy() async throws {
    let town = try await ProjectTown()
    let top = try await town.project(named: "合计")
    var part = ProjectTown.draft("部分")
    part.parent = top
    let id = try await town.desk.add(part, year: 2024, for: town.first, by: town[.writer])
    let next = try await town.desk.copy(top, to: 2025, by: town[.mate])
    let copied = try await town.file(try await town.desk.copy(id, to: 2025, by: town[.mate]))
    #expect(copied.project.parent == next)
    #expect(copied.project.copiedFrom == id)
    #expect(copied.project.state == .draft)
    #expect(copied.form.goal == part.goal && copied.form.result.isEmpty)
    #expect(copied.form.budget.total.adjusted.isEmpty)
    #expect(copied.form.indicators.map(\.target) == part.indicators.map(\.cells.target))
    #expect(copied.form.indicators.map(\.weight) == part.indicators.map(\.cells.weight))
    #expect(copied.form.indicators.allSatisfy { $0.actual.isEmpty && $0.score.isEmpty })
    #expect(copied.form.indicators.allSatisfy { $0.reason.isEmpty })
    await #expect(
      performing: { try await town.desk.copy(top, to: 2025, by: town[.writer]) },
      throws: refusal("project.exists", field: "name"))
    await #expect(
      performing: { try await town.desk.copy(top, to: 2026, by: town[.leader]) },
      throws: refusal("right.missing"))
  }

  @Test("points are proposed with their why")
  func proposals() {
    func propose(_ target: String, _ actual: String, _ direction: ScoreDirection? = nil)
      -> ScoreProposal
    {
      ScoreProposal(
        EvaluationIndicator(target: target, actual: actual, weight: "10"), direction: direction)
    }
    #expect(propose("≥95%", "95%").points == 10)
    #expect(propose("≥95%", "76%").points == 8)
    #expect(propose("≥95%", "76%").why == .ratio)
    #expect(propose("=100个", "80个").why == .differs)
    #expect(propose("=100个", "80个", .moreIsBetter).points == 8)
    #expect(propose("达标", "达成指标").why == .said)
    #expect(propose("达标", "达成指标").points == nil)
    // A figure or a date that is met is no matter of judgement, however it is said.
    for target in ["=100%", "≥3(次)", "11月30日前", "24小时内"] {
      #expect(propose(target, "达成指标").why == .saidMeasured)
      #expect(propose(target, "达成指标").points == 10)
    }
    #expect(propose("≥10次", "30次").why == .farAbove)
    #expect(propose("≥10次", "").why == .missing)
    #expect(
      ScoreProposal(EvaluationIndicator(target: "1", actual: "1", weight: "—")).why == .weightless)
  }

  @Test("a file that only a project refers to is not swept away")
  func sweep() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    let used = try await town.database.write { tx in
      try town.desk.attach(ProjectTown.paper(), named: "a", to: id, by: town[.writer], in: tx)
      return try BlobRows.used([ProjectTown.paper().digest, "x"], in: tx)
    }
    #expect(used == [ProjectTown.paper().digest])
    let first = try await town.database.write { tx in
      try town.desk.attach(ProjectTown.paper(), named: "b", to: id, by: town[.mate], in: tx)
    }
    let row = try await town.database.read {
      try town.desk.attachment(first, by: town[.leader], in: $0)
    }
    #expect(row.name == "a")
    await #expect(
      performing: {
        try await town.database.read {
          try town.desk.attachment(first, by: town[.stranger], in: $0)
        }
      }, throws: refusal("project.missing"))
  }

  @Test("the library that ships is read, and what is wrong with one is named")
  func library() {
    let library = IndicatorLibrary.shipped
    #expect(library.sectors.count >= 8)
    #expect(library.entries.count >= 80)
    #expect(library.entries(of: "hotline").contains { $0.sector == "general" })
    for entry in library.entries {
      #expect(!EvaluationTarget(entry.target).text.isEmpty)
    }
    let wrong = NamedFile(
      name: "x.yaml",
      text: """
        sectors:
          - code: a
            name: 甲
            english: A
            indicators:
              - {level1: 产出, level2: 数量指标, name: 一, target: "1"}
              - {level1: 产出指标, level2: 数量指标, name: 二}
        """)
    #expect(
      performing: { try IndicatorLibrary.read(wrong) },
      throws: { ($0 as? Fault)?.fields.count == 2 })
  }
}
