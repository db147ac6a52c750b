import Base
import Foundation
import Store

/// A past case whose every fact is right.
struct CheckedPast {
  let report: CheckedReport
  let state: PastCase.State
  let organisation: Organisation?
  let closedAt: Moment?
  let outcome: String?
  let closingNote: String?
  let reply: String?
  let repliedAt: Moment?
  let runsClocks: Bool
}

extension CaseDesk {
  /// - Throws: `input.invalid` with every wrong fact.
  func check(
    _ past: PastCase, on map: PlaceMap, _ parties: PartyMap, now: Moment
  ) throws -> CheckedPast {
    var faults: [Fault.Field] = []
    let report = try TextCheck.collect(&faults) {
      try check(self.report(of: past), on: map, now: now, isPast: true)
    }
    let organisation = try TextCheck.collect(&faults) { try past.lead(of: parties) }
    try TextCheck.collect(&faults) { try past.checkTimes(now: now) }
    let outcome = try TextCheck.collect(&faults) {
      try TextCheck.text("outcome", past.outcome ?? "", atMost: 64)
    }
    let texts = try TextCheck.collect(&faults) { try past.texts() }
    guard faults.isEmpty, let report, let texts else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    return CheckedPast(
      report: report, state: past.state, organisation: organisation ?? nil,
      closedAt: past.closedAt, outcome: outcome ?? nil, closingNote: texts.closing,
      reply: texts.reply, repliedAt: texts.reply == nil ? nil : past.repliedAt ?? past.closedAt,
      runsClocks: past.runsClocks)
  }

  /// What of it is like a report of today. Fields that its kind does not ask are left out.
  private func report(of past: PastCase) -> CaseReport {
    var report = CaseReport(kind: past.kind, channel: past.channel, title: past.title)
    report.description = past.description
    if !past.fields.isEmpty, let (_, kind) = kinds.current(past.kind) {
      report.fields = past.fields.filter { kind.field($0.key)?.stage == .report }
    }
    report.place = past.place
    report.latitude = past.latitude
    report.longitude = past.longitude
    report.coordinates = past.coordinates
    report.area = past.area
    report.reporter = past.reporter
    report.externalSource = past.externalSource
    report.externalID = past.externalID
    report.reportedAt = past.reportedAt
    report.dueAt = past.dueAt
    return report
  }
}

extension PastCase {
  /// - Throws: `organisation.unknown`; `value.missing` for a case that was dispatched to nobody.
  fileprivate func lead(of parties: PartyMap) throws -> Organisation? {
    guard let organisation else {
      guard state != .dispatched else { throw Fault.invalid("organisation", "value.missing") }
      return nil
    }
    guard let found = parties.organisation(code: organisation) else {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": String(organisation.prefix(64))])
    }
    return found
  }

  /// - Throws: `value.missing`, `moment.while-open`, `moment.before-report`, `moment.future`, of
  ///   `closedAt` and `repliedAt`.
  fileprivate func checkTimes(now: Moment) throws {
    let isOver = !state.caseState.isOpen
    if isOver, closedAt == nil { throw Fault.invalid("closedAt", "value.missing") }
    if !isOver, closedAt != nil {
      throw Fault.invalid("closedAt", "moment.while-open", ["state": state.rawValue])
    }
    for (name, moment) in [("closedAt", closedAt), ("repliedAt", repliedAt)] {
      guard let moment else { continue }
      guard moment >= reportedAt else {
        throw Fault.invalid(name, "moment.before-report", ["reported": reportedAt.description])
      }
      guard moment <= now else {
        throw Fault.invalid(name, "moment.future", ["now": now.description])
      }
    }
    if reply != nil, repliedAt == nil, closedAt == nil {
      throw Fault.invalid("repliedAt", "value.missing")
    }
  }

  fileprivate func texts() throws -> (closing: String?, reply: String?) {
    let longest = MoveInput.longestText
    return (
      try TextCheck.text("closingNote", closingNote ?? "", atMost: longest),
      try TextCheck.text("reply", reply ?? "", atMost: longest)
    )
  }
}
