import Base
import Store
import TestSupport
import Testing

@testable import City

/// Dispatch below the first level: the unit of roads sends on to its crew, and the crew to its gang.
@Suite struct CaseLevelTests {
  typealias Step = CaseTown.Step

  /// Each part as `organisation state`, by level.
  private static func parts(_ view: CaseView, _ town: CaseTown) async throws -> [String] {
    let names = try await town.database.read { snapshot in
      try town.parties.value(in: snapshot).organisations.map { ($0.id, $0.code) }
    }
    let codes = Dictionary(names) { first, _ in first }
    return view.tree.map { part, level in
      "\(String(repeating: "-", count: level))\(codes[part.organisation] ?? "") \(part.state.rawValue)"
    }
  }

  private static func parts(_ id: ID<Case>, _ town: CaseTown) async throws -> [String] {
    try await parts(try await town.view(id), town)
  }

  @Test("feedback rises level by level; what was found below stands where nothing else is said")
  func rises() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    try await town.make(.passOn, by: .roadsHead, on: id) { $0.helpers = ["gang"] }
    #expect(
      try await Self.parts(id, town) == [
        "roads passed", "-crew sent", "-gang sent", "sanitation taken",
      ])
    try await town.attach(.after, to: id, by: .crew)
    try await town.make(.take, by: .crew, on: id)
    try await town.make(.feedBack, by: .crew, on: id) {
      $0.factFinding = "查实"
      $0.fields = ["cause": .text("雨水")]
    }
    #expect(try await Self.parts(id, town).first == "roads passed", "the gang helps still")
    let early = try await town.fault { try await town.make(.feedBack, by: .roads, on: id) }
    #expect(early?.code == "case.passed-on", "it waits for those below")
    try await town.make(.feedBack, by: .gang, on: id)
    #expect(
      try await Self.parts(id, town) == [
        "roads taken", "-crew handled", "-gang handled", "sanitation taken",
      ])
    var view = try await town.view(id)
    #expect(view.case.state == .handling && view.case.handledBy == nil)
    let clocks = view.clocks.filter { $0.step == .handling }
    #expect(clocks.map(\.level) == [0, 1] && clocks.map(\.isDone) == [false, true])
    try await town.make(.feedBack, by: .roads, on: id) {
      $0.factFinding = nil
      $0.claimFinding = nil
    }
    let notes = try await town.database.read { try CaseNoteRows.notes(id, in: $0) }
    #expect(notes.last?.factFinding == "查实")
    try await town.make(.feedBack, by: .sanitation, on: id)
    view = try await town.view(id)
    #expect(view.case.state == .handled && view.case.handledBy == town[.roads].person)
    for who in [CaseTown.Who.roads, .crew, .gang, .sanitation] {
      #expect(view.wasHandled(by: town[who]), "\(who) does not verify")
    }
    #expect(!view.wasHandled(by: town[.roadsMate]))
  }

  @Test("a lead below gives what the kind asks of a lead; a helper below does not")
  func asked() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .passed)
    let fault = try await town.fault {
      try await town.make(.feedBack, by: .crew, on: id) { $0.factFinding = nil }
    }
    #expect(Set(fault?.fields.map(\.name) ?? []) == ["factFinding", "attachments"])
    // What helps the case as a whole asks nothing of who leads below it.
    let other = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: other) {
      $0.organisation = "sanitation"
      $0.helpers = ["roads"]
    }
    try await town.make(.passOn, by: .roadsHead, on: other)
    try await town.make(.take, by: .crew, on: other)
    try await town.make(.feedBack, by: .crew, on: other) {
      $0.factFinding = nil
      $0.claimFinding = nil
    }
  }

  @Test("a return goes to the level above and no further; those beside it go too")
  func returned() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .passed)
    try await town.make(.passOn, by: .crewHead, on: id)
    #expect(
      try await Self.parts(id, town) == [
        "roads passed", "-crew passed", "--gang sent", "sanitation taken",
      ])
    try await town.make(.giveBack, by: .gang, on: id)
    #expect(
      try await Self.parts(id, town) == [
        "roads passed", "-crew taken", "--gang returned", "sanitation taken",
      ])
    #expect(!(try await town.view(id).isRead(by: town[.gang])))
    try await town.make(.giveBack, by: .crew, on: id)
    let view = try await town.view(id)
    #expect(
      try await Self.parts(view, town) == [
        "roads taken", "-crew returned", "--gang returned", "sanitation taken",
      ])
    // The case's own dispatcher has lost nothing and counts nothing.
    #expect(view.case.state == .handling && view.case.returnCount == 0)
    #expect(view.clocks.filter { $0.level > 0 }.allSatisfy { $0.stoppedAt != nil && !$0.isDone })
    try await town.make(.passOn, by: .roadsHead, on: id)
    #expect(try await town.view(id).isRead(by: town[.crew]))
  }

  @Test(
    "who sent takes all of it back, at whatever level; the dispatcher takes the whole case back")
  func withdrawn() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .passed)
    try await town.make(.passOn, by: .crewHead, on: id)
    let silent = try await town.fault {
      try await town.make(.withdraw, by: .roadsHead, on: id) { $0.text = nil }
    }
    #expect(silent?.fields.map(\.code) == ["value.missing"])
    try await town.make(.withdraw, by: .roadsHead, on: id)
    var view = try await town.view(id)
    #expect(
      try await Self.parts(view, town) == [
        "roads taken", "-crew withdrawn", "--gang withdrawn", "sanitation taken",
      ])
    #expect(!view.isRead(by: town[.crew]) && !view.isRead(by: town[.gang]))
    #expect(view.isRead(by: town[.roadsHead]))
    let late = try await town.fault { try await town.make(.take, by: .crew, on: id) }
    #expect(late?.code == "case.not-held", "who had it is told so")
    try await town.make(.passOn, by: .roadsHead, on: id)
    try await town.make(.withdraw, by: .dispatcher, on: id)
    view = try await town.view(id)
    #expect(view.case.state == .filed && view.case.returnCount == 0)
    #expect(view.case.leadOrganisation == nil && view.lead == nil)
    #expect(view.assignments.allSatisfy { $0.state == .withdrawn })
    #expect(view.clocks.filter { $0.step == .handling }.allSatisfy { $0.stoppedAt != nil })
    #expect(try await town.clockTexts(id, .dispatch).last?.hasSuffix("runs") == true)
    try await town.make(.dispatch, by: .dispatcher, on: id) { $0.organisation = "market" }
    #expect(!(try await town.view(id).isRead(by: town[.roads])))
  }

  @Test("a rework goes to the lead, who may pass it on again; who did it never verifies it")
  func rework() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .risen)
    try await town.make(.feedBack, by: .sanitation, on: id)
    try await town.make(.feedBack, by: .roads, on: id)
    try await town.make(.rework, by: .dispatcher, on: id)
    let lacking = try await town.fault {
      try await town.make(.feedBack, by: .roads, on: id) { $0.factFinding = nil }
    }
    #expect(lacking?.fields.map(\.name) == ["factFinding"], "it is found anew")
    try await town.make(.passOn, by: .roadsHead, on: id)
    #expect(
      try await Self.parts(id, town) == [
        "roads passed", "-crew handled", "-crew sent", "sanitation handled",
      ])
    try await town.make(.giveBack, by: .crew, on: id)
    try await town.make(.feedBack, by: .roadsMate, on: id)
    var view = try await town.view(id)
    #expect(view.case.state == .handled)
    #expect(view.wasHandled(by: town[.crew]), "the first time")
    try await town.make(.verify, by: .dispatcher, on: id)
    try await town.make(.close, by: .dispatcher, on: id)
    try await town.make(.reopen, by: .intake, on: id)
    try await town.make(.dispatch, by: .dispatcher, on: id) { $0.organisation = "market" }
    view = try await town.view(id)
    #expect(!view.wasHandled(by: town[.crew]), "another time, another handler")
  }

  @Test("one of one's own people alone has what was passed on to them")
  func person() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let mate = town[.roadsMate].person
    try await town.make(.passOn, by: .roadsHead, on: id) {
      $0.organisation = nil
      $0.person = mate
    }
    #expect(
      try await Self.parts(id, town) == ["roads passed", "-roads sent", "sanitation taken"])
    let view = try await town.view(id)
    #expect(view.holds(town[.roadsMate]) && !view.holds(town[.roads]))
    let other = try await town.fault { try await town.make(.take, by: .roads, on: id) }
    #expect(other?.code == "case.passed-on")
    try await town.make(.take, by: .roadsMate, on: id)
    try await town.attach(.after, to: id, by: .roadsMate)
    try await town.make(.feedBack, by: .roadsMate, on: id)
    try await town.make(.feedBack, by: .roads, on: id)
    #expect(try await town.view(id).case.handledBy == town[.roads].person)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let who: CaseTown.Who
    let named: [String]
    let spoil: @Sendable (inout MoveInput, CaseTown) -> Void

    init(
      _ who: CaseTown.Who, _ named: [String],
      _ spoil: @escaping @Sendable (inout MoveInput, CaseTown) -> Void
    ) {
      (self.who, self.named, self.spoil) = (who, named, spoil)
    }

    var testDescription: String { "\(who) \(named)" }
  }

  static let wrong: [Wrong] = [
    Wrong(.crewHead, ["organisation value.missing"]) { input, _ in input.organisation = " " },
    Wrong(.crewHead, ["organisation organisation.unknown"]) { input, _ in input.organisation = "x"
    },
    Wrong(.crewHead, ["organisation organisation.not-below"]) { input, _ in
      input.organisation = "market"
    },
    Wrong(.crewHead, ["organisation organisation.in-chain"]) { input, _ in
      input.organisation = "roads"
    },
    Wrong(.crewHead, ["organisation organisation.in-chain"]) { input, _ in
      input.organisation = "crew"
    },
    Wrong(.crewHead, ["helpers helper.is-lead"]) { input, _ in input.helpers = ["gang"] },
    Wrong(.crewHead, ["helpers organisation.not-below"]) { input, _ in
      input.helpers = ["sanitation"]
    },
    Wrong(.crewHead, ["person person.not-in-organisation"]) { input, town in
      input.person = town[.roads].person
    },
    Wrong(.crewHead, ["until until.after-own"]) { input, town in
      input.until = town.clock.now() + 3700
    },
    Wrong(.crewHead, ["until moment.past"]) { input, town in
      input.until = town.clock.now() + -60
    },
    Wrong(
      .crewHead, ["organisation organisation.not-below", "text value.long", "until moment.far"]
    ) {
      input, town in
      input.organisation = "market"
      input.until = town.clock.now() + 400 * 86_400
      input.text = CaseRefusalTests.long
    },
  ]

  @Test(
    "what cannot be passed on is refused, each wrong field named, and nothing changes",
    arguments: wrong)
  func refused(_ wrong: Wrong) async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .passed)
    let before = try await town.database.read { try town.dump(id, in: $0) }
    let fault = try await town.fault {
      try await town.make(.passOn, by: wrong.who, on: id) { wrong.spoil(&$0, town) }
    }
    #expect(fault?.fields.map { "\($0.name) \($0.code)" } == wrong.named)
    #expect(try await town.database.read { try town.dump(id, in: $0) } == before)
  }

  @Test("no unit has two parts, none that is retired gets one, and nobody sends across a chain")
  func twice() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: id) { $0.helpers = ["gang"] }
    let twice = try await town.fault {
      try await town.make(.passOn, by: .roadsHead, on: id) { $0.organisation = "gang" }
    }
    #expect(twice?.fields.map(\.code) == ["organisation.has-part"])
    #expect(twice?.fields.first?.arguments == ["organisation": "gang"])
    try await town.make(.passOn, by: .roadsHead, on: id)
    // The tree is turned about meanwhile: what was above is below now.
    try await town.database.write { tx in
      let codes = try town.parties.value(in: tx)
      let crew = try #require(codes.organisation(code: "crew"))
      let roads = try #require(codes.organisation(code: "roads"))
      let centre = try #require(codes.organisation(code: "grid-centre"))
      try OrganisationDesk.move(crew.id, under: centre.id, by: .command, in: tx)
      try OrganisationDesk.move(roads.id, under: crew.id, by: .command, in: tx)
    }
    let circle = try await town.fault {
      try await town.make(.passOn, by: .crewHead, on: id) { $0.organisation = "roads" }
    }
    #expect(circle?.fields.map(\.code) == ["organisation.in-chain"])
  }
}
