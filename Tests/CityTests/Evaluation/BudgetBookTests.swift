import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

@Suite struct BudgetBookTests {
  private func bare(_ town: ProjectTown) async throws -> ID<Project> {
    var draft = ProjectTown.draft()
    draft.budget = EvaluationBudget()
    return try await town.desk.add(draft, year: 2024, for: town.first, by: town[.writer])
  }

  private func book(_ id: ID<Project>, _ town: ProjectTown) async throws -> BudgetBook {
    let file = try await town.file(id)
    return try await town.database.read { try town.desk.book(of: file, in: $0) }
  }

  @Test("opening and adjusted budgets follow from the book, source by source, with their history")
  func derived() async throws {
    let town = try await ProjectTown()
    let id = try await bare(town)
    try await town.enter("80.00", .opening, on: "2024-01-01", to: id)
    try await town.enter("20.5", .opening, .other, on: "2024-01-01", to: id)
    try await town.enter("15.25", on: "2024-07-01", to: id)
    try await town.enter("-5.00", on: "2024-05-01", to: id)
    try await town.enter("3", .change, .carriedOver, on: "2024-09-01", to: id)
    let budget = try await town.file(id).budget
    #expect(budget.currentYear.opening == "80.00")
    #expect(budget.currentYear.adjusted == "90.25")
    #expect(budget.carriedOver.opening == "0.00")
    #expect(budget.total.opening == "100.50")
    #expect(budget.total.adjusted == "113.75")
    let book = try await book(id, town)
    // In the order of the days that they hold from, not of their entering.
    #expect(book.lines.map(\.before) == [0, 0, 80, 75, 0])
    #expect(book.lines.map(\.after) == [80, 20.5, 75, 90.25, 3])
    #expect(book.lines.map(\.total) == [80, 100.5, 95.5, 110.75, 113.75])
    #expect(book.granted(in: budget, asOf: Day("2024-06-30")).value == 95.5)
    #expect(book.origin(of: .currentYear, .adjusted, in: budget) == .computed)
    let changes = try await town.database.read { try ProjectPartRows.changes(id, in: $0) }
    #expect(changes.allSatisfy { $0.origin == .computed })
    #expect(try await town.notices(id).isEmpty)
  }

  @Test("what is typed instead stays, is told, and gives way only when it is asked to")
  func typed() async throws {
    let town = try await ProjectTown()
    let id = try await bare(town)
    try await town.enter("80.00", .opening, on: "2024-01-01", to: id)
    var draft = ProjectDraft(try await town.file(id))
    draft.budget.currentYear.adjusted = "85.00"
    draft.budgetReason = "口径不同"
    try await town.desk.edit(id, draft, by: town[.writer])
    try await town.enter("10.00", to: id)
    let file = try await town.file(id)
    #expect(file.budget.currentYear.adjusted == "85.00")
    let notice = try #require(try await town.notices(id).first)
    #expect(notice.code == .budgetDeparts)
    #expect(notice.arguments["book"] == "90.00" && notice.arguments["typed"] == "85.00")
    #expect(
      try await book(id, town).origin(of: .currentYear, .adjusted, in: file.budget) == .typed)
    try await town.database.write { tx in
      try town.desk.adoptBook(on: id, by: town[.writer], in: tx)
    }
    #expect(try await town.file(id).budget.total.adjusted == "90.00")
    #expect(try await town.notices(id).isEmpty)
  }

  @Test("a form that had its figures before the book keeps them")
  func late() async throws {
    let town = try await ProjectTown()
    let id = try await town.project()
    try await town.enter("70.00", .opening, on: "2024-01-01", to: id)
    #expect(try await town.file(id).budget.currentYear.opening == "80.00")
    #expect(try await town.notices(id).map(\.code) == [.budgetDeparts, .budgetDeparts])
  }

  @Test("an entry that cannot be is refused, and changes nothing")
  func refused() async throws {
    let town = try await ProjectTown()
    let id = try await bare(town)
    typealias Source = EvaluationBudgetRow.Name
    let wrong: [(String, String, PrintedNumber, Source, String, String?)] = [
      ("amount", "value.missing", "", .currentYear, "追加", nil),
      ("amount", "number.unreadable", "十万", .currentYear, "追加", nil),
      ("amount", "number.unreadable", "5%", .currentYear, "追加", nil),
      ("amount", "number.zero", "0.00", .currentYear, "追加", nil),
      ("amount", "budget.overdrawn", "-1", .currentYear, "追加", nil),
      ("source", "budget.source-total", "1", .total, "追加", nil),
      ("reason", "value.missing", "1", .currentYear, " ", nil),
      ("effective", "day.outside-year", "1", .currentYear, "追加", "2025-01-01"),
    ]
    for (field, code, amount, source, reason, day) in wrong {
      var draft = BudgetEntryDraft()
      draft.amount = amount
      draft.source = source
      draft.reason = reason
      draft.effective = day.flatMap { Day($0) }
      let entry = draft
      await #expect(
        performing: {
          try await town.database.write { tx in
            _ = try town.desk.enter(entry, on: id, by: town[.writer], in: tx)
          }
        }, throws: refusal(code, field: field))
    }
    var fine = BudgetEntryDraft()
    fine.amount = "1"
    fine.reason = "追加"
    let entry = fine
    await #expect(
      performing: {
        try await town.database.write { tx in
          _ = try town.desk.enter(entry, on: id, by: town[.leader], in: tx)
        }
      }, throws: refusal("right.missing"))
    #expect(try await book(id, town).isEmpty)
    let submitted = try await town.project(in: .submitted, named: "已交")
    await #expect(
      performing: { try await town.enter("1", to: submitted) },
      throws: refusal("project.move-not-now"))
  }

  @Test("a later entry that would leave less than nothing at an earlier day is refused")
  func overdrawnBetween() async throws {
    let town = try await ProjectTown()
    let id = try await bare(town)
    try await town.enter("10", .opening, on: "2024-01-01", to: id)
    try await town.enter("50", on: "2024-09-01", to: id)
    await #expect(
      performing: { try await town.enter("-20", on: "2024-03-01", to: id) },
      throws: refusal("budget.overdrawn", field: "amount"))
  }

  @Test("a total that is not the sum of its parts is told; roundings are not")
  func parts() async throws {
    let town = try await ProjectTown()
    let top = try await town.project(named: "合计")
    func part(_ name: String, _ amount: PrintedNumber) async throws {
      var draft = ProjectTown.draft(name)
      draft.parent = top
      draft.budget = EvaluationBudget()
      for column in [EvaluationBudgetRow.Column.opening, .adjusted, .executed] {
        draft.budget.currentYear[column] = amount
      }
      try await town.desk.add(draft, year: 2024, for: town.first, by: town[.writer])
    }
    try await part("甲", "60.00")
    try await part("乙", "39.995")
    #expect(try await town.notices(top).map { $0.arguments["budget-column"] } == ["executed"])
    try await part("丙", "1.00")
    #expect(
      try await town.notices(top).map { $0.arguments["budget-column"] } == [
        "opening", "adjusted", "executed",
      ])
  }

  @Test("a part counts under its total's total, also where the list leaves out what is between")
  func grandchildren() async throws {
    let town = try await ProjectTown()
    let top = try await town.project(named: "合计")
    var middle = ProjectTown.draft("中间")
    middle.parent = top
    let between = try await town.desk.add(middle, year: 2024, for: town.first, by: town[.writer])
    var part = ProjectTown.draft("部分")
    part.parent = between
    let last = try await town.desk.add(part, year: 2024, for: town.first, by: town[.writer])
    try await town.desk.make(.submit, on: between, by: town[.writer])
    var filter = ProjectFilter()
    filter.states = [.draft]
    let wanted = filter
    let lines = try await town.database.read {
      try town.desk.lines(wanted, by: town[.writer], now: town.clock.now(), in: $0)
    }
    #expect(lines.lines.map(\.project.id) == [top, last])
    #expect(lines.money.adjusted == 1_000_000)
    var draft = ProjectDraft(try await town.file(top))
    draft.parent = last
    let ring = draft
    await #expect(
      performing: { try await town.desk.edit(top, ring, by: town[.writer]) },
      throws: refusal("project.parent-itself", field: "parent"))
  }
}
