import Foundation

/// What points follow from a target and an actual value (财预〔2020〕10号 on 单位自评).
public enum ExpectedScore: Equatable, Sendable {
  /// Figures give exactly so many points.
  case points(Decimal)
  /// Figures or words leave a choice between so many and so many points.
  case between(Decimal, Decimal)
  /// Nothing can be said.
  case unknown
}

/// Which way is better, where the sign of a target does not say.
public enum ScoreDirection: String, Sendable, CaseIterable, Codable {
  case moreIsBetter = "more"
  case lessIsBetter = "less"
}

/// How far something described in words was reached, each with its share of the weight.
public enum QualitativeBand: String, Sendable, CaseIterable, Codable {
  /// 达成年度指标: 100–80 %.
  case met
  /// 部分达成年度指标并具有一定效果: 80–60 %.
  case partly
  /// 未达成年度指标且效果较差: 60–0 %.
  case missed

  /// Lowest and highest share in per cent.
  public var share: ClosedRange<Decimal> {
    switch self {
    case .met: 80...100
    case .partly: 60...80
    case .missed: 0...60
    }
  }

  /// From the lowest to the highest points of the band, half up to 0.01.
  public func score(weight: Decimal) -> ExpectedScore {
    .between(
      (weight * share.lowerBound / 100).halfUp(2), (weight * share.upperBound / 100).halfUp(2))
  }
}

/// Points as they follow from figures.
public enum EvaluationScore {
  /// Points of an indicator with figures: all when the target is met, in proportion when not. Far
  /// above a target that was set too low, points may be taken off by the deviation.
  ///
  /// - Parameters:
  ///   - direction: which way is better of a target `=`; without it nothing follows from another
  ///     value.
  ///   - far: from how many per cent above the target the deviation may cost points.
  public static func expected(
    _ outcome: TargetOutcome, weight: Decimal, direction: ScoreDirection? = nil, far: Decimal = 25
  ) -> ExpectedScore {
    switch outcome {
    case .met(let deviation): met(deviation, weight, far)
    case .missed(let deviation): missed(deviation, weight, direction)
    case .differs(let deviation):
      switch (direction, deviation.difference > 0) {
      case (.moreIsBetter, true): met(deviation, weight, far)
      case (.lessIsBetter, false): .points(weight)
      case (.moreIsBetter, false), (.lessIsBetter, true): missed(deviation, weight, direction)
      case (nil, _): .unknown
      }
    case .saidMet: QualitativeBand.met.score(weight: weight)
    case .saidShort(let band): band.score(weight: weight)
    case .unknown: .unknown
    }
  }

  private static func met(
    _ deviation: TargetDeviation?, _ weight: Decimal, _ far: Decimal
  ) -> ExpectedScore {
    guard let deviation, deviation.target.bound.isFloor != false, let percent = deviation.percent,
      percent > far
    else { return .points(weight) }
    return .between((weight * max(0, 100 - percent) / 100).halfUp(2), weight)
  }

  /// ≥: actual to target; ≤: target to actual. A target of 0 or less is all or nothing.
  private static func missed(
    _ deviation: TargetDeviation?, _ weight: Decimal, _ direction: ScoreDirection?
  ) -> ExpectedScore {
    // A date that was missed has no ratio; how much it costs is a judgement.
    guard let deviation else { return .between(0, weight) }
    let (target, actual) = (deviation.target.whole, deviation.actual.whole)
    let floor = deviation.target.bound.isFloor ?? (direction.map { $0 == .moreIsBetter } ?? true)
    guard target > 0, actual >= 0 else { return .points(0) }
    let ratio = floor ? actual / target : target / actual
    return .points((weight * min(1, ratio)).halfUp(2))
  }

  /// Points of the budget: executed / adjusted × weight, never more than the weight; nil without an
  /// adjusted budget.
  public static func budget(executed: Decimal, adjusted: Decimal, weight: Decimal) -> Decimal? {
    guard adjusted > 0 else { return nil }
    return max(0, min(weight, executed * weight / adjusted)).halfUp(2)
  }
}

/// What a printed execution rate and its points may be, when the amounts are known as printed only.
struct RateTolerance {
  /// Per cent.
  let lowest: Decimal
  let highest: Decimal

  /// Nil without an adjusted budget. Amounts in 万元 are rounded to their last printed digit, amounts
  /// in 元 are exact.
  init?(executed: PrintedNumber, adjusted: PrintedNumber, unit: MoneyUnit?) {
    guard let paid = executed.value, let budget = adjusted.value, budget > 0 else { return nil }
    let (half, budgetHalf) = (executed.halfUnit(unit), adjusted.halfUnit(unit))
    guard budget > budgetHalf else { return nil }
    lowest = max(0, paid - half) * 100 / (budget + budgetHalf)
    highest = (paid + half) * 100 / (budget - budgetHalf)
  }

  /// Rounded or truncated to the digits printed, some value within gives the rate.
  func allows(rate: PrintedNumber) -> Bool { allows(rate, lowest, highest) }

  /// The same of the points; they may also be computed from the rate as printed.
  func allows(score: PrintedNumber, weight: Decimal, rate: PrintedNumber) -> Bool {
    let printed = rate.value ?? lowest
    let low = min(weight, min(lowest, printed) * weight / 100)
    let high = min(weight, max(highest, printed) * weight / 100)
    // Points cut off to whole ones are not what the rule gives: 9.99 may be 9.9 or 10, never 9.
    if score.decimals == 0, let value = score.value, low >= value + Decimal(1) / 2 { return false }
    return allows(score, low, high)
  }

  private func allows(_ printed: PrintedNumber, _ low: Decimal, _ high: Decimal) -> Bool {
    guard let value = printed.value, let places = printed.decimals else { return false }
    // A hundredth at the finest: 99.97 % of 10 points is printed as 10.
    let unit = Decimal(sign: .plus, exponent: -places, significand: 1)
    return high >= value - unit / 2 && low < value + unit
  }
}

extension PrintedNumber {
  /// How far the amount may be from what it was rounded from.
  func halfUnit(_ unit: MoneyUnit?) -> Decimal {
    guard unit != .yuan, let decimals else { return 0 }
    return Decimal(sign: .plus, exponent: -max(2, decimals), significand: 5) / 10
  }
}
