import Foundation

/// How an actual value stands to its target.
public enum TargetOutcome: Equatable, Sendable {
  /// Figures or dates show that it is met; with the figures where there are two to compare.
  case met(TargetDeviation?)
  /// Figures or dates show that it is missed.
  case missed(TargetDeviation?)
  /// The target is `=` or bare, the figure is another, and the sign does not say which way is better.
  case differs(TargetDeviation)
  /// 达成指标, or the target's own words: said to be met, and nothing shows it.
  case saidMet
  /// Said not to be met, or only in part: the band of the points that follow.
  case saidShort(QualitativeBand)
  case unknown(Reason)

  /// Why it cannot be told.
  public enum Reason: String, Sendable, CaseIterable, Codable {
    /// There is no target, or no actual value.
    case missing
    /// Words on one side or both, and other words.
    case words
    /// They count different things.
    case units
    /// The actual value is itself only a bound or an inexact date.
    case inexact
  }
}

/// Two figures of the same unit.
public struct TargetDeviation: Equatable, Sendable {
  public let target: TargetAmount
  public let actual: TargetAmount

  /// Actual less target, multipliers counted.
  public var difference: Decimal { actual.whole - target.whole }
  /// The difference in per cent of the target; nil of a target of 0.
  public var percent: Decimal? {
    target.whole == 0 ? nil : (difference * 100 / abs(target.whole)).halfUp(2)
  }
}

extension EvaluationTarget {
  /// Compares an actual value with this target.
  public func outcome(of actual: EvaluationTarget) -> TargetOutcome {
    if kind == .empty || actual.kind == .empty { return .unknown(.missing) }
    if actual.kind == .said || says(actual) { return .saidMet }
    // Of what must not happen, that it was not done says nothing.
    if kind != .absence, let band = TargetWords.short(of: actual.text) { return .saidShort(band) }
    if kind == .several { return outcomeOfParts(actual) }
    if let target = deadline, let actual = actual.deadline { return target.outcome(of: actual) }
    guard isMeasured, actual.isMeasured, !amounts.isEmpty else { return .unknown(.words) }
    return kind == .range ? outcomeInRange(actual) : outcomeOfAmounts(actual)
  }

  /// In words, the target's own, with or without 已. Of figures only words are said: the same
  /// figures are compared.
  private func says(_ actual: EvaluationTarget) -> Bool {
    guard !isMeasured || !actual.isMeasured else { return false }
    let bare = text.drop { "=≥≤><".contains($0) }
    let said = actual.text.drop { "=≥≤><".contains($0) }
    return said == bare || said == "已" + bare || said == bare + "完成"
  }

  private func outcomeOfParts(_ actual: EvaluationTarget) -> TargetOutcome {
    guard actual.parts.count == parts.count else { return .unknown(.words) }
    let all = zip(parts, actual.parts).map { $0.outcome(of: $1) }
    return all.first { if case .missed = $0 { true } else { false } }
      ?? all.first { if case .unknown = $0 { true } else { false } }
      ?? all.first { if case .differs = $0 { true } else { false } } ?? all.first ?? .saidMet
  }

  private func outcomeInRange(_ actual: EvaluationTarget) -> TargetOutcome {
    guard actual.amounts.count == 1, let only = actual.amounts.first else {
      return actual.amounts == amounts ? .met(nil) : .unknown(.inexact)
    }
    let each = amounts.map { $0.outcome(of: only) }
    return each.first { if case .met = $0 { false } else { true } } ?? each[0]
  }

  private func outcomeOfAmounts(_ actual: EvaluationTarget) -> TargetOutcome {
    guard amounts.count == actual.amounts.count else { return .unknown(.units) }
    let each = zip(amounts, actual.amounts).map { $0.outcome(of: $1) }
    return each.first { if case .missed = $0 { true } else { false } }
      ?? each.first { if case .unknown = $0 { true } else { false } }
      ?? each.first { if case .differs = $0 { true } else { false } } ?? each[0]
  }

  /// A date, or a month of the calendar as one.
  private var deadline: TargetDate? {
    if kind == .month, let amount = amounts.first {
      return TargetDate(nil, Int("\(amount.value)"), nil, bound: amount.bound)
    }
    return kind == .date ? date : nil
  }
}

extension TargetAmount {
  func outcome(of actual: TargetAmount) -> TargetOutcome {
    guard TargetUnits.agree(unit, actual.unit), !isShareBesidesPercent(actual) else {
      return .unknown(.units)
    }
    let deviation = TargetDeviation(target: self, actual: actual)
    let equal = whole == actual.whole
    switch actual.bound {
    case .none, .exactly:
      return exact(deviation, equal)
    case .atLeast, .over:
      if bound == actual.bound && equal { return .met(nil) }
      // What is surely above may still be far above; only a floor can be judged by it.
      let enough = actual.whole > whole || (equal && (bound == .atLeast || actual.bound == .over))
      return bound.isFloor == true && enough ? .met(nil) : .unknown(.inexact)
    case .atMost, .under:
      if bound == actual.bound && equal { return .met(nil) }
      let enough = actual.whole < whole || (equal && (bound == .atMost || actual.bound == .under))
      return bound.isFloor == false && enough ? .met(nil) : .unknown(.inexact)
    }
  }

  private func exact(_ deviation: TargetDeviation, _ equal: Bool) -> TargetOutcome {
    let more = deviation.difference > 0
    switch bound {
    case .exactly, .none: return equal ? .met(deviation) : .differs(deviation)
    case .atLeast: return equal || more ? .met(deviation) : .missed(deviation)
    case .over: return more ? .met(deviation) : .missed(deviation)
    case .atMost: return equal || !more ? .met(deviation) : .missed(deviation)
    case .under: return !equal && !more ? .met(deviation) : .missed(deviation)
    }
  }

  /// 0.98 for 98 %: as good as any reading, so none is chosen.
  private func isShareBesidesPercent(_ actual: TargetAmount) -> Bool {
    (unit == "%") != (actual.unit == "%") && (value <= 1 || actual.value <= 1)
      && value != actual.value
  }
}

extension TargetDate {
  /// A day before 前 is counted in, as 民法典 art. 1259 counts 以前. Of 2024年11月前 it is open whether
  /// November itself is meant, so an actual November cannot be told.
  func outcome(of actual: TargetDate) -> TargetOutcome {
    if self == actual { return .met(nil) }
    guard bound == .none || bound == .atMost, actual.bound == .none || actual.bound == .atMost,
      let mine = span(in: actual.year), let other = actual.span(in: year)
    else { return .unknown(.inexact) }
    if other.first > mine.last {
      // Something is done before a later day: it may have been done in time.
      return actual.bound == .none ? .missed(nil) : .unknown(.inexact)
    }
    let surely = day == nil && bound == .atMost ? mine.first - 1 : mine.last
    return other.last <= surely ? .met(nil) : .unknown(.inexact)
  }

  /// First and last day as numbers that can be compared; the year is taken from the other side
  /// when it is not given.
  private func span(in otherYear: Int?) -> (first: Int, last: Int)? {
    let base = (year ?? otherYear ?? 0) * 10_000
    guard let month else { return year == nil ? nil : (base + 101, base + 1231) }
    let start = base + month * 100
    return day.map { (start + $0, start + $0) } ?? (start + 1, start + 31)
  }
}
