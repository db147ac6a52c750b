import Base
import Store

/// A past case that has changed where it comes from.
extension PastRecorder {
  /// Brings a case up to date, its row, clock, part and words, with one entry that names what
  /// changed.
  func update(
    _ id: ID<Case>, to past: CheckedPast, digest: [UInt8]
  ) throws -> PastOutcome {
    guard let view = try desk.load(id, in: tx) else { throw Fault.missing("case") }
    let old = view.case
    if let refusal = try refusal(of: old, past.report) { return .rejected(refusal) }
    var payload = Payload()
    var changed: Set<String> = []
    var file = old
    file.correct(to: past.report)
    file.take(past, digest: digest)
    let clocks = try clocks(of: file, view.clocks, due: past.report.dueAt)
    file.dueAt = CaseChange.due(clocks, state: file.state)
    file.wholeDueAt = clocks.last { $0.step == .whole }?.dueAt
    try setPart(of: file, view, past.organisation)
    if try setReporter(past.report.reporter, of: id) { changed.insert("reporter") }
    if try isNew(past.reply, .feedBack, id) {
      try note(past.reply, .feedBack, at: past.repliedAt, on: file, &payload)
    }
    if try isNew(past.closingNote, .close, id) {
      try note(past.closingNote, .close, at: file.closedAt, on: file, &payload)
    }
    changed.formUnion(file.differences(from: old))
    file.revision = old.revision + 1
    file.updatedAt = tx.now
    guard try CaseRows.update(file, from: old.revision, in: tx) else {
      throw Fault(.conflict, "case.stale", ["state": old.state.rawValue])
    }
    let parts = try CasePartRows.assignments(id, in: tx)
    try CaseNoteRows.index(
      CaseNoteRows.words(of: file, parts: parts), of: id,
      replacing: CaseNoteRows.words(of: old, parts: view.parts), in: tx)
    payload = payload.with("state", file.state.rawValue).with("due", file.wholeDueAt)
      .with("closed", file.closedAt).with("outcome", file.outcome)
      .with("organisation", file.leadOrganisation).with("changed", codes: changed.sorted())
      .with("textDigest", CaseDesk.textDigest(of: file))
    try Ledger.append(
      "case.import-change", about: .case, id.raw, by: doer.actor, payload: payload,
      occurredAt: changed.contains("closedAt") ? file.closedAt : nil, in: tx)
    return .updated(id)
  }

  /// Why it cannot be brought up to date: what people have done with it here is not overwritten,
  /// and where and when it came from stays as it was recorded.
  private func refusal(of file: Case, _ report: CheckedReport) throws -> Fault? {
    if try PastRows.isMoved(file.id, in: tx) {
      return Fault(.conflict, "case.moved-here", ["number": file.number])
    }
    var fixed: [Fault.Field] = []
    if report.channel != file.channel { fixed.append(.init("channel", "value.fixed")) }
    if report.reportedAt != file.reportedAt { fixed.append(.init("reportedAt", "value.fixed")) }
    guard !fixed.isEmpty else { return nil }
    return Fault(.conflict, "case.fixed", ["number": file.number], fields: fixed)
  }

  private func clocks(
    of file: Case, _ clocks: [CaseClock], due: Moment?
  ) throws -> [CaseClock] {
    var result = clocks
    if let due, !clocks.contains(where: { $0.step == .whole }) {
      let clock = CaseClock(
        id: tx.newID(), caseID: file.id, given: due, startedAt: file.reportedAt)
      try CasePartRows.insert(clock, in: tx)
      result.append(clock)
    }
    for index in result.indices {
      var clock = result[index]
      if clock.step == .whole, clock.limit == nil {
        clock.originalDueAt = due
        clock.dueAt = due
      }
      clock.stoppedAt = file.closedAt
      clock.isDone = file.state == .closed && clock.step == .whole
      guard clock != result[index] else { continue }
      try CasePartRows.update(clock, in: tx)
      result[index] = clock
    }
    return result
  }

  private func setPart(of file: Case, _ view: CaseView, _ organisation: Organisation?) throws {
    var isThere = false
    for old in view.assignments where old.isCurrent {
      var part = old
      if part.organisation == organisation?.id {
        part.follow(file)
        isThere = true
      } else {
        part.state = .withdrawn
        part.endedAt = tx.now
      }
      if part != old { try CasePartRows.update(part, in: tx) }
    }
    if let organisation, !isThere {
      try CasePartRows.insert(part(of: file, organisation), in: tx)
    }
    try CasePartRows.place(partsOf: file, in: tx)
  }

  /// True when it was another before.
  private func setReporter(_ reporter: Reporter, of id: ID<Case>) throws -> Bool {
    let old = try CaseNoteRows.reporter(id, in: tx)
    guard reporter != old ?? Reporter() else { return false }
    try PastRows.removeReporter(of: id, in: tx)
    if !reporter.isEmpty {
      try CaseNoteRows.insert(
        reporter, of: id, phoneDigest: reporter.phone.flatMap(desk.phones.digest), in: tx)
    }
    return true
  }

  /// Notes are kept as they were; a text that changed is a further one.
  private func isNew(_ body: String?, _ move: CaseMove, _ id: ID<Case>) throws -> Bool {
    guard let body else { return false }
    return try CaseNoteRows.notes(id, in: tx).last { $0.move == move }?.body != body
  }
}

extension Case {
  fileprivate mutating func correct(to report: CheckedReport) {
    // A kind keeps the version that the case came under.
    if kind != report.kind.code {
      kind = report.kind.code
      kindVersion = report.kindVersion
    }
    title = report.title
    description = report.description
    fields = report.fields
    place = report.place
    latitude = report.point?.latitude
    longitude = report.point?.longitude
    coordinates = report.point.map { _ in report.coordinates.rawValue }
    area = report.area?.id
    areaPath = report.area?.path ?? ""
  }

  /// The names of the facts that changed.
  fileprivate func differences(from old: Case) -> [String] {
    let pairs: [(String, Bool)] = [
      ("kind", kind == old.kind), ("title", title == old.title),
      ("description", description == old.description), ("fields", fields == old.fields),
      ("place", place == old.place), ("area", areaPath == old.areaPath),
      ("point", latitude == old.latitude && longitude == old.longitude),
      ("state", state == old.state), ("closedAt", closedAt == old.closedAt),
      ("handledAt", handledAt == old.handledAt), ("dueAt", wholeDueAt == old.wholeDueAt),
      ("outcome", outcome == old.outcome),
      ("organisation", leadOrganisation == old.leadOrganisation),
    ]
    return pairs.filter { !$0.1 }.map(\.0)
  }
}
