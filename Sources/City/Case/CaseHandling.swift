import Base
import Foundation
import Store

/// Sending a case and working on it: dispatch, take, return, feed back, first contact.
extension CaseChange {
  mutating func dispatch(_ input: MoveInput) throws {
    let code = try input.required("organisation", input.organisation)
    let lead = try organisation(code, field: "organisation")
    if let person = input.person {
      guard try CaseDesk.serves(person, in: lead, in: tx) else {
        throw Fault.invalid("person", "person.not-in-organisation")
      }
    }
    var helpers: [Organisation] = []
    for code in input.helpers ?? [] where !code.isEmpty {
      let helper = try organisation(code, field: "helpers")
      guard helper.id != lead.id else { throw Fault.invalid("helpers", "helper.is-lead") }
      if !helpers.contains(where: { $0.id == helper.id }) { helpers.append(helper) }
    }
    if let text = try input.optional("text", input.text) { try note(.dispatch, text) }
    try send(to: Proposal(lead: lead, person: input.person, helpers: helpers))
  }

  func organisation(_ code: String, field: String) throws -> Organisation {
    guard let organisation = try desk.parties.value(in: tx).organisation(code: code),
      organisation.retiredAt == nil
    else {
      throw Fault.invalid(field, "organisation.unknown", ["organisation": String(code.prefix(64))])
    }
    return organisation
  }

  mutating func send(to proposal: Proposal) throws {
    try stop(.dispatch)
    let lead = CaseAssignment(
      id: tx.newID(), caseID: id, isLead: true, organisation: proposal.lead,
      person: proposal.person, sentAt: now)
    try start(.handling, assignment: lead.id)
    let due = view.clocks.last { $0.assignment == lead.id }?.dueAt
    let helpers = proposal.helpers.map {
      CaseAssignment(
        id: tx.newID(), caseID: id, isLead: false, organisation: $0, person: nil, sentAt: now)
    }
    try insert([lead] + helpers, due: due)
    view.case.state = .dispatched
    view.case.dispatchedAt = now
    view.case.leadOrganisation = proposal.lead.id
    view.case.leadPerson = proposal.person
    payload = payload.with("lead", proposal.lead.code).with("person", proposal.person)
      .with("helpers", codes: proposal.helpers.map(\.code))
  }

  /// Enters parts, with the words by which those who have them find the case.
  mutating func insert(_ parts: [CaseAssignment], due: Moment?) throws {
    let words = CaseNoteRows.words(of: view.case, parts: view.parts)
    for var part in parts {
      part.dueAt = due
      try CasePartRows.insert(part, in: tx)
      view[keyPath: CaseView.list(of: part.purpose)].append(part)
    }
    try CaseNoteRows.index(
      CaseNoteRows.words(of: view.case, parts: view.parts), of: id, replacing: words, in: tx)
  }

  mutating func take(_ input: MoveInput) throws {
    let mine = view.parts(of: doer, in: [.sent])
    if let text = try input.optional("text", input.text) { try note(.take, text) }
    for part in mine {
      try update(part) {
        $0.state = .taken
        $0.takenAt = $1
      }
    }
    view.case.state = .handling
    view.case.takenAt = view.case.takenAt ?? now
    payload = payload.with("parts", codes: mine.map { String($0.id.raw) })
  }

  /// Gives one's part back with a reason; when the lead does, the case goes back to the dispatcher.
  mutating func giveBack(_ input: MoveInput) throws {
    try note(.giveBack, try input.required("text", input.text))
    let mine = view.parts(of: doer, in: [.sent, .taken])
    let leads = mine.contains(where: \.isLead)
    for part in leads ? view.assignments.filter(\.isCurrent) : mine {
      try update(part) {
        $0.state = mine.contains(part) ? .returned : .withdrawn
        $0.endedAt = $1
      }
    }
    payload = payload.with("parts", codes: mine.map { String($0.id.raw) })
    if leads {
      view.case.returnCount += 1
      view.case.state = .filed
      view.case.leadOrganisation = nil
      view.case.leadPerson = nil
      try stop(.handling, done: false)
      try lapseExtension()
      try startAfterReturn()
    } else {
      try finishHandlingIfComplete()
    }
  }

  /// Reports what was done. The case is handled when the lead and every helper have fed back.
  mutating func feedBack(_ input: MoveInput) throws {
    let mine = view.parts(of: doer, in: [.sent, .taken])
    let text = try input.required("text", input.text)
    let fact = try input.optional("factFinding", input.factFinding)
    let claim = try input.optional("claimFinding", input.claimFinding)
    if mine.contains(where: \.isLead) {
      var faults: [Fault.Field] = []
      if view.kind.findings && fact == nil { faults.append(.init("factFinding", "value.missing")) }
      if view.kind.findings && claim == nil {
        faults.append(.init("claimFinding", "value.missing"))
      }
      try TextCheck.collect(&faults) { try addFields(input, at: .feedback) }
      try TextCheck.collect(&faults) { try requireEvidence(at: .feedback) }
      guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    }
    try note(.feedBack, text, factFinding: fact, claimFinding: claim)
    let person = doer.person
    for part in mine {
      try update(part) {
        $0.state = .handled
        $0.takenAt = $0.takenAt ?? $1
        $0.handledAt = $1
        $0.handledBy = person
      }
      if part.isLead { view.case.handledBy = person }
    }
    payload = payload.with("parts", codes: mine.map { String($0.id.raw) })
    try finishHandlingIfComplete()
  }

  private mutating func finishHandlingIfComplete() throws {
    let current = view.assignments.filter(\.isCurrent)
    guard !current.isEmpty, current.allSatisfy({ $0.state == .handled }) else { return }
    view.case.state = .handled
    view.case.handledAt = now
    try stop(.handling)
    // From now on nobody contacts the caller first.
    try stop(.firstContact, done: false)
    try lapseExtension()
    try startChecks()
  }

  /// A request for more time that nobody decided on has lost its object.
  private mutating func lapseExtension() throws {
    guard let request = view.openExtension else { return }
    try CasePartRows.decide(request.id, granted: false, by: nil, in: tx)
    view.extensions = try CasePartRows.extensions(id, in: tx)
  }

  mutating func contact(_ input: MoveInput) throws {
    let text = try input.required("text", input.text)
    guard let reached = input.reached else { throw Fault.invalid("reached", "value.missing") }
    try note(.contact, text)
    payload = payload.with("reached", reached)
    // An attempt that reached nobody is recorded, and does not stop the clock.
    guard reached else { return }
    view.case.contactedAt = now
    try stop(.firstContact)
  }

  mutating func comment(_ input: MoveInput) throws {
    try note(.comment, try input.required("text", input.text))
  }

  mutating func update(
    _ part: CaseAssignment, _ body: (inout CaseAssignment, _ now: Moment) -> Void
  ) throws {
    let list = CaseView.list(of: part.purpose)
    guard let index = view[keyPath: list].firstIndex(where: { $0.id == part.id }) else { return }
    body(&view[keyPath: list][index], now)
    try CasePartRows.update(view[keyPath: list][index], in: tx)
  }

  /// Adds checked answers to the fields that the kind asks at `stage`.
  mutating func addFields(_ input: MoveInput, at stage: CaseStage) throws {
    let today = now.local(in: desk.zone).day
    try keep(CaseFieldCheck(view.kind, at: stage, today: today).values(input.fields ?? [:]))
  }

  /// Puts checked answers beside those that the case has.
  mutating func keep(_ values: [String: FieldValue]) throws {
    guard !values.isEmpty else { return }
    let all = try CaseDesk.fields(of: view.case).merging(values) { $1 }
    view.case.fields = try CaseDesk.stored(all)
  }

  /// - Throws: `evidence.missing` naming what, and how many of it, a stage needs.
  func requireEvidence(at stage: CaseStage) throws {
    guard view.kind.evidence.contains(where: { $0.stage == stage }) else { return }
    let subjects = try CaseNoteRows.attachments(id, in: tx).map(\.subject)
    let faults = view.kind.missingEvidence(at: stage, among: subjects)
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
  }
}

extension CaseKind {
  /// What a stage needs and is not there.
  func missingEvidence(
    at stage: CaseStage, among subjects: [EvidenceRule.Subject]
  ) -> [Fault.Field] {
    evidence.filter { $0.stage == stage }.compactMap { rule in
      let count = subjects.count { $0 == rule.subject }
      guard count < rule.count else { return nil }
      return Fault.Field(
        "attachments", "evidence.missing",
        ["subject": rule.subject.rawValue, "needed": String(rule.count), "there": String(count)])
    }
  }
}

/// Who a case should go to.
public struct Proposal: Sendable {
  public let lead: Organisation
  public let person: ID<Person>?
  public let helpers: [Organisation]
}
