import Base
import Store

/// Found, handled and closed in one step by a patroller (自发自处).
extension CaseDesk {
  /// Reports a case that was handled on the spot, with the photographs that its kind asks for.
  ///
  /// - Parameters:
  ///   - feedback: what was done.
  ///   - evidence: kept files, each with what it shows.
  /// - Throws: `kind.not-on-the-spot`, and what `report` throws.
  @discardableResult
  public func handleOnTheSpot(
    _ report: CaseReport, feedback: String, fields: [String: FieldInput] = [:],
    evidence: [(blob: Blob, name: String, subject: EvidenceRule.Subject)] = [],
    by doer: Doer, in tx: Transaction
  ) throws -> Case {
    try doer.require(.caseOnTheSpot)
    guard let (_, kind) = kinds.current(report.kind), kind.onTheSpot else {
      throw Fault.invalid("kind", "kind.not-on-the-spot", ["kind": String(report.kind.prefix(64))])
    }
    let made = try self.report(report, by: doer, in: tx)
    for file in evidence {
      try attach(file.blob, named: file.name, as: file.subject, to: made.id, by: doer, in: tx)
    }
    guard let view = try load(made.id, in: tx) else { throw Fault.missing("case") }
    var change = CaseChange(view: view, desk: self, doer: doer, tx: tx)
    try change.settleOnTheSpot(feedback: feedback, fields: fields)
    return try change.finish(.close)
  }
}

extension CaseChange {
  mutating func settleOnTheSpot(feedback: String, fields: [String: FieldInput]) throws {
    var input = MoveInput(text: feedback)
    input.fields = fields
    let text = try input.required("text", feedback)
    try addFields(input, at: .feedback)
    try requireEvidence(at: .feedback)
    try requireEvidence(at: .closing)
    try note(.feedBack, text)
    for step in [ClockStep.acceptance, .whole] { try stop(step) }
    try stop(.firstContact, done: false)
    view.case.acceptedAt = now
    view.case.filedAt = now
    view.case.dispatchedAt = now
    view.case.takenAt = now
    view.case.handledAt = now
    view.case.closedAt = now
    view.case.handledBy = doer.person
    view.case.leadOrganisation = doer.organisation?.id
    view.case.leadPerson = doer.person
    view.case.state = .closed
    payload = payload.with("onTheSpot", true)
  }
}
