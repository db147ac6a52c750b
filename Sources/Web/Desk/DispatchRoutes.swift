import Base
import City
import Foundation
import Hummingbird

extension Site {
  func addDispatch(to group: RouterGroup<SiteContext>) {
    group.get("/dispatch") { request, context in
      let doer = try context.requireSignedIn().doer
      let order = Query(request)["sort"].flatMap { DispatchPage.Order(rawValue: $0) } ?? .late
      return try await page(try await dispatchPage(doer, order), request, context)
    }
    group.get("/dispatch/{id}") { request, context in
      let doer = try context.requireSignedIn().doer
      let id = try CaseAPI.id(context, as: Case.self)
      return try await page(try await elsewherePage(id, doer), request, context)
    }
    group.post("/dispatch/{id}") { request, context in
      try await sendElsewhere(request, context)
    }
  }

  // MARK: - The desk

  private func dispatchPage(
    _ doer: Doer, _ order: DispatchPage.Order
  ) async throws -> DispatchPage {
    try doer.require(.caseDispatch)
    let around = try await surroundings()
    let after = try await ledgerPosition()
    let board = try await centre.cases.dispatchBoard(by: doer, at: around.now)
    let loads = board.loads.compactMap { load in
      around.parties[load.organisation].map {
        DispatchPage.Load(code: $0.code, name: $0.name, load: load)
      }
    }
    return DispatchPage(
      tallies: Self.tallies(board), waiting: board.toDispatch.lines.map(around.line),
      waitingTotal: board.toDispatch.total, submission: UUID().uuidString,
      untaken: board.untaken.lines.map(around.untaken), untakenTotal: board.untaken.total,
      next: board.next.map(around.card), loads: order.sorted(loads), order: order,
      live: .cases(after: after))
  }

  private static func tallies(_ board: DispatchBoard) -> [DeskPage.Tally] {
    func tally(
      _ count: Int, _ clock: QueueQuery.Clock, _ tone: DeskPage.Tally.Tone
    ) -> DeskPage.Tally {
      var query = QueueQuery()
      query.clock = clock
      return DeskPage.Tally(
        label: .key("dispatch.tally.\(clock.rawValue)"), count: count, url: query.url, tone: tone)
    }
    return [
      tally(board.due.late, .overdue, .danger), tally(board.due.hour, .hour, .soon),
      tally(board.due.soon, .soon, .soon), tally(board.due.day, .day, .plain),
    ]
  }

  // MARK: - To another unit

  private func elsewherePage(_ id: ID<Case>, _ doer: Doer) async throws -> ElsewherePage {
    let detail = try await centre.cases.detail(of: id, by: doer)
    guard CaseDesk.maySendElsewhere(detail.view, by: doer) else {
      try doer.require(.caseDispatch)
      throw Fault(
        .conflict, "case.move-not-now",
        ["move": CaseMove.withdraw.rawValue, "state": detail.view.case.state.rawValue])
    }
    let builder = CasePageBuilder(
      detail: detail, doer: doer, around: try await surroundings(), opened: [:], approvers: [])
    return ElsewherePage(
      line: builder.card,
      form: .elsewhere(id, revision: detail.view.case.revision, leads: builder.mayLeadInstead))
  }

  private func sendElsewhere(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Case.self)
    let form = try await FormData.read(request, context: context, blobs: centre.blobs)
    do {
      try await centre.cases.sendElsewhere(
        try MoveInput(form, zone: centre.zone), on: id,
        revision: form.text("revision").flatMap(Int.init), by: doer)
      return Answer.redirect(.dispatch, done: CaseMove.dispatch.rawValue)
    } catch let fault as Fault where fault.kind == .invalid && !fault.fields.isEmpty {
      var page = try await elsewherePage(id, doer)
      page.errors = ErrorSummary(fault, in: page.form)
      page.form = page.form.returned(fault, typed: form.values)
      return try await self.page(page, request, context, status: fault.status)
    }
  }
}

extension CasePageBuilder {
  /// Who may get it in place of those who have it.
  fileprivate var mayLeadInstead: [Field.Group] {
    let has = file.leadOrganisation.flatMap { around.parties[$0]?.code }
    return mayLead.map { group in
      var group = group
      group.options = group.options.filter { $0.value != has }
      for index in group.options.indices { group.options[index].isChosen = false }
      return group
    }.filter { !$0.options.isEmpty }
  }
}

extension Surroundings {
  fileprivate func line(_ waits: CaseToDispatch) -> DispatchPage.Line {
    let (gets, line) = (waits.gets, waits.line)
    let proposal = gets.proposal
    var shown = DispatchPage.Line(
      card: card(line), unit: proposal.map { ($0.lead.code, $0.lead.name) },
      person: gets.personName, helpers: proposal?.helpers.map(\.name) ?? [],
      reason: reason(gets),
      why: .who.with([("kind", line.kind), ("area", line.area.flatMap { places[$0]?.code })]),
      other: .move("dispatch", on: line.id))
    // Nobody has it yet; whom it goes to stands beside it.
    shown.card.unit = nil
    shown.remark =
      gets.away.map { Phrase($0, in: zone) } ?? (gets.isPersonGone ? .key("who.person.gone") : nil)
    shown.back = waits.back.map { back in
      DispatchPage.Back(
        move: back.move, unit: back.unit.flatMap { parties[$0]?.name }, text: back.text,
        at: back.at)
    }
    return shown
  }

  /// The rule that decides, in words.
  private func reason(_ gets: WhoGets) -> Phrase {
    guard let rule = gets.lines.first(where: { $0.outcome == .decides }) else {
      return .key("who.nobody")
    }
    let line = self.line(rule)
    return .key(
      rule.isOwn ? "dispatch.reason.town" : "dispatch.reason.catalogue",
      [
        "kinds": line.kinds ?? .key("who.every-kind"),
        "area": line.area.map { .plain($0) } ?? .key("who.anywhere"),
      ])
  }

  fileprivate func untaken(_ untaken: UntakenCase) -> DispatchPage.Untaken {
    var shown = DispatchPage.Untaken(
      card: card(untaken.line), sentAt: untaken.sentAt, elsewhere: .sendElsewhere(untaken.line.id))
    shown.card.unit = parties[untaken.unit]?.name
    shown.card.clock = untaken.dueAt.map(running)
    return shown
  }
}
