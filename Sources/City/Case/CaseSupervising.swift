import Base
import Store

/// Supervision (督办): somebody above wants to know by a day how a case stands, and those who have it
/// answer. It has a clock like any step, so that what is not answered becomes late; one runs at a time.
extension CaseChange {
  /// Asks for an answer by `until`, or within the time that the kind gives.
  mutating func supervise(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    let text = try TextCheck.collect(&faults) { try input.required("text", input.text) }
    let until = try TextCheck.collect(&faults) { try answerTime(input) }
    guard faults.isEmpty, let text, let until else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    try note(.supervise, text)
    if let until {
      let clock = CaseClock(
        id: tx.newID(), caseID: id, given: until, for: .supervision, startedAt: now)
      try CasePartRows.insert(clock, in: tx)
      view.clocks.append(clock)
    } else {
      try start(.supervision)
    }
    payload = payload.with("until", view.openSupervision?.dueAt)
  }

  /// Nil where the kind's own time counts.
  private func answerTime(_ input: MoveInput) throws -> Moment? {
    guard let until = input.until else {
      guard view.kind.clocks[.supervision] != nil else {
        throw Fault.invalid("until", "value.missing")
      }
      return nil
    }
    try Self.requireComing(until, now: now)
    return until
  }

  mutating func answer(_ input: MoveInput) throws {
    try note(.answer, try input.required("text", input.text))
    try stop(.supervision)
  }
}
