import Base
import City
import Foundation

extension ProjectDraft {
  /// What the editor sent, over the form as it stands: what was left out stays.
  ///
  /// - Throws: `input.invalid` for what cannot be read.
  init(_ data: FormData, over file: ProjectFile) throws {
    self.init(file)
    name = data.plain("name")
    department = data.plain("department")
    unit = data.plain("unit")
    sector = data.text("sector")
    moneyUnit = data.text("moneyUnit").flatMap(MoneyUnit.init)
    parent = data.text("parent").flatMap { ID($0) }
    goal = data.plain("goal")
    result = data.plain("result")
    budgetReason = data.plain("budgetReason")
    if let day = try data.day("budgetDay") { budgetDay = day }
    for row in EvaluationBudgetRow.Name.allCases {
      for column in [EvaluationBudgetRow.Column.opening, .adjusted, .executed] {
        budget[row][column] = PrintedNumber(
          data.plain("budget.\(row.rawValue).\(column.rawValue)"))
      }
    }
    budget.total.weight = PrintedNumber(data.plain("budget.total.weight"))
    indicators = Self.indicators(data)
  }

  private static func indicators(_ data: FormData) -> [IndicatorDraft] {
    data.lines("indicators").compactMap { prefix in
      var draft = IndicatorDraft()
      draft.id = data.text(prefix + "id").flatMap { ID($0) }
      func cell(_ name: String) -> String { data.plain(prefix + name) }
      draft.cells = EvaluationIndicator(
        level1: cell("level1"), level2: cell("level2"), name: cell("name"),
        target: cell("target"), actual: cell("actual"), weight: PrintedNumber(cell("weight")),
        score: PrintedNumber(cell("score")), reason: cell("reason"))
      draft.remedy = cell("remedy")
      draft.direction = data.text(prefix + "direction").flatMap(ScoreDirection.init)
      draft.origin = data.text(prefix + "origin").flatMap(FigureOrigin.init) ?? .typed
      draft.document = data.text(prefix + "document").flatMap { ID($0) }
      // An empty line at the end of the page.
      return draft.id == nil && draft.cells == EvaluationIndicator() && draft.remedy.isEmpty
        ? nil : draft
    }
  }
}

extension FormData {
  /// A value, empty where there is none.
  func plain(_ name: String) -> String { text(name) ?? "" }
}
