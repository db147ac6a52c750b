import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

@Suite struct ProjectEditingTests {
  @Test("sums, rate, points, total and grade follow from what was typed")
  func computed() async throws {
    let town = try await ProjectTown()
    let form = try await town.file(try await town.project()).form
    #expect(form.budget.total.opening == "100.00")
    #expect(form.budget.total.executed == "96.00")
    #expect(form.budget.total.rate == "96.00%")
    #expect(form.budget.total.score == "9.60")
    #expect(form.budget.total.weight == "10")
    #expect(form.budget.currentYear.rate == "95.00%")
    #expect(form.total.weight.value == 100)
    #expect(form.total.score == "95.60")
    #expect(form.grade == "优")
    #expect(form.indicators[2].reason == "两个月人手不足；补充三人")
    #expect(form.computed.total == form.total.score.value)
  }

  @Test("a form that somebody else changed is refused, and stays")
  func stale() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    var draft = ProjectDraft(try await town.file(id))
    draft.goal = "第一"
    try await town.desk.edit(id, draft, revision: 1, by: town[.mate])
    draft.goal = "第二"
    let late = draft
    await #expect(
      performing: { try await town.desk.edit(id, late, revision: 1, by: town[.writer]) },
      throws: refusal("project.stale"))
    await #expect(
      performing: {
        try await town.desk.make(.submit, on: id, revision: 1, by: town[.writer])
      }, throws: refusal("project.stale"))
    #expect(try await town.file(id).project.goal == "第一")
    #expect(try await town.file(id).project.revision == 2)
  }

  @Test("every wrong field is named at once")
  func faults() async throws {
    let town = try await ProjectTown()
    var draft = ProjectTown.draft("  ")
    draft.sector = "nothing"
    draft.budget.other.adjusted = "二十"
    draft.budget.total.weight = "-1"
    draft.indicators[0].cells.name = ""
    draft.indicators[1].cells.weight = "abc"
    draft.indicators[3].id = ID(5)
    let wrong = draft
    await #expect(
      performing: {
        try await town.desk.add(wrong, year: 2024, for: town.first, by: town[.writer])
      },
      throws: { error in
        let fields = (error as? Fault)?.fields.map { "\($0.name) \($0.code)" } ?? []
        return Set(fields) == [
          "name value.missing", "sector sector.unknown",
          "budget.other.adjusted number.unreadable", "budget.total.weight number.negative",
          "indicators.0.name value.missing", "indicators.1.weight number.unreadable",
          "indicators.3 indicator.unknown",
        ]
      })
    for year in [1999, 2101] {
      await #expect(
        performing: {
          try await town.desk.add(
            ProjectTown.draft(), year: year, for: town.first, by: town[.writer])
        }, throws: refusal("year.range", field: "year"))
    }
  }

  @Test("a name stands once in a body's year; thrown away, it is free again")
  func names() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    await #expect(
      performing: { try await town.project() }, throws: refusal("project.exists", field: "name"))
    _ = try await town.desk.add(
      ProjectTown.draft(), year: 2025, for: town.first, by: town[.writer])
    _ = try await town.desk.add(
      ProjectTown.draft(), year: 2024, for: town.second, by: town[.stranger])
    try await town.desk.make(.discard, on: id, by: town[.writer])
    _ = try await town.project()
  }

  @Test("projects are made in one's own scope only")
  func scope() async throws {
    let town = try await ProjectTown()
    for who in ProjectTown.Who.allCases where ![.writer, .mate, .above].contains(who) {
      await #expect(
        performing: {
          try await town.desk.add(
            ProjectTown.draft(), year: 2024, for: town.first, by: town[who])
        }, throws: refusal("right.missing"))
    }
  }

  @Test("a change of the budget wants a reason, and is kept with who, when and why")
  func budget() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    var draft = ProjectDraft(try await town.file(id))
    draft.budget.currentYear.adjusted = "90"
    let unexplained = draft
    await #expect(
      performing: { try await town.desk.edit(id, unexplained, by: town[.mate]) },
      throws: refusal("budget.reason-missing", field: "budgetReason"))
    draft.budgetReason = "追加巡查经费"
    draft.budgetDay = Day("2024-09-01")
    try await town.desk.edit(id, draft, by: town[.mate])
    let file = try await town.file(id)
    // The total was the sum, and stays it.
    #expect(file.budget.total.adjusted == "110.00")
    let changes = try await town.database.read { try ProjectPartRows.changes(id, in: $0) }
    #expect(
      changes.map { "\($0.row.rawValue).\($0.column.rawValue)" } == [
        "total.adjusted", "currentYear.adjusted",
      ])
    #expect(changes.map(\.before) == ["100.00", "80.00"])
    #expect(changes.allSatisfy { $0.by == town[.mate].person && $0.reason == "追加巡查经费" })
    #expect(changes.first?.effective == Day("2024-09-01"))
    // Money spent goes on growing, without a word.
    draft = ProjectDraft(file)
    draft.budget.currentYear.executed = "77"
    try await town.desk.edit(id, draft, by: town[.writer])
    // The same amount written otherwise is no change.
    draft = ProjectDraft(try await town.file(id))
    draft.budget.currentYear.opening = "80"
    try await town.desk.edit(id, draft, by: town[.writer])
    let later = try await town.database.read { try ProjectPartRows.changes(id, in: $0) }
    #expect(later.count == 4)
  }

  @Test("each actual value says where it comes from")
  func origins() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    var file = try await town.file(id)
    let indicator = file.indicators[4].id
    #expect(file.indicators.allSatisfy { $0.source.origin == .typed })
    var draft = ProjectDraft(file)
    draft.indicators[4].origin = .outside
    let unproved = draft
    await #expect(
      performing: { try await town.desk.edit(id, unproved, by: town[.mate]) },
      throws: refusal("origin.document-missing", field: "indicators.4.document"))
    let paper = try await town.database.write { tx in
      try town.desk.attach(
        ProjectTown.paper(), named: "测评报告.pdf", to: id, indicator: indicator,
        by: town[.writer], in: tx)
    }
    draft.indicators[4].document = paper
    draft.indicators[0].cells.actual = "97%"
    try await town.desk.edit(id, draft, by: town[.mate])
    file = try await town.file(id)
    #expect(file.indicators[4].source.origin == .outside)
    #expect(file.indicators[4].source.document == paper)
    #expect(file.indicators[0].source.by == town[.mate].person)
    #expect(file.indicators[1].source.by == town[.writer].person)
    // Typed over, it is no longer what the document says.
    draft = ProjectDraft(file)
    draft.indicators[4].origin = .typed
    draft.indicators[4].cells.actual = "95%"
    try await town.desk.edit(id, draft, by: town[.writer])
    #expect(try await town.file(id).indicators[4].source.origin == .typed)
  }

  @Test("lines are moved, added and taken away; what belonged to a line stays with the project")
  func lines() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    let before = try await town.file(id)
    let gone = before.indicators[1].id
    try await town.database.write { tx in
      try town.desk.attach(
        ProjectTown.paper(), named: "a", to: id, indicator: gone, by: town[.writer], in: tx)
      try town.desk.comment("为什么？", on: id, about: gone, by: town[.leader], in: tx)
    }
    var draft = ProjectDraft(before)
    draft.indicators.remove(at: 1)
    draft.indicators.swapAt(0, 1)
    draft.indicators.append(IndicatorDraft())
    draft.indicators.append(
      ProjectTown.indicator("产出指标", "时效指标", "及时率", "=100%", "100%", "20", "20"))
    try await town.desk.edit(id, draft, by: town[.writer])
    let after = try await town.file(id)
    #expect(after.indicators.map(\.cells.name) == ["处置率", "成本控制率", "有责投诉", "居民满意度", "及时率"])
    #expect(after.indicators[0].id == before.indicators[2].id)
    let parts = try await town.database.read { try town.desk.parts(of: after, in: $0) }
    #expect(parts.attachments.map(\.indicator) == [nil])
    #expect(parts.comments.map(\.indicator) == [nil])
  }

  @Test("the tree never closes in a ring, and stays within a body's year")
  func tree() async throws {
    let town = try await ProjectTown()
    let top = try await town.project(named: "甲")
    var draft = ProjectTown.draft("乙")
    draft.parent = top
    let part = try await town.desk.add(draft, year: 2024, for: town.first, by: town[.writer])
    draft = ProjectDraft(try await town.file(top))
    for parent in [top, part] {
      draft.parent = parent
      let ring = draft
      await #expect(
        performing: { try await town.desk.edit(top, ring, by: town[.writer]) },
        throws: refusal("project.parent-itself", field: "parent"))
    }
    draft = ProjectTown.draft("丙")
    draft.parent = top
    let other = draft
    await #expect(
      performing: {
        try await town.desk.add(other, year: 2025, for: town.first, by: town[.writer])
      },
      throws: refusal("project.parent-unknown", field: "parent"))
    let file = try await town.file(top)
    let possible = try await town.database.read {
      try town.desk.possibleParents(
        of: file.project, year: 2024, organisation: town.first, in: $0)
    }
    #expect(possible.isEmpty)
  }

  @Test("the ledger has codes and figures, and no word that anybody wrote")
  func ledger() async throws {
    let town = try await ProjectTown()
    let id = try await town.project(in: .submitted)
    try await town.database.write { tx in
      try town.desk.comment("请补材料", on: id, about: nil, by: town[.leader], in: tx)
    }
    try await town.desk.make(.giveBack, words: "依据不足", on: id, by: town[.leader])
    let entries = try await town.verbs(about: id)
    #expect(
      entries.map(\.verb) == [
        "project.add", "project.submit", "project.comment", "project.return",
      ])
    #expect(entries.allSatisfy { $0.subjectKind == .project })
    for entry in entries {
      #expect(entry.payload.utf8.allSatisfy { $0 < 128 }, "\(entry.payload)")
    }
  }
}
