import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import City

/// People who are away, and those who stand in for them.
@Suite struct AbsenceTests {
  typealias Who = CaseTown.Who

  private static let zone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

  private func enter(
    _ who: Who, _ substitute: Who?, from: String = "2024-03-04", until: String = "2024-03-08",
    by doer: Doer = .command, _ town: CaseTown
  ) async throws -> ID<Absence> {
    let draft = AbsenceDraft(
      person: try #require(town[who].person), from: try #require(Day(from)),
      until: try #require(Day(until)), substitute: substitute.flatMap { town[$0].person },
      reason: .training)
    return try await town.database.write {
      try AbsenceDesk.enter(draft, zone: Self.zone, by: doer, in: $0)
    }
  }

  private func wrong(_ body: () async throws -> ID<Absence>) async -> [String] {
    do {
      _ = try await body()
      return []
    } catch let fault as Fault {
      return fault.fields.map { "\($0.name): \($0.code)" }
        + (fault.fields.isEmpty ? [fault.code] : [])
    } catch { return ["\(error)"] }
  }

  /// Somebody as they are at the town's present.
  private func doer(_ who: Who, _ town: CaseTown) async throws -> Doer {
    let id = try #require(town[who].person)
    let now = town.clock.now()
    return try #require(
      try await town.database.read { try Doer.load(id, at: now, in: $0) })
  }

  /// A case that was sent to the crew's one man by name.
  private func sentToCrew(_ town: CaseTown) async throws -> ID<Case> {
    let id = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "crew"
      $0.person = town[.crew].person
      $0.helpers = nil
    }
    return id
  }

  @Test(
    "a substitute may do what the holder may on what was sent to them by name, and on nothing else")
  func substitute() async throws {
    let town = try await CaseTown()
    let id = try await sentToCrew(town)
    let other = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: other) {
      $0.organisation = "crew"
      $0.helpers = nil
    }
    let before = try await doer(.sanitation, town)
    #expect(before.standsFor.isEmpty)
    #expect(try await town.view(id).isRead(by: before) == false)
    _ = try await enter(.crew, .sanitation, town)
    let substitute = try await doer(.sanitation, town)
    #expect(substitute.standsFor.map(\.person) == [town[.crew].person])
    let view = try await town.view(id)
    #expect(view.isRead(by: substitute))
    #expect(CaseFlow.moves(on: view, by: substitute).contains(.take))
    #expect(
      try await town.view(other).isRead(by: substitute) == false, "the unit has it, not the man")
    let lines = try await town.desk.lines(CaseFilter(), by: substitute).lines
    #expect(lines.map(\.id).contains(id) && !lines.map(\.id).contains(other))
    let waiting = try await town.desk.waiting(for: substitute)
    #expect(waiting.first { $0.act == .take }?.lines.map(\.id) == [id])
    let held = try await town.desk.heldForOthers(by: substitute)
    #expect(held.map(\.name) == ["crew"] && held.first?.lines.map(\.id) == [id])
    try await town.desk.make(.take, on: id, by: substitute)
    let entry = try #require(
      try await town.database.read { try Ledger.entries(about: id.raw, in: $0).last })
    #expect(entry.verb == "case.take")
    #expect(entry.actor == town[.sanitation].actor)
    #expect(entry.list("for") == [town[.crew].person?.description])
    let found = try await town.desk.detail(of: id, by: substitute)
    #expect(found.people[try #require(town[.crew].person)] == "crew")
  }

  @Test("it ends by its date, or by hand; then nothing is left of it")
  func ends() async throws {
    let town = try await CaseTown()
    let id = try await sentToCrew(town)
    let absence = try await enter(.crew, .sanitation, until: "2024-03-05", town)
    #expect(try await doer(.sanitation, town).standsFor.count == 1)
    try town.set("2024-03-06 00:00")
    #expect(try await doer(.sanitation, town).standsFor.isEmpty)
    #expect(try await town.view(id).isRead(by: try await doer(.sanitation, town)) == false)
    let over = try await town.fault {
      try await town.database.write { try AbsenceDesk.end(absence, by: .command, in: $0) }
    }
    #expect(over?.code == "absence.over")
    let next = try await enter(.crew, .sanitation, from: "2024-03-06", until: "2024-03-20", town)
    #expect(try await doer(.sanitation, town).standsFor.count == 1)
    try await town.database.write { try AbsenceDesk.end(next, by: .command, in: $0) }
    #expect(try await doer(.sanitation, town).standsFor.isEmpty)
    let coming = try await enter(.crew, .sanitation, from: "2024-03-10", until: "2024-03-20", town)
    try await town.database.write { try AbsenceDesk.end(coming, by: .command, in: $0) }
    try town.set("2024-03-12 09:00")
    #expect(
      try await doer(.sanitation, town).standsFor.isEmpty, "one that was to come does not come")
  }

  @Test("where the substitute is away, theirs stands in; circles are refused, others are not")
  func chain() async throws {
    let town = try await CaseTown()
    let id = try await sentToCrew(town)
    _ = try await enter(.crew, .gang, town)
    _ = try await enter(.gang, .sanitation, from: "2024-03-05", until: "2024-03-06", town)
    #expect(try await doer(.sanitation, town).standsFor.isEmpty)
    try town.set("2024-03-05 10:00")
    let last = try await doer(.sanitation, town)
    #expect(
      Set(last.standsFor.map(\.person))
        == Set([town[.crew].person, town[.gang].person].compactMap { $0 }))
    #expect(CaseFlow.moves(on: try await town.view(id), by: last).contains(.take))
    #expect(
      await wrong {
        try await enter(.sanitation, .crew, from: "2024-03-06", until: "2024-03-06", town)
      }
        == ["substitute: absence.cycle-of-others"])
    _ = try await enter(.roads, .roadsMate, from: "2024-03-20", until: "2024-03-20", town)
    #expect(
      await wrong {
        try await enter(
          .roadsMate, .roads, from: "2024-03-20", until: "2024-03-20", by: town[.roadsMate], town)
      }
        == ["substitute: absence.cycle"], "who enters it is the one who stands in")
    #expect(
      await wrong {
        try await enter(.sanitation, .crew, from: "2024-03-07", until: "2024-03-08", town)
      }
        == [], "the gang is back by then, so that nobody stands in for themselves")
    #expect(await wrong { try await enter(.roads, .roads, town) } == ["substitute: absence.self"])
  }

  @Test("what makes no sense is refused, each with its field")
  func refused() async throws {
    let town = try await CaseTown()
    _ = try await enter(.crew, nil, town)
    #expect(
      await wrong { try await enter(.crew, nil, from: "2024-03-08", until: "2024-03-12", town) }
        == ["from: absence.overlaps"])
    #expect(
      await wrong { try await enter(.roads, nil, from: "2024-03-08", until: "2024-03-07", town) }
        == ["until: absence.order"])
    #expect(
      await wrong { try await enter(.roads, nil, from: "2024-03-01", until: "2024-03-03", town) }
        == ["until: absence.past"])
    #expect(
      await wrong { try await enter(.roads, nil, from: "2024-03-04", until: "2025-03-05", town) }
        == ["until: absence.long"])
    #expect(
      await wrong { try await enter(.roads, .leader, town) }
        == ["substitute: absence.substitute-unfit"])
    #expect(
      await wrong { try await enter(.roads, .audit, town) }
        == ["substitute: absence.substitute-unfit"], "administrators stay apart")
    #expect(
      await wrong { try await enter(.roads, .sanitation, by: town[.roads], town) }
        == ["substitute: absence.substitute-elsewhere"], "nobody hands cases out by themselves")
    #expect(await wrong { try await enter(.roads, .crew, by: town[.roads], town) } == [])
    #expect(
      await wrong { try await enter(.sanitation, nil, by: town[.roads], town) } == ["right.missing"]
    )
  }

  @Test("who gets a case says who is away and who stands in; without one it is the unit's")
  func proposal() async throws {
    let town = try await CaseTown()
    var draft = ResponsibilityDraft(
      kindPrefix: "T0001", organisation: "roads", person: town[.roads].person)
    draft.areaPath = ""
    let rule = draft
    try await town.database.write { try ResponsibilityDesk.set(rule, by: .command, in: $0) }
    func found() async throws -> WhoGets {
      try await town.database.read {
        try town.desk.whoGets(CaseTown.everyStep, areaPath: CaseTown.villages[0], in: $0)
      }
    }
    #expect(try await found().proposal?.person == town[.roads].person)
    #expect(try await found().away == nil)
    let first = try await enter(.roads, .roadsMate, town)
    var gets = try await found()
    #expect(gets.proposal?.person == town[.roadsMate].person)
    #expect(gets.away?.name == "roads" && gets.away?.substitute == "roadsMate")
    let mate = try await enter(.roadsMate, nil, town)
    gets = try await found()
    #expect(gets.proposal?.lead.code == "roads" && gets.proposal?.person == nil)
    #expect(gets.away?.substitute == nil && gets.away?.name == "roads")
    try await town.database.write {
      try AbsenceDesk.end(mate, by: .command, in: $0)
      try AbsenceDesk.end(first, by: .command, in: $0)
    }
    _ = try await enter(.roads, .sanitation, town)
    gets = try await found()
    #expect(
      gets.proposal?.person == town[.roads].person, "it keeps the name; the other acts for it")
    #expect(gets.away?.isElsewhere == true && gets.away?.substitute == "sanitation")
  }

  @Test("who leaves with open work is refused, or hands all of it over with an entry for each case")
  func leaves() async throws {
    let town = try await CaseTown()
    let crew = try #require(town[.crew].person)
    let ids = [try await sentToCrew(town), try await sentToCrew(town)]
    let refusal = try await town.fault {
      try await town.database.write { try PersonDesk.disable(crew, by: .command, in: $0) }
    }
    #expect(refusal?.code == "person.has-work" && refusal?.arguments["count"] == "2")
    let moved = try await town.fault {
      try await town.database.write {
        try PersonDesk.change(crew, to: PersonFacts(name: "crew"), by: .command, in: $0)
      }
    }
    #expect(moved?.code == "person.has-work")
    let work = try await town.database.read {
      try town.desk.work(of: crew, by: town[.security], in: $0)
    }
    #expect(Set(work.map(\.line.id)) == Set(ids) && work.allSatisfy { $0.parts == 1 })
    let handed = try await town.database.write {
      try town.desk.disable(crew, handingOverTo: nil, by: town[.security], in: $0)
    }
    #expect(Set(handed.map(\.id)) == Set(ids) && handed.allSatisfy { $0.to == nil })
    for id in ids {
      let view = try await town.view(id)
      #expect(view.lead?.person == nil && view.case.leadPerson == nil && view.lead?.state == .sent)
      let entries = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
      #expect(entries.last?.verb == "case.hand-over")
      #expect(entries.last?.figures["from-person"] == crew.description)
    }
    #expect(try await town.database.read { try PersonRows.find(crew, in: $0)?.disabledAt } != nil)
    let again = try await town.database.write {
      try town.desk.handOver(workOf: crew, to: nil, by: town[.security], in: $0)
    }
    #expect(again.isEmpty)
    let denied = try await town.fault {
      try await town.database.write {
        _ = try town.desk.handOver(workOf: crew, to: nil, by: town[.duty], in: $0)
      }
    }
    #expect(denied?.code == "right.missing")
  }

  @Test("an heir gets what lies with their own organisation; the rest goes to its organisation")
  func heir() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "roads"
      $0.person = town[.roads].person
      $0.helpers = nil
    }
    let roads = try #require(town[.roads].person)
    let mate = try #require(town[.roadsMate].person)
    let handed = try await town.database.write {
      try town.desk.handOver(workOf: roads, to: mate, by: .command, in: $0)
    }
    #expect(handed.map(\.to) == [mate])
    #expect(try await town.view(id).lead?.person == mate)
    let elsewhere = try await town.database.write {
      try town.desk.handOver(workOf: mate, to: town[.sanitation].person, by: .command, in: $0)
    }
    #expect(elsewhere.map(\.to) == [nil])
    #expect(try await town.view(id).lead?.person == nil)
    let same = try await town.fault {
      try await town.database.write {
        _ = try town.desk.handOver(workOf: mate, to: mate, by: .command, in: $0)
      }
    }
    #expect(same?.fields.map(\.code) == ["person.same"])
    let unfit = try await town.fault {
      try await town.database.write {
        _ = try town.desk.handOver(
          workOf: mate, to: town[.leader].person, by: .command, in: $0)
      }
    }
    #expect(unfit?.fields.map(\.code) == ["absence.substitute-unfit"])
  }

  @Test("people count from their first day to their last; what they have then goes to their unit")
  func validity() async throws {
    let town = try await CaseTown()
    let crew = try #require(town[.crew].person)
    let id = try await sentToCrew(town)
    let start = try CaseTown.at("2024-03-05 00:00")
    let end = try CaseTown.at("2024-03-07 00:00")
    let later = try await town.database.write { tx in
      var edit = PersonEdit()
      edit.validUntil = .set(end)
      try PersonDesk.edit(crew, edit, by: .command, in: tx)
      return try PersonDesk.add(
        NewPerson(signIn: "later", facts: PersonFacts(name: "later", validFrom: start)),
        by: .command, in: tx)
    }
    func isDisabled(_ person: ID<Person>) async throws -> Bool {
      try await town.database.read { try PersonRows.find(person, in: $0)?.disabledAt != nil }
    }
    #expect(try await isDisabled(later))
    let sweep = CaseSweep(desk: town.desk)
    try await sweep.run()
    #expect(try await isDisabled(later))
    try town.set("2024-03-05 00:00")
    try await sweep.run()
    #expect(try await isDisabled(later) == false)
    #expect(try await isDisabled(crew) == false)
    try town.set("2024-03-07 00:00")
    try await sweep.run()
    #expect(try await isDisabled(crew))
    #expect(try await town.view(id).lead?.person == nil)
    let fault = try await town.fault {
      try await town.database.write { try PersonDesk.enable(crew, by: .command, in: $0) }
    }
    #expect(fault?.code == "person.over")
    #expect(try await sweep.run() == 0)
  }

  @Test("the last system administrator stays, whatever was said of their time")
  func lastAdministrator() async throws {
    let town = try await CaseTown()
    let system = try #require(town[.system].person)
    let end = try CaseTown.at("2024-03-04 12:00")
    try await town.database.write {
      var edit = PersonEdit()
      edit.validUntil = .set(end)
      try PersonDesk.edit(system, edit, by: .command, in: $0)
    }
    try town.set("2024-03-05 00:00")
    try await CaseSweep(desk: town.desk).run()
    #expect(try await town.database.read { try PersonRows.find(system, in: $0)?.disabledAt } == nil)
  }

  @Test("a post is given from its first day to its last")
  func posts() async throws {
    let town = try await CaseTown()
    let end = try CaseTown.at("2024-03-05 00:00")
    try await town.database.write {
      try PostDesk.put(code: "warden", name: "巡查员", validUntil: end, by: .command, in: $0)
    }
    let crew = try #require(town[.crew].person)
    func give() async throws -> Fault? {
      try await town.fault {
        try await town.database.write {
          var edit = PersonEdit()
          edit.post = .set("warden")
          edit.name = "crew \($0.now.milliseconds)"
          try PersonDesk.edit(crew, edit, by: .command, in: $0)
        }
      }
    }
    #expect(try await give() == nil)
    try town.set("2024-03-05 00:00")
    #expect(try await give()?.fields.map(\.code) == ["post.unknown"])
  }
}
