import Foundation

/// How the points are spread over the levels. Departures are allowed, so these are remarks.
enum CheckStructure {
  static func findings(_ form: CheckForm) -> [Finding] {
    empty(form) + spread(form)
  }

  /// What is scored and not written. Where something could not be placed, it may be what is missing.
  private static func empty(_ form: CheckForm) -> [Finding] {
    guard form.form.unplaced.isEmpty, form.form.total.score.value != nil else { return [] }
    func found(_ field: String, _ place: Finding.Place) -> Finding {
      Finding("structure.part-missing", at: place, ["field": field])
    }
    var all: [Finding] = []
    if form.goal.isEmpty { all.append(found("goal", .field(.goal))) }
    if form.result.isEmpty { all.append(found("result", .field(.result))) }
    if form.indicators.isEmpty { all.append(found("indicator", .form)) }
    // A dash is what some write who have nothing to say; points for it are asked about too.
    for indicator in form.indicators
    where indicator.actual.kind == .empty && indicator.target.kind != .empty
      && (indicator.score ?? 0) > 0
    {
      all.append(found("actual", indicator.place))
    }
    return all
  }

  private static func spread(_ form: CheckForm) -> [Finding] {
    // With a level that could not be placed, nothing certain can be said.
    guard !form.indicators.isEmpty, !form.indicators.contains(where: { $0.level1 == nil }),
      !form.form.unplaced.contains(where: { [.cutOff, .levelUncertain].contains($0.reason) })
    else { return [] }
    return [offGuide(form), missing(form)].compactMap { $0 }
  }

  /// 10/50/30/10, or with cost 10/20/40/20/10.
  private static func offGuide(_ form: CheckForm) -> Finding? {
    guard let budget = form.form.budget.total.weight.value else { return nil }
    var shares: [IndicatorLevel: Decimal] = [:]
    for indicator in form.indicators {
      guard let level = indicator.level1, let weight = indicator.weight else { return nil }
      shares[level, default: 0] += weight
    }
    let withCost = shares[.cost] != nil
    let guide: [IndicatorLevel: Decimal] =
      withCost
      ? [.cost: 20, .output: 40, .benefit: 20, .satisfaction: 10]
      : [.output: 50, .benefit: 30, .satisfaction: 10]
    // A sum that is wrong is another finding.
    guard shares.values.reduce(budget, +) == 100, budget != 10 || shares != guide else {
      return nil
    }
    var arguments = ["budget": "\(budget)", "guide": withCost ? "10/20/40/20/10" : "10/50/30/10"]
    arguments["shares"] = ([budget] + levels(withCost).map { shares[$0] ?? 0 })
      .map { "\($0)" }.joined(separator: "/")
    return Finding("weights.off-guide", at: .form, arguments)
  }

  private static func levels(_ withCost: Bool) -> [IndicatorLevel] {
    IndicatorLevel.allCases.filter { $0 != .cost || withCost }
  }

  private static func missing(_ form: CheckForm) -> Finding? {
    let there = Set(form.indicators.compactMap(\.level1))
    let missing = levels(false).filter { !there.contains($0) }
    guard !missing.isEmpty else { return nil }
    return Finding(
      "structure.level-missing", at: .form,
      ["levels": missing.map(\.rawValue).joined(separator: "、")])
  }
}
