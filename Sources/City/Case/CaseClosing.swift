import Base
import Foundation
import Store

/// Time granted and stopped, and the end of a case: extension, suspension, verification, closing,
/// call-back, reopening.
extension CaseChange {
  mutating func askExtension(_ input: MoveInput) throws {
    guard let rule = view.kind.extensions else { return }
    let limit = try extensionLimit(input, rule: rule)
    try note(.askExtension, try input.required("text", input.text))
    let isFurther = desk.clockwork.isLonger(limit, than: rule.limit, at: now, for: view.kind)
    try CasePartRows.ask(id, limit: limit, isFurther: isFurther, by: doer.person, in: tx)
    payload = payload.with("limit", limit.description)
  }

  /// No more than the catalogue allows.
  private func extensionLimit(_ input: MoveInput, rule: ExtensionRule) throws -> TimeLimit {
    guard let text = try input.optional("limit", input.limit) else { return rule.limit }
    guard let limit = TimeLimit(text) else {
      throw Fault.invalid("limit", "limit.unreadable", ["example": "3 working-days"])
    }
    let most = rule.most ?? rule.limit
    guard !desk.clockwork.isLonger(limit, than: most, at: now, for: view.kind) else {
      throw Fault.invalid("limit", "limit.over", ["most": most.description])
    }
    return limit
  }

  mutating func decideExtension(_ input: MoveInput, granted: Bool) throws {
    guard let request = view.openExtension else { return }
    if let text = try input.optional("text", input.text) {
      try note(granted ? .grantExtension : .refuseExtension, text)
    } else if !granted {
      throw Fault.invalid("text", "value.missing")
    }
    try CasePartRows.decide(request.id, granted: granted, by: doer.person, in: tx)
    guard granted, let limit = TimeLimit(request.limit) else { return }
    view.case.extensionCount += 1
    payload = payload.with("limit", request.limit)
    for index in view.clocks.indices
    where view.clocks[index].stoppedAt == nil && view.clocks[index].level == 0
      && [.handling, .whole].contains(view.clocks[index].step)
    {
      view.clocks[index].extensions.append(limit)
      try CasePartRows.update(view.clocks[index], in: tx)
    }
    try recompute()
  }

  mutating func suspend(_ input: MoveInput) throws {
    let (reason, until, away) = try suspension(input)
    if let text = try input.optional("text", input.text) { try note(.suspend, text) }
    try CasePartRows.beginPause(
      id, reason: reason, approver: input.approver, until: until, in: tx)
    view.pauses = try CasePartRows.pauses(id, in: tx)
    view.case.resumeState = view.case.state
    view.case.state = .suspended
    payload = payload.with("reason", reason).with("until", until).with("approver", input.approver)
      .with("approver-for", away)
    try recompute()
  }

  /// The checked facts of a suspension: a reason of the kind, a date, and somebody who approved it.
  ///
  /// - Returns: also for whom they approved it who is away; nil where it is by what is their own.
  private func suspension(
    _ input: MoveInput
  ) throws -> (reason: String, until: Moment, away: ID<Person>?) {
    var faults: [Fault.Field] = []
    let reason = try TextCheck.collect(&faults) {
      let reason = try input.required("reason", input.reason)
      guard view.kind.pauses.contains(where: { $0.code == reason }) else {
        throw Fault.invalid(
          "reason", "pause.not-allowed",
          ["known": view.kind.pauses.map(\.code).joined(separator: ", ")])
      }
      return reason
    }
    let until = try TextCheck.collect(&faults) {
      guard let until = input.until else { throw Fault.invalid("until", "value.missing") }
      try Self.requireComing(until, now: now)
      return until
    }
    let away = try TextCheck.collect(&faults) {
      guard let approver = input.approver else { throw Fault.invalid("approver", "value.missing") }
      return try approved(by: approver)
    }
    guard faults.isEmpty, let reason, let until, let away else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    return (reason, until, away)
  }

  /// In whose place somebody approved a suspension; nil where they may by themselves.
  private func approved(by approver: ID<Person>) throws -> ID<Person>? {
    let path = view.case.organisationPath
    if try PersonDesk.approves(approver, for: path, in: tx) { return nil }
    // Who handles the case approves nothing in it, for whomever they stand in.
    guard let substitute = try Doer.load(approver, at: now, in: tx),
      !view.hasHadPart(substitute.alone),
      let away = try substitute.standsFor.first(where: {
        try PersonDesk.approves($0.person, for: path, in: tx)
      })
    else { throw Fault.invalid("approver", "person.not-approver") }
    return away.person
  }

  /// A time that is asked for lies after now, and within a year.
  static func requireComing(_ until: Moment, now: Moment) throws {
    guard until > now else { throw Fault.invalid("until", "moment.past") }
    guard until - now <= 366 * 86_400_000 else { throw Fault.invalid("until", "moment.far") }
  }

  mutating func resume(_ input: MoveInput) throws {
    if let text = try input.optional("text", input.text) { try note(.resume, text) }
    if let pause = view.runningPause {
      // It ended by its date, however late anybody noticed.
      try CasePartRows.endPause(pause.id, at: min(now, pause.untilAt), in: tx)
    }
    view.pauses = try CasePartRows.pauses(id, in: tx)
    view.case.state = view.case.resumeState ?? .filed
    view.case.resumeState = nil
    try recompute()
  }

  mutating func verify(_ input: MoveInput) throws {
    if let text = try input.optional("text", input.text) { try note(.verify, text) }
    view.case.state = .verified
    view.case.verifiedAt = now
    try stop(.verification)
    try start(.closing)
  }

  /// Sends it back to the lead, with the full time limit again; the whole case's clock runs on.
  mutating func rework(_ input: MoveInput) throws {
    try note(.rework, try input.required("text", input.text))
    view.case.reworkCount += 1
    view.case.arbitratedTo = nil
    view.case.state = .handling
    view.case.handledAt = nil
    try stop(.verification)
    try forgetCallBack()
    guard let lead = view.lead else { return }
    // Who did it below is seen; whether they do it again, the lead says.
    for part in view.below(lead) { try update(part) { $0.endedAt = $1 } }
    try start(.handling, assignment: lead.id)
    let due = view.clocks.last { $0.assignment == lead.id && $0.stoppedAt == nil }?.dueAt
    try update(lead) { part, _ in
      part.state = .taken
      part.handledAt = nil
      part.dueAt = due
    }
  }

  mutating func close(_ input: MoveInput) throws {
    let met = Set(input.conditions ?? [])
    var faults = view.kind.closing.filter { !met.contains($0.code) }.map {
      Fault.Field("conditions", "condition.unmet", ["condition": $0.code, "text": $0.text])
    }
    let outcome = try TextCheck.collect(&faults) {
      try TextCheck.line("outcome", input.outcome ?? "", atMost: 64)
    }
    let text = try TextCheck.collect(&faults) { try input.optional("text", input.text) }
    try TextCheck.collect(&faults) { try addFields(input, at: .closing) }
    try TextCheck.collect(&faults) { try requireEvidence(at: .closing) }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    if let text, let text { try note(.close, text) }
    view.case.outcome = outcome ?? nil
    view.case.state = .closed
    view.case.closedAt = now
    payload = payload.with("conditions", codes: view.kind.closing.map(\.code))
      .with("outcome", view.case.outcome)
    try stop(.verification)
    try stop(.closing)
    try stop(.firstContact, done: false)
    // That it is closed is an answer.
    try stop(.supervision)
    try stop(.whole)
  }

  mutating func callBack(_ input: MoveInput) throws {
    guard let resolved = input.resolved else { throw Fault.invalid("resolved", "value.missing") }
    if let satisfaction = input.satisfaction, !(1...5).contains(satisfaction) {
      throw Fault.invalid("satisfaction", "value.range", ["minimum": "1", "maximum": "5"])
    }
    if let text = try input.optional("text", input.text) { try note(.callBack, text) }
    view.case.calledBackAt = now
    view.case.isResolved = resolved
    view.case.satisfaction = input.satisfaction
    payload = payload.with("resolved", resolved)
      .with("satisfaction", input.satisfaction.map { Int64($0) })
    if input.justified == true {
      try keepFinding(.justifiedComplaint, of: view.case.leadOrganisation)
    }
    try stop(.callBack)
  }

  /// Opens a closed case again (重办): it is to be dispatched anew, and everything is timed anew.
  mutating func reopen(_ input: MoveInput) throws {
    try note(.reopen, try input.required("text", input.text))
    for part in view.assignments where part.isCurrent {
      try update(part) { $0.endedAt = $1 }
    }
    view.case.reopenCount += 1
    lapseAppeal()
    try forgetOutcome()
    view.case.arbitratedTo = nil
    view.case.state = .filed
    view.case.closedAt = nil
    view.case.verifiedAt = nil
    view.case.handledAt = nil
    view.case.leadOrganisation = nil
    view.case.leadPerson = nil
    view.case.wholeDueAt = nil
    try forgetCallBack()
    try start(.whole)
    try start(.dispatch)
  }
  /// The caller is to be asked anew about what will be done.
  private mutating func forgetCallBack() throws {
    view.case.calledBackAt = nil
    view.case.isResolved = nil
    view.case.satisfaction = nil
    try stop(.callBack, done: false)
  }
}
