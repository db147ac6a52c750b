import Base
import Foundation

/// A figure of case work (DOMAIN: names and formulas as practitioners use them). Counts have no
/// denominator; a rate over nothing is nil, never 0.
public enum CaseFigure: String, CaseIterable, Sendable, Codable {
  // Counts by the time of the step.
  case reported, valid, accepted, checked
  case checkDenied = "check-denied"
  case filed, dispatched, arbitrated, handled, closed, supervised, transferred, excluded
  // What was found of them, by the organisation that it was found of.
  case justifiedComplaints = "justified-complaints"
  case lateReports = "late-reports"
  case omittedReports = "omitted-reports"
  case hiddenReports = "hidden-reports"
  case falseReports = "false-reports"
  // Returns and reworks, as cases and as times; of the same cases as the rates beside them.
  case returned, reworked
  case returnTimes = "return-times"
  case reworkTimes = "rework-times"
  // Rates.
  case acceptanceOnTime = "acceptance-on-time"
  case checkRate = "check-rate"
  case checkOnTime = "check-on-time"
  case filingRate = "filing-rate"
  case dispatchOnTime = "dispatch-on-time"
  case rightFirstTime = "right-first-time"
  case handlingRate = "handling-rate"
  case handlingOnTime = "handling-on-time"
  case handlingOnTimeOriginal = "handling-on-time-original"
  case closingRate = "closing-rate"
  case closingOnTime = "closing-on-time"
  case closingOnTimeOriginal = "closing-on-time-original"
  case reworkRate = "rework-rate"
  case extensionRate = "extension-rate"
  case overdueOpenRate = "overdue-open-rate"
  case firstContactRate = "first-contact-rate"
  case resolvedRate = "resolved-rate"
  case satisfiedRate = "satisfied-rate"
  case arbitrationOnTime = "arbitration-on-time"
  case supervisionOnTime = "supervision-on-time"
  case repeatRate = "repeat-rate"
  // Quick mediation, by when the outcome was recorded.
  case mediated
  case writtenAgreements = "written-agreements"
  case oralAgreements = "oral-agreements"
  case agreedAmount = "agreed-amount"
  case settledRate = "settled-rate"
  // Means of natural time.
  case handlingLateTime = "handling-late-time"
  case closingLateTime = "closing-late-time"
  case suspendedTime = "suspended-time"

  /// Whether less of it is better: what is late, sent back, done twice or complained of.
  public var isBetterLow: Bool {
    switch self {
    case .checkDenied, .arbitrated, .supervised, .justifiedComplaints, .lateReports,
      .omittedReports,
      .hiddenReports, .falseReports, .returned, .reworked, .returnTimes, .reworkTimes, .reworkRate,
      .extensionRate, .overdueOpenRate, .repeatRate, .handlingLateTime, .closingLateTime,
      .suspendedTime:
      true
    default: false
    }
  }
}

/// The value of a figure.
public struct FigureValue: Sendable, Equatable {
  public let figure: CaseFigure
  /// What counts; for the satisfied rate in thousandths, because answers have weights; for a time the
  /// sum of minutes.
  public let numerator: Int
  /// Nil for a plain count or amount.
  public let denominator: Int?

  public init(figure: CaseFigure, numerator: Int, denominator: Int?) {
    self.figure = figure
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Of an amount, in yuan; nil where it is none.
  public var yuan: Decimal? {
    figure.measure == .amount ? MediationResult.yuan(Int64(numerator)) : nil
  }

  /// The mean of a time in minutes, cut to whole ones; nil over nothing, and where it is no time.
  public var minutes: Int? {
    guard figure.measure == .time, let denominator, denominator > 0 else { return nil }
    return numerator / denominator
  }

  /// 0…1; nil over nothing, and where it is no rate.
  public var rate: Double? {
    guard figure.isRate, let denominator, denominator > 0 else { return nil }
    let scale = figure == .satisfiedRate ? 1000.0 : 1.0
    return Double(numerator) / scale / Double(denominator)
  }

  /// What it comes to: a count, yuan, a rate of 0…1, or a mean of minutes; to twenty places, and nil over
  /// nothing.
  public var amount: Decimal? {
    guard let denominator else { return yuan ?? Decimal(numerator) }
    guard denominator > 0 else { return nil }
    let scale = figure == .satisfiedRate ? 1000 : 1
    return (Decimal(numerator) / Decimal(denominator * scale)).halfUp(20)
  }

  /// How many cases it is out of; of a count, how many it counts; of an amount it is not known.
  public var volume: Int { denominator ?? (figure.measure == .amount ? 0 : numerator) }
}
