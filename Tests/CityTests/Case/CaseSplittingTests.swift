import Base
import Store
import TestSupport
import Testing

@testable import City

/// A unit that splits its part among its own people and crews (分办), and takes many cases at once.
@Suite struct CaseSplittingTests {
  /// How many parts stand so for who sends on what the unit has.
  private func head(_ town: CaseTown, _ view: CaseView, _ state: AssignmentState) -> Int {
    view.parts(of: town[.roadsHead], right: .caseDispatch, in: [state]).count
  }

  @Test("each of several people gets a part of their own; the first leads where nobody is named to")
  func splits() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let people = [town[.roads], town[.roadsMate]].compactMap(\.person)
    try await town.make(.passOn, by: .roadsHead, on: id) {
      $0.organisation = nil
      $0.people = people + people
    }
    var view = try await town.view(id)
    let below = view.assignments.filter { $0.parent != nil }
    #expect(below.map(\.person) == people && below.map(\.isLead) == [true, false])
    #expect(view.parts(of: town[.roads], in: [.sent]).count == 1, "each their own and no other's")
    #expect(view.parts(of: town[.roadsMate], in: [.sent]).count == 1)
    #expect(view.parts(of: town[.roadsHead], right: .caseDispatch, in: [.sent, .taken]).isEmpty)
    try await town.make(.take, by: .roadsMate, on: id)
    try await town.make(.feedBack, by: .roadsMate, on: id)
    view = try await town.view(id)
    #expect(view.parts(of: town[.roads], in: [.sent]).count == 1)
    #expect(head(town, view, .passed) == 1, "one still owes")
    try await town.attach(.after, to: id, by: .roads)
    try await town.make(.feedBack, by: .roads, on: id)
    view = try await town.view(id)
    #expect(head(town, view, .taken) == 1)
  }

  @Test("a crew may lead and one's own people help; who helps may give their part back alone")
  func mixes() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let mate = try #require(town[.roadsMate].person)
    try await town.make(.passOn, by: .roadsHead, on: id) {
      $0.organisation = "crew"
      $0.people = [mate]
    }
    try await town.make(.giveBack, by: .roadsMate, on: id)
    let view = try await town.view(id)
    let below = view.assignments.filter { $0.parent != nil }
    #expect(below.map(\.isLead) == [true, false] && below.map(\.state) == [.sent, .returned])
    #expect(head(town, view, .passed) == 1, "the crew has it still")
  }

  @Test("people of another organisation are refused by name, and nothing is done")
  func refuses() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let outsider = try #require(town[.sanitation].person)
    let mate = try #require(town[.roadsMate].person)
    let before = try await town.view(id).assignments
    let fault = try await town.fault {
      try await town.make(.passOn, by: .roadsHead, on: id) {
        $0.organisation = nil
        $0.people = [mate, outsider]
      }
    }
    #expect(fault?.fields.map(\.name) == ["people"])
    #expect(fault?.fields.map(\.code) == ["person.not-in-organisation"])
    #expect(try await town.view(id).assignments == before)
    // Who got a part by name does not send it to another of the same organisation.
    let people = [town[.roadsHead], town[.roads]].compactMap(\.person)
    try await town.make(.passOn, by: .roadsHead, on: id) {
      $0.organisation = nil
      $0.people = people
    }
    let again = try await town.fault {
      try await town.make(.passOn, by: .roadsHead, on: id) {
        $0.organisation = nil
        $0.people = [mate]
      }
    }
    #expect(again?.fields.map(\.code).contains("organisation.in-chain") == true)
  }

  @Test(
    "many are taken at once; one that is not one's own is told, and a second click does nothing")
  func takesMany() async throws {
    let town = try await CaseTown()
    let mine = [try await town.bring(to: .dispatched), try await town.bring(to: .dispatched)]
    let done = try await town.bring(to: .handled)
    let key = RequestKey(text: "k", digest: [1])
    let outcomes = try await town.desk.batch(
      .take, MoveInput(), on: mine + [done], key: key, by: town[.roads])
    #expect(outcomes.map(\.isDone) == [true, true, false])
    for id in mine { #expect(try await town.view(id).case.state == .handling) }
    let revision = try await town.view(mine[0]).case.revision
    let again = try await town.desk.batch(
      .take, MoveInput(), on: mine, key: key, by: town[.roads])
    #expect(again.map(\.isDone) == [true, true])
    #expect(try await town.view(mine[0]).case.revision == revision)
    let other = try await town.fault {
      _ = try await town.desk.batch(.take, MoveInput(), on: mine, by: town[.leader])
    }
    #expect(other?.code == "right.missing")
  }

  @Test("a case whose rule changed since it was shown stays, and is told of")
  func changedRule() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .filed)
    let draft = ResponsibilityDraft(kindPrefix: "T", organisation: "market", person: nil)
    try await town.database.write { try ResponsibilityDesk.set(draft, by: .command, in: $0) }
    let wrong = try await town.desk.batch(
      .dispatch, MoveInput(), on: [id], shown: [id: "roads"], by: town[.dispatcher])
    #expect(wrong.first?.fault?.code == "batch.other-unit")
    #expect(try await town.view(id).case.state == .filed)
    let right = try await town.desk.batch(
      .dispatch, MoveInput(), on: [id], shown: [id: "market"], by: town[.dispatcher])
    #expect(right.first?.isDone == true)
  }
}
