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
    let helpers = try helpers(input, besides: lead) { _ in }
    if let text = try input.optional("text", input.text) { try note(.dispatch, text) }
    try send(to: Proposal(lead: lead, person: input.person, helpers: helpers))
  }

  /// The organisations that are to help, each once.
  func helpers(
    _ input: MoveInput, besides lead: Organisation?, _ check: (Organisation) throws -> Void
  ) throws -> [Organisation] {
    var helpers: [Organisation] = []
    for code in input.helpers ?? [] where !code.isEmpty {
      let helper = try organisation(code, field: "helpers")
      guard helper.id != lead?.id else { throw Fault.invalid("helpers", "helper.is-lead") }
      try check(helper)
      if !helpers.contains(where: { $0.id == helper.id }) { helpers.append(helper) }
    }
    return helpers
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
    try add(proposal)
    view.case.state = .dispatched
    view.case.dispatchedAt = now
    view.case.leadOrganisation = proposal.lead.id
    view.case.leadPerson = proposal.person
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
    view.case.takenAt = view.case.takenAt ?? now
    try settle()
    payload = payload.with("parts", codes: mine.map { String($0.id.raw) })
  }

  /// Gives one's part back with a reason, to the level that sent it: when the lead does, the case goes
  /// back to the dispatcher, or the part above is its holder's again.
  mutating func giveBack(_ input: MoveInput) throws {
    try note(.giveBack, try input.required("text", input.text))
    let mine = view.parts(of: doer, in: [.sent, .taken])
    payload = payload.with("parts", codes: mine.map { String($0.id.raw) })
    if mine.contains(where: { $0.isLead && $0.parent == nil }) {
      for part in view.assignments where part.isCurrent {
        try end(part, as: mine.contains(part) ? .returned : .withdrawn)
      }
      view.case.returnCount += 1
      return try leaveUnits(returned: true)
    }
    for part in mine where view.assignments.contains(where: { $0.id == part.id && $0.isCurrent }) {
      for child in view.below(part) { try end(child, as: .withdrawn) }
      let above = part.isLead ? view.above(part) : nil
      try end(part, as: .returned)
      if let above { try recall(from: above) }
    }
    try settle()
  }

  /// Reports what was done. The case is handled when the lead and every helper have fed back; below
  /// the first level, the part above is its holder's again, who reports in turn.
  mutating func feedBack(_ input: MoveInput) throws {
    let mine = view.parts(of: doer, in: [.sent, .taken])
    let text = try input.required("text", input.text)
    var fact = try input.optional("factFinding", input.factFinding)
    var claim = try input.optional("claimFinding", input.claimFinding)
    let main = mine.filter { view.isMain($0) }
    if !main.isEmpty {
      // What those below found stands, unless something else is said.
      let hasBelow = main.contains { !view.sent(by: $0).isEmpty }
      let notes = hasBelow ? try CaseNoteRows.notes(id, in: tx) : []
      let found = main.compactMap { view.feedback(to: $0, among: notes) }.first
      fact = fact ?? found?.factFinding
      claim = claim ?? found?.claimFinding
      var faults: [Fault.Field] = []
      if view.kind.findings && fact == nil { faults.append(.init("factFinding", "value.missing")) }
      if view.kind.findings && claim == nil {
        faults.append(.init("claimFinding", "value.missing"))
      }
      try TextCheck.collect(&faults) { try addFields(input, at: .feedback, besides: found != nil) }
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
      if part.isLead, part.parent == nil { view.case.handledBy = person }
    }
    payload = payload.with("parts", codes: mine.map { String($0.id.raw) })
    try settle()
  }

  /// All have fed back.
  mutating func finishHandling() throws {
    view.case.handledAt = now
    try stop(.handling)
    // From now on nobody contacts the caller first.
    try stop(.firstContact, done: false)
    try lapseExtension()
    try startChecks()
  }

  /// A request for more time that nobody decided on has lost its object.
  mutating func lapseExtension() throws {
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
  ///
  /// - Parameter besides: whether the answers that are there count, where none is given.
  mutating func addFields(
    _ input: MoveInput, at stage: CaseStage, besides: Bool = false
  ) throws {
    let today = now.local(in: desk.zone).day
    var given = input.fields ?? [:]
    if besides {
      let asked = Set(view.kind.fields.filter { $0.stage == stage }.map(\.code))
      let there = try CaseDesk.fields(of: view.case).filter { asked.contains($0.key) }
      given = there.mapValues(\.input).merging(given) { $1 }
    }
    try keep(CaseFieldCheck(view.kind, at: stage, today: today).values(given))
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
  /// Of one's own organisation, who help by name; only where a part is passed on.
  var people: [ID<Person>] = []
}
