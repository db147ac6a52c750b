import Base
import Store
import TestSupport
import Testing

@testable import City

/// What must not be done with a case, whoever tries, and what is answered.
@Suite struct CaseBadInputTests {
  @Test(
    "nothing is sent back up the chain that it came down: neither to oneself nor to a level above")
  func cycle() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .passed)
    // The crew's head has it from the roads; the gang is below the crew.
    for (target, wanted) in [
      ("roads", "organisation.in-chain"), ("crew", "organisation.in-chain"),
      ("sanitation", "organisation.not-below"), ("grid-centre", "organisation.not-below"),
    ] {
      let before = try await town.database.read { try town.dump(id, in: $0) }
      let fault = try await town.fault {
        try await town.make(.passOn, by: .crewHead, on: id) { $0.organisation = target }
      }
      #expect(
        fault?.fields.map { "\($0.name) \($0.code)" } == ["organisation \(wanted)"], "\(target)")
      #expect(try await town.database.read { try town.dump(id, in: $0) } == before)
    }
    try await town.make(.passOn, by: .crewHead, on: id)
    let fault = try await town.fault {
      try await town.make(.passOn, by: .roadsHead, on: id) { $0.organisation = "gang" }
    }
    // Who has passed it on has it no longer to pass on.
    #expect(fault?.code == "case.passed-on")
    #expect(try await town.view(id).tree.map(\.level) == [0, 1, 2, 0])
  }

  @Test("a unit that was taken out of service gets nothing, by whatever move")
  func retired() async throws {
    let town = try await CaseTown()
    let filed = try await town.bring(to: .filed)
    let disputed = try await town.bring(to: .disputed)
    let passed = try await town.bring(to: .handling)
    try await town.database.write { tx in
      try SmallTown.organisation("old", .unit, below: "roads", in: tx)
      let old = try #require(try OrganisationRows.organisation(code: "old", in: tx))
      try OrganisationDesk.retire(old.id, by: .command, in: tx)
    }
    for (id, move, who, field) in [
      (filed, .dispatch, .dispatcher, "organisation"), (filed, .dispatch, .dispatcher, "helpers"),
      (disputed, .arbitrate, .leader, "organisation"),
      (passed, .passOn, .roadsHead, "organisation"), (passed, .passOn, .roadsHead, "helpers"),
    ] as [(ID<Case>, CaseMove, CaseTown.Who, String)] {
      let fault = try await town.fault {
        try await town.make(move, by: who, on: id) {
          if field == "helpers" { $0.helpers = ["old"] } else { $0.organisation = "old" }
        }
      }
      #expect(
        fault?.fields.map { "\($0.name) \($0.code)" } == ["\(field) organisation.unknown"],
        "\(move.rawValue)")
    }
    #expect(try await town.view(filed).assignments.isEmpty)
  }

  @Test("of two leaders who supervise at once one does, and the other is told")
  func supervisors() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let faults = await withTaskGroup(of: Fault?.self) { group in
      for who in [CaseTown.Who.leader, .duty] {
        group.addTask {
          do {
            try await town.make(.supervise, by: who, on: id)
            return nil
          } catch { return error as? Fault }
        }
      }
      return await group.reduce(into: [Fault?]()) { $0.append($1) }
    }
    #expect(faults.compactMap { $0?.code } == ["supervision.open-already"])
    #expect(faults.count == 2)
    #expect(try await town.view(id).clocks.count { $0.step == .supervision } == 1)
  }

  @Test(
    "a kind that is taken out of the catalogue goes on with the cases it has, and gets no new one")
  func removedKind() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let without = try Catalogue(CaseTown.catalogue().kinds.filter { $0.code != "T0001" })
    try await CatalogueDesk(database: town.database, shelf: town.shelf)
      .install(without, by: .command)
    let kept = try await town.view(id)
    #expect(kept.kind.code == "T0001" && kept.kind.clocks[.handling] != nil)
    let report = try await town.fault { _ = try await town.report() }
    #expect(report?.fields.map { "\($0.name) \($0.code)" } == ["kind kind.unknown"])
    let other = try await town.report(CaseTown.report("T0002"))
    let into = try await town.fault {
      try await town.make(.correct, by: .dispatcher, on: other.id) { $0.kind = "T0001" }
    }
    #expect(into?.fields.map { "\($0.name) \($0.code)" } == ["kind kind.unknown"])
    // The old rules hold to its end, and when it is opened again.
    try await town.attach(.after, to: id, by: .roads)
    try await town.make(.feedBack, by: .sanitation, on: id)
    try await town.make(.feedBack, by: .roads, on: id)
    #expect(
      try await town.fault { try await town.make(.close, by: .dispatcher, on: id) }?.code
        == "case.not-verified")
    try await town.make(.verify, by: .dispatcher, on: id)
    try await town.make(.close, by: .dispatcher, on: id)
    try await town.make(.reopen, by: .intake, on: id)
    let view = try await town.view(id)
    #expect(view.case.state == .filed && view.kind.verified)
    #expect(view.clocks.contains { $0.step == .dispatch && $0.stoppedAt == nil && $0.dueAt != nil })
  }

  @Test(
    "nothing is merged into a case that is part of another, nor what has parts of its own, nor into itself"
  )
  func mergeOfMerge() async throws {
    let town = try await CaseTown()
    let ids = [
      try await town.bring(to: .filed), try await town.bring(to: .handling),
      try await town.bring(to: .handling),
    ]
    var numbers: [String] = []
    for id in ids { numbers.append(try await town.view(id).case.number) }
    func merge(_ one: Int, _ into: Int) async throws -> String? {
      let fault = try await town.fault {
        try await town.desk.make(
          .merge,
          {
            var input = MoveInput(text: "同一件")
            input.other = numbers[into]
            return input
          }(), on: ids[one], by: town[.duty])
      }
      return fault.map { ($0.fields.first.map { "\($0.name) \($0.code)" }) ?? $0.code }
    }
    #expect(try await merge(0, 0) != nil)
    #expect(try await merge(0, 1) == nil)
    #expect(try await merge(2, 0) == "other merge.into-merged")
    #expect(try await merge(1, 2) == "merge.has-merged")
    #expect(try await merge(0, 2) == "case.move-not-now")
    #expect(try await merge(2, 1) == nil)
  }
}
