import Base
import Store
import TestSupport
import Testing

@testable import City

/// The dispatcher's desk: proposals, why a case is back, what nobody took, and loads.
@Suite struct CaseDispatchingTests {
  /// Counts the statements that go through it.
  private final class Counting: Querying {
    private let inner: any Querying
    private(set) var count = 0

    init(_ inner: any Querying) { self.inner = inner }

    func each(_ sql: SQL, _ body: (inout Fields) throws -> Void) throws {
      count += 1
      try inner.each(sql, body)
    }

    func once(_ name: String, _ read: () throws -> Int64) throws -> Int64 {
      try inner.once(name, read)
    }
  }

  private func rule(
    _ organisation: String, village: Int? = nil, person: ID<Person>? = nil, _ town: CaseTown
  ) async throws {
    var draft = ResponsibilityDraft(kindPrefix: "T", organisation: organisation, person: person)
    draft.areaPath = village.map { CaseTown.villages[$0] } ?? ""
    let rule = draft
    try await town.database.write { try ResponsibilityDesk.set(rule, by: .command, in: $0) }
  }

  private func waiting(_ town: CaseTown, by who: CaseTown.Who = .dispatcher) async throws
    -> FirstOf<CaseToDispatch>
  {
    try await town.database.read { try town.desk.toDispatch(by: town[who], in: $0) }
  }

  private func loads(
    _ town: CaseTown, by who: CaseTown.Who = .dispatcher
  ) async throws -> [String: CaseLoad] {
    try await town.database.read { snapshot in
      let parties = try town.parties.value(in: snapshot)
      let found = try town.desk.loads(by: town[who], at: town.clock.now(), in: snapshot)
      return Dictionary(found.map { (parties[$0.organisation]?.code ?? "", $0) }) { $1 }
    }
  }

  @Test("each case has whom the rules name for its place, and why; who is named by nobody says so")
  func proposes() async throws {
    let town = try await CaseTown()
    let here = try await town.bring(to: .filed)
    let there = try await town.bring(to: .filed, CaseTown.report(village: 1))
    _ = try await town.bring(to: .accepted)
    var found = try await waiting(town)
    #expect(found.total == 2 && found.lines.map(\.line.id) == [here, there])
    #expect(found.lines.allSatisfy { $0.gets.proposal == nil && $0.back == nil })
    try await rule("market", town)
    try await rule("roads", village: 1, person: town[.roadsMate].person, town)
    found = try await waiting(town)
    #expect(found.lines.map { $0.gets.proposal?.lead.code } == ["market", "roads"])
    #expect(found.lines.map(\.gets.personName) == [nil, "roadsMate"])
    #expect(found.lines[1].gets.lines.first { $0.outcome == .decides }?.area?.code == "V2")
  }

  @Test("however many lines there are, they are asked for by as many statements")
  func constant() async throws {
    let town = try await CaseTown()
    try await rule("roads", person: town[.roadsMate].person, town)
    try await rule("roads", village: 1, person: town[.roads].person, town)
    let mate = try #require(town[.roadsMate].person)
    let roads = try #require(town[.roads].person)
    // Who stands in for the first is away too.
    for (person, substitute) in [(mate, town[.roads]), (roads, town[.crew])] {
      let draft = AbsenceDraft(
        person: person, from: try #require(Day("2024-03-04")),
        until: try #require(Day("2024-03-31")), substitute: substitute.person)
      try await town.database.write {
        _ = try AbsenceDesk.enter(draft, zone: town.desk.zone, by: .command, in: $0)
      }
    }
    func statements() async throws -> (Int, Int) {
      try await town.database.read { snapshot in
        let counting = Counting(snapshot)
        let found = try town.desk.toDispatch(by: town[.dispatcher], in: counting)
        return (counting.count, found.lines.count)
      }
    }
    _ = try await town.bring(to: .filed)
    _ = try await town.bring(to: .filed, CaseTown.report(village: 1))
    _ = try await statements()
    let few = try await statements()
    for index in 0..<12 {
      _ = try await town.bring(to: .filed, CaseTown.report(village: index % 2))
    }
    let many = try await statements()
    #expect(few.1 == 2 && many.1 == 14)
    #expect(few.0 == many.0, "\(few) \(many)")
    let lines = try await waiting(town).lines
    #expect(Set(lines.map(\.gets.personName)) == ["roads", "roadsMate"], "by name, from elsewhere")
    #expect(Set(lines.compactMap(\.gets.away?.name)) == ["roads", "roadsMate"])
    #expect(Set(lines.compactMap(\.gets.away?.substitute)) == ["crew"])
  }

  @Test("a case that came back says who gave it back or lost it, and why")
  func comesBack() async throws {
    let town = try await CaseTown()
    let returned = try await town.bring(to: .dispatched)
    try await town.make(.giveBack, by: .roads, on: returned) { $0.text = "不属本单位管养" }
    let withdrawn = try await town.bring(to: .dispatched)
    try await town.make(.withdraw, by: .dispatcher, on: withdrawn) { $0.text = "派错了" }
    let found = try await waiting(town)
    let backs = Dictionary(found.lines.map { ($0.line.id, $0.back) }) { $1 }
    #expect(backs[returned]??.move == .giveBack && backs[returned]??.text == "不属本单位管养")
    #expect(backs[withdrawn]??.move == .withdraw && backs[withdrawn]??.text == "派错了")
    let roads = try await town.database.read {
      try town.parties.value(in: $0).organisation(code: "roads")?.id
    }
    #expect(backs[returned]??.unit == roads && backs[withdrawn]??.unit == roads)
    // A third return waits for an arbitrator, and not for a dispatcher.
    for _ in 0..<2 {
      try await town.make(.dispatch, by: .dispatcher, on: returned)
      try await town.make(.giveBack, by: .roads, on: returned)
    }
    #expect(try await waiting(town).lines.map(\.line.id) == [withdrawn])
  }

  @Test("who does not dispatch has no desk; another village's dispatcher sees nothing of it")
  func scoped() async throws {
    let town = try await CaseTown()
    _ = try await town.bring(to: .filed)
    for who in [CaseTown.Who.intake, .roads, .leader, .audit] {
      let fault = try await town.fault { _ = try await waiting(town, by: who) }
      #expect(fault?.code == "right.missing", "\(who)")
      let loads = try await town.fault { _ = try await self.loads(town, by: who) }
      #expect(loads?.code == "right.missing", "\(who)")
    }
    #expect(try await waiting(town, by: .roadsHead).total == 0, "the unit's own sends only below")
  }

  @Test("what its lead has not taken is listed once it is late or nearly; taken it is not")
  func untaken() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .dispatched)
    let taken = try await town.bring(to: .dispatched)
    try await town.make(.take, by: .roads, on: taken)
    func found() async throws -> FirstOf<UntakenCase> {
      try await town.database.read {
        try town.desk.untaken(by: town[.dispatcher], at: town.clock.now(), in: $0)
      }
    }
    #expect(try await found().total == 0)
    let due = try #require(try await town.view(id).lead?.dueAt)
    town.clock.set(due + -3 * 3600)
    #expect(try await found().lines.map(\.line.id) == [id])
    town.clock.set(due + 60)
    let late = try await found()
    #expect(late.total == 1 && late.lines.first?.dueAt == due)
    try await town.make(.take, by: .sanitation, on: id)
    #expect(try await found().total == 1, "that one who helps took theirs changes nothing")
    try await town.make(.take, by: .roads, on: id)
    #expect(try await found().total == 0)
  }

  @Test("taking back and sending elsewhere is one act: a wrong receiver leaves all as it was")
  func elsewhere() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .dispatched)
    let before = try await town.view(id)
    func send(
      _ organisation: String?, _ text: String?, by who: CaseTown.Who = .dispatcher,
      revision: Int? = nil
    ) async throws {
      var input = MoveInput()
      (input.organisation, input.text) = (organisation, text)
      try await town.desk.sendElsewhere(input, on: id, revision: revision, by: town[who])
    }
    let nothing = try await town.fault { try await send(nil, " ") }
    #expect(nothing?.fields.map(\.name) == ["text", "organisation"])
    let unknown = try await town.fault { try await send("nowhere", "派错了") }
    #expect(unknown?.fields.map(\.code) == ["organisation.unknown"])
    let handler = try await town.fault { try await send("market", "派错了", by: .roads) }
    #expect(handler?.code == "right.missing")
    let stale = try await town.fault { try await send("market", "派错了", revision: 1) }
    #expect(stale?.code == "case.stale")
    let after = try await town.view(id)
    #expect(after.case == before.case && after.assignments == before.assignments)
    try await send("market", "派错了", revision: before.case.revision)
    let view = try await town.view(id)
    #expect(view.case.state == .dispatched && view.case.returnCount == 0)
    #expect(view.assignments.filter { $0.endedAt == nil }.count == 1)
    let verbs = try await town.verbs(id)
    #expect(verbs.suffix(2) == ["case.withdraw", "case.dispatch"])
    // Who passed a part on takes that back, and not the case.
    let passed = try await town.bring(to: .handling)
    try await town.make(.passOn, by: .roadsHead, on: passed)
    let levels = try await town.view(passed)
    #expect(CaseDesk.maySendElsewhere(levels, by: town[.dispatcher]))
    #expect(!CaseDesk.maySendElsewhere(levels, by: town[.roadsHead]))
    let below = try await town.fault {
      var input = MoveInput(text: "派错了")
      input.organisation = "market"
      try await town.desk.sendElsewhere(input, on: passed, revision: nil, by: town[.roadsHead])
    }
    #expect(below?.code == "case.out-of-scope")
    #expect(try await town.view(passed).assignments == levels.assignments)
    let closed = try await town.bring(to: .closed)
    let over = try await town.fault {
      var input = MoveInput(text: "派错了")
      input.organisation = "market"
      try await town.desk.sendElsewhere(input, on: closed, revision: nil, by: town[.dispatcher])
    }
    #expect(over?.code == "case.move-not-now")
  }

  @Test("a unit's load counts cases by its parts, and each number is as long as its list")
  func load() async throws {
    let town = try await CaseTown()
    let sent = try await town.bring(to: .dispatched)
    let passed = try await town.bring(to: .dispatched)
    try await town.make(.take, by: .roads, on: passed)
    try await town.make(.passOn, by: .roadsHead, on: passed)
    let returned = try await town.bring(to: .dispatched)
    try await town.make(.giveBack, by: .roads, on: returned)
    _ = try await town.bring(to: .handled)
    // The next deadline of a part is that of the first contact until it was made.
    for id in [sent, passed] { try await town.make(.contact, by: .intake, on: id) }
    var roads = try #require(try await loads(town)["roads"])
    #expect((roads.open, roads.sent, roads.taken, roads.returned) == (2, 1, 0, 1))
    let crew = try #require(try await loads(town)["crew"])
    #expect((crew.open, crew.sent, crew.late) == (1, 1, 0))
    let due = try #require(try await town.view(sent).lead?.dueAt)
    town.clock.set(due + -3600)
    roads = try #require(try await loads(town)["roads"])
    #expect((roads.late, roads.soon) == (0, 2))
    #expect(roads.returned == 0, "another week has begun")
    town.clock.set(due + 60)
    for who in [CaseTown.Who.dispatcher, .duty, .roadsHead, .crewHead] {
      try await agree(town, who)
    }
    roads = try #require(try await loads(town)["roads"])
    #expect((roads.late, roads.soon) == (2, 0))
  }

  /// That every number is the length of its list.
  private func agree(_ town: CaseTown, _ who: CaseTown.Who) async throws {
    let now = town.clock.now()
    try await town.database.read { snapshot in
      let loads = try town.desk.loads(by: town[who], at: now, in: snapshot)
      for load in loads {
        func count(
          _ part: CaseFilter.Part, _ change: (inout CaseFilter) -> Void = { _ in }
        ) throws -> Int {
          var filter = CaseFilter()
          filter.organisation = load.organisation
          filter.part = part
          filter.order = part == .returned ? .newest : .due
          filter.returnedFrom = town.desk.weekStart(at: now)
          change(&filter)
          let lines = try town.desk.lines(filter, by: town[who], in: snapshot).lines.count
          let counted = try town.desk.count(filter, upTo: 500, by: town[who], in: snapshot)
          #expect(lines == counted)
          return lines
        }
        #expect(try count(.open) == load.open, "\(who)")
        #expect(try count(.sent) == load.sent, "\(who)")
        #expect(try count(.taken) == load.taken, "\(who)")
        #expect(try count(.returned) == load.returned, "\(who)")
        #expect(try count(.open) { $0.overdueAt = now } == load.late, "\(who)")
        #expect(try count(.open) { $0.setDue(within: CaseLoad.day, of: now) } == load.soon)
      }
    }
  }

  @Test("what runs out within hours is counted as its list shows it; what is late is not in it")
  func counts() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    let due = try #require(try await town.view(id).case.dueAt)
    func counts(_ seconds: Int64) async throws -> DueCounts {
      town.clock.set(due + seconds)
      return try await town.database.read {
        try town.desk.dueCounts(by: town[.dispatcher], at: due + seconds, in: $0)
      }
    }
    #expect(try await counts(-3599) == DueCounts(late: 0, hour: 1, soon: 1, day: 1))
    #expect(try await counts(-3600) == DueCounts(late: 0, hour: 0, soon: 1, day: 1))
    #expect(try await counts(-14_401) == DueCounts(late: 0, hour: 0, soon: 0, day: 1))
    #expect(try await counts(-86_400) == DueCounts(late: 0, hour: 0, soon: 0, day: 0))
    #expect(try await counts(1) == DueCounts(late: 1, hour: 0, soon: 0, day: 0))
  }
}
