import Base
import Store
import TestSupport
import Testing

@testable import City

/// What `CaseScope` says in SQL and `CaseView` in Swift must stay equal, and every list with them.
@Suite struct CaseScopeTests {
  /// Somebody with random roles over random subtrees.
  private static func randomDoer(
    _ walk: inout CaseWalk, _ organisations: [Organisation]
  ) -> Doer {
    let areas = [CaseTown.district, CaseTown.town, CaseTown.villages[0], CaseTown.villages[1], ""]
    let paths = organisations.map(\.path) + [""]
    let grants = (0...walk.dice.number(in: 0...2)).map { _ in
      Grant(
        role: walk.dice.pick(Role.allCases) ?? .leader,
        organisationPath: walk.dice.pick(paths) ?? "", areaPath: walk.dice.pick(areas) ?? "")
    }
    let own = walk.dice.pick(organisations)
    let person = walk.town[walk.dice.pick(CaseTown.Who.allCases) ?? .intake].person ?? ID(1)
    let allowed: Set<Right>? = walk.dice.chance(0.2) ? [.caseRead, .figuresRead] : nil
    let away =
      walk.dice.chance(0.5)
      ? walk.town[walk.dice.pick([.crew, .roads, .patroller, .gang]) ?? .crew] : nil
    return Doer(
      person: person, grants: grants,
      organisation: own.map { OrganisationRef(id: $0.id, path: $0.path) }, allowed: allowed,
      standsFor: away.flatMap { away in
        away.person.map { [StandIn(person: $0, grants: away.grants)] }
      } ?? [])
  }

  /// Every case of a list, page by page, in its order.
  private static func all(
    _ filter: CaseFilter, _ desk: CaseDesk, by doer: Doer, limit: Int, in snapshot: some Querying
  ) throws -> [CaseLine] {
    var lines: [CaseLine] = []
    var cursor: CaseCursor?
    repeat {
      let page = try desk.lines(filter, after: cursor, limit: limit, by: doer, in: snapshot)
      lines += page.lines
      cursor = page.next
    } while cursor != nil && lines.count < 10_000
    return lines
  }

  private static func check(_ doer: Doer, _ views: [CaseView], _ town: CaseTown, limit: Int)
    async throws
  {
    try await town.database.read { snapshot in
      let parties = try town.parties.value(in: snapshot)
      let centres = parties.centres.map(\.path)
      let what = Comment(rawValue: "\(doer.grants) of \(doer.organisation?.path ?? "nowhere")")
      for right in Right.allCases {
        let scope = CaseScope(doer, right: right, centres: centres)
        let found = try Set(
          snapshot.column(
            "SELECT c.id FROM case_file AS c WHERE \(scope.condition ?? "1 = 1")",
            as: ID<Case>.self))
        let expected = views.filter { view in
          switch right {
          case .caseRead: view.isRead(by: doer)
          case .personalRead, .figuresRead: view.isWithin(right, of: doer)
          default: view.case.isWithin(right, of: doer)
          }
        }
        #expect(found == Set(expected.map(\.case.id)), what)
      }
      guard doer.holds(.caseRead) else { return }
      let seen = views.filter { $0.isRead(by: doer) }
      try checkLists(doer, seen, town, limit: limit, in: snapshot, what)
    }
  }

  private static func checkLists(
    _ doer: Doer, _ seen: [CaseView], _ town: CaseTown, limit: Int, in snapshot: some Querying,
    _ what: Comment
  ) throws {
    func list(_ change: (inout CaseFilter) -> Void) throws -> [ID<Case>] {
      var filter = CaseFilter()
      change(&filter)
      return try all(filter, town.desk, by: doer, limit: limit, in: snapshot).map(\.id)
    }
    let newest = seen.map(\.case.id).sorted(by: >)
    #expect(try list { _ in } == newest, what)
    let scope = CaseScope(
      doer, right: .caseRead,
      centres: try town.parties.value(in: snapshot).centres.map(\.path))
    let open = seen.filter(\.case.state.isOpen).sorted {
      (CaseRows.queueTime(due($0, scope)), $0.case.id)
        < (CaseRows.queueTime(due($1, scope)), $1.case.id)
    }
    var byClock = CaseFilter()
    byClock.order = .due
    let lines = try all(byClock, town.desk, by: doer, limit: limit, in: snapshot)
    #expect(lines.map(\.dueAt) == open.map { due($0, scope) }, what)
    #expect(try list { $0.order = .due } == open.map(\.case.id), what)
    let village = CaseTown.villages[0]
    let there = Set(seen.filter { $0.case.areaPath.hasPrefix(village) }.map(\.case.id))
    #expect(try list { $0.areaPath = village } == newest.filter(there.contains), what)
    let parking = Set(
      seen.filter { ($0.case.title + $0.case.description).contains("停车") }.map(\.case.id))
    #expect(try list { $0.text = "停车" } == newest.filter(parking.contains), what)
    #expect(
      try list {
        $0.text = "停车"
        $0.order = .due
        $0.areaPath = village
      }.sorted(by: >)
        == newest.filter { there.contains($0) && parking.contains($0) }
        .filter { id in open.contains { $0.case.id == id } }, what)
    let handling = Set(seen.filter { $0.case.state == .handling }.map(\.case.id))
    #expect(try list { $0.states = [.handling] } == newest.filter(handling.contains), what)
  }

  /// The deadline that a list shows: of whom cases come to by parts, that of the first that counts.
  private static func due(_ view: CaseView, _ scope: CaseScope) -> Moment? {
    let own = view.assignments.filter { part in
      part.isSeen && scope.organisations.contains { part.organisationPath.hasPrefix($0) }
    }
    let first = own.first { $0.endedAt == nil } ?? own.first
    return first.map { view.due(of: $0) } ?? view.case.dueAt
  }

  @Test("for anybody, SQL and Swift see the same cases, and every list has exactly these")
  func equal() async throws {
    var walk = try await CaseWalk.town(cases: 60, steps: 700, seed: 7)
    try await Self.importSome(into: walk.town)
    let town = walk.town
    let ids: [ID<Case>] = try await town.database.read {
      try $0.column("SELECT id FROM case_file ORDER BY id")
    }
    let views = try await town.database.read { snapshot in
      try ids.compactMap { try town.desk.load($0, in: snapshot) }
    }
    #expect(views.count == 66)
    for who in CaseTown.Who.allCases {
      try await Self.check(town[who], views, town, limit: 7)
    }
    try await Self.check(.command, views, town, limit: 7)
    let organisations = try await town.database.read {
      try town.parties.value(in: $0).organisations
    }
    for _ in 0..<120 {
      let doer = Self.randomDoer(&walk, organisations)
      try await Self.check(doer, views, town, limit: walk.dice.number(in: 1...20))
    }
  }

  /// Past cases with units, of which some ended later and some changed hands.
  private static func importSome(into town: CaseTown) async throws {
    let past = (0..<6).map { number in
      var past = PastCase(
        source: "old", id: "\(number)", kind: "T0002", channel: .hotline, title: "停车 旧\(number)",
        reportedAt: town.clock.now() + -86_400, state: .dispatched)
      past.area = number.isMultiple(of: 2) ? "V1" : "V2"
      past.organisation = ["roads", "sanitation", "committee-1"][number % 3]
      return past
    }
    let changed = past.enumerated().map { index, old in
      var new = old
      if index < 2 {
        new.state = index == 0 ? .closed : .void
        new.closedAt = town.clock.now()
      } else if index < 4 {
        new.organisation = "market"
      }
      return new
    }
    for cases in [past, changed] {
      let outcomes = try await town.database.write {
        try town.desk.record(cases, by: .command, in: $0)
      }
      for case .rejected(let fault) in outcomes { Issue.record("\(fault)") }
    }
  }

  /// A case that the duty officer handled, who therefore may not verify it.
  private static func handleAtTheCentre(_ town: CaseTown) async throws {
    let id = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "grid-centre"
      $0.helpers = nil
    }
    try await town.make(.take, by: .duty, on: id)
    try await town.attach(.after, to: id, by: .duty)
    try await town.make(.feedBack, by: .duty, on: id)
    #expect(try await town.view(id).case.state == .handled)
  }

  @Test("what waits on a desk is what may be done, and all of it")
  func waiting() async throws {
    let town = try await CaseWalk.town(cases: 40, steps: 250, seed: 9).town
    for situation in CaseSituation.allCases { _ = try await town.bring(to: situation) }
    try await Self.handleAtTheCentre(town)
    let checked = try await town.report(CaseTown.report("T0003")).id
    try await town.make(.accept, by: .intake, on: checked)
    let ids: [ID<Case>] = try await town.database.read {
      try $0.column("SELECT id FROM case_file ORDER BY id")
    }
    var acts: Set<CaseMove> = []
    for who in CaseTown.Who.allCases {
      let doer = town[who]
      var expected: [CaseMove: Set<ID<Case>>] = [:]
      for id in ids {
        let view = try await town.view(id)
        guard view.isRead(by: doer) else { continue }
        for move in CaseFlow.moves(on: view, by: doer) { expected[move, default: []].insert(id) }
      }
      let waiting = try await town.desk.waiting(for: doer, lines: 1000)
      for group in waiting {
        let found = Set(group.lines.map(\.id))
        let what = Comment(rawValue: "\(group.act.rawValue) for \(who)")
        #expect(found.count == group.total, what)
        acts.insert(group.act)
        // Somebody who only might do it as well is not waited for.
        if [.askCheck, .contact, .feedBack, .grantExtension].contains(group.act) {
          #expect(found.isSubset(of: expected[group.act] ?? []), what)
        } else {
          #expect(found == expected[group.act] ?? [], what)
        }
      }
      // Who also handles a part finds it among what is to be taken or done.
      let mayWait: Set<CaseMove> =
        doer.holds(.caseHandle)
        ? [.askCheck, .contact, .feedBack, .passOn] : [.askCheck, .contact, .feedBack]
      for act in CaseDesk.acts where !mayWait.contains(act) {
        if !(expected[act] ?? []).isEmpty {
          #expect(waiting.contains { $0.act == act }, "\(act.rawValue) for \(who)")
        }
      }
    }
    #expect(acts == Set(CaseDesk.acts))
  }
}
