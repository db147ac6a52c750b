import Base
import Store
import TestSupport
import Testing

@testable import City

/// Three thousand random moves, and what holds of a case whatever was done with it.
@Suite struct CaseWalkTests {
  @Test("whatever people do, a case stays one case: state, parts, clocks, counts and ledger agree")
  func invariants() async throws {
    var walk = CaseWalk(try await CaseTown(), seed: 20_240_304)
    for _ in 0..<25 { try await walk.report() }
    var seen: Set<CaseState> = []
    var made: Set<CaseMove> = []
    for number in 0..<3000 {
      // Some are always near their beginning.
      if number % 60 == 59 { try await walk.report() }
      let step = try await walk.step()
      let what = Comment(rawValue: "step \(number): \(step.move.rawValue) by \(step.who)")
      let view = try await walk.town.view(step.id)
      if step.fault == nil {
        made.insert(step.move)
        #expect(step.wasAllowed, what)
        let ends = CaseFlow.ends(of: step.move, from: step.from)
        #expect(ends.contains(view.case.state), "\(what.rawValue) from \(step.from)")
      } else if !step.wasAllowed {
        // Refused, then, by the table and not by chance.
        let codes = CaseFlowTests.refusals.union([
          "case.missing", "extension.none", "extension.used-up", "appeal.too-late",
        ])
        #expect(codes.contains(step.fault?.code ?? ""), what)
      }
      seen.insert(view.case.state)
      try await Self.check(view, walk.town, what)
      if walk.dice.chance(0.3) { try await walk.pass() }
    }
    for id in walk.ids {
      try await Self.check(try await walk.town.view(id), walk.town, "at the end")
    }
    // It came everywhere, or it says nothing.
    #expect(Set(CaseState.allCases).subtracting(seen) == [])
    #expect(Set(CaseMove.allCases).subtracting(made) == [])
  }

  private static func check(_ view: CaseView, _ town: CaseTown, _ what: Comment) async throws {
    checkParts(view, what)
    checkLevels(view, what)
    checkClocks(view, what)
    checkTimes(view.case, what)
    checkMediation(view, what)
    let entries = try await town.database.read {
      try Ledger.entries(about: view.case.id.raw, limit: 10_000, in: $0)
    }
    checkLedger(entries, view, what)
    #expect(Set(view.links.map { $0.other(than: view.case.id) }).count == view.links.count, what)
    let dump = try await town.database.read { try town.dump(view.case.id, in: $0) }
    #expect(dump.found, what)
    let parts = view.parts.sorted { $0.id < $1.id }
    #expect(dump.queue == parts.map { CaseRows.queueTime(view.due(of: $0)) }, what)
    for part in parts where part.parent == nil {
      #expect(view.due(of: part) == view.case.dueAt, what)
    }
  }

  /// The state follows from the parts, and none is open without somebody who has it.
  private static func checkParts(_ view: CaseView, _ what: Comment) {
    let file = view.case
    let current = view.assignments.filter(\.isCurrent)
    let leads = current.filter { $0.isLead && $0.parent == nil }
    #expect(leads.count <= 1, what)
    let before = view.mergedInto?.state ?? file.state
    let state = file.state == .suspended ? file.resumeState : file.state
    switch state {
    case .dispatched:
      #expect(leads.count == 1, what)
      #expect(current.allSatisfy { $0.state == .sent || $0.state == .passed }, what)
      #expect(current.contains { $0.isPending }, what)
    case .handling:
      #expect(leads.count == 1, what)
      #expect(current.contains { $0.isPending }, what)
    case .handled, .verified:
      #expect(leads.count == 1 && current.allSatisfy { $0.state == .handled }, what)
    case .filed, .reported, .accepted, .checking: #expect(current.isEmpty, what)
    case .closed: #expect(current.allSatisfy { $0.state == .handled }, what)
    case .void: #expect(current.isEmpty, what)
    case .merged: #expect(current.allSatisfy { $0.state == .handled }, what)
    case .transferred: #expect(current.isEmpty, what)
    case .suspended, nil: Issue.record("suspended from nowhere")
    }
    #expect(view.openChecks.count == (state == .checking ? 1 : 0), what)
    #expect(leads.first?.organisation == (leads.isEmpty ? nil : file.leadOrganisation), what)
    if [.filed, .reported, .accepted, .checking].contains(state) {
      #expect(file.leadOrganisation == nil && file.leadPerson == nil, what)
    }
    #expect((file.resumeState != nil) == (before == .suspended), what)
    #expect((view.runningPause != nil) == (before == .suspended), what)
    #expect((view.mergedInto != nil) == (file.state == .merged), what)
    #expect(view.mergedInto == nil || view.mergedHere.isEmpty, what)
    #expect(view.pauses.filter { $0.endedAt == nil }.count <= 1, what)
    #expect(view.extensions.filter { $0.decidedAt == nil }.count <= 1, what)
    let stood = before == .suspended ? file.resumeState : before
    if view.openExtension != nil { #expect(stood == .dispatched || stood == .handling, what) }
    #expect(view.extensions.filter { $0.isGranted == true }.count == file.extensionCount, what)
  }

  /// Nothing that is settled at the table is handled without an outcome, and one fits together.
  private static func checkMediation(_ view: CaseView, _ what: Comment) {
    #expect((view.mediation != nil) == view.kind.mediated, what)
    guard let mediation = view.mediation else { return }
    let state = view.mergedInto?.state ?? view.case.state
    if [.handled, .verified, .closed].contains(state) { #expect(mediation.result != nil, what) }
    guard let result = mediation.result else { return }
    #expect(result.outcome == .settled || result.agreement == .none, what)
    #expect((result.terms != nil) == (result.agreement != .none), what)
    if result.agreement == .none { #expect(result.amount == nil && result.performBy == nil, what) }
  }

  /// Parts are a tree whose every level has a lead and a clock of its own, none due after the one above.
  static func checkLevels(_ view: CaseView, _ what: Comment) {
    #expect(view.tree.count == view.assignments.count, what)
    let current = view.assignments.filter(\.isCurrent)
    let units = current.filter { !$0.isPersonal(among: view.assignments) }.map(\.organisation)
    #expect(Set(units).count == units.count, "no unit has two parts")
    for part in current {
      let below = view.sent(by: part)
      if part.state == .passed {
        #expect(below.count { $0.isLead } == 1, what)
        #expect(below.contains { $0.isOwed }, what)
      } else {
        #expect(below.allSatisfy { $0.state == .handled }, what)
      }
      guard let above = view.above(part) else { continue }
      // What is merged keeps what was fed back, also where it waited above.
      #expect(above.isCurrent || view.mergedInto != nil, what)
      #expect(part.organisationPath.hasPrefix(above.organisationPath), what)
      guard part.isLead else { continue }
      let clocks = view.clocks.filter { $0.assignment == part.id }
      #expect(clocks.count <= 1 && clocks.allSatisfy { $0.level == view.level(of: part) }, what)
      guard let clock = clocks.first else { continue }
      #expect((clock.stoppedAt == nil) == view.sending(of: part).contains { $0.isOwed }, what)
      if let own = view.clock(of: above), clock.within == own.id, let bound = own.dueAt,
        let due = clock.dueAt, bound >= clock.startedAt
      {
        #expect(due <= bound, "not after the level above")
      }
    }
    for clock in view.clocks where clock.level > 0 && clock.stoppedAt == nil {
      #expect(current.contains { $0.id == clock.assignment }, what)
    }
  }

  private static func checkClocks(_ view: CaseView, _ what: Comment) {
    let file = view.case
    let running = view.clocks.filter { $0.stoppedAt == nil }
    if !file.state.isOpen { #expect(running.allSatisfy { $0.step == .callBack }, what) }
    if [.void, .merged, .transferred].contains(file.state) { #expect(running.isEmpty, what) }
    let steps = running.map(\.step)
    let own = running.filter { $0.level == 0 }.map(\.step)
    #expect(Set(own).count == own.count, "no step of the case runs twice: \(own)")
    #expect(running.allSatisfy { $0.level == 0 || $0.step == .handling }, what)
    #expect(steps.contains(.whole) == file.state.isOpen, what)
    let state = file.state == .suspended ? file.resumeState : file.state
    let ownStep: [CaseState: ClockStep] = [
      .reported: .acceptance, .accepted: .filing, .checking: .check, .filed: .dispatch,
      .dispatched: .handling,
      .handling: .handling, .verified: .closing,
      .handled: view.kind.verified ? .verification : .closing,
    ]
    let exclusive: Set<ClockStep> = [
      .acceptance, .check, .filing, .dispatch, .arbitration, .handling, .verification,
      .closing,
    ]
    let step =
      state == .filed && file.arbitrationAt != nil ? .arbitration : state.flatMap { ownStep[$0] }
    let before = view.mergedInto?.state ?? state
    let stood = before == .suspended ? file.resumeState : before
    #expect(file.arbitrationAt == nil || stood == .filed, what)
    #expect((file.appeal == .granted) == (file.excludedAt != nil), what)
    var expected = Set([step].compactMap { $0 })
    expected = expected.filter { view.kind.clocks[$0] != nil }
    #expect(Set(steps).intersection(exclusive) == expected, what)
    for clock in view.clocks {
      if let stopped = clock.stoppedAt { #expect(stopped >= clock.startedAt, what) }
      if let due = clock.dueAt, let original = clock.originalDueAt {
        #expect(due >= original, what)
      }
    }
    let next = CaseChange.due(view.clocks, state: file.state)
    #expect(file.dueAt == next, what)
    #expect(file.wholeDueAt == view.clocks.last { $0.step == .whole }?.dueAt, what)
  }

  private static func checkTimes(_ file: Case, _ what: Comment) {
    #expect((file.closedAt == nil) == file.state.isOpen, what)
    let state = file.state == .suspended ? file.resumeState : file.state
    if [.filed, .dispatched, .handling].contains(state) {
      #expect(file.handledAt == nil && file.verifiedAt == nil, what)
    }
    if [.handled, .verified].contains(state) { #expect(file.handledAt != nil, what) }
    #expect((file.calledBackAt != nil) == (file.isResolved != nil), what)
    if file.satisfaction != nil { #expect(file.calledBackAt != nil, what) }
  }

  /// One revision for each change, and counts that are those of the moves.
  private static func checkLedger(_ entries: [LedgerEntry], _ view: CaseView, _ what: Comment) {
    let moves = entries.compactMap { entry -> CaseMove? in
      entry.verb.hasPrefix("case.") ? CaseMove(rawValue: String(entry.verb.dropFirst(5))) : nil
    }
    let file = view.case
    #expect(entries.first?.verb == "case.report", what)
    let ofOthers = entries.count { ["case.merged-in", "case.unmerged"].contains($0.verb) }
    #expect(file.revision == 1 + moves.count + ofOthers, what)
    #expect(
      entries.last { $0.figures["state"] != nil }?.figures["state"] == file.state.rawValue, what)
    func count(_ move: CaseMove) -> Int { moves.count { $0 == move } }
    #expect(file.reworkCount == count(.rework), what)
    #expect(file.reopenCount == count(.reopen), what)
    #expect(file.extensionCount == count(.grantExtension), what)
    #expect(file.returnCount <= count(.giveBack), what)
    // A return by the lead is what empties its place; by a helper it is not counted.
    let returnedLeads = view.assignments.filter {
      $0.isLead && $0.parent == nil && $0.state == .returned
    }
    #expect(file.returnCount == returnedLeads.count, what)
  }
}
