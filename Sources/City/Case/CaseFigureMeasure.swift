/// What sort of value each figure is, and which belong together.
extension CaseFigure {
  /// Whether it is a share of something.
  public var isRate: Bool { measure == .rate }

  /// What a figure is.
  public enum Measure: Sendable {
    case count, rate
    /// Natural time in minutes, summed, and of how many cases.
    case time
    /// Hundredths of a yuan, summed.
    case amount
  }

  /// What this one is.
  public var measure: Measure {
    switch self {
    case .reported, .valid, .accepted, .checked, .checkDenied, .filed, .dispatched, .arbitrated,
      .handled, .closed, .supervised, .transferred, .excluded, .justifiedComplaints,
      .lateReports, .omittedReports, .hiddenReports, .falseReports, .returned, .reworked,
      .returnTimes, .reworkTimes, .mediated, .writtenAgreements, .oralAgreements:
      .count
    case .agreedAmount: .amount
    case .handlingLateTime, .closingLateTime, .suspendedTime: .time
    default: .rate
    }
  }

  /// Those of quick mediation (速调快处).
  public static let mediations: [CaseFigure] = [
    .mediated, .settledRate, .writtenAgreements, .oralAgreements, .agreedAmount,
  ]

  /// The hotline's four rates (四率).
  public static let fourRates: [CaseFigure] = [
    .firstContactRate, .closingOnTime, .resolvedRate, .satisfiedRate,
  ]
}
