import Base
import Store
import TestSupport
import Testing

@testable import City

/// How somebody has to stand to a case, and what they are told who do not.
@Suite struct CaseStandingTests {
  typealias Who = CaseTown.Who

  private static func refusal(
    _ move: CaseMove, by who: Who, on id: ID<Case>, _ town: CaseTown
  ) async throws -> String? {
    let fault = try await town.fault { try await town.make(move, by: who, on: id) }
    #expect(fault?.kind == .forbidden, "\(move.rawValue) by \(who)")
    return fault?.code
  }

  @Test(
    "who holds the right is told what their standing lacks, and only others that the right lacks")
  func reasons() async throws {
    let town = try await CaseTown()
    let passed = try await town.bring(to: .passed)
    for (move, who, code) in [
      (CaseMove.passOn, Who.roadsHead, "case.passed-on"),
      (.feedBack, .roads, "case.passed-on"),
      (.take, .leader, "right.missing"),
      (.passOn, .roads, "right.missing"),
      (.withdraw, .crewHead, "case.not-passed-on"),
      (.extendBelow, .dispatcher, "case.not-held"),
      (.askExtension, .sanitation, "case.not-lead"),
      (.suspend, .roadsHead, "case.out-of-scope"),
    ] {
      #expect(try await Self.refusal(move, by: who, on: passed, town) == code, "\(move) \(who)")
    }
    let hidden = try await town.fault {
      try await town.make(.feedBack, by: .management, on: passed)
    }
    #expect(hidden?.code == "case.missing", "who may not read it learns nothing")
    let handled = try await town.bring(to: .handled)
    #expect(try await Self.refusal(.feedBack, by: .roads, on: handled, town) == "case.fed-back")
    #expect(
      try await Self.refusal(.verify, by: .roadsHead, on: handled, town) == "case.out-of-scope"
    )
    let back = try await town.bring(to: .handling)
    try await town.make(.giveBack, by: .sanitation, on: back)
    #expect(try await Self.refusal(.take, by: .sanitation, on: back, town) == "case.not-held")
  }

  @Test("who handled a case is told that somebody else verifies it")
  func ownWork() async throws {
    let levels = try await CaseLevelStoryTests.Levels()
    let id = try await levels.sent(to: "hall")
    let hall = try levels.who("hall")
    let town = levels.town
    for move in [CaseMove.take, .feedBack] {
      if move == .feedBack {
        try await town.desk.attach(
          NewAttachment(blob: CaseTown.file(), name: "a", subject: .after), to: id, by: hall)
      }
      try await town.desk.make(move, town.input(for: move, now: town.clock.now()), on: id, by: hall)
    }
    let both = Doer(
      person: try #require(hall.person), grants: [Grant(role: .dispatcher)] + hall.grants)
    for move in [CaseMove.verify, .rework] {
      let fault = try await town.fault {
        try await town.desk.make(
          move, town.input(for: move, now: town.clock.now()), on: id, by: both)
      }
      #expect(fault?.code == "case.own-work" && fault?.kind == .forbidden)
    }
    #expect(try await town.view(id).case.state == .handled)
  }

  @Test(
    "the duty officer and the dispatcher of a level act for it wherever they belong, not for those below"
  )
  func onDuty() async throws {
    let levels = try await CaseLevelStoryTests.Levels()
    let town = levels.town
    let hall = try #require(try levels.who("hall").organisation)
    let elsewhere = try #require(try levels.who("other").organisation)
    func doer(_ signIn: String, _ roles: [Role], at path: String, area: String = "") async throws
      -> Doer
    {
      let grants = roles.map { Grant(role: $0, organisationPath: path, areaPath: area) }
      let person = try await town.database.write { tx in
        try PersonDesk.add(
          NewPerson(
            signIn: signIn, facts: PersonFacts(name: signIn, organisation: elsewhere.id),
            grants: grants), by: .command, in: tx)
      }
      return Doer(person: person, grants: grants, organisation: elsewhere)
    }
    // They all belong to another district.
    let duty = try await doer("on-duty", [.dutyOfficer], at: hall.path)
    let sender = try await doer("on-desk", [.dispatcher], at: hall.path)
    let above = try await doer(
      "above", [.dutyOfficer], at: try #require(try levels.who("district").organisation).path)
    let bound = try await doer("bound", [.dutyOfficer], at: hall.path, area: "310114/T/V2/")
    let patroller = try await doer("walker", [.patroller, .handler], at: hall.path)

    let id = try await levels.sent(to: "hall")
    let view = try await town.view(id)
    for move in [CaseMove.take, .passOn] {
      #expect(CaseFlow.moves(on: view, by: duty).contains(move), "\(move.rawValue)")
      for other in [above, bound, patroller] {
        #expect(!CaseFlow.moves(on: view, by: other).contains(move), "\(move.rawValue)")
      }
    }
    #expect(CaseFlow.moves(on: view, by: sender).contains(.passOn))
    #expect(!CaseFlow.moves(on: view, by: sender).contains(.take))
    func waits(_ act: CaseMove, for doer: Doer) async throws -> [ID<Case>] {
      try await town.desk.waiting(for: doer).first { $0.act == act }?.lines.map(\.id) ?? []
    }
    #expect(try await waits(.take, for: duty) == [id])
    #expect(try await waits(.passOn, for: sender) == [id])
    for other in [above, bound, patroller] {
      #expect(try await waits(.take, for: other).isEmpty)
    }
    var input = town.input(for: .passOn, now: town.clock.now())
    (input.organisation, input.helpers, input.until) = ("works", nil, nil)
    try await town.desk.make(.passOn, input, on: id, by: duty)
    let passed = try await town.view(id)
    #expect(
      !CaseFlow.moves(on: passed, by: duty).contains(.take), "the works answer for themselves")
    #expect(CaseFlow.moves(on: passed, by: duty).contains(.withdraw))
    #expect(try await waits(.take, for: duty).isEmpty)
  }
}
