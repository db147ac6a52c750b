/// Two states of one form side by side.
public struct FormComparison: Equatable, Sendable {
  /// One cell before and after.
  public struct Pair: Equatable, Sendable {
    public let before: String
    public let after: String

    public var isChanged: Bool { before != after }
  }

  /// One indicator before and after; nil where it was not there yet, or is not any more.
  public struct Line: Equatable, Sendable {
    public let before: EvaluationIndicator?
    public let after: EvaluationIndicator?

    public var isChanged: Bool { before != after }

    /// A cell of it.
    public func pair(_ cell: (EvaluationIndicator) -> String) -> Pair {
      Pair(before: before.map(cell) ?? "", after: after.map(cell) ?? "")
    }
  }

  public let fields: [(name: Finding.Field, pair: Pair)]
  public let budget:
    [(row: EvaluationBudgetRow.Name, column: EvaluationBudgetRow.Column, pair: Pair)]
  public let lines: [Line]
  public let total: Pair

  public init(_ before: EvaluationForm, _ after: EvaluationForm) {
    fields = Finding.Field.allCases.map {
      ($0, Pair(before: before.text(of: $0), after: after.text(of: $0)))
    }
    budget = EvaluationBudgetRow.Name.allCases.flatMap { row in
      EvaluationBudgetRow.Column.allCases.map { column in
        (
          row, column,
          Pair(before: before.budget[row][column].text, after: after.budget[row][column].text)
        )
      }
    }
    lines = Self.align(before.indicators, after.indicators)
    total = Pair(before: before.total.score.text, after: after.total.score.text)
  }

  /// How many cells and lines are not what they were.
  public var changes: Int {
    fields.count { $0.pair.isChanged } + budget.count { $0.pair.isChanged }
      + lines.count(where: \.isChanged) + (total.isChanged ? 1 : 0)
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.lines == right.lines && left.total == right.total
      && left.fields.map(\.pair) == right.fields.map(\.pair)
      && left.budget.map(\.pair) == right.budget.map(\.pair)
  }

  /// By name and level; of what is left, lines of the same level with the same target go together:
  /// they were renamed.
  private static func align(
    _ before: [EvaluationIndicator], _ after: [EvaluationIndicator]
  ) -> [Line] {
    var partner: [Int: Int] = [:]
    var taken: Set<Int> = []
    for (index, indicator) in after.enumerated() {
      let match = before.indices.first {
        !taken.contains($0) && before[$0].name == indicator.name
          && before[$0].level2 == indicator.level2
      }
      if let match {
        partner[index] = match
        taken.insert(match)
      }
    }
    for (index, indicator) in after.enumerated() where partner[index] == nil {
      partner[index] = before.indices.first {
        !taken.contains($0) && before[$0].level2 == indicator.level2
          && before[$0].target == indicator.target
      }
      if let match = partner[index] { taken.insert(match) }
    }
    let kept = after.enumerated().map { index, indicator in
      Line(before: partner[index].map { before[$0] }, after: indicator)
    }
    let gone = before.indices.filter { !taken.contains($0) }
      .map { Line(before: before[$0], after: nil) }
    return kept + gone
  }
}

extension EvaluationForm {
  /// What stands in a part outside the tables.
  public func text(of field: Finding.Field) -> String {
    switch field {
    case .year: year.map(String.init) ?? ""
    case .project: project
    case .department: department
    case .unit: unit
    case .moneyUnit: moneyUnit?.rawValue ?? ""
    case .goal: goal
    case .result: result
    case .grade: grade
    }
  }
}
