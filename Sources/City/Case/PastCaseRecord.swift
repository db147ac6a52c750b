import Base
import Foundation
import Store

extension CaseDesk {
  /// Takes past cases over, each whole: its row, clock, reporter, notes, words and one ledger entry
  /// that occurred when it was reported.
  ///
  /// A case whose external identity is known is brought up to date where it changed, unless people
  /// have moved it here since; nothing is written where it did not change.
  /// - Returns: what became of each, in their order. A case is rejected with `input.invalid`,
  ///   `case.moved-here` or `case.fixed`, and nothing of it is written.
  /// - Throws: `right.missing`.
  public func record(
    _ cases: [PastCase], by doer: Doer, in tx: Transaction
  ) throws -> [PastOutcome] {
    try doer.require(.caseImport)
    var recorder = try PastRecorder(cases, desk: self, doer: doer, tx: tx)
    var outcomes = [Int: PastOutcome](minimumCapacity: cases.count)
    // Oldest first: counts of a day rise with the time, and an index is written in its order.
    let order = cases.indices.sorted {
      (cases[$0].reportedAt, $0) < (cases[$1].reportedAt, $1)
    }
    for index in order { outcomes[index] = try recorder.record(cases[index]) }
    return cases.indices.compactMap { outcomes[$0] }
  }
}

/// Takes over the cases of one transaction.
struct PastRecorder {
  let desk: CaseDesk
  let doer: Doer
  let tx: Transaction
  private let map: PlaceMap
  private let parties: PartyMap
  private let owner: String
  private var known: [PastRows.Identity: PastRows.Known]
  /// The last id that was given of each millisecond, by the first that there is.
  private var lastIDs: [Int64: Int64] = [:]

  init(_ cases: [PastCase], desk: CaseDesk, doer: Doer, tx: Transaction) throws {
    self.desk = desk
    self.doer = doer
    self.tx = tx
    map = try desk.places.value(in: tx)
    parties = try desk.parties.value(in: tx)
    owner = parties.centre(of: nil)?.path ?? ""
    known = try PastRows.known(cases.map { PastRows.Identity($0) }, in: tx)
  }

  mutating func record(_ past: PastCase) throws -> PastOutcome {
    let identity = PastRows.Identity(past)
    let digest = past.digest
    let here = known[identity]
    if let here, here.digest == digest { return .unchanged(here.id) }
    let checked: CheckedPast
    do {
      checked = try desk.check(past, on: map, parties, now: tx.now)
    } catch let fault as Fault where fault.kind == .invalid {
      return .rejected(fault)
    }
    let outcome =
      try here.map { try update($0.id, to: checked, digest: digest) }
      ?? create(checked, digest: digest)
    if case .created(let id) = outcome { known[identity] = .init(id: id, digest: digest) }
    if case .updated(let id) = outcome { known[identity] = .init(id: id, digest: digest) }
    return outcome
  }

  private mutating func create(_ past: CheckedPast, digest: [UInt8]) throws -> PastOutcome {
    let report = past.report
    var file = Case(
      id: try freeID(at: report.reportedAt),
      number: try desk.number(of: report.reportedAt, in: tx), checked: report,
      organisationPath: owner, reportedBy: doer.person, now: tx.now)
    file.take(past, digest: digest)
    let clocks = clocks(of: file, past)
    file.dueAt = CaseChange.due(clocks, state: file.state)
    file.wholeDueAt = clocks.first { $0.step == .whole }?.dueAt
    let parts = past.organisation.map { [part(of: file, $0)] } ?? []
    try desk.insert(file, report, clocks: clocks, parts: parts, in: tx)
    var payload = desk.payload(of: file).with("source", file.externalSource)
      .with("organisation", file.leadOrganisation).with("due", file.wholeDueAt)
      .with("closed", file.closedAt).with("outcome", file.outcome)
    try note(past.reply, .feedBack, at: past.repliedAt, on: file, &payload)
    try note(past.closingNote, .close, at: file.closedAt, on: file, &payload)
    try Ledger.append(
      "case.import", about: .case, file.id.raw, by: doer.actor, payload: payload,
      occurredAt: file.reportedAt, in: tx)
    return .created(file.id)
  }

  /// An id that says when the case was reported, so that the newest stay first.
  private mutating func freeID(at moment: Moment) throws -> ID<Case> {
    // What is reported just now has an id of now, as everything else.
    guard tx.now - moment > 60_000 else { return tx.newID() }
    var moment = moment
    while true {
      let range = tx.ids(at: moment)
      let last = try lastIDs[range.lowerBound] ?? PastRows.lastID(in: range, tx)
      let next = last.map { $0 + 1 } ?? range.lowerBound
      if range.contains(next) {
        lastIDs[range.lowerBound] = next
        return ID(next)
      }
      moment = Moment(milliseconds: moment.milliseconds + 1)
    }
  }

  /// The given deadline of the whole, and the clocks of ours where they are to run.
  private func clocks(of file: Case, _ past: CheckedPast) -> [CaseClock] {
    var clocks: [CaseClock] = []
    if let due = past.report.dueAt {
      var clock = CaseClock(
        id: tx.newID(), caseID: file.id, given: due, startedAt: file.reportedAt)
      clock.stoppedAt = file.closedAt
      clock.isDone = file.state == .closed
      clocks.append(clock)
    }
    guard past.runsClocks, file.state.isOpen else { return clocks }
    var steps: [ClockStep] = past.report.dueAt == nil ? [.whole] : []
    if file.state == .reported { steps.append(.acceptance) }
    if file.state == .filed { steps.append(.dispatch) }
    if past.report.kind.contactedFirst { steps.append(.firstContact) }
    return clocks
      + steps.compactMap { step in
        desk.clockwork.clock(
          step, of: past.report.kind, id: tx.newID(), caseID: file.id, startedAt: file.reportedAt)
      }
  }

  /// When it was sent is not known; it counts as sent with its report.
  func part(of file: Case, _ organisation: Organisation) -> CaseAssignment {
    var part = CaseAssignment(
      id: tx.newID(), caseID: file.id, isLead: true, organisation: organisation, person: nil,
      sentAt: file.reportedAt)
    part.follow(file)
    return part
  }

  /// Keeps a text at its own time.
  func note(
    _ body: String?, _ move: CaseMove, at moment: Moment?, on file: Case,
    _ payload: inout Payload
  ) throws {
    guard let body else { return }
    let note: ID<CaseNote> = tx.newID()
    try CaseNoteRows.insert(
      note, about: file.id, move: move, by: doer.person, body: body, factFinding: nil,
      claimFinding: nil, in: tx.at(moment ?? tx.now))
    payload = payload.with("\(move.rawValue)-note", note)
      .with("\(move.rawValue)-digest", CaseChange.digest(of: body, salt: file.salt))
  }
}

extension Case {
  /// Takes over where a past case stands and what it came to.
  mutating func take(_ past: CheckedPast, digest: [UInt8]) {
    state = past.state.caseState
    closedAt = past.closedAt
    handledAt = past.repliedAt
    outcome = past.outcome
    leadOrganisation = past.organisation?.id
    externalDigest = digest
  }
}

extension CaseAssignment {
  /// The one part of a past case stands where the case does.
  mutating func follow(_ file: Case) {
    state = file.state.isOpen ? .sent : .handled
    handledAt = file.state.isOpen ? nil : file.handledAt ?? file.closedAt
    dueAt = file.state.isOpen ? file.wholeDueAt : nil
  }
}
