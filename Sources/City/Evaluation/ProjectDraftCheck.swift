import Base
import Foundation

/// Checks what an editor handed in, and says everything that is wrong with it at once.
struct ProjectDraftCheck {
  /// A form with more would not fit into the thousand fields that a browser may send.
  static let mostIndicators = 300
  static let longestName = 200
  static let longestCell = 2000
  static let longestText = 10_000

  private(set) var faults: [Fault.Field] = []

  /// The draft in its plain form: blanks trimmed, empty lines left out.
  ///
  /// - Parameter before: the form as it stands; what stood there may stay as it is.
  /// - Throws: `input.invalid` naming each field: `name`, `budget.total.adjusted`,
  ///   `indicators.3.weight` …
  static func checked(_ draft: ProjectDraft, before: ProjectFile?) throws -> ProjectDraft {
    var check = ProjectDraftCheck()
    let checked = check.run(draft, before)
    guard check.faults.isEmpty else {
      throw Fault(.invalid, "input.invalid", fields: check.faults)
    }
    return checked
  }

  private mutating func run(_ draft: ProjectDraft, _ before: ProjectFile?) -> ProjectDraft {
    var draft = draft
    draft.name = line("name", draft.name, Self.longestName)
    if draft.name.isEmpty && !faults.contains(where: { $0.name == "name" }) {
      faults.append(.init("name", "value.missing"))
    }
    draft.department = line("department", draft.department, Self.longestName)
    draft.unit = line("unit", draft.unit, Self.longestName)
    draft.goal = text("goal", draft.goal, Self.longestText)
    draft.result = text("result", draft.result, Self.longestText)
    draft.budgetReason = text("budgetReason", draft.budgetReason, Self.longestCell)
    if let sector = draft.sector, IndicatorLibrary.shipped.sector(sector) == nil {
      faults.append(.init("sector", "sector.unknown"))
    }
    checkBudget(draft.budget, before?.budget)
    draft.indicators.removeAll(where: \.isBlank)
    if draft.indicators.count > Self.mostIndicators {
      faults.append(
        .init("indicators", "value.many", ["limit": String(Self.mostIndicators)]))
      return draft
    }
    let known = Dictionary(
      (before?.indicators ?? []).map { ($0.id, $0.cells) }, uniquingKeysWith: { first, _ in first })
    for index in draft.indicators.indices {
      check(&draft.indicators[index], "indicators.\(index)", known)
    }
    return draft
  }

  private mutating func checkBudget(_ budget: EvaluationBudget, _ before: EvaluationBudget?) {
    for name in EvaluationBudgetRow.Name.allCases {
      for column in [EvaluationBudgetRow.Column.opening, .adjusted, .executed] {
        number(
          "budget.\(name.rawValue).\(column.rawValue)", budget[name][column],
          before?[name][column])
      }
    }
    number("budget.total.weight", budget.total.weight, before?.total.weight)
  }

  private mutating func check(
    _ indicator: inout IndicatorDraft, _ field: String,
    _ known: [ID<ProjectIndicator>: EvaluationIndicator]
  ) {
    let old = indicator.id.flatMap { known[$0] }
    if indicator.id != nil, old == nil {
      faults.append(.init(field, "indicator.unknown"))
      return
    }
    indicator.cells.level1 = line("\(field).level1", indicator.cells.level1, 50)
    indicator.cells.level2 = line("\(field).level2", indicator.cells.level2, 50)
    indicator.cells.name = line("\(field).name", indicator.cells.name, Self.longestCell)
    indicator.cells.target = line("\(field).target", indicator.cells.target, Self.longestCell)
    indicator.cells.actual = line("\(field).actual", indicator.cells.actual, Self.longestCell)
    indicator.cells.reason = text("\(field).reason", indicator.cells.reason, Self.longestCell)
    indicator.remedy = text("\(field).remedy", indicator.remedy, Self.longestCell)
    if indicator.cells.name.isEmpty { faults.append(.init("\(field).name", "value.missing")) }
    number("\(field).weight", indicator.cells.weight, old?.weight)
    number("\(field).score", indicator.cells.score, old?.score)
  }

  private mutating func number(_ field: String, _ number: PrintedNumber, _ old: PrintedNumber?) {
    guard number != old, !number.isNone else { return }
    guard let value = number.value, number.text.count <= 30 else {
      faults.append(.init(field, "number.unreadable"))
      return
    }
    if value < 0 { faults.append(.init(field, "number.negative")) }
  }

  private mutating func line(_ field: String, _ written: String, _ limit: Int) -> String {
    let read = try? TextCheck.collect(&faults) {
      try TextCheck.line(field, written, atMost: limit) ?? ""
    }
    return (read ?? nil) ?? written
  }

  private mutating func text(_ field: String, _ written: String, _ limit: Int) -> String {
    let read = try? TextCheck.collect(&faults) {
      try TextCheck.text(field, written, atMost: limit) ?? ""
    }
    return (read ?? nil) ?? written
  }
}
