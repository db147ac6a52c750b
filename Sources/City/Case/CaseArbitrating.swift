import Base
import Store

/// Arbitration (仲裁): what units return again and again, or what they quarrel about, does not go round
/// once more. An arbitrator sends it to a unit, with a reason; that unit keeps it.
extension CaseChange {
  /// What a return by the lead starts: the dispatcher's time, or an arbitrator's.
  mutating func startAfterReturn() throws {
    lapseAppeal()
    try forgetOutcome()
    guard view.case.returnCount >= view.kind.arbitrationAfter else { return try start(.dispatch) }
    payload = payload.with("arbitration", true)
    try openArbitration()
  }

  /// A dispatcher sees that it will not be settled by sending it on.
  mutating func askArbitration(_ input: MoveInput) throws {
    try note(.askArbitration, try input.required("text", input.text))
    try stop(.dispatch, done: false)
    try openArbitration()
  }

  private mutating func openArbitration() throws {
    view.case.arbitrationAt = now
    try start(.arbitration)
  }

  /// Sends it to a unit for good.
  mutating func arbitrate(_ input: MoveInput) throws {
    let text = try input.required("text", input.text)
    var input = input
    input.text = nil
    try dispatch(input)
    try stop(.arbitration)
    try note(.arbitrate, text)
    view.case.arbitrationAt = nil
    view.case.arbitratedAt = now
    view.case.arbitratedTo = view.case.leadOrganisation
  }
}

extension CaseFlow {
  /// What waits for an arbitrator is sent by nobody else; what one has decided is not returned by
  /// whom it was given to, until it was reworked or reopened.
  static func obstacleByArbitration(
    to move: CaseMove, on file: CaseView, by doer: Doer
  ) -> Fault? {
    let isOpen = file.case.arbitrationAt != nil
    switch move {
    case .dispatch: return isOpen ? Fault(.conflict, "case.arbitration-open") : nil
    case .askArbitration: return isOpen ? Fault(.conflict, "arbitration.open-already") : nil
    case .arbitrate: return isOpen ? nil : Fault(.conflict, "arbitration.none-open")
    default:
      let isBound = file.parts(of: doer, in: [.sent, .taken]).contains {
        $0.isLead && $0.parent == nil && $0.organisation == file.case.arbitratedTo
      }
      return isBound ? Fault(.conflict, "case.arbitrated") : nil
    }
  }
}
