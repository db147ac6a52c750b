import Base
import City
import Hummingbird

extension Site {
  func addQueue(to group: RouterGroup<SiteContext>) {
    group.get("/cases") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      let query = QueueQuery { parameters[$0] }
      // An address that holds a number, typed by hand or kept from elsewhere, is not kept here.
      if let found = withoutPhone(query) { return Answer.redirect(found.url) }
      return try await filtered(request, context) {
        var view = try await queuePage(query, doer, wrong: $0)
        if parameters["batch"] == "empty" { view.notice = .key("batch.choose") }
        return view
      }
    }
    // What is looked for is sent and not asked by an address, since it may be a telephone number.
    group.post("/cases/search") { request, context in
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      var query = QueueQuery { form.text($0) }
      query.page = ""
      if !query.text.isEmpty { query.phone = "" }
      return Answer.redirect((withoutPhone(query) ?? query).url)
    }
  }

  /// The same list by the digest of the telephone number that it is searched for; nil where it is
  /// searched for something else.
  private func withoutPhone(_ query: QueueQuery) -> QueueQuery? {
    guard let phone = centre.cases.phone(searched: query.text) else { return nil }
    var other = query
    (other.text, other.phone) = ("", phone.description)
    return other
  }

  private func queuePage(
    _ query: QueueQuery, _ doer: Doer, wrong: Fault?
  ) async throws -> QueuePage {
    let around = try await surroundings()
    if let wrong {
      var page = QueuePage(query: query, choices: choices(around), rows: [])
      page.wrong = wrong
      page.views = Self.views(for: doer).map { QueuePage.View(code: $0, query: Self.view($0)) }
      return page
    }
    if !query.kind.isEmpty { try await centre.requireKind(query.kind) }
    let filter = try filter(query, around)
    let after = try await ledgerPosition()
    let lines = try await centre.cases.lines(filter, after: CaseCursor(query.page), by: doer)
    func turned(to cursor: CaseCursor?) -> SiteURL? {
      cursor.map { cursor in
        var other = query
        other.page = cursor.description
        return other.url
      }
    }
    var page = QueuePage(
      query: query, choices: choices(around), rows: lines.lines.map(around.card))
    page.live = .cases(after: after)
    page.acts = CaseBatch.moves.filter { move in
      CaseFlow.rules.contains { $0.move == move && doer.holds($0.right) }
    }
    page.next = turned(to: lines.next)
    page.previous = turned(to: lines.previous)
    page.views = Self.views(for: doer).map { QueuePage.View(code: $0, query: Self.view($0)) }
    let most = QueuePage.mostCounted
    let isWhole = lines.next == nil && lines.previous == nil
    let count =
      isWhole ? lines.lines.count : try await centre.cases.count(filter, upTo: most, by: doer)
    page.total = min(count, most)
    page.hasUncounted = count > most
    return page
  }

  /// A filter that cannot be read narrows to nothing rather than being passed over.
  func filter(_ query: QueueQuery, _ around: Surroundings) throws -> CaseFilter {
    var filter = CaseFilter()
    if !query.state.isEmpty {
      filter.states = [try CaseAPI.choice("state", query.state, as: CaseState.self)]
    }
    if !query.turn.isEmpty {
      filter.turn = try CaseAPI.choice("turn", query.turn, as: CaseFilter.Turn.self)
    }
    if !query.kind.isEmpty { filter.kind = query.kind }
    if !query.channel.isEmpty {
      filter.channel = try CaseAPI.choice("channel", query.channel, as: Channel.self)
    }
    if !query.area.isEmpty {
      guard let area = around.places.area(code: query.area) else {
        throw Fault.invalid("area", "area.unknown", ["area": query.area])
      }
      filter.areaPath = area.path
    }
    if !query.unit.isEmpty {
      guard let unit = around.parties.organisation(code: query.unit) else {
        throw Fault.invalid("unit", "organisation.unknown", ["organisation": query.unit])
      }
      filter.organisation = unit.id
    }
    filter.reportedFrom = try day("from", query.from)?.start(in: around.zone)
    filter.reportedBefore = try day("to", query.to).map { ($0 + 1).start(in: around.zone) }
    try filter.requireForwards()
    switch query.clock {
    case .any: break
    case .hour: filter.setDue(within: CaseDesk.hour, of: around.now)
    case .soon: filter.setDue(within: CaseDesk.soon, of: around.now)
    case .day: filter.setDue(within: CaseLoad.day, of: around.now)
    case .overdue: filter.overdueAt = around.now
    }
    if !query.part.isEmpty {
      filter.part = try CaseAPI.choice("part", query.part, as: CaseFilter.Part.self)
      filter.returnedFrom = centre.cases.weekStart(at: around.now)
    }
    if !query.text.isEmpty { filter.text = query.text }
    if !query.phone.isEmpty {
      guard let phone = PhoneDigest.Value(query.phone) else {
        throw Fault.invalid("phone", "phone.digest")
      }
      filter.phone = phone
    }
    filter.order = query.order == .due ? .due : .newest
    return filter
  }

  private func day(_ name: String, _ text: String) throws -> Day? {
    guard !text.isEmpty else { return nil }
    guard let day = Day(written: text) else {
      throw Fault.invalid(name, "value.day", ["value": text])
    }
    return day
  }

  private func choices(_ around: Surroundings) -> QueuePage.Choices {
    QueuePage.Choices(
      states: CaseState.allCases, kinds: Field.Group.kinds(around.catalogue.kinds),
      channels: Channel.allCases, areas: around.areaOptions, units: around.unitOptions,
      kindWords: .kindWords(around.catalogue.version))
  }

  /// What waits for the reader's own hand comes before what everybody looks at.
  private static func views(for doer: Doer) -> [String] {
    let own: [(Right, String)] = [
      (.caseAccept, "reported"), (.caseFile, "accepted"),
      (doer.holds(.caseAccept) ? .caseAccept : .caseOnTheSpot, "checking"),
      (.caseDispatch, "filed"),
      (.caseArbitrate, "arbitration"), (.caseSupervise, "appealed"),
      (.caseHandle, "dispatched"), (.caseVerify, "handled"), (.caseClose, "verified"),
    ]
    return ["open"] + own.filter { doer.holds($0.0) }.map(\.1)
      + ["handling", "soon", "overdue", "closed", "all"]
  }

  private static func view(_ code: String) -> QueueQuery {
    var query = QueueQuery()
    switch code {
    case "open": break
    case "soon": query.clock = .soon
    case "overdue": query.clock = .overdue
    case "closed":
      query.state = CaseState.closed.rawValue
      query.sort = .newest
    case "arbitration", "appealed":
      query.turn = code
      if code == "appealed" { query.sort = .newest }
    case "all": query.sort = .newest
    default: query.state = code
    }
    return query
  }
}
