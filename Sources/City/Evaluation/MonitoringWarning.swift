import Base
import Foundation

/// From where on a project is behind its year. Ours: no rule of law gives figures.
public struct MonitoringLimits: Equatable, Sendable {
  /// Percentage points that the execution rate may be behind the share of the year that has passed.
  public var execution: Decimal = 15
  /// The same of a counted indicator behind its proportional path.
  public var path: Decimal = 10

  public init() {}
}

/// What the figures of a day of the year give cause to ask.
public struct MonitoringWarning: Equatable, Sendable {
  /// What there is to ask.
  public enum Code: String, Sendable, CaseIterable, Codable {
    /// The budget is spent more slowly than the year passes.
    case executionBehind = "execution-behind"
    /// More is spent than there is.
    case executionOver = "execution-over"
    /// Less than the target's share of the year.
    case behind
    /// A level that should hold all year does not.
    case below
    /// A ceiling is exceeded already.
    case exceeded
    /// The day of the target has passed without its having been met.
    case dayPassed = "day-passed"
    /// The target is not expected to be met at the year's end.
    case atRisk = "at-risk"
    /// Target and figure count different things.
    case units
    /// Nothing is said of it.
    case silent
  }

  public let code: Code
  public let severity: Finding.Severity
  /// The place of the line, from 0; nil of the budget.
  public let line: Int?
  /// Worded as `monitoring.warning.<code>`.
  public let arguments: [String: String]
}

extension MonitoringContent {
  /// The share of the year that has passed at the end of `asOf`, in per cent, half up to 0.01; nil
  /// outside the year.
  public func elapsed(year: Int) -> Decimal? {
    guard let asOf, asOf.year == year, let first = Day(year: year, month: 1, day: 1),
      let last = Day(year: year, month: 12, day: 31)
    else { return nil }
    return (Decimal(asOf - first + 1) * 100 / Decimal(last - first + 1)).halfUp(2)
  }

  /// Executed to adjusted in per cent, half up to 0.01.
  public var rate: Decimal? {
    guard let executed = executed.value, let adjusted = adjusted.value, adjusted > 0 else {
      return nil
    }
    return (executed * 100 / adjusted).halfUp(2)
  }

  /// What the figures give cause to ask: of the budget first, then line by line.
  public func warnings(
    year: Int, limits: MonitoringLimits = MonitoringLimits()
  ) -> [MonitoringWarning] {
    let elapsed = elapsed(year: year)
    var warnings: [MonitoringWarning] = []
    if let rate {
      if rate > 100 {
        warnings.append(
          .init(
            code: .executionOver, severity: .warning, line: nil, arguments: ["rate": "\(rate)"]))
      } else if let elapsed, rate < elapsed - limits.execution {
        warnings.append(
          .init(
            code: .executionBehind, severity: .warning, line: nil,
            arguments: ["rate": "\(rate)", "elapsed": "\(elapsed)"]))
      }
    }
    for (index, line) in lines.enumerated() {
      warnings += line.warnings(at: index, elapsed: elapsed, asOf: asOf, limits)
    }
    return warnings
  }
}

extension MonitoringLine {
  fileprivate func warnings(
    at index: Int, elapsed: Decimal?, asOf: Day?, _ limits: MonitoringLimits
  ) -> [MonitoringWarning] {
    func warning(
      _ code: MonitoringWarning.Code, _ severity: Finding.Severity = .warning,
      _ more: [String: String] = [:]
    ) -> MonitoringWarning {
      let arguments = ["name": name, "target": self.target, "actual": actual, "forecast": forecast]
      return MonitoringWarning(
        code: code, severity: severity, line: index,
        arguments: arguments.merging(more) { $1 })
    }
    if actual.isEmpty, forecast.isEmpty { return [warning(.silent, .remark)] }
    let target = EvaluationTarget(self.target)
    var found: [MonitoringWarning] = []
    if let so = far(target, elapsed: elapsed, asOf: asOf, limits) {
      found.append(
        warning(so, .warning, ["elapsed": elapsed.map { "\($0)" } ?? "—"]))
    }
    if !forecast.isEmpty {
      switch target.outcome(of: EvaluationTarget(forecast)) {
      case .missed: found.append(warning(.atRisk))
      case .differs(let deviation) where isWorse(deviation): found.append(warning(.atRisk))
      case .unknown(.units) where !found.contains { $0.code == .units }:
        found.append(warning(.units))
      default: break
      }
    }
    return found
  }

  /// What the figure so far gives cause to ask.
  private func far(
    _ target: EvaluationTarget, elapsed: Decimal?, asOf: Day?, _ limits: MonitoringLimits
  ) -> MonitoringWarning.Code? {
    if let asOf, let last = target.lastDay(in: asOf.year), last < asOf,
      EvaluationTarget(actual).kind == .empty
    {
      return .dayPassed
    }
    switch target.outcome(of: EvaluationTarget(actual)) {
    case .unknown(.units): return .units
    case .missed(let deviation?), .differs(let deviation):
      if deviation.target.bound.isFloor == false || direction == .lessIsBetter {
        return deviation.difference > 0 ? .exceeded : nil
      }
      guard deviation.difference < 0 else { return nil }
      guard target.grows else { return .below }
      guard let elapsed, deviation.target.whole > 0 else { return nil }
      let reached = deviation.actual.whole * 100 / deviation.target.whole
      return reached < elapsed - limits.path ? .behind : nil
    default: return nil
    }
  }

  private func isWorse(_ deviation: TargetDeviation) -> Bool {
    switch direction {
    case .lessIsBetter: deviation.difference > 0
    case .moreIsBetter: deviation.difference < 0
    case nil: true
    }
  }
}

extension EvaluationTarget {
  /// Whether its figure adds up over the year, as a count of things does and a share does not.
  var grows: Bool {
    kind == .count || (kind == .number && amounts.first.map { $0.unit.isEmpty } ?? false)
  }

  /// The last day on which a date may be kept; nil of what is no date, or only a day to begin from.
  func lastDay(in year: Int) -> Day? {
    if kind == .month, let amount = amounts.first, amount.bound.isFloor != true,
      let month = Int("\(amount.value)")
    {
      return Day(year: year, month: month + 1, day: 1).map { $0 + -1 }
        ?? Day(year: year, month: 12, day: 31)
    }
    guard kind == .date, let date, date.bound.isFloor != true else { return nil }
    let own = date.year ?? year
    guard let month = date.month else { return Day(year: own, month: 12, day: 31) }
    if let day = date.day { return Day(year: own, month: month, day: day) }
    return month == 12
      ? Day(year: own, month: 12, day: 31)
      : Day(year: own, month: month + 1, day: 1).map { $0 + -1 }
  }
}
