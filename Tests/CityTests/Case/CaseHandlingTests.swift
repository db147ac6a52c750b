import Base
import Store
import TestSupport
import Testing

@testable import City

/// The parts that units have in a case, and what each of their moves does to the whole.
@Suite struct CaseHandlingTests {
  private static func parts(_ view: CaseView) -> [String] {
    view.assignments.map { "\($0.isLead ? "lead" : "help") \($0.state.rawValue)" }
  }

  @Test("a lead and its helpers get a part each, with one deadline; each takes its own")
  func parts() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.helpers = ["sanitation", "market", "sanitation", ""]
    }
    var view = try await town.view(id)
    #expect(Self.parts(view) == ["lead sent", "help sent", "help sent"])
    #expect(Set(view.assignments.map(\.dueAt)).count == 1)
    try await town.make(.take, by: .sanitation, on: id)
    view = try await town.view(id)
    #expect(Self.parts(view) == ["lead sent", "help taken", "help sent"])
    #expect(view.case.state == .handling)
    #expect(view.case.takenAt == town.clock.now())
  }

  @Test("it is handled when the lead and every helper have fed back, in any order")
  func complete() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    try await town.attach(.after, to: id, by: .roads)
    try await town.make(.feedBack, by: .roads, on: id)
    var view = try await town.view(id)
    #expect(view.case.state == .handling && view.case.handledAt == nil)
    #expect(view.case.handledBy == town[.roads].person)
    town.clock.advance(seconds: 60)
    try await town.make(.feedBack, by: .sanitation, on: id)
    view = try await town.view(id)
    #expect(view.case.state == .handled && view.case.handledAt == town.clock.now())
    // Who led it handled it, though the helper was last.
    #expect(view.case.handledBy == town[.roads].person)
    #expect(view.assignments.map(\.handledBy) == [town[.roads].person, town[.sanitation].person])
  }

  @Test(
    "a helper that returns its part leaves the case where it is; the last one to wait for ends it")
  func helperReturns() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    try await town.make(.giveBack, by: .sanitation, on: id)
    var view = try await town.view(id)
    #expect(Self.parts(view) == ["lead taken", "help returned"])
    #expect(view.case.state == .handling && view.case.returnCount == 0)
    #expect(view.case.leadOrganisation != nil)
    try await town.attach(.after, to: id, by: .roads)
    try await town.make(.feedBack, by: .roads, on: id)
    #expect(try await town.view(id).case.state == .handled)

    let other = try await town.bring(to: .handling)
    try await town.attach(.after, to: other, by: .roads, named: "b")
    try await town.make(.feedBack, by: .roads, on: other)
    try await town.make(.giveBack, by: .sanitation, on: other)
    view = try await town.view(other)
    #expect(Self.parts(view) == ["lead handled", "help returned"])
    #expect(view.case.state == .handled)
  }

  @Test("a return by the lead is counted, withdraws every other part and empties its place")
  func leadReturns() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .helped)
    try await town.make(.giveBack, by: .roadsMate, on: id)
    let view = try await town.view(id)
    #expect(Self.parts(view) == ["lead returned", "help withdrawn"])
    #expect(view.assignments.allSatisfy { $0.endedAt == town.clock.now() })
    #expect(view.case.state == .filed && view.case.returnCount == 1)
    #expect(view.case.leadOrganisation == nil && view.case.leadPerson == nil)
    #expect(view.lead == nil)
    // None of them sees it any more, and none has it in a queue.
    for who in [CaseTown.Who.roads, .sanitation] {
      #expect(!view.isRead(by: town[who]))
      let fault = try await town.fault { _ = try await town.desk.detail(of: id, by: town[who]) }
      #expect(fault?.code == "case.missing")
      #expect(try await town.desk.lines(CaseFilter(), by: town[who]).lines.isEmpty)
    }
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "market"
      $0.helpers = ["roads"]
    }
    #expect(try await town.view(id).isRead(by: town[.roads]))
    #expect(!(try await town.view(id).isRead(by: town[.sanitation])))
  }

  @Test("a return lapses the request for more time that nobody decided on")
  func returnLapsesExtension() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .asked)
    try await town.make(.giveBack, by: .roads, on: id)
    let view = try await town.view(id)
    #expect(view.openExtension == nil && view.extensions.map(\.isGranted) == [false])
    try await town.make(.dispatch, by: .dispatcher, on: id)
    #expect(
      try await town.fault { try await town.make(.grantExtension, by: .dispatcher, on: id) }?.code
        == "extension.none-open")
    try await town.make(.askExtension, by: .roads, on: id)
  }

  @Test("a case may be sent to one person of the unit; the others of the unit may take it, too")
  func person() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    let (mate, stranger) = (town[.roadsMate].person, town[.sanitation].person)
    let wrong = try await town.fault {
      try await town.make(.dispatch, by: .dispatcher, on: id) { $0.person = stranger }
    }
    #expect(wrong?.fields.map(\.code) == ["person.not-in-organisation"])
    try await town.make(.dispatch, by: .dispatcher, on: id) { $0.person = mate }
    #expect(try await town.view(id).case.leadPerson == mate)
    try await town.make(.take, by: .roads, on: id)
  }

  @Test("what is sent to the centre is not for those of the units below it")
  func centre() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "grid-centre"
      $0.helpers = nil
    }
    let view = try await town.view(id)
    #expect(view.holds(town[.duty]) && view.holds(town[.intake]))
    #expect(!view.holds(town[.roads]) && !view.holds(town[.patroller]))
  }

  @Test("handled, a rework gives the lead's part back and keeps what the helpers did")
  func rework() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handled)
    try await town.make(.callBack, by: .intake, on: id)
    town.clock.advance(seconds: 600)
    try await town.make(.rework, by: .dispatcher, on: id)
    let view = try await town.view(id)
    #expect(Self.parts(view) == ["lead taken", "help handled"])
    #expect(view.case.state == .handling && view.case.reworkCount == 1)
    #expect(view.case.handledAt == nil)
    // The caller is to be asked about what will be done, not about what was.
    #expect(view.case.calledBackAt == nil && view.case.isResolved == nil)
    #expect(view.case.satisfaction == nil)
    try await town.make(.feedBack, by: .roadsMate, on: id)
    #expect(try await town.view(id).case.handledBy == town[.roadsMate].person)
    // Neither of those who handled it verifies it, though both were handlers at different times.
    #expect(try await town.view(id).wasHandled(by: town[.roadsMate]))
    try await town.make(.verify, by: .dispatcher, on: id)
    try await town.make(.callBack, by: .intake, on: id)
  }

  @Test("call-back keeps the answer, asks for one of five, and is made once")
  func callBack() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .closed)
    for (satisfaction, resolved) in [(0, true), (6, true), (3, nil as Bool?)] {
      let fault = try await town.fault {
        try await town.make(.callBack, by: .intake, on: id) {
          $0.satisfaction = satisfaction
          $0.resolved = resolved
        }
      }
      #expect(fault?.fields.count == 1)
    }
    try await town.make(.callBack, by: .intake, on: id) {
      $0.resolved = false
      $0.satisfaction = nil
    }
    let file = try await town.view(id).case
    #expect(file.isResolved == false && file.satisfaction == nil)
    #expect(file.calledBackAt == town.clock.now() && file.state == .closed)
    let again = try await town.fault { try await town.make(.callBack, by: .intake, on: id) }
    #expect(again?.code == "case.called-back-already")
  }

  @Test("reopened it has no unit and no end, keeps its history and may go to another")
  func reopen() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .calledBack)
    try await town.make(.reopen, by: .intake, on: id)
    var view = try await town.view(id)
    #expect(view.case.state == .filed && view.case.reopenCount == 1)
    #expect(view.case.closedAt == nil && view.case.handledAt == nil && view.case.verifiedAt == nil)
    #expect(view.case.leadOrganisation == nil && view.case.calledBackAt == nil)
    #expect(view.assignments.allSatisfy { !$0.isCurrent && $0.state == .handled })
    #expect(view.lead == nil && !view.holds(town[.roads]))
    // Who handled it still sees what became of it, and it is in their queue while it is open.
    #expect(view.isRead(by: town[.roads]))
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "market"
      $0.helpers = nil
    }
    view = try await town.view(id)
    #expect(view.assignments.filter(\.isCurrent).count == 1)
    #expect(view.lead?.organisation == view.case.leadOrganisation)
    #expect(!view.holds(town[.roads]))
  }

  @Test("of two with the same page the second is told that the case changed, and loses nothing")
  func stale() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .dispatched)
    let seen = try await town.view(id).case.revision
    let input = town.input(for: .take, now: town.clock.now())
    try await town.desk.make(.take, input, on: id, revision: seen, by: town[.roads])
    let fault = try await town.fault {
      try await town.desk.make(.take, input, on: id, revision: seen, by: town[.roadsMate])
    }
    #expect(fault?.code == "case.stale" && fault?.kind == .conflict)
    #expect(fault?.arguments == ["state": "handling", "revision": String(seen + 1)])
    #expect(try await town.view(id).case.revision == seen + 1)
    // Somebody who never makes the move learns nothing of the revision.
    let stranger = try await town.fault {
      try await town.desk.make(.take, input, on: id, revision: seen, by: town[.leader])
    }
    #expect(stranger?.code == "right.missing")
  }
}
