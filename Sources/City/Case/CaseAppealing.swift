import Base
import Store

/// Appeals against being scored by a case (申诉). One that was granted is excluded (剔除): it stays what
/// it is and is listed, but is in neither part of any rate.
extension CaseChange {
  /// Asks not to be scored by it; once, while somebody has it or until some days after its closing.
  mutating func appeal(_ input: MoveInput) throws {
    guard view.mayAppeal(at: now) else {
      throw Fault(.conflict, "appeal.too-late", ["days": String(view.kind.appealDays)])
    }
    try note(.appeal, try input.required("text", input.text))
    view.case.appeal = .open
  }

  mutating func decideAppeal(_ input: MoveInput, _ decision: AppealState) throws {
    try note(
      decision == .granted ? .grantAppeal : .refuseAppeal,
      try input.required("text", input.text))
    view.case.appeal = decision
    if decision == .granted { view.case.excludedAt = now }
  }
}

extension CaseChange {
  /// Who did not want to be scored by it has it no longer: what was not granted has lost its object, and
  /// who gets it now may appeal in their turn.
  mutating func lapseAppeal() {
    if view.case.appeal != .granted { view.case.appeal = nil }
  }
}

extension CaseView {
  /// Whether the days are not over in which a unit may still appeal.
  public func mayAppeal(at now: Moment) -> Bool {
    guard let closed = `case`.closedAt else { return true }
    return now - closed <= Int64(kind.appealDays) * 86_400_000
  }

  /// Whether `doer` belongs to who leads it, whether or not the work is done.
  func leads(_ doer: Doer) -> Bool {
    parts(of: doer, in: [.sent, .taken, .passed, .handled]).contains {
      $0.isLead && $0.parent == nil && $0.isCurrent
    }
  }
}
