import Foundation

/// What points an indicator's figures ask for, and why.
public struct ScoreProposal: Equatable, Sendable {
  /// Worded as `score.why.<why>`.
  public enum Why: String, Sendable, CaseIterable, Codable {
    /// The target is met by its figures.
    case met
    /// So far above the target that it may have been too low.
    case farAbove = "far-above"
    /// In proportion: actual to target, or target to actual.
    case ratio
    /// A date was missed; how much it costs is a judgement.
    case late
    /// Another figure than a target `=`, and which way is better is not said.
    case differs
    /// Said to be met, in words.
    case said
    /// Said to be met, of a target that is a figure or a date: met is met, so all points.
    case saidMeasured = "said-measured"
    /// Said to be met in part, or not at all.
    case saidPartly = "said-partly"
    case saidMissed = "said-missed"
    case missing, words, units, inexact
    /// The weight is no number.
    case weightless
  }

  public let expected: ExpectedScore
  public let why: Why
  /// `target`, `actual`, `weight`, and `percent` of a deviation, as far as there are any.
  public let arguments: [String: String]

  /// - Parameter direction: which way is better of a target `=`.
  public init(_ indicator: EvaluationIndicator, direction: ScoreDirection? = nil) {
    var arguments = [
      "target": indicator.target, "actual": indicator.actual, "weight": indicator.weight.text,
    ]
    guard let weight = indicator.weight.value else {
      expected = .unknown
      why = .weightless
      self.arguments = arguments
      return
    }
    let target = EvaluationTarget(indicator.target)
    let outcome = target.outcome(of: EvaluationTarget(indicator.actual))
    if case .saidMet = outcome, target.isMeasured {
      expected = .points(weight)
      why = .saidMeasured
    } else {
      expected = EvaluationScore.expected(outcome, weight: weight, direction: direction)
      why = Self.why(outcome, expected)
    }
    if let percent = Self.deviation(outcome)?.percent { arguments["percent"] = "\(abs(percent))" }
    self.arguments = arguments
  }

  /// The one figure to put in; nil where a choice is left.
  public var points: Decimal? {
    switch expected {
    case .points(let points): points
    case .between, .unknown: nil
    }
  }

  private static func deviation(_ outcome: TargetOutcome) -> TargetDeviation? {
    switch outcome {
    case .met(let deviation), .missed(let deviation): deviation
    case .differs(let deviation): deviation
    case .saidMet, .saidShort, .unknown: nil
    }
  }

  private static func why(_ outcome: TargetOutcome, _ expected: ExpectedScore) -> Why {
    switch outcome {
    case .met: if case .between = expected { .farAbove } else { .met }
    case .missed(let deviation): deviation == nil ? .late : .ratio
    case .differs:
      switch expected {
      case .unknown: .differs
      case .between: .farAbove
      case .points: .ratio
      }
    case .saidMet: .said
    case .saidShort(.partly): .saidPartly
    case .saidShort: .saidMissed
    case .unknown(.missing): .missing
    case .unknown(.words): .words
    case .unknown(.units): .units
    case .unknown(.inexact): .inexact
    }
  }
}
