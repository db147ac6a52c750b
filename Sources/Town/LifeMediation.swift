import Base
import City
import Store

/// What happens at the mediators' table.
extension Life {
  /// Nil when everything there is done.
  func nextAtTable(_ settlement: PlannedCase.Settlement) -> Step? {
    if parties.count < (kind.isQuarrel ? 2 : 1) { return .nameParty }
    if sessionsLeft > 0 { return .holdSession }
    return isSettled ? nil : .recordOutcome
  }

  mutating func mediate(_ step: Step, _ scene: TownScene, in tx: Transaction) throws -> Case {
    guard let settlement = plan.settlement else { throw TownFault.nobody }
    var input = MoveInput()
    switch step {
    case .nameParty:
      let place = scene.geography.randomPlace(in: village(scene), using: &dice)
      let person = scene.texts.caller(at: place, using: &dice)
      let name = person.name ?? ""
      input.side = (parties.isEmpty ? CaseParty.Side.applicant : .respondent).rawValue
      (input.name, input.phone, input.address) = (name, person.phone, person.address)
      parties.append(name)
      return try make(.addParty, input, by: holder(), scene, in: tx)
    case .holdSession:
      sessionsLeft -= 1
      if mediator.isEmpty { mediator = TownPersonNames.name(using: &dice) }
      input.heldAt = meetingAt ?? tx.now + -60
      input.place = dice.chance(0.7) ? "平安客厅" : "\(village(scene).name)调解室"
      input.mediators = mediator
      input.present = parties.joined(separator: "、")
      input.text = sentence(sessionsLeft > 0 ? .sessionAdjourned : .sessionEnded, scene)
      meetingAt =
        sessionsLeft > 0
        ? scene.hours.next(
          from: tx.now + Int64(dice.number(in: 18...26)) * 3600, .office, &dice) : nil
      input.next = meetingAt
      return try make(.holdSession, input, by: holder(), scene, in: tx)
    default:
      isSettled = true
      handlingEnds = nil
      input.outcome = settlement.outcome.rawValue
      input.agreement = settlement.agreement.rawValue
      if settlement.agreement != .none {
        input.amount = settlement.amount.map { .text(String($0)) }
        input.facts = told?.description
        input.terms = feedback(scene, now: tx.now).text
        if settlement.amount != nil, dice.chance(0.6) {
          input.performBy = tx.now.local(in: scene.hours.zone).day + dice.number(in: 3...45)
        }
      }
      return try make(.recordOutcome, input, by: holder(), scene, in: tx)
    }
  }
}

extension CaseKind {
  /// Whether there are two sides; a question or a suggestion has one.
  fileprivate var isQuarrel: Bool { ["M0103", "M0104"].contains(code) }
}
