import Foundation

/// 评分等级: 90 points and more 优, from 80 良, from 60 中, below 差.
public enum EvaluationGrade: String, Sendable, Codable, CaseIterable {
  case excellent = "优"
  case good = "良"
  case fair = "中"
  case poor = "差"

  public init(points: Decimal) {
    switch points {
    case 90...: self = .excellent
    case 80..<90: self = .good
    case 60..<80: self = .fair
    default: self = .poor
    }
  }
}

/// What follows from a form's own figures, whatever it prints itself.
public struct EvaluationComputed: Equatable, Sendable {
  /// Executed to adjusted in per cent, half up to 0.01; nil when there is no adjusted budget.
  public let rate: Decimal?
  /// Executed / adjusted × weight, half up to 0.01. More than the whole weight is never given.
  public let budgetScore: Decimal?
  /// The indicators' scores and the budget's; nil when a score is not printed.
  public let total: Decimal?
  public let grade: EvaluationGrade?

  public init(_ form: EvaluationForm) {
    let row = form.budget.total
    var rate: Decimal?
    var budgetScore: Decimal?
    if let executed = row.executed.value, let adjusted = row.adjusted.value, adjusted > 0 {
      rate = (executed * 100 / adjusted).halfUp(2)
      budgetScore = row.weight.value.map { min(executed * $0 / adjusted, $0).halfUp(2) }
    }
    self.rate = rate
    self.budgetScore = budgetScore
    let scores = form.indicators.map(\.score.value)
    // Without an adjusted budget nothing can be computed, and what is printed has to stand.
    if let budget = budgetScore ?? row.score.value, !scores.isEmpty, !scores.contains(nil) {
      total = scores.reduce(budget) { $0 + ($1 ?? 0) }
    } else {
      total = nil
    }
    grade = total.map(EvaluationGrade.init(points:))
  }
}

extension EvaluationForm {
  public var computed: EvaluationComputed { EvaluationComputed(self) }
}

extension Decimal {
  /// Rounded half up (away from zero) to so many places: as sums and scores are on forms.
  func halfUp(_ places: Int) -> Decimal {
    var rounded = Decimal()
    var value = self
    NSDecimalRound(&rounded, &value, places, .plain)
    return rounded
  }

  /// With exactly so many places, e.g. 9.90: as forms print points.
  public func printed(_ places: Int) -> String {
    let text = "\(halfUp(places))"
    guard places > 0 else { return text }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    return parts[0] + "." + fraction
      + String(repeating: "0", count: max(0, places - fraction.count))
  }
}
