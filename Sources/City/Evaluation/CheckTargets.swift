import Foundation

/// What a reviewer asks about targets and actual values.
enum CheckTargets {
  static func findings(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    form.indicators.flatMap { indicator in
      [
        immeasurable(indicator), exceeded(indicator, limits), leapYear(indicator, form.form.year),
        outgrown(indicator), contradictsBudget(indicator, form.form, limits),
      ].compactMap { $0 }
    } + toTheDot(form, limits)
  }

  /// A direction or a word of praise without a base to measure from, or a note in its place.
  private static func immeasurable(_ indicator: CheckIndicator) -> Finding? {
    guard isImmeasurable(indicator.target) else { return nil }
    return Finding(
      "indicator.target-not-measurable", at: indicator.place,
      indicator.arguments(["kind": indicator.target.kind.rawValue]))
  }

  private static func isImmeasurable(_ target: EvaluationTarget) -> Bool {
    switch target.kind {
    case .direction, .merit, .note: true
    case .several: target.parts.allSatisfy(isImmeasurable)
    default: false
    }
  }

  private static func exceeded(_ indicator: CheckIndicator, _ limits: CheckLimits) -> Finding? {
    guard let deviation = surplus(indicator), let percent = deviation.percent,
      percent > limits.farExceeded, !isScope(indicator)
    else { return nil }
    return Finding(
      "indicator.target-far-exceeded", at: indicator.place,
      indicator.arguments(["percent": "\(percent)", "limit": "\(limits.farExceeded)"]))
  }

  /// More than a target of one figure, where more is better.
  private static func surplus(_ indicator: CheckIndicator) -> TargetDeviation? {
    guard indicator.target.amounts.count == 1 else { return nil }
    switch indicator.outcome {
    case .met(let deviation?):
      return deviation.target.bound.isFloor == true ? deviation : nil
    case .differs(let deviation):
      return indicator.direction == .moreIsBetter && deviation.difference > 0 ? deviation : nil
    default: return nil
    }
  }

  /// 365 days of a year that has 366, or the other way round.
  private static func leapYear(_ indicator: CheckIndicator, _ year: Int?) -> Finding? {
    guard let year, indicator.name[...].containsAny(everyDay) else { return nil }
    let days: Decimal = TargetDates.isLeap(year) ? 366 : 365
    let wrong: Decimal = days == 366 ? 365 : 366
    let found = [indicator.target, indicator.actual].contains { value in
      value.amounts.contains { ["天", "日"].contains($0.unit) && $0.whole == wrong }
    }
    guard found else { return nil }
    return Finding(
      "indicator.leap-year", at: indicator.place,
      indicator.arguments(["year": "\(year)", "days": "\(days)"]))
  }

  /// A warranty of 365 days is no year of days.
  private static let everyDay = Word.list("值班 值守 全年 天数 运行 开放 在岗 在线")

  /// The thing itself grew within the year: 13大类144小类 became 15大类185小类.
  private static func outgrown(_ indicator: CheckIndicator) -> Finding? {
    guard isScope(indicator), case .differs = indicator.outcome else { return nil }
    let pairs = zip(indicator.target.amounts, indicator.actual.amounts)
    guard pairs.allSatisfy({ $0.whole <= $1.whole }) else { return nil }
    return Finding("indicator.scope-outgrown", at: indicator.place, indicator.arguments())
  }

  private static func isScope(_ indicator: CheckIndicator) -> Bool {
    let target = indicator.target
    guard target.kind == .count else { return false }
    return target.amounts.count > 1 || indicator.name[...].containsAny(scopes)
  }

  private static let scopes = Word.list("类型 种类 范围")

  /// How much of the money was spent, said otherwise than by the budget's rows.
  private static func contradictsBudget(
    _ indicator: CheckIndicator, _ form: EvaluationForm, _ limits: CheckLimits
  ) -> Finding? {
    let name = indicator.name[...]
    guard name.containsAny(money), name.containsAny(spending),
      let amount = indicator.actual.amounts.first, indicator.actual.amounts.count == 1,
      amount.unit == "%", amount.bound == .none || amount.bound == .exactly,
      let adjusted = form.budget.total.adjusted.value, adjusted > 0,
      form.budget.total.executed.value != nil
    else { return nil }
    let rate = CheckBudget.ratio(form.budget.total)
    guard abs(amount.value - rate) > limits.rateGap else { return nil }
    return Finding(
      "indicator.contradicts-budget", at: indicator.place,
      indicator.arguments([
        "rate": CheckBudget.shownRate(form), "executed": form.budget.total.executed.text,
        "adjusted": form.budget.total.adjusted.text,
      ]))
  }

  private static let money = Word.list("费用 资金 经费 预算")
  private static let spending = Word.list("完成率 执行率 使用率 支付率 支出率 拨付率")

  /// Every bound of the form is met exactly: the actual values may have been copied. Bounds that
  /// cannot be passed (≥100 %, ≤0) say nothing.
  private static func toTheDot(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    var met = 0
    for indicator in form.indicators {
      guard let bound = indicator.target.amounts.first, indicator.target.amounts.count == 1,
        bound.bound.isFloor != nil, !bound.isLimit, indicator.actual.isMeasured
      else { continue }
      guard case .met(let deviation?) = indicator.outcome, deviation.difference == 0
      else { return [] }
      met += 1
    }
    guard met >= limits.boundsToTheDot else { return [] }
    return [Finding("indicator.bounds-met-to-the-dot", at: .form, ["count": "\(met)"])]
  }
}
