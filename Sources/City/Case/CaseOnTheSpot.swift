import Base
import Store

/// Found, handled and closed in one step by a patroller (自发自处).
extension CaseDesk {
  /// Reports a case that was handled on the spot, with the photographs that its kind asks for.
  ///
  /// - Parameters:
  ///   - feedback: what was done.
  ///   - fields: answers to what the kind asks after the report.
  ///   - evidence: kept files, each with what it shows.
  ///   - isTold: whether it is told later, so that all was done when it was reported and not now.
  /// - Throws: `right.missing`, `input.invalid` with what is missing, and what `report` throws.
  @discardableResult
  public func handleOnTheSpot(
    _ report: CaseReport, feedback: String, fields: [String: FieldInput] = [:],
    evidence: [(blob: Blob, name: String, subject: EvidenceRule.Subject)] = [],
    isTold: Bool = false, by doer: Doer, in tx: Transaction
  ) throws -> Case {
    try doer.require(.caseOnTheSpot)
    try doer.require(.caseReport)
    guard let (_, kind) = kinds.current(report.kind), kind.onTheSpot else {
      throw Fault.invalid("kind", "kind.not-on-the-spot", ["kind": String(report.kind.prefix(64))])
    }
    // One photograph is not two, however often it is sent.
    let shown = Dictionary(
      evidence.map { ($0.blob.digest + $0.subject.rawValue, $0.subject) },
      uniquingKeysWith: { first, _ in first })
    let settled = try settlement(
      of: kind, feedback: feedback, fields: fields, subjects: Array(shown.values), now: tx.now)
    let checked = try check(report, in: tx)
    guard try checked.area != nil || places.value(in: tx).areas.isEmpty else {
      throw Fault.invalid("area", "area.needed")
    }
    let made = try open(checked, by: doer, in: tx)
    for file in evidence {
      try attach(file.blob, named: file.name, as: file.subject, to: made.id, by: doer, in: tx)
    }
    guard let view = try load(made.id, in: tx) else { throw Fault.missing("case") }
    var change = CaseChange(view: view, desk: self, doer: doer, tx: tx)
    let then = isTold ? made.reportedAt : tx.now
    try change.settle(settled, at: then)
    return try change.finish(.close, occurredAt: isTold ? then : nil)
  }

  /// What was done, checked before anything is written.
  private func settlement(
    of kind: CaseKind, feedback: String, fields: [String: FieldInput],
    subjects: [EvidenceRule.Subject], now: Moment
  ) throws -> Settlement {
    var faults: [Fault.Field] = []
    let text = try TextCheck.collect(&faults) {
      try MoveInput().required("text", feedback)
    }
    for stage in CaseStage.allCases {
      faults += kind.missingEvidence(at: stage, among: subjects)
    }
    let closing = Set(kind.fields.filter { $0.stage == .closing }.map(\.code))
    let today = now.local(in: zone).day
    var values: [String: FieldValue] = [:]
    for stage in [CaseStage.feedback, .closing] {
      let given = fields.filter { closing.contains($0.key) == (stage == .closing) }
      let (checked, wrong) = CaseFieldCheck(kind, at: stage, today: today).check(given)
      values.merge(checked) { $1 }
      faults += wrong
    }
    guard faults.isEmpty, let text else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return Settlement(text: text, values: values)
  }
}

/// What somebody did on the spot.
struct Settlement {
  let text: String
  let values: [String: FieldValue]
}

extension CaseChange {
  mutating func settle(_ settlement: Settlement, at then: Moment) throws {
    try keep(settlement.values)
    try note(.feedBack, settlement.text)
    for step in [ClockStep.acceptance, .whole] { try stop(step, at: then) }
    try stop(.firstContact, done: false, at: then)
    view.case.acceptedAt = then
    view.case.filedAt = then
    view.case.dispatchedAt = then
    view.case.takenAt = then
    view.case.handledAt = then
    view.case.closedAt = then
    view.case.handledBy = doer.person
    view.case.leadOrganisation = doer.organisation?.id
    view.case.leadPerson = doer.person
    view.case.state = .closed
    payload = payload.with("onTheSpot", true)
  }
}
