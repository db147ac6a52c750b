import Foundation

/// The sums of 项目资金, and what a reviewer asks about them.
enum CheckBudget {
  static func findings(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    sources(form.form) + overspent(form.form) + rates(form.form) + unit(form.form)
      + lowExecution(form, limits) + adjusted(form.form) + change(form, limits) + opening(form)
  }

  private static let sources: [EvaluationBudgetRow.Name] = [.currentYear, .carriedOver, .other]
  private static let amounts: [EvaluationBudgetRow.Column] = [.opening, .adjusted, .executed]

  /// Total and sources, column by column.
  private static func sources(_ form: EvaluationForm) -> [Finding] {
    amounts.compactMap { column in
      guard let (sum, slack) = sum(form, column), let total = form.budget.total[column].value,
        abs(total - sum) > slack
      else { return nil }
      return Finding(
        "budget.sources-do-not-add-up", at: .budget(.total, column),
        [
          "column": column.rawValue, "total": form.budget.total[column].text,
          "sum": "\(sum)", "difference": "\(abs(total - sum))",
          "unit": form.moneyUnit?.rawValue ?? "",
        ])
    }
  }

  /// The sources' sum, and how far rounding may move it from the total; nil when no source is
  /// printed. An empty cell counts as nothing.
  private static func sum(
    _ form: EvaluationForm, _ column: EvaluationBudgetRow.Column
  ) -> (Decimal, slack: Decimal)? {
    let cells = sources.map { form.budget[$0][column] }
    guard cells.contains(where: { $0.value != nil }),
      cells.allSatisfy({ $0.value != nil || $0.isNone })
    else { return nil }
    let all = cells + [form.budget.total[column]]
    return (
      cells.reduce(0) { $0 + ($1.value ?? 0) },
      all.reduce(0) { $0 + $1.halfUnit(form.moneyUnit) }
    )
  }

  /// More spent than budgeted. The total is reported only when no source is.
  private static func overspent(_ form: EvaluationForm) -> [Finding] {
    let found = sources.compactMap { overspent(form, $0) }
    return found.isEmpty ? [overspent(form, .total)].compactMap { $0 } : found
  }

  private static func overspent(
    _ form: EvaluationForm, _ name: EvaluationBudgetRow.Name
  ) -> Finding? {
    let row = form.budget[name]
    guard let executed = row.executed.value, let adjusted = row.adjusted.value,
      executed - adjusted > row.executed.halfUnit(form.moneyUnit) * 2
    else { return nil }
    return Finding(
      "budget.executed-over-adjusted", at: .budget(name, .executed),
      [
        "row": name.rawValue, "executed": row.executed.text, "adjusted": row.adjusted.text,
        "difference": "\(executed - adjusted)", "unit": form.moneyUnit?.rawValue ?? "",
      ])
  }

  private static func rates(_ form: EvaluationForm) -> [Finding] {
    EvaluationBudgetRow.Name.allCases.flatMap { name -> [Finding] in
      let row = form.budget[name]
      guard
        let tolerance = RateTolerance(
          executed: row.executed, adjusted: row.adjusted, unit: form.moneyUnit)
      else { return [] }
      return [rate(row, name, tolerance), score(row, name, tolerance)].compactMap { $0 }
    }
  }

  private static func rate(
    _ row: EvaluationBudgetRow, _ name: EvaluationBudgetRow.Name, _ tolerance: RateTolerance
  ) -> Finding? {
    guard row.rate.value != nil, !tolerance.allows(rate: row.rate) else { return nil }
    // More than the whole budget spent may be printed as the whole of it.
    if tolerance.lowest > 100, row.rate.value == 100 { return nil }
    // 0.98 of a spreadsheet's cell is 98 %.
    if let rate = row.rate.value, rate <= 1, !row.rate.isPercent,
      tolerance.allows(rate: PrintedNumber("\(rate * 100)"))
    {
      return nil
    }
    return Finding(
      "budget.rate-misstated", at: .budget(name, .rate),
      [
        "row": name.rawValue, "rate": row.rate.text, "computed": ratio(row).printed(2),
        "executed": row.executed.text, "adjusted": row.adjusted.text,
      ])
  }

  private static func score(
    _ row: EvaluationBudgetRow, _ name: EvaluationBudgetRow.Name, _ tolerance: RateTolerance
  ) -> Finding? {
    guard let weight = row.weight.value, weight > 0, row.score.value != nil,
      !tolerance.allows(score: row.score, weight: weight, rate: row.rate)
    else { return nil }
    let computed = min(weight, ratio(row) * weight / 100)
    return Finding(
      "budget.score-misstated", at: .budget(name, .score),
      [
        "row": name.rawValue, "score": row.score.text, "computed": computed.printed(2),
        "rate": ratio(row).printed(2), "weight": row.weight.text,
      ])
  }

  /// Executed to adjusted in per cent; 0 without an adjusted budget.
  static func ratio(_ row: EvaluationBudgetRow) -> Decimal {
    guard let executed = row.executed.value, let adjusted = row.adjusted.value, adjusted > 0
    else { return 0 }
    return executed * 100 / adjusted
  }

  /// The execution rate as it is printed where that is right, else as computed; without a sign.
  static func shownRate(_ form: EvaluationForm) -> String {
    let row = form.budget.total
    let tolerance = RateTolerance(
      executed: row.executed, adjusted: row.adjusted, unit: form.moneyUnit)
    guard let printed = row.rate.value, tolerance?.allows(rate: row.rate) == true else {
      return ratio(row).printed(2)
    }
    return printed.printed(2)
  }

  /// Total and sources in different units, or a unit in which the whole budget is out of all
  /// proportion: less than 100 元, or more than 100 亿元.
  private static func unit(_ form: EvaluationForm) -> [Finding] {
    guard let unit = form.moneyUnit else { return [] }
    func found(_ reason: String, _ amount: PrintedNumber) -> [Finding] {
      [
        Finding(
          "budget.money-unit-doubtful", at: .field(.moneyUnit),
          ["unit": unit.rawValue, "amount": amount.text, "reason": reason])
      ]
    }
    for column in amounts {
      let printed = form.budget.total[column]
      guard let total = printed.value, total > 0, let (sum, _) = sum(form, column), sum > 0
      else { continue }
      let factor = max(total, sum) / min(total, sum)
      if factor > 9_900, factor < 10_100 { return found("mixed", printed) }
    }
    let adjusted = form.budget.total.adjusted
    guard let total = adjusted.value, total > 0 else { return [] }
    if unit == .yuan, total < 100 { return found("small", adjusted) }
    if unit == .tenThousandYuan, total > 1_000_000 { return found("large", adjusted) }
    return []
  }

  private static func lowExecution(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    let row = form.form.budget.total
    guard let adjusted = row.adjusted.value, adjusted > 0, row.executed.value != nil,
      ratio(row) < limits.lowExecution, !form.indicators.isEmpty,
      form.indicators.allSatisfy({ $0.score != nil && $0.score == $0.weight })
    else { return [] }
    return [
      Finding(
        "budget.low-execution-all-met", at: .budget(.total, .rate),
        [
          "rate": shownRate(form.form), "executed": row.executed.text,
          "adjusted": row.adjusted.text, "limit": "\(limits.lowExecution)",
          "count": "\(form.indicators.count)",
        ])
    ]
  }

  /// Adjusted made equal to executed, so that the rate is 100 %.
  private static func adjusted(_ form: EvaluationForm) -> [Finding] {
    let row = form.budget.total
    guard let opening = row.opening.value, let adjusted = row.adjusted.value, adjusted > 0,
      adjusted == row.executed.value, adjusted != opening
    else { return [] }
    return [
      Finding(
        "budget.adjusted-to-executed", at: .budget(.total, .adjusted),
        [
          "opening": row.opening.text, "adjusted": row.adjusted.text,
          "executed": row.executed.text,
        ])
    ]
  }

  private static func change(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    let row = form.form.budget.total
    guard let opening = row.opening.value, opening > 0, let adjusted = row.adjusted.value
    else { return [] }
    let percent = (adjusted - opening) * 100 / opening
    guard abs(percent) > limits.largeChange, !explains(form) else { return [] }
    return [
      Finding(
        "budget.large-change-unexplained", at: .budget(.total, .adjusted),
        [
          "opening": row.opening.text, "adjusted": row.adjusted.text,
          "percent": (percent > 0 ? "+" : "") + percent.printed(2),
          "limit": "\(limits.largeChange)",
        ])
    ]
  }

  private static func opening(_ form: CheckForm) -> [Finding] {
    let row = form.form.budget.total
    guard row.opening.value == 0, let adjusted = row.adjusted.value, adjusted > 0, !explains(form)
    else { return [] }
    return [
      Finding(
        "budget.no-opening", at: .budget(.total, .opening),
        ["adjusted": row.adjusted.text, "executed": row.executed.text])
    ]
  }

  /// Somewhere the form speaks of a change of its budget, or names the document that ordered it.
  private static func explains(_ form: CheckForm) -> Bool {
    let project = TargetText.normalized(form.form.project)
    let reasons = form.indicators.map { TargetText.normalized($0.indicator.reason) }
    return ([project, form.goal, form.result] + reasons).contains { text in
      text[...].containsAny(changes) || namesDocument(text[...])
    }
  }

  private static let changes = Word.list(
    "追加 调增 调减 核减 压减 预算调整 调整预算 年中新增 新增项目 财政收回 资金收回")

  /// `宝府便函[2024]76号`: a year in brackets.
  private static func namesDocument(_ text: Scalars) -> Bool {
    for (open, close) in [("[", "]"), ("〔", "〕"), ("【", "】")] as [(Unicode.Scalar, Unicode.Scalar)]
    {
      var rest = text
      while let start = rest.firstIndex(of: open) {
        rest = rest[(start + 1)...]
        let year = rest.prefix { $0.isASCIIDigit }
        if year.count == 4, rest.dropFirst(4).first == close { return true }
      }
    }
    return false
  }
}
