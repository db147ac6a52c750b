/// Cells that should hold a figure and hold something else: no sum with them can be checked.
enum CheckFigures {
  static func findings(_ form: EvaluationForm) -> [Finding] {
    let budget = EvaluationBudgetRow.Name.allCases.flatMap { name in
      EvaluationBudgetRow.Column.allCases.compactMap { column in
        finding(form.budget[name][column], column, at: .budget(name, column))
      }
    }
    let indicators = form.indicators.enumerated().flatMap { index, indicator in
      [
        finding(indicator.weight, .weight, at: .indicator(index)),
        finding(indicator.score, .score, at: .indicator(index)),
      ].compactMap { $0 }
    }
    let total = [
      finding(form.total.weight, .weight, at: .total),
      finding(form.total.score, .score, at: .total),
    ].compactMap { $0 }
    return budget + indicators + total
  }

  private static func finding(
    _ figure: PrintedNumber, _ column: EvaluationBudgetRow.Column, at place: Finding.Place
  ) -> Finding? {
    guard figure.value == nil, !figure.isNone else { return nil }
    return Finding(
      "figure.unreadable", at: place, ["column": column.rawValue, "text": figure.text])
  }
}
