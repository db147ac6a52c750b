import Base
import Store

/// The check on the spot before filing (核实): a patroller of the place looks whether a report is so.
///
/// Who is asked has a part in the case, as who handles it has, of another purpose: they read it by
/// that while they are asked and afterwards.
extension CaseChange {
  /// Asks somebody to look, or, while somebody is asked, somebody else in their place. The clock
  /// runs on from the first asking: that somebody was away gives nobody more time.
  mutating func askCheck(_ input: MoveInput) throws {
    let (organisation, person) = try checker(input)
    if let text = try input.optional("text", input.text) { try note(.askCheck, text) }
    try withdrawChecks()
    if view.case.state != .checking {
      // What is looked at on the spot is not filed meanwhile.
      try stop(.filing, done: false)
      try start(.check)
      view.case.state = .checking
      view.case.checkResult = nil
    }
    let part = CaseAssignment(
      id: tx.newID(), caseID: id, isLead: false, organisation: organisation, person: person,
      sentAt: now, purpose: .check)
    try insert(
      [part], due: view.clocks.last { $0.step == .check && $0.stoppedAt == nil }?.dueAt)
    payload = payload.with("checker", organisation.code).with("person", person)
  }

  /// Who was chosen: an organisation, somebody of it, or a person alone, whose organisation it is then.
  private func checker(
    _ input: MoveInput
  ) throws -> (organisation: Organisation, person: ID<Person>?) {
    guard let code = try input.optional("organisation", input.organisation) else {
      guard let person = input.person else {
        throw Fault.invalid("organisation", "value.missing")
      }
      guard let found = try PersonRows.find(person, in: tx), found.disabledAt == nil,
        let home = try found.organisation.flatMap({ try desk.parties.value(in: tx)[$0] }),
        home.retiredAt == nil
      else { throw Fault.invalid("person", "person.not-in-organisation") }
      return (home, person)
    }
    let chosen = try organisation(code, field: "organisation")
    if let person = input.person {
      guard try CaseDesk.serves(person, in: chosen, in: tx) else {
        throw Fault.invalid("person", "person.not-in-organisation")
      }
    }
    return (chosen, input.person)
  }

  /// What whoever looked has seen: it is so, or it is not. Then it is filed, or rejected.
  mutating func answerCheck(_ input: MoveInput, _ result: SpotCheckResult) throws {
    try note(
      result == .confirmed ? .confirmCheck : .denyCheck, try input.required("text", input.text))
    let person = doer.person
    for part in view.openChecks {
      try update(part) {
        $0.state = .handled
        $0.takenAt = $1
        $0.handledAt = $1
        $0.handledBy = person
      }
    }
    view.case.checkedAt = now
    view.case.checkResult = result
    try stop(.check)
    try takeBackToFile()
  }

  /// Takes the asking back: nobody can look.
  mutating func cancelCheck(_ input: MoveInput) throws {
    if let text = try input.optional("text", input.text) { try note(.cancelCheck, text) }
    try withdrawChecks()
    try stop(.check, done: false)
    try takeBackToFile()
  }

  private mutating func takeBackToFile() throws {
    view.case.state = .accepted
    try start(.filing)
  }

  private mutating func withdrawChecks() throws {
    for part in view.openChecks {
      try update(part) {
        $0.state = .withdrawn
        $0.endedAt = $1
      }
    }
  }

  /// The deadline of the check is that of whoever is asked.
  mutating func setCheckDue(_ due: Moment?) throws {
    for part in view.openChecks { try update(part) { part, _ in part.dueAt = due } }
  }

  /// What filing asks of the check, by the kind as it may just have been corrected: that there was
  /// one, and after a denial a reason why it is filed all the same.
  func requireChecked(text: String?) throws {
    if view.needsCheck { throw CaseView.notChecked }
    guard view.case.checkResult != .denied || text != nil else {
      throw Fault.invalid("text", "value.missing")
    }
  }
}

extension CaseView {
  /// Whether somebody has to look on the spot before it is filed.
  var needsCheck: Bool {
    kind.checkedBeforeFiling && !`case`.channel.isOfPatrollers && `case`.checkResult == nil
  }

  static let notChecked = Fault(.conflict, "case.not-checked")

  /// The askings that nobody has answered; one at most.
  public var openChecks: [CaseAssignment] { checks.filter(\.isPending) }

  /// Whether `doer` was asked to look, or belongs to whom was.
  func isAskedToCheck(_ doer: Doer) -> Bool {
    let reach = reach
    return openChecks.contains { reach.answers(doer, for: $0.reach(among: parts), by: .caseHandle) }
  }
}

extension Channel {
  /// Whether who reports by it is the one who would be asked to look.
  var isOfPatrollers: Bool { self == .patrol || self == .own }
}
