import Base
import Store
import TestSupport
import Testing

@testable import City

/// Sheets of the year in the town of the projects.
extension ProjectTown {
  /// Complete contents of each kind for the project that `ProjectTown.draft` makes.
  func content(_ kind: SheetKind, _ id: ID<Project>) async throws -> SheetContent {
    switch kind {
    case .appraisal:
      var content = AppraisalContent()
      content.day = Day("2023-10-20")
      content.appraiser = "某会计师事务所"
      content.isOutside = true
      content.score = "89"
      content.mean = "86.61"
      content.conclusion = .support
      content.requested = "100.00"
      content.document = try await paper(on: id)
      return .appraisal(content)
    case .targets:
      var content = TargetsContent()
      content.goal = "全年不间断巡查。"
      content.lines = try await file(id).indicators.map(TargetLine.init)
      return .targets(content)
    case .monitoring:
      var content = MonitoringContent()
      content.asOf = Day("2024-06-30")
      content.executed = "48.00"
      content.lines = try await file(id).indicators.map { indicator in
        var line = MonitoringLine(id: indicator.id)
        line.actual = ["96%", "610次", "95%", "0件", "91%"][indicator.place]
        return line
      }
      return .monitoring(content)
    case .use:
      var content = UseContent()
      content.decision = .reduce
      content.nextBudget = "90.00"
      content.words = "执行率偏低，核减下年预算。"
      content.disclosedOn = Day("2025-01-09")
      content.disclosedAt = "政府网站"
      var item = UseItem()
      item.what = "补充人手"
      item.responsible = "巡查科"
      item.due = Day("2025-03-31")
      content.items = [item]
      return .use(content)
    }
  }

  /// A document of the project; published ones have it from before.
  func paper(on id: ID<Project>, named name: String = "评估报告.pdf") async throws
    -> ID<ProjectAttachment>
  {
    try await database.write { tx in
      try desk.attach(Self.paper(name), named: name, to: id, by: self[.writer], in: tx)
    }
  }

  /// Brings a sheet to a state by those whose work it is.
  func bring(
    _ kind: SheetKind, of id: ID<Project>, to state: SheetState, content: SheetContent? = nil,
    reason: String = ""
  ) async throws {
    if state == .waived {
      try await desk.make(.waive, kind, words: "小额项目", on: id, by: self[.above])
      return
    }
    let filled: SheetContent =
      if let content { content } else { try await self.content(kind, id) }
    try await desk.write(filled, on: id, by: self[.writer])
    guard state != .draft else { return }
    try await desk.make(.submit, kind, on: id, by: self[.writer])
    guard state != .submitted else { return }
    if kind == .targets { try await desk.make(.review, kind, on: id, by: self[.leader]) }
    guard state != .reviewed else { return }
    let approver: Who = kind == .monitoring ? .leader : .above
    try await desk.make(.approve, kind, on: id, by: self[approver])
  }

  func sheet(_ kind: SheetKind, _ id: ID<Project>) async throws -> SheetFile {
    try await database.read { try desk.sheet(kind, of: id, by: self[.writer], in: $0) }
  }

  func notices(_ id: ID<Project>) async throws -> [YearNotice] {
    let file = try await file(id)
    return try await database.read { try desk.notices(of: file, in: $0) }
  }

  func enter(
    _ amount: PrintedNumber, _ kind: BudgetEntry.Kind = .change,
    _ source: EvaluationBudgetRow.Name = .currentYear, on day: String = "2024-07-01",
    to id: ID<Project>
  ) async throws {
    var draft = BudgetEntryDraft()
    draft.kind = kind
    draft.source = source
    draft.amount = amount
    draft.reason = "追加"
    draft.effective = Day(day)
    let entry = draft
    try await database.write { tx in
      try desk.enter(entry, on: id, by: self[.writer], in: tx)
    }
  }
}
