import Base
import City

/// The dispatcher's desk: what is to be sent and to whom, what nobody has taken, what runs out next, and who
/// has how much on their hands.
struct DispatchPage: Page {
  static let template = "dispatch"

  var tallies: [DeskPage.Tally]
  var waiting: [Line]
  var waitingTotal: Int
  /// One submission of the form that sends those that are chosen.
  var submission: String
  var untaken: [Untaken]
  var untakenTotal: Int
  /// What runs out within a day, the next first.
  var next: [CaseCard]
  var loads: [Load]
  var order = Order.late
  var live: LiveTopic?

  /// What the load is ordered by; the most first.
  enum Order: String, Sendable, CaseIterable {
    case unit, open, sent, taken, late, soon, returned
  }

  /// A case that waits to be sent.
  struct Line: Sendable {
    var card: CaseCard
    /// The code and name of who leads by the rules; nil where they name nobody.
    var unit: (code: String, name: String)?
    var person: String?
    var helpers: [String] = []
    /// The rule that says so.
    var reason: Phrase
    /// That the person of the rule is away, or gone.
    var remark: Phrase?
    var why: SiteURL
    var back: Back?
    /// Where another unit is chosen.
    var other: SiteURL
  }

  /// Why a case is here again.
  struct Back: Sendable {
    var move: CaseMove
    var unit: String?
    var text: String
    var at: Moment
  }

  /// A case whose lead has not taken it.
  struct Untaken: Sendable {
    var card: CaseCard
    var sentAt: Moment
    var elsewhere: SiteURL
  }

  /// What an organisation has on its hands.
  struct Load: Sendable {
    var code: String
    var name: String
    var load: CaseLoad
  }

  var title: Phrase { .key("dispatch.title") }
  var section: Section? { .dispatch }
}

extension DispatchPage {
  var parts: [String: any Shown] {
    [
      "tallies": tallies, "waiting": waiting, "waitingTotal": Phrase.count(waitingTotal),
      "hasMore": waitingTotal > waiting.count, "queue": filed.url, "submission": submission,
      "canSend": waiting.contains { $0.unit != nil }, "act": SiteURL.makeBatch,
      "untaken": untaken, "untakenTotal": Phrase.count(untakenTotal),
      "hasMoreUntaken": untakenTotal > untaken.count, "dispatched": dispatched.url,
      "next": next, "day": day.url, "heads": heads,
      "loads": loads,
    ]
  }

  private var filed: QueueQuery {
    var query = QueueQuery()
    query.state = CaseState.filed.rawValue
    return query
  }

  private var dispatched: QueueQuery {
    var query = QueueQuery()
    query.state = CaseState.dispatched.rawValue
    return query
  }

  private var day: QueueQuery {
    var query = QueueQuery()
    query.clock = .day
    return query
  }

  private var heads: [[String: any Shown]] {
    Order.allCases.each { head in
      [
        "label": Phrase.key("load.\(head.rawValue)"), "isFigure": head != .unit,
        "isCurrent": head == order, "sort": head == .unit ? "ascending" : "descending",
        "url": SiteURL.dispatch.with([("sort", head == .late ? nil : head.rawValue)]),
      ]
    }
  }
}

extension DispatchPage.Order {
  /// In the order of the page: what people look for first, then who has most.
  func sorted(_ loads: [DispatchPage.Load]) -> [DispatchPage.Load] {
    loads.sorted { left, right in
      let (one, other) = (number(left.load), number(right.load))
      if one != other { return one > other }
      if left.load.open != right.load.open, self != .unit {
        return left.load.open > right.load.open
      }
      return left.code < right.code
    }
  }

  private func number(_ load: CaseLoad) -> Int {
    switch self {
    case .unit: 0
    case .open: load.open
    case .sent: load.sent
    case .taken: load.taken
    case .late: load.late
    case .soon: load.soon
    case .returned: load.returned
    }
  }
}

extension DispatchPage.Line: Composed {
  var parts: [String: any Shown] {
    let to = unit.map { unit in
      person.map { Phrase.list([.plain(unit.name), .plain($0)]) } ?? .plain(unit.name)
    }
    return card.parts.merging([
      "choice": unit.map { "\(card.id)@\($0.code)" }, "to": to, "reason": reason,
      "remark": remark, "why": why, "other": other, "back": back,
      "helpers": helpers.isEmpty
        ? nil : Phrase.key("who.helpers", ["units": .list(helpers.map { .plain($0) })]),
      "sends": to.map {
        Phrase.key("dispatch.send.to", ["number": .plain(card.number), "unit": $0])
      },
      "others": Phrase.key("dispatch.other.of", ["number": .plain(card.number)]),
    ]) { $1 }
  }
}

extension DispatchPage.Back: Composed {
  var parts: [String: any Shown] {
    [
      "what": Phrase.key(
        unit == nil ? "dispatch.back.\(move.rawValue).nobody" : "dispatch.back.\(move.rawValue)",
        ["unit": .plain(unit ?? ""), "when": .moment(at)]), "text": text,
    ]
  }
}

extension DispatchPage.Untaken: Composed {
  var parts: [String: any Shown] {
    card.parts.merging([
      "since": Phrase.key("dispatch.untaken.since", ["when": .moment(sentAt)]),
      "elsewhere": elsewhere,
      "others": Phrase.key("dispatch.elsewhere.of", ["number": .plain(card.number)]),
    ]) { $1 }
  }
}

extension DispatchPage.Load: Composed {
  var parts: [String: any Shown] {
    [
      "name": name,
      "figures": [
        figure(load.open, .open, .any), figure(load.sent, .sent, .any),
        figure(load.taken, .taken, .any), figure(load.late, .open, .overdue),
        figure(load.soon, .open, .day), figure(load.returned, .returned, .any),
      ],
    ]
  }

  /// A number that opens its cases.
  private func figure(
    _ count: Int, _ part: CaseFilter.Part, _ clock: QueueQuery.Clock
  ) -> [String: any Shown] {
    var query = QueueQuery()
    query.unit = code
    query.part = part.rawValue
    query.clock = clock
    if !query.canBeByDue { query.sort = .newest }
    let tone = count == 0 ? "none" : clock == .overdue ? "danger" : clock == .day ? "soon" : "plain"
    return [
      "count": Phrase.count(count), "url": count == 0 ? nil : query.url, "tone": tone,
      "label": Phrase.key(
        "load.\(clock == .overdue ? "late" : clock == .day ? "soon" : part.rawValue)"),
    ]
  }
}
