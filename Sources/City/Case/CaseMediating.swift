import Base
import Foundation
import Store

/// Quick mediation (速调快处): the parties, the sessions at the table, and what came of them. The ledger
/// carries codes, ids and figures; names and words stand in rows from which they can be erased.
extension CaseChange {
  mutating func addParty(_ input: MoveInput) throws {
    let (side, person) = try PartyDraft(
      side: input.side, name: input.name, phone: input.phone, address: input.address
    ).checked()
    guard parties.count < Mediation.mostParties else {
      throw Fault.invalid("name", "mediation.too-many", ["most": "\(Mediation.mostParties)"])
    }
    let party = CaseParty(id: tx.newID(), side: side, person)
    try CaseMediationRows.insert(party, of: id, by: doer.person, in: tx)
    view.mediation?.parties.append(party)
    payload = payload.with("party", party.id).with("side", side.rawValue)
  }

  mutating func removeParty(_ input: MoveInput) throws {
    guard let wanted = input.party else { throw Fault.invalid("party", "value.missing") }
    guard let party = parties.first(where: { $0.id == wanted }) else {
      throw Fault.invalid("party", "party.unknown")
    }
    let isLast = parties.filter { $0.side == party.side }.count == 1
    guard !isLast || view.mediation?.hasAgreement != true else {
      throw Fault(.conflict, "mediation.party-agreed")
    }
    try CaseMediationRows.delete(party.id, in: tx)
    view.mediation?.parties.removeAll { $0.id == party.id }
    payload = payload.with("party", party.id).with("side", party.side.rawValue)
  }

  /// One meeting: when, where, who took part, what came of it, and when they meet again.
  mutating func holdSession(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    let held = try TextCheck.collect(&faults) { try heldAt(input) }
    let place = try TextCheck.collect(&faults) { try line("place", input.place, 300) ?? "" }
    let mediators = try TextCheck.collect(&faults) { try need("mediators", input.mediators, 200) }
    let present = try TextCheck.collect(&faults) { try need("present", input.present, 300) }
    let text = try TextCheck.collect(&faults) { try input.required("text", input.text) }
    try TextCheck.collect(&faults) {
      guard let next = input.next else { return }
      guard next > input.heldAt ?? now else { throw Fault.invalid("next", "session.next-before") }
      guard next - now <= 366 * 86_400_000 else { throw Fault.invalid("next", "moment.far") }
    }
    guard faults.isEmpty, let held, let place, let mediators, let present, let text else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    guard sessions.count < Mediation.mostSessions else {
      throw Fault.invalid("text", "mediation.too-many", ["most": "\(Mediation.mostSessions)"])
    }
    let session = CaseSession(
      id: tx.newID(), heldAt: held, place: place, mediators: mediators, present: present,
      body: text, nextAt: input.next)
    try CaseMediationRows.insert(session, of: id, by: doer.person, in: tx)
    view.mediation?.sessions.append(session)
    payload = payload.with("session", session.id).with("held", held).with("next", input.next)
      .with("count", Int64(sessions.count))
  }

  /// The end of it; until the feedback another record takes its place.
  mutating func recordOutcome(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    let outcome = try TextCheck.collect(&faults) {
      try input.choice("outcome", input.outcome, of: MediationResult.Outcome.self)
    }
    let agreement = try TextCheck.collect(&faults) { try agreed(input, after: outcome) }
    let cents = try TextCheck.collect(&faults) { try hundredths(input.amount) }
    let facts = try TextCheck.collect(&faults) { try input.optional("facts", input.facts) }
    let terms = try TextCheck.collect(&faults) { try input.optional("terms", input.terms) }
    guard faults.isEmpty, let outcome, let agreement, let cents, let facts, let terms else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    let result = MediationResult(
      outcome, agreement, cents: cents, performBy: input.performBy, facts: facts, terms: terms,
      recordedAt: now)
    try require(result)
    try CaseMediationRows.put(result, of: id, by: doer.person, in: tx)
    view.mediation?.result = result
    payload = payload.with("outcome", outcome.rawValue).with("agreement", agreement.rawValue)
      .with("amount", result.amount.map { "\($0)" })
  }

  /// Who has it next, or has it anew, settles it anew.
  mutating func forgetOutcome() throws {
    guard view.mediation?.result != nil else { return }
    try CaseMediationRows.delete(of: id, in: tx)
    view.mediation?.result = nil
  }

  // MARK: - Checks

  private var parties: [CaseParty] { view.mediation?.parties ?? [] }
  private var sessions: [CaseSession] { view.mediation?.sessions ?? [] }

  private func line(_ name: String, _ written: String?, _ limit: Int) throws -> String? {
    try TextCheck.line(name, written ?? "", atMost: limit)
  }

  private func need(_ name: String, _ written: String?, _ limit: Int) throws -> String {
    guard let line = try line(name, written, limit) else {
      throw Fault.invalid(name, "value.missing")
    }
    return line
  }

  /// It was held already, and not before the case was there.
  private func heldAt(_ input: MoveInput) throws -> Moment {
    guard let held = input.heldAt else { throw Fault.invalid("heldAt", "value.missing") }
    guard held <= now else { throw Fault.invalid("heldAt", "session.not-yet") }
    guard held >= view.case.reportedAt else {
      throw Fault.invalid("heldAt", "session.before-report")
    }
    return held
  }

  /// Only what was settled has one; whether it has, is said.
  private func agreed(
    _ input: MoveInput, after outcome: MediationResult.Outcome?
  ) throws -> MediationResult.Agreement {
    let agreement = try input.agreement.flatMap { $0.isEmpty ? nil : $0 }.map {
      try input.choice("agreement", $0, of: MediationResult.Agreement.self)
    }
    guard let outcome else { return agreement ?? MediationResult.Agreement.none }
    if outcome == .settled {
      guard let agreement else { throw Fault.invalid("agreement", "value.missing") }
      return agreement
    }
    guard (agreement ?? MediationResult.Agreement.none) == MediationResult.Agreement.none else {
      throw Fault.invalid("agreement", "mediation.not-settled")
    }
    return .none
  }

  /// Yuan with at most two decimals, from 0 to 10 billion.
  private func hundredths(_ written: FieldInput?) throws -> Int64? {
    var field = CaseField(code: "amount", name: "amount", .number)
    (field.unit, field.decimals) = ("元", 2)
    (field.minimum, field.maximum) = (0, 10_000_000_000)
    var kind = CaseKind(code: "", in: view.kind.kindClass, name: "")
    kind.fields = [field]
    guard let written else { return nil }
    do {
      let check = CaseFieldCheck(kind, today: now.local(in: desk.zone).day)
      let values = try check.values(["amount": written])
      guard case .number(let yuan) = values["amount"] else { return nil }
      return NSDecimalNumber(decimal: yuan * 100).int64Value
    } catch let fault as Fault {
      throw Fault(
        fault.kind, fault.code, fault.arguments,
        fields: fault.fields.map { Fault.Field("amount", $0.code, $0.arguments) })
    }
  }

  private func require(_ result: MediationResult) throws {
    var faults: [Fault.Field] = []
    if result.outcome != .withdrawn, sessions.isEmpty {
      faults.append(.init("outcome", "mediation.no-session"))
    }
    if result.agreement == .none {
      if result.cents != nil { faults.append(.init("amount", "mediation.no-agreement")) }
      if result.terms != nil { faults.append(.init("terms", "mediation.no-agreement")) }
      if result.performBy != nil { faults.append(.init("performBy", "mediation.no-agreement")) }
    } else {
      for side in CaseParty.Side.allCases where !parties.contains(where: { $0.side == side }) {
        faults.append(.init("agreement", "mediation.no-\(side.rawValue)"))
      }
      if result.terms == nil { faults.append(.init("terms", "value.missing")) }
      if result.agreement == .written, result.facts == nil {
        faults.append(.init("facts", "value.missing"))
      }
      if let day = result.performBy, day < view.case.reportedAt.local(in: desk.zone).day {
        faults.append(.init("performBy", "mediation.perform-early"))
      }
    }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
  }
}

extension CaseFlow {
  /// What stands in the way of the moves of the table.
  static func obstacleToMediating(
    by move: CaseMove, on file: CaseView, by doer: Doer
  ) -> Fault? {
    guard let mediation = file.mediation else { return notNow(move, file) }
    switch move {
    case .removeParty, .holdSession:
      return mediation.parties.isEmpty ? Fault(.conflict, "mediation.no-parties") : nil
    case .recordOutcome:
      // What the whole case comes to is said by who leads it.
      return file.leadsFeedback(doer) ? nil : Fault(.conflict, "mediation.lead-records")
    case .feedBack:
      return mediation.result == nil && file.leadsFeedback(doer)
        ? Fault(.conflict, "mediation.no-outcome") : nil
    default: return nil
    }
  }
}

extension CaseView {
  /// Whether who the parties are may be opened: by those who may open who reported, and by those who have
  /// the case at their table, also where it is confidential.
  public func mayOpenParties(by doer: Doer) -> Bool {
    isWithin(.personalRead, of: doer)
      && (!self.case.isConfidential || self.case.isWithin(.caseAccept, of: doer)
        || !parts(of: doer, in: [.sent, .taken, .passed, .handled]).isEmpty)
  }

  /// Whether what `doer` would feed back is the feedback of the case.
  func leadsFeedback(_ doer: Doer) -> Bool {
    parts(of: doer, in: [.sent, .taken]).contains(where: isMain)
  }
}

extension CaseDesk {
  /// Opens who the parties are, and writes that down, as it does of who reported.
  ///
  /// - Throws: `right.missing`; `case.missing`; `mediation.not`, where the kind is not mediated.
  public func openMediation(
    of id: ID<Case>, by doer: Doer, in tx: Transaction
  ) throws -> Mediation {
    let view = try view(id, by: doer, in: tx)
    guard let mediation = view.mediation else { throw Fault(.missing, "mediation.not") }
    guard try mayOpenMediation(of: view, by: doer, in: tx) else {
      throw Fault(.forbidden, "right.missing", ["right": Right.personalRead.rawValue])
    }
    let behalf =
      doer.standsFor.isEmpty || view.isWithin(.personalRead, of: doer.alone)
      ? [] : view.reach.behalf(of: doer, by: .personalRead)
    try Ledger.append(
      Self.lookingVerb, about: .case, id.raw, by: doer.actor,
      payload: Payload().with("of", "parties").with("for", codes: behalf.map(\.description)), in: tx
    )
    return mediation
  }

  /// Whether who the parties are may be opened: by the case itself, or as the caller of one that was merged.
  func mayOpenMediation(
    of view: CaseView, by doer: Doer, in snapshot: some Querying
  ) throws -> Bool {
    guard view.mediation != nil else { return false }
    return try view.mayOpenParties(by: doer) || mayOpenReporter(of: view, by: doer, in: snapshot)
  }

  /// The same in a transaction of its own.
  public func openMediation(of id: ID<Case>, by doer: Doer) async throws -> Mediation {
    try await database.write { try openMediation(of: id, by: doer, in: $0) }
  }
}

extension Mediation {
  /// As shown to those who have not opened it: names masked, and no words in which they may stand.
  public var masked: Mediation {
    var shown = self
    shown.parties = parties.map(\.masked)
    shown.sessions = sessions.map {
      CaseSession(
        id: $0.id, heldAt: $0.heldAt, place: $0.place, mediators: $0.mediators, present: "****",
        body: $0.body, nextAt: $0.nextAt)
    }
    return shown
  }
}
