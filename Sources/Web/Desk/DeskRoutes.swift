import Base
import City
import Foundation
import Hummingbird

extension Site {
  func addDesk(to group: RouterGroup<SiteContext>) {
    group.get("/desk") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(try await deskPage(doer), request, context)
    }
  }

  private func deskPage(_ doer: Doer) async throws -> DeskPage {
    let around = try await surroundings()
    let reminders = try await projectReminders(doer)
    guard doer.holds(.caseRead) else {
      return DeskPage(counts: [], groups: [], hasCases: false, reminders: reminders)
    }
    let after = try await ledgerPosition()
    let waiting = try await centre.cases.waiting(for: doer)
    let late = try await centre.cases.lateCounts(for: doer, now: around.now)
    let groups = waiting.map { group in
      DeskPage.Group(
        act: group.act.rawValue, cases: group.lines.map(around.card), total: group.total,
        url: group.act == .callBack ? .callBacks : Self.queue(of: group.act).url)
    }
    let held = try await centre.cases.heldForOthers(by: doer).filter { $0.total > 0 }
      .enumerated().map { index, held in
        DeskPage.Group(
          act: "for-\(index + 1)", person: held.name, cases: held.lines.map(around.card),
          total: held.total, url: .queue)
      }
    return DeskPage(
      counts: [
        tally("waiting", waiting.reduce(0) { $0 + $1.total }, .any, .plain),
        tally("soon", late.soon, .soon, .soon),
        tally("overdue", late.overdue, .overdue, .danger),
      ], groups: groups + held, reminders: reminders, live: .cases(after: after),
      submission: UUID().uuidString)
  }

  /// What the reader has to do in projects; nothing for who has nothing to do with them.
  private func projectReminders(_ doer: Doer) async throws -> [ReminderView] {
    guard doer.holds(.projectRead) else { return [] }
    let now = centre.now()
    return try await centre.database.read { snapshot in
      try centre.projects.reminders(for: doer, now: now, in: snapshot).map(ReminderView.init)
    }
  }

  private func tally(
    _ code: String, _ count: Int, _ clock: QueueQuery.Clock, _ tone: DeskPage.Tally.Tone
  ) -> DeskPage.Tally {
    var query = QueueQuery()
    query.clock = clock
    return DeskPage.Tally(
      label: .key("desk.tally.\(code)"), count: count,
      url: clock == .any ? .desk : query.url, tone: tone)
  }

  /// The list in which all of a group's cases are found.
  private static func queue(of act: CaseMove) -> QueueQuery {
    let states: [CaseMove: CaseState] = [
      .accept: .reported, .askCheck: .accepted, .confirmCheck: .checking, .file: .accepted,
      .dispatch: .filed, .take: .dispatched,
      .feedBack: .handling, .contact: .handling, .grantExtension: .handling, .verify: .handled,
      .close: .verified, .callBack: .closed,
    ]
    var query = QueueQuery()
    query.state = states[act]?.rawValue ?? ""
    if act == .arbitrate { query.turn = CaseFilter.Turn.arbitration.rawValue }
    if act == .grantAppeal {
      query.turn = CaseFilter.Turn.appealed.rawValue
      query.sort = .newest
    }
    if act == .callBack { query.sort = .newest }
    return query
  }
}
