import Base
import Crypto
import Foundation
import Store

/// One move in the making: the case as it will be, and what the ledger will say of it.
struct CaseChange {
  var view: CaseView
  let desk: CaseDesk
  let doer: Doer
  let tx: Transaction
  var payload = Payload()
  private let before: CaseView

  init(view: CaseView, desk: CaseDesk, doer: Doer, tx: Transaction) {
    self.view = view
    self.desk = desk
    self.doer = doer
    self.tx = tx
    before = view
  }

  var id: ID<Case> { view.case.id }
  var now: Moment { tx.now }

  /// The verbs, one each.
  mutating func make(_ move: CaseMove, _ input: MoveInput) throws {
    switch move {
    case .accept: try accept(input)
    case .reject: try reject(input)
    case .askCheck: try askCheck(input)
    case .confirmCheck: try answerCheck(input, .confirmed)
    case .denyCheck: try answerCheck(input, .denied)
    case .cancelCheck: try cancelCheck(input)
    case .file: try file(input)
    case .correct: try correct(input)
    case .dispatch: try dispatch(input)
    case .askArbitration: try askArbitration(input)
    case .arbitrate: try arbitrate(input)
    case .take: try take(input)
    case .giveBack: try giveBack(input)
    case .feedBack: try feedBack(input)
    case .verify: try verify(input)
    case .rework: try rework(input)
    case .askExtension: try askExtension(input)
    case .grantExtension: try decideExtension(input, granted: true)
    case .refuseExtension: try decideExtension(input, granted: false)
    case .suspend: try suspend(input)
    case .resume: try resume(input)
    case .contact: try contact(input)
    case .close: try close(input)
    case .callBack: try callBack(input)
    case .supervise: try supervise(input)
    case .answer: try answer(input)
    case .appeal: try appeal(input)
    case .grantAppeal: try decideAppeal(input, .granted)
    case .refuseAppeal: try decideAppeal(input, .refused)
    case .recordFinding: try recordFinding(input)
    case .reopen: try reopen(input)
    case .comment: try comment(input)
    case .link: try link(input)
    case .unlink: try unlink(input)
    case .merge: try merge(input)
    case .unmerge: try unmerge(input)
    case .transfer: try transfer(input)
    case .transferBack: try transferBack(input)
    case .passOn: try passOn(input)
    case .withdraw: try withdraw(input)
    case .extendBelow: try extendBelow(input)
    case .addParty: try addParty(input)
    case .removeParty: try removeParty(input)
    case .holdSession: try holdSession(input)
    case .recordOutcome: try recordOutcome(input)
    }
  }

  /// Writes the case and its ledger entry together.
  ///
  /// - Parameter occurredAt: when it was made, where it is told later.
  /// - Throws: `case.stale` when somebody else wrote in between.
  mutating func finish(_ move: CaseMove, occurredAt: Moment? = nil) throws -> Case {
    view.case.revision = before.case.revision + 1
    view.case.updatedAt = now
    try write()
    try Ledger.append(
      "case.\(move.rawValue)", about: .case, id.raw, by: doer.actor,
      payload: payload.with("state", view.case.state.rawValue)
        .with("for", codes: before.behalf(of: doer, making: move).map(\.description)),
      occurredAt: occurredAt, in: tx)
    return view.case
  }

  /// Keeps parts that somebody else has now; no move of the flow.
  mutating func finishHandingOver() throws {
    view.case.revision = before.case.revision + 1
    view.case.updatedAt = now
    try write()
    try Ledger.append(
      "case.hand-over", about: .case, id.raw, by: doer.actor, payload: payload, in: tx)
  }

  /// Keeps deadlines that were computed anew; not a change that a person made, so no move.
  mutating func finishRecomputing() throws {
    try write()
    try Ledger.append("case.deadline", about: .case, id.raw, by: doer.actor, in: tx)
  }

  private mutating func write() throws {
    view.case.dueAt = Self.due(view.clocks, state: view.case.state)
    guard try CaseRows.update(view.case, from: before.case.revision, in: tx) else {
      throw Fault(.conflict, "case.stale", ["state": before.case.state.rawValue])
    }
    guard !view.parts.isEmpty else { return }
    let own = view.assignments.map { (part: $0.id, due: view.due(of: $0)) }
    try CasePartRows.place(
      partsOf: view.case, own: own.filter { $0.due != view.case.dueAt }, in: tx)
  }

  /// The deadline that is next: of the running steps, or else of the whole.
  ///
  /// - Parameter counts: which clocks are looked at; those of the case itself.
  static func due(
    _ clocks: [CaseClock], state: CaseState, _ counts: (CaseClock) -> Bool = { $0.level == 0 }
  ) -> Moment? {
    guard state.isOpen, state != .suspended else { return nil }
    let running = clocks.filter { $0.stoppedAt == nil && $0.step != .callBack && counts($0) }
    let steps = running.filter { $0.step != .whole }.compactMap(\.dueAt)
    return steps.min() ?? running.compactMap(\.dueAt).min()
  }

  // MARK: - Clocks

  /// - Parameter start: the present when nil.
  mutating func start(
    _ step: ClockStep, assignment: ID<CaseAssignment>? = nil, at start: Moment? = nil
  ) throws {
    guard
      let clock = desk.clockwork.clock(
        step, of: view.kind, id: tx.newID(), caseID: id, assignment: assignment,
        startedAt: start ?? now)
    else { return }
    try CasePartRows.insert(clock, in: tx)
    view.clocks.append(clock)
    if step == .whole { view.case.wholeDueAt = clock.dueAt }
  }

  /// Stops the running clock of a step.
  ///
  /// - Parameters:
  ///   - done: false when it ended without the step being done.
  ///   - then: the present when nil.
  mutating func stop(_ step: ClockStep, done: Bool = true, at then: Moment? = nil) throws {
    for index in view.clocks.indices
    where view.clocks[index].step == step && view.clocks[index].stoppedAt == nil {
      view.clocks[index].stoppedAt = then ?? now
      view.clocks[index].isDone = done
      try CasePartRows.update(view.clocks[index], in: tx)
    }
  }

  /// Computes the deadlines of all running clocks anew: after a pause, an extension, or a
  /// correction of the kind. Also of those that stopped before the calendar of their year was known,
  /// since figures are by deadline.
  mutating func recompute() throws {
    for index in view.clocks.indices {
      let old = view.clocks[index]
      guard old.stoppedAt == nil || old.missingYear != nil else { continue }
      // A level above has the older clock, so that it is known here.
      let above = view.clocks.first { $0.id == old.within }
      let clock = desk.clockwork.computed(old, pauses: view.pauses(of: old), within: above)
      guard clock != old else { continue }
      view.clocks[index] = clock
      try CasePartRows.update(clock, in: tx)
      if clock.step == .whole, clock.id == view.clocks.last(where: { $0.step == .whole })?.id {
        view.case.wholeDueAt = clock.dueAt
      }
      if clock.step == .check, clock.stoppedAt == nil { try setCheckDue(clock.dueAt) }
      // The lead's clock is that of all who were sent it together.
      if clock.step == .handling, clock.stoppedAt == nil,
        let lead = view.assignments.first(where: { $0.id == clock.assignment })
      {
        for part in view.sending(of: lead) where part.isOwed {
          try update(part) { part, _ in part.dueAt = clock.dueAt }
        }
      }
    }
  }

  /// Gives the running clocks the limits of the kind as it was corrected; they began when they did.
  /// A deadline that was given from outside stays.
  mutating func retime() throws {
    for clock in view.clocks
    where clock.stoppedAt == nil && clock.limit != nil && clock.step != .supervision
      && clock.level == 0
    {
      guard let index = view.clocks.firstIndex(where: { $0.id == clock.id }) else { continue }
      if let rule = view.kind.clocks[clock.step], view.kind.asks(for: clock.step) {
        view.clocks[index].limit = rule.limit
        view.clocks[index].calendar = rule.calendar
        try CasePartRows.update(view.clocks[index], in: tx)
      } else {
        try CasePartRows.delete(clock.id, in: tx)
        view.clocks.remove(at: index)
        if clock.step == .whole { view.case.wholeDueAt = nil }
      }
    }
    if view.kind.contactedFirst, view.case.handledAt == nil, !has(.firstContact) {
      try start(.firstContact, at: view.case.reportedAt)
    }
    if !has(.whole) { try start(.whole, at: view.case.reportedAt) }
    if view.case.state == .checking, !has(.check, running: true),
      let asked = view.checks.last?.sentAt
    {
      try start(.check, at: asked)
    }
    if let open = view.case.arbitrationAt, !has(.arbitration, running: true) {
      try start(.arbitration, at: open)
    }
    if view.case.state == .handled {
      try stop(view.kind.verified ? .closing : .verification, done: false)
      try startChecks()
    }
    try recompute()
  }

  /// Starts the clocks of what follows the handling, where they do not run yet.
  mutating func startChecks() throws {
    let next = view.kind.verified ? ClockStep.verification : .closing
    if !has(next, running: true) { try start(next) }
    if view.kind.calledBack, view.case.calledBackAt == nil, !has(.callBack, running: true) {
      try start(.callBack)
    }
  }

  private func has(_ step: ClockStep, running: Bool = false) -> Bool {
    view.clocks.contains { $0.step == step && (!running || $0.stoppedAt == nil) }
  }

  // MARK: - Notes

  /// Keeps a text in the erasable notes; the ledger carries its id and a salted digest.
  mutating func note(
    _ move: CaseMove, _ body: String, factFinding: String? = nil, claimFinding: String? = nil
  ) throws {
    let note: ID<CaseNote> = tx.newID()
    try CaseNoteRows.insert(
      note, about: id, move: move, by: doer.person, body: body, factFinding: factFinding,
      claimFinding: claimFinding, in: tx)
    let text = [body, factFinding ?? "", claimFinding ?? ""].joined(separator: "\u{0}")
    payload = payload.with("note", note)
      .with("noteDigest", Self.digest(of: text, salt: view.case.salt))
  }

  /// SHA-256 over a salt and a text, in hexadecimal.
  static func digest(of text: String, salt: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(data: salt)
    hash.update(data: Data(text.utf8))
    return hash.finalize().hexadecimal
  }
}

extension CaseKind {
  /// Whether a case of the kind goes through a step that not every kind has.
  fileprivate func asks(for step: ClockStep) -> Bool {
    switch step {
    case .firstContact: contactedFirst
    case .verification: verified
    case .callBack: calledBack
    default: true
    }
  }
}
