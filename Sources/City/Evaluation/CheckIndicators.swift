import Foundation

/// What a reviewer asks about names, places, units and weights of indicators.
enum CheckIndicators {
  static func findings(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    duplicates(form)
      + form.indicators.flatMap { indicator in
        [
          weight(indicator, form, limits), compound(indicator), misplaced(indicator),
          unit(indicator),
        ].compactMap { $0 }
      }
  }

  private static func weight(
    _ indicator: CheckIndicator, _ form: CheckForm, _ limits: CheckLimits
  ) -> Finding? {
    guard let weight = indicator.weight else { return nil }
    if weight == 0 {
      return Finding("indicator.weight-zero", at: indicator.place, indicator.arguments())
    }
    let budget = form.form.budget.total.weight.value ?? 0
    let sum = form.indicators.reduce(budget) { $0 + ($1.weight ?? 0) }
    // Of few indicators each has much by necessity.
    guard sum > 0, form.indicators.count > 2, weight * 100 / sum > limits.concentration else {
      return nil
    }
    return Finding(
      "indicator.weight-concentrated", at: indicator.place,
      indicator.arguments(["share": (weight * 100 / sum).printed(2), "sum": "\(sum)"]))
  }

  private static func duplicates(_ form: CheckForm) -> [Finding] {
    var first: [String: CheckIndicator] = [:]
    return form.indicators.compactMap { indicator in
      let name = shown(indicator.name)
      guard !name.isEmpty else { return nil }
      guard let before = first[name] else {
        first[name] = indicator
        return nil
      }
      return Finding(
        "indicator.duplicate", at: indicator.place,
        indicator.arguments([
          "first": "\(before.index + 1)", "level": before.indicator.level2,
          "level2": indicator.indicator.level2,
        ]))
    }
  }

  /// Several measures in one name: 受理及时率、按时办结率. One target cannot say which of them is met.
  private static func compound(_ indicator: CheckIndicator) -> Finding? {
    let name = withoutParentheses(indicator.name.filter { !"\"“”'".unicodeScalars.contains($0) })
    let parts = split(name)
    let measures = parts.filter { part in
      part.count >= 3 && part.hasAny(suffix: measured) && !part.hasAny(suffix: notMeasured)
    }
    guard parts.count > 1, measures.count == parts.count else { return nil }
    return Finding(
      "indicator.compound", at: indicator.place, indicator.arguments(["count": "\(parts.count)"]))
  }

  /// At signs and words that join; 及时 and 及格 join nothing.
  private static func split(_ name: [Unicode.Scalar]) -> [Scalars] {
    name.indices.split { index in
      guard "、,;和及与".unicodeScalars.contains(name[index]) else { return false }
      guard name[index] == "及", index + 1 < name.endIndex else { return true }
      return name[index + 1] != "时" && name[index + 1] != "格"
    }.map { name[$0.startIndex..<$0.endIndex] }
  }

  private static let measured = Word.list("率 数 数量 次数 天数 人数 满意度 面积 时长 金额")
  private static let notMeasured = Word.list("频率 效率 功率 速率 分数")

  private static func withoutParentheses(_ name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var depth = 0
    return name.filter { scalar in
      if scalar == "(" { depth += 1 }
      defer { if scalar == ")" { depth = max(0, depth - 1) } }
      return depth == 0
    }
  }

  /// What belongs under another level: acceptance under satisfaction, satisfaction elsewhere, and a
  /// name that is itself another level's.
  private static func misplaced(_ indicator: CheckIndicator) -> Finding? {
    let name = indicator.name[...]
    guard let level = indicator.level1, let right = belongs(name), right != level else {
      return nil
    }
    // Cost stood under output in older forms.
    if level == .output && right == .cost { return nil }
    return Finding(
      "indicator.misplaced", at: indicator.place,
      indicator.arguments([
        "level1": indicator.indicator.level1, "level2": indicator.indicator.level2,
        "belongs": right.rawValue,
      ]))
  }

  /// The only level that a name can belong to; nil of most names.
  private static func belongs(_ name: Scalars) -> IndicatorLevel? {
    if name.hasAny(suffix: satisfied) { return .satisfaction }
    if name.hasAny(suffix: delivered) && !name.containsAny(opinions) { return .output }
    if levels.contains(where: { $0.scalars.elementsEqual(name) }) {
      return name.first == "成" ? .cost : .output
    }
    return nil
  }

  private static let satisfied = Word.list("满意度 满意率")
  private static let delivered = Word.list("验收合格率 验收通过率")
  private static let opinions = Word.list("满意 评价 认可 好评")
  private static let levels = Word.list("数量指标 质量指标 时效指标 成本指标")

  /// A rate counted in pieces, or pieces in per cent.
  private static func unit(_ indicator: CheckIndicator) -> Finding? {
    let amounts = indicator.target.amounts
    guard let amount = amounts.first, amounts.count == 1, !amount.unit.isEmpty else { return nil }
    let name = indicator.name[...]
    let share = name.hasAny(suffix: shares) && !name.hasAny(suffix: noShares)
    let piece = name.hasAny(suffix: pieces)
    let doubtful =
      (share && indicator.target.kind == .count && !["‰", "倍", "分"].contains(amount.unit))
      || (piece && amount.unit == "%")
    guard doubtful else { return nil }
    return Finding(
      "indicator.unit-doubtful", at: indicator.place, indicator.arguments(["unit": amount.unit]))
  }

  private static let shares = Word.list("率 满意度 比例 占比 百分比 进度")
  private static let noShares = Word.list("频率 效率 功率 速率 汇率 分辨率 码率 利率")
  private static let pieces = Word.list("数量 次数 人数 天数 户数 件数 个数 面积 分数 人次")
}
