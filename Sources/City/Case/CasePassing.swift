import Base
import Store

/// Dispatch below the first level: passing one's part on, taking it back, giving it more time, and
/// how what was done there comes up again.
extension CaseChange {
  /// Sends a part on to organisations below the one that has it, or to one of its own people (转派).
  /// It waits until all of them have fed back.
  mutating func passOn(_ input: MoveInput) throws {
    guard let part = view.parts(of: doer, right: .caseDispatch, in: [.sent, .taken]).first else {
      return
    }
    var faults: [Fault.Field] = []
    let target = try TextCheck.collect(&faults) { try onward(input, from: part) }
    let text = try TextCheck.collect(&faults) { try input.optional("text", input.text) }
    try TextCheck.collect(&faults) {
      if let until = input.until { try requireWithin(until, clock: view.clock(of: part)) }
    }
    guard faults.isEmpty, let target else { throw Fault(.invalid, "input.invalid", fields: faults) }
    if let text, let text { try note(.passOn, text) }
    // What an earlier round did stays to be seen; it does not lead any more.
    for old in view.below(part) { try update(old) { $0.endedAt = $1 } }
    try update(part) {
      $0.state = .passed
      $0.takenAt = $0.takenAt ?? $1
    }
    view.case.takenAt = view.case.takenAt ?? now
    try add(target, below: part, until: input.until)
    payload = payload.with("from", try code(of: part)).with("until", input.until)
    try settle()
  }

  /// Takes back everything that a level sent (收回): its part is its own again. The case's own
  /// dispatcher takes the whole case back, which may then go to another.
  mutating func withdraw(_ input: MoveInput) throws {
    try note(.withdraw, try input.required("text", input.text))
    guard let part = view.parts(of: doer, right: .caseDispatch, in: [.passed]).last else {
      for part in view.assignments where part.isCurrent { try end(part, as: .withdrawn) }
      return try leaveUnits()
    }
    try recall(from: part)
    payload = payload.with("from", try code(of: part))
    try settle()
  }

  /// Puts off the deadline of what a level sent, within its own.
  mutating func extendBelow(_ input: MoveInput) throws {
    guard let part = view.parts(of: doer, right: .caseDispatch, in: [.passed]).last,
      let child = view.sent(by: part).first, let clock = view.clock(of: child),
      let index = view.clocks.firstIndex(where: { $0.id == clock.id })
    else { throw Fault(.conflict, "clock.none-below") }
    guard let until = input.until else { throw Fault.invalid("until", "value.missing") }
    let own = view.clock(of: part)
    try requireWithin(until, clock: own)
    guard let due = clock.dueAt, until > due else {
      throw Fault.invalid(
        "until", "until.not-later",
        ["asked": until.description, "deadline": clock.dueAt?.description ?? ""])
    }
    if let text = try input.optional("text", input.text) { try note(.extendBelow, text) }
    if let extra = TimeLimit(.minutes(Int((until - due) / 60_000))) {
      view.clocks[index].extensions.append(extra)
    }
    // Who is late themselves binds nobody to it.
    if own?.isLate(at: now) == true { view.clocks[index].within = nil }
    try CasePartRows.update(view.clocks[index], in: tx)
    try recompute()
    payload = payload.with("from", try code(of: part)).with("until", view.clocks[index].dueAt)
  }

  // MARK: - What may be asked

  /// - Throws: `input.invalid` for a time that is past or far, or after one's own deadline while that
  ///   is still to come.
  private func requireWithin(_ until: Moment, clock own: CaseClock?) throws {
    try Self.requireComing(until, now: now)
    guard let due = own?.dueAt, due >= now, until > due else { return }
    throw Fault.invalid(
      "until", "until.after-own", ["asked": until.description, "deadline": due.description])
  }

  /// Whom a part is passed on to. Without an organisation it is a person of one's own.
  private func onward(_ input: MoveInput, from part: CaseAssignment) throws -> Proposal {
    var faults: [Fault.Field] = []
    let lead = try TextCheck.collect(&faults) { try leadBelow(part, input) }
    try TextCheck.collect(&faults) {
      if let person = input.person, let lead {
        guard try CaseDesk.serves(person, in: lead, in: tx) else {
          throw Fault.invalid("person", "person.not-in-organisation")
        }
      }
    }
    let helpers = try TextCheck.collect(&faults) {
      try self.helpers(input, besides: lead) { try requireBelow(part, $0, field: "helpers") }
    }
    let isOwn = lead?.id == part.organisation
    let chosen = input.people ?? []
    // Among several of one's own somebody leads: who is named, or else the first.
    let person = input.person ?? (isOwn ? chosen.first : nil)
    let people = try TextCheck.collect(&faults) {
      try self.people(chosen, from: part, besides: person)
    }
    guard faults.isEmpty, let lead, let helpers, let people else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    return Proposal(lead: lead, person: person, helpers: helpers, people: people)
  }

  /// Those of one's own organisation that get parts of their own, each once.
  private func people(
    _ chosen: [ID<Person>], from part: CaseAssignment, besides lead: ID<Person>?
  ) throws -> [ID<Person>] {
    guard !chosen.isEmpty else { return [] }
    guard let own = try desk.parties.value(in: tx)[part.organisation],
      !part.isPersonal(among: view.assignments)
    else { throw Fault.invalid("people", "person.not-in-organisation") }
    var people: [ID<Person>] = []
    for person in chosen where person != lead && !people.contains(person) {
      guard try CaseDesk.serves(person, in: own, in: tx) else {
        throw Fault.invalid("people", "person.not-in-organisation")
      }
      people.append(person)
    }
    return people
  }

  private func leadBelow(_ part: CaseAssignment, _ input: MoveInput) throws -> Organisation {
    let own = try desk.parties.value(in: tx)[part.organisation]
    let given = try input.optional("organisation", input.organisation)
    let names = input.person != nil || input.people?.isEmpty == false
    if names, let own, given == nil || given == own.code {
      // A person does not send to another of the same organisation.
      guard !part.isPersonal(among: view.assignments) else {
        throw Fault.invalid("organisation", "organisation.in-chain", ["organisation": own.code])
      }
      return own
    }
    guard let given else { throw Fault.invalid("organisation", "value.missing") }
    let lead = try organisation(given, field: "organisation")
    try requireBelow(part, lead, field: "organisation")
    return lead
  }

  /// A level sends down, never in a circle, and no organisation has two parts in one case.
  private func requireBelow(
    _ part: CaseAssignment, _ target: Organisation, field: String
  ) throws {
    let named = ["organisation": target.code]
    guard !view.chain(part).contains(where: { $0.organisation == target.id }) else {
      throw Fault.invalid(field, "organisation.in-chain", named)
    }
    let own = try desk.parties.value(in: tx)[part.organisation]?.path ?? part.organisationPath
    guard target.path.hasPrefix(own) else {
      throw Fault.invalid(field, "organisation.not-below", named)
    }
    let earlier = Set(view.below(part).map(\.id))
    guard
      !view.assignments.contains(where: {
        $0.isCurrent && $0.organisation == target.id && !earlier.contains($0.id)
      })
    else { throw Fault.invalid(field, "organisation.has-part", named) }
  }

  private func code(of part: CaseAssignment) throws -> String? {
    try desk.parties.value(in: tx)[part.organisation]?.code
  }

  // MARK: - What follows

  /// Gives a lead and its helpers their parts and the clock that they share.
  ///
  /// - Parameters:
  ///   - part: the one that is passed on; nil where the case is dispatched.
  ///   - until: the deadline that its holder gave.
  mutating func add(
    _ proposal: Proposal, below part: CaseAssignment? = nil, until: Moment? = nil
  ) throws {
    let lead = CaseAssignment(
      id: tx.newID(), caseID: id, isLead: true, organisation: proposal.lead,
      person: proposal.person, sentAt: now, below: part?.id)
    try startHandling(lead, below: part, until: until)
    let due = view.clocks.last { $0.assignment == lead.id }?.dueAt
    let own = try part.flatMap { try desk.parties.value(in: tx)[$0.organisation] }
    let help =
      proposal.helpers.map { ($0, nil) }
      + proposal.people.compactMap { person in own.map { ($0, person) } }
    let helpers = help.map { organisation, person in
      CaseAssignment(
        id: tx.newID(), caseID: id, isLead: false, organisation: organisation, person: person,
        sentAt: now, below: part?.id)
    }
    try insert([lead] + helpers, due: due)
    payload = payload.with("lead", proposal.lead.code).with("person", proposal.person)
      .with("helpers", codes: proposal.helpers.map(\.code))
      .with("people", codes: proposal.people.map(\.description))
  }

  private mutating func startHandling(
    _ lead: CaseAssignment, below part: CaseAssignment?, until: Moment?
  ) throws {
    guard let part else { return try start(.handling, assignment: lead.id) }
    let own = view.clock(of: part)
    guard
      var clock = desk.clockwork.clock(
        below: own?.isLate(at: now) == true ? nil : own, until: until, of: view.kind,
        id: tx.newID(), caseID: id, startedAt: now)
    else { return }
    clock.assignment = lead.id
    clock.level = view.level(of: part) + 1
    try CasePartRows.insert(clock, in: tx)
    view.clocks.append(clock)
  }

  /// Takes back what a part was passed on to; the part is its own again.
  mutating func recall(from part: CaseAssignment) throws {
    for child in view.sent(by: part) { try take(back: child) }
    try update(part) { part, _ in part.state = .taken }
  }

  /// Ends a part and everything below it, with the clocks that it leads.
  mutating func take(back part: CaseAssignment) throws {
    for part in [part] + view.below(part) { try end(part, as: .withdrawn) }
  }

  mutating func end(_ part: CaseAssignment, as state: AssignmentState) throws {
    try stopHandling(ledBy: part, done: false)
    try update(part) {
      $0.state = state
      $0.endedAt = $1
    }
  }

  private mutating func stopHandling(ledBy part: CaseAssignment, done: Bool) throws {
    for index in view.clocks.indices
    where view.clocks[index].assignment == part.id && view.clocks[index].stoppedAt == nil {
      view.clocks[index].stoppedAt = now
      view.clocks[index].isDone = done
      try CasePartRows.update(view.clocks[index], in: tx)
    }
  }

  /// Nobody has the case any more: it waits for its dispatcher, or, after returns, for an arbitrator.
  ///
  /// - Parameter returned: whether its lead gave it back; otherwise its dispatcher took it back.
  mutating func leaveUnits(returned: Bool = false) throws {
    view.case.state = .filed
    view.case.leadOrganisation = nil
    view.case.leadPerson = nil
    try stop(.handling, done: false)
    try lapseExtension()
    if returned { return try startAfterReturn() }
    lapseAppeal()
    try forgetOutcome()
    try start(.dispatch)
  }

  /// What follows when parts were fed back or given back: a part whose whole level below is done is
  /// its holder's again, and the case is handled once nothing is open.
  mutating func settle() throws {
    for part in view.assignments where part.isCurrent && part.state == .passed {
      let below = view.sent(by: part)
      guard below.allSatisfy({ $0.state == .handled }) else { continue }
      for child in below { try stopHandling(ledBy: child, done: true) }
      try update(part) { part, _ in part.state = .taken }
    }
    view.case.state = view.stateOfParts
    if view.case.state == .handled { try finishHandling() }
  }
}
