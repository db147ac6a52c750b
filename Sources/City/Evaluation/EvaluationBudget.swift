/// The four rows of 项目资金.
public struct EvaluationBudget: Equatable, Sendable, Codable {
  /// 年度资金总额
  public var total = EvaluationBudgetRow()
  /// 其中：当年财政拨款
  public var currentYear = EvaluationBudgetRow()
  /// 上年结转资金
  public var carriedOver = EvaluationBudgetRow()
  /// 其他资金
  public var other = EvaluationBudgetRow()

  public init() {}

  /// A row by its name.
  public subscript(row: EvaluationBudgetRow.Name) -> EvaluationBudgetRow {
    get {
      switch row {
      case .total: total
      case .currentYear: currentYear
      case .carriedOver: carriedOver
      case .other: other
      }
    }
    set {
      switch row {
      case .total: total = newValue
      case .currentYear: currentYear = newValue
      case .carriedOver: carriedOver = newValue
      case .other: other = newValue
      }
    }
  }
}

/// One row of 项目资金; the amounts are in the form's money unit.
public struct EvaluationBudgetRow: Equatable, Sendable, Codable {
  /// Which row, by its member in JSON.
  public enum Name: String, Sendable, Codable, CaseIterable {
    case total, currentYear, carriedOver, other
  }

  /// Which column, from the left, by its member in JSON.
  public enum Column: String, Sendable, Codable, CaseIterable {
    case opening, adjusted, executed, weight, rate, score
  }

  /// 年初预算数
  public var opening = PrintedNumber.none
  /// 全年预算数
  public var adjusted = PrintedNumber.none
  /// 全年执行数
  public var executed = PrintedNumber.none
  /// 分值
  public var weight = PrintedNumber.none
  /// 执行率, in per cent whether or not a sign is printed
  public var rate = PrintedNumber.none
  /// 得分
  public var score = PrintedNumber.none

  public init() {}

  /// A cell by its column's name.
  public subscript(column: Column) -> PrintedNumber {
    get { self[keyPath: Self.path(column)] }
    set { self[keyPath: Self.path(column)] = newValue }
  }

  private static func path(_ column: Column) -> WritableKeyPath<Self, PrintedNumber> {
    switch column {
    case .opening: \.opening
    case .adjusted: \.adjusted
    case .executed: \.executed
    case .weight: \.weight
    case .rate: \.rate
    case .score: \.score
    }
  }
}
