import Base
import Foundation

/// A form as an editor hands it in: everything that can be changed of it.
public struct ProjectDraft: Equatable, Sendable {
  public var name = ""
  public var department = ""
  public var unit = ""
  public var sector: String?
  public var moneyUnit: MoneyUnit? = .tenThousandYuan
  /// The project that it is a part of.
  public var parent: ID<Project>?
  /// Opening, adjusted and executed of each row, and the weight of the total; rates and points are
  /// computed.
  public var budget = EvaluationBudget()
  /// Why the opening or adjusted budget was changed.
  public var budgetReason = ""
  /// As of which day the budget's changes hold; the day of the change when nil.
  public var budgetDay: Day?
  public var goal = ""
  public var result = ""
  public var indicators: [IndicatorDraft] = []

  public init() {}

  /// The form as it stands.
  public init(_ file: ProjectFile) {
    name = file.project.name
    department = file.project.department
    unit = file.project.unit
    sector = file.project.sector
    moneyUnit = file.project.moneyUnit
    parent = file.project.parent
    budget = file.budget
    goal = file.project.goal
    result = file.project.result
    indicators = file.indicators.map(IndicatorDraft.init)
  }

  /// The form that would follow, with everything computed that can be.
  public func form(year: Int) -> EvaluationForm {
    var form = EvaluationForm()
    form.year = year
    form.project = name
    form.department = department
    form.unit = unit
    form.moneyUnit = moneyUnit
    form.budget = budget
    form.goal = goal
    form.result = result
    form.indicators = indicators.map(\.printed)
    form.complete()
    return form
  }
}

/// One indicator as an editor hands it in.
public struct IndicatorDraft: Equatable, Sendable {
  /// The one that is changed; nil of a new one.
  public var id: ID<ProjectIndicator>?
  public var cells = EvaluationIndicator()
  public var remedy = ""
  public var direction: ScoreDirection?
  /// `outside` wants a document; anything else is for the desk to tell.
  public var origin = FigureOrigin.typed
  public var document: ID<ProjectAttachment>?

  public init() {}

  public init(_ indicator: ProjectIndicator) {
    id = indicator.id
    cells = indicator.cells
    remedy = indicator.remedy
    direction = indicator.direction
    origin = indicator.source.origin
    document = indicator.source.document
  }

  /// As a form has it.
  public var printed: EvaluationIndicator {
    var printed = cells
    printed.reason = ProjectIndicator.joined(cells.reason, remedy)
    return printed
  }

  /// A line that nobody wrote anything in.
  var isBlank: Bool { cells == EvaluationIndicator() && remedy.isEmpty }
}

extension EvaluationForm {
  /// Fills in what follows from the rest: sums of sources that were left out, rates, points, the
  /// total and the grade.
  mutating func complete() {
    for column in [EvaluationBudgetRow.Column.opening, .adjusted, .executed]
    where budget.total[column].isEmpty {
      budget.total[column] = budget.sum(column) ?? .none
    }
    if budget.total.weight.isEmpty { budget.total.weight = "10" }
    for name in EvaluationBudgetRow.Name.allCases { budget[name].rate = budget[name].computedRate }
    let computed = self.computed
    budget.total.score = PrintedNumber(computed.budgetScore?.printed(2) ?? "")
    let weights = indicators.map(\.weight.value)
    if let own = budget.total.weight.value, !weights.isEmpty, !weights.contains(nil) {
      total.weight = PrintedNumber("\(weights.reduce(own) { $0 + ($1 ?? 0) })")
    } else {
      total.weight = .none
    }
    total.score = PrintedNumber(computed.total?.printed(2) ?? "")
    grade = computed.grade?.rawValue ?? ""
  }
}

extension EvaluationBudget {
  static let sources: [EvaluationBudgetRow.Name] = [.currentYear, .carriedOver, .other]

  /// The sum of the sources' amounts in a column, with as many decimals as they have; nil where none
  /// is given.
  func sum(_ column: EvaluationBudgetRow.Column) -> PrintedNumber? {
    let cells = Self.sources.map { self[$0][column] }.filter { $0.value != nil }
    guard !cells.isEmpty else { return nil }
    let sum = cells.reduce(Decimal()) { $0 + ($1.value ?? 0) }
    return PrintedNumber(sum.printed(cells.compactMap(\.decimals).max() ?? 0))
  }
}

extension EvaluationBudgetRow {
  fileprivate var computedRate: PrintedNumber {
    guard let executed = executed.value, let adjusted = adjusted.value, adjusted > 0 else {
      return .none
    }
    return PrintedNumber((executed * 100 / adjusted).printed(2) + "%")
  }
}
