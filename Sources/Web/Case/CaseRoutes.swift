import Base
import City
import Foundation
import Hummingbird

/// One case, and the moves on it.
extension Site {
  func addCase(to group: RouterGroup<SiteContext>) {
    group.get("/cases/{id}") { request, context in
      let doer = try context.requireSignedIn().doer
      let id = try CaseAPI.id(context, as: Case.self)
      let after = try await ledgerPosition()
      let detail = try await centre.cases.detail(of: id, by: doer)
      var page = try await casePage(detail, doer)
      page.live = .file(id, after: after)
      return try await self.page(page, request, context)
    }
    group.get("/cases/{id}/print") { request, context in
      try await workOrder(request, context)
    }
    group.post("/cases/{id}/open-reporter") { request, context in
      let doer = try context.requireSignedIn().doer
      _ = try await FormData.read(request, context: context, blobs: centre.blobs)
      let id = try CaseAPI.id(context, as: Case.self)
      // Shown in the answer itself, so that no address opens it again unseen.
      let opened = try await centre.cases.openReporters(of: id, by: doer)
      let detail = try await centre.cases.detail(of: id, by: doer)
      return try await page(
        try await casePage(detail, doer, opened: opened), request, context)
    }
    group.post("/cases/{id}/{move}") { request, context in
      try await move(request, context)
    }
  }

  private func move(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Case.self)
    guard let move = CaseMove(rawValue: try context.parameters.require("move")) else {
      throw Fault(.missing, "page.missing")
    }
    let form = try await FormData.read(request, context: context, blobs: centre.blobs)
    do {
      try form.requireFiles()
      try await centre.cases.make(
        move, try MoveInput(form, zone: centre.zone),
        attaching: form.attachments,
        on: id, revision: form.text("revision").flatMap(Int.init), by: doer)
      // Whoever sends a case away may not see it any longer; then the desk is next.
      let mayStay = (try? await centre.cases.requireReading(id, by: doer)) != nil
      return Answer.redirect(mayStay ? .file(id) : .desk, done: move.rawValue)
    } catch let fault as Fault where fault.kind == .invalid {
      let detail = try await centre.cases.detail(of: id, by: doer)
      var page = try await casePage(detail, doer)
      page.put(
        fault.placingEvidence { "attachments.\($0.rawValue)" }, typed: form.values, in: move)
      return try await self.page(page, request, context, status: .unprocessableContent)
    } catch let fault as Fault where fault.kind == .conflict {
      // Who gave their part back in another window no longer reads the case, but keeps their words.
      let mayRead = (try? await centre.cases.requireReading(id, by: doer)) != nil
      let detail = try await centre.cases.detail(of: id, by: .command)
      var conflict = try await conflictPage(detail, move, fault, form)
      if !mayRead { conflict.changes = [] }
      return try await page(conflict, request, context, status: .conflict)
    }
  }

  func casePage(
    _ detail: CaseDetail, _ doer: Doer, opened: [ID<Case>: Reporter] = [:],
    parties: Mediation? = nil
  ) async throws -> CasePage {
    let approvers = try await centre.identity.people.approvers(
      for: detail.view.case.organisationPath)
    var builder = CasePageBuilder(
      detail: detail, doer: doer, around: try await surroundings(), opened: opened,
      approvers: approvers, duplicates: try await duplicates(of: detail, by: doer))
    if CaseFlow.moves(on: detail.view, by: doer).contains(.passOn), let own = builder.heldBy {
      builder.colleagues = try await centre.identity.people.handlers(of: own)
    }
    builder.openedMediation = parties
    if builder.allowed.contains(.suspend) {
      builder.substitutes = try await centre.identity.people.approvingSubstitutes(
        for: detail.view.case.organisationPath, at: centre.now())
    }
    return builder.page
  }

  /// Only for those who can do something about it.
  private func duplicates(of detail: CaseDetail, by doer: Doer) async throws -> [CaseDuplicate] {
    guard CaseFlow.moves(on: detail.view, by: doer).contains(.link) else { return [] }
    return try await centre.cases.duplicates(of: detail.view.case.id, by: doer)
  }

  private func conflictPage(
    _ detail: CaseDetail, _ move: CaseMove, _ fault: Fault, _ form: FormData
  ) async throws -> ConflictPage {
    let builder = CasePageBuilder(
      detail: detail, doer: .command, around: try await surroundings(), opened: [:], approvers: [])
    let seen = form.text("revision").flatMap(Int.init) ?? detail.view.case.revision
    let missed = max(1, detail.view.case.revision - seen)
    return ConflictPage(
      line: builder.card, move: move, changes: Array(builder.timeline.prefix(missed)),
      typed: builder.typed(form.values, in: move),
      why: fault.code == "case.stale" ? nil : Phrase(fault))
  }
}

extension CasePage {
  /// The form of a move as it came back.
  mutating func put(_ fault: Fault, typed: [String: [String]], in move: CaseMove) {
    if move == .comment, let form = comment {
      comment = form.returned(fault, typed: typed)
      errors = ErrorSummary(fault, in: form)
      return
    }
    guard let index = moves.firstIndex(where: { $0.move == move }) else { return }
    errors = ErrorSummary(fault, in: moves[index].form)
    moves[index].form = moves[index].form.returned(fault, typed: typed)
    for other in moves.indices { moves[other].isOpen = other == index }
  }
}

extension MoveInput {
  /// What a form of a move sent.
  ///
  /// - Throws: `input.invalid` for what cannot be read.
  init(_ form: FormData, zone: TimeZone) throws {
    self.init()
    var faults: [Fault.Field] = []
    func read<Value>(_ name: String, _ reading: (String) -> Value?) -> Value? {
      guard let written = form.text(name) else { return nil }
      if let value = reading(written) { return value }
      faults.append(.init(name, "value.unreadable"))
      return nil
    }
    text = form.text("text")
    // Who checks is one choice: an organisation, or somebody of it.
    let chosen = form.text("organisation")?.split(separator: "@", maxSplits: 1).map(String.init)
    organisation = chosen?.first
    helpers = form.values["helpers"].map { $0.filter { !$0.isEmpty } }
    limit = form.text("limit")
    reason = form.text("reason")
    person = read("person") { ID($0) }
    if let chosen, chosen.count == 2 { person = ID(chosen[1]) }
    if let written = form.values["people"] {
      people = written.compactMap { ID($0) }
      if people?.count != written.count { faults.append(.init("people", "value.unreadable")) }
    }
    approver = read("approver") { ID($0) }
    factFinding = form.text("factFinding")
    claimFinding = form.text("claimFinding")
    conditions = form.values["conditions"]
    outcome = form.text("outcome")
    reached = read("reached") { Bool($0) }
    resolved = read("resolved") { Bool($0) }
    justified = read("justified") { Bool($0) }
    finding = read("finding") { CaseFinding.Kind(rawValue: $0) }
    satisfaction = read("satisfaction") { Int($0) }
    title = form.values["title"]?.first
    description = form.values["description"]?.first
    place = form.values["place"]?.first
    area = form.text("area")
    kind = form.text("kind")
    other = form.text("other")
    relation = form.text("relation")
    direction = form.text("direction")
    platform = form.text("platform")
    otherRevision = read("otherRevision") { Int($0) }
    readMediation(form, &faults, zone: zone)
    fields = Site.fields(form)
    if let written = form.text("until") {
      // A day lasts until its end.
      if let local = LocalTime(written) {
        let end = written.contains(":") ? local : LocalTime(day: local.day + 1, millisecond: 0)
        until = Moment(end, in: zone)
      } else {
        faults.append(.init("until", "value.day", ["value": String(written.prefix(32))]))
      }
    }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
  }

  private mutating func readMediation(
    _ form: FormData, _ faults: inout [Fault.Field], zone: TimeZone
  ) {
    func read<Value>(_ name: String, _ reading: (String) -> Value?) -> Value? {
      guard let written = form.text(name) else { return nil }
      if let value = reading(written) { return value }
      faults.append(.init(name, "value.day", ["value": String(written.prefix(32))]))
      return nil
    }
    side = form.text("side")
    name = form.text("name")
    phone = form.text("phone")
    address = form.text("address")
    party = read("party") { ID($0) }
    heldAt = read("heldAt") { LocalTime($0).flatMap { Moment($0, in: zone) } }
    next = read("next") { LocalTime($0).flatMap { Moment($0, in: zone) } }
    mediators = form.text("mediators")
    present = form.text("present")
    agreement = form.text("agreement")
    amount = form.text("amount").map { .text($0) }
    performBy = read("performBy") { Day(written: $0) }
    facts = form.text("facts")
    terms = form.text("terms")
  }
}
