import Foundation

/// Weights, scores, total and grade.
enum CheckScores {
  static func findings(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    CheckFigures.findings(form.form)
      + [weights(form.form), total(form.form), grade(form.form), overWeight(form.form)].compactMap {
        $0
      }
      + form.indicators.flatMap { indicator in
        [
          overWeight(indicator), ratio(indicator, limits), missed(indicator),
          unreasoned(indicator), deducted(indicator, limits),
        ].compactMap { $0 }
      }
  }

  /// The budget's weight and all indicators' make the printed total, and 100.
  private static func weights(_ form: EvaluationForm) -> Finding? {
    let weights = form.indicators.map(\.weight.value)
    guard !weights.isEmpty, let budget = form.budget.total.weight.value else { return nil }
    let sum = weights.reduce(budget) { $0 + ($1 ?? 0) }
    guard !weights.contains(nil), sum != 100 || (form.total.weight.value ?? 100) != 100 else {
      return nil
    }
    return Finding(
      "weights.do-not-add-up", at: .total,
      [
        "sum": "\(sum)", "budget": form.budget.total.weight.text,
        "indicators": "\(sum - budget)", "total": form.total.weight.text,
      ])
  }

  private static func total(_ form: EvaluationForm) -> Finding? {
    guard let printed = form.total.score.value, let places = form.total.score.decimals,
      let budget = form.budget.total.score.value, !form.indicators.isEmpty,
      !form.indicators.contains(where: { $0.score.value == nil })
    else { return nil }
    let sum = form.indicators.reduce(budget) { $0 + ($1.score.value ?? 0) }
    guard sum.halfUp(places) != printed else { return nil }
    return Finding(
      "total.misstated", at: .total,
      ["total": form.total.score.text, "sum": "\(sum)", "difference": "\(abs(printed - sum))"])
  }

  private static func grade(_ form: EvaluationForm) -> Finding? {
    guard let total = form.total.score.value, let first = form.grade.first,
      let printed = EvaluationGrade(rawValue: String(first))
    else { return nil }
    let computed = EvaluationGrade(points: total)
    guard printed != computed else { return nil }
    return Finding(
      "grade.misstated", at: .field(.grade),
      ["grade": form.grade, "computed": computed.rawValue, "total": form.total.score.text])
  }

  private static func overWeight(_ form: EvaluationForm) -> Finding? {
    let row = form.budget.total
    guard let weight = row.weight.value, let score = row.score.value, score > weight
    else { return nil }
    return Finding(
      "score.over-weight", at: .budget(.total, .score),
      ["name": "", "weight": row.weight.text, "score": row.score.text])
  }

  private static func overWeight(_ indicator: CheckIndicator) -> Finding? {
    guard let weight = indicator.weight, let score = indicator.score, score > weight
    else { return nil }
    return Finding("score.over-weight", at: indicator.place, indicator.arguments())
  }

  private static func missed(_ indicator: CheckIndicator) -> Finding? {
    guard let weight = indicator.weight, weight > 0, let score = indicator.score, score >= weight,
      isMissed(indicator) || isSaidShort(indicator)
    else { return nil }
    return Finding("score.full-though-missed", at: indicator.place, indicator.arguments())
  }

  /// The actual value says so itself.
  private static func isSaidShort(_ indicator: CheckIndicator) -> Bool {
    if case .saidShort = indicator.outcome { true } else { false }
  }

  private static func isMissed(_ indicator: CheckIndicator) -> Bool {
    switch indicator.outcome {
    case .missed: true
    case .differs(let deviation):
      // Several figures at once grew and shrank; only one alone is certain.
      indicator.target.amounts.count == 1
        && indicator.direction == (deviation.difference < 0 ? .moreIsBetter : .lessIsBetter)
    case .met, .saidMet, .saidShort, .unknown: false
    }
  }

  /// Missed by figures, and points neither full (another finding) nor in proportion.
  private static func ratio(_ indicator: CheckIndicator, _ limits: CheckLimits) -> Finding? {
    guard let weight = indicator.weight, weight > 0, let score = indicator.score, score < weight,
      isMissed(indicator),
      case .points(let points) = EvaluationScore.expected(
        indicator.outcome, weight: weight, direction: indicator.direction, far: limits.farExceeded)
    else { return nil }
    // Points are given in whole, half or hundredth points: rounded to the digits printed is right.
    let places = indicator.indicator.score.decimals ?? 2
    let slack = max(score.isWhole ? 1 : 0, Decimal(sign: .plus, exponent: -places, significand: 1))
    guard abs(points - score) >= slack else { return nil }
    return Finding(
      "score.off-ratio", at: indicator.place,
      indicator.arguments(["computed": points.printed(2)]))
  }

  private static func unreasoned(_ indicator: CheckIndicator) -> Finding? {
    guard let weight = indicator.weight, let score = indicator.score, score < weight,
      !hasReason(indicator)
    else { return nil }
    return Finding(
      "score.deducted-without-reason", at: indicator.place,
      indicator.arguments(["points": "\(weight - score)"]))
  }

  /// 无 in the cell of reasons is none.
  private static func hasReason(_ indicator: CheckIndicator) -> Bool {
    let reason = TargetText.normalized(indicator.indicator.reason)
    return !reason.allSatisfy { "-/".unicodeScalars.contains($0) }
      && !noReasons.contains { $0.scalars.elementsEqual(reason) }
  }

  private static let noReasons = Word.list("无 无。 无偏差 无偏差。 不适用 没有")

  /// Points off although figures or a date show or claim the target to be met. Words leave 100–80 %
  /// to judgement, and a target far exceeded may cost points.
  private static func deducted(_ indicator: CheckIndicator, _ limits: CheckLimits) -> Finding? {
    guard let weight = indicator.weight, let score = indicator.score, score < weight,
      indicator.target.isMeasured
    else { return nil }
    switch indicator.outcome {
    case .met:
      let expected = EvaluationScore.expected(
        indicator.outcome, weight: weight, far: limits.farExceeded)
      guard expected == .points(weight) else { return nil }
    case .saidMet: break
    case .missed, .differs, .saidShort, .unknown: return nil
    }
    return Finding(
      "score.deducted-though-met", at: indicator.place,
      indicator.arguments(["points": "\(weight - score)"]))
  }
}
