import Base
import Store
import TestSupport
import Testing

@testable import City

/// Found, handled and closed in one step (自发自处).
@Suite struct CaseOnTheSpotTests {
  private static let photographs = [
    NewAttachment(blob: CaseTown.file("a"), name: "a.jpg", subject: .before),
    NewAttachment(blob: CaseTown.file("b"), name: "b.jpg", subject: .after),
  ]

  private static func settle(
    _ town: CaseTown, _ report: CaseReport = CaseTown.report("T0002", .own),
    feedback: String = "已清扫", evidence: [NewAttachment] = photographs,
    fields: [String: FieldInput] = [:], by who: CaseTown.Who = .patroller
  ) async throws -> Case {
    try await town.desk.handleOnTheSpot(
      report, feedback: feedback, fields: fields, evidence: evidence, by: town[who]
    ).case
  }

  @Test("with all that it needs it is closed at once, every step at the present")
  func whole() async throws {
    let town = try await CaseTown()
    let id = try await Self.settle(town).id
    let view = try await town.view(id)
    let now = town.clock.now()
    let file = view.case
    #expect(file.state == .closed && file.revision == 2)
    let steps = [file.acceptedAt, file.filedAt, file.dispatchedAt, file.handledAt, file.closedAt]
    #expect(steps.allSatisfy { $0 == now })
    #expect(file.handledBy == town[.patroller].person && file.dueAt == nil)
    #expect(view.clocks.map(\.step) == [.acceptance, .whole])
    #expect(view.clocks.allSatisfy { $0.stoppedAt == now && $0.isDone })
    let entries = try await town.database.read { try Ledger.entries(about: id.raw, in: $0) }
    #expect(entries.map(\.verb) == ["case.report", "case.attach", "case.attach", "case.close"])
    // Reopened it goes the straight way.
    try await town.make(.reopen, by: .duty, on: id)
    try await town.make(.dispatch, by: .dispatcher, on: id)
    #expect(try await town.view(id).case.state == .dispatched)
  }

  @Test("what it lacks is named together, and nothing is left of it")
  func lacking() async throws {
    let town = try await CaseTown()
    let twice = Array(repeating: Self.photographs[0], count: 2)
    let fault = try await town.fault {
      _ = try await Self.settle(town, feedback: " ", evidence: twice)
    }
    #expect(
      fault?.fields.map { "\($0.name) \($0.code)" } == [
        "text value.missing", "attachments evidence.missing",
      ])
    let unasked = try await town.fault { _ = try await Self.settle(town, fields: ["more": "1"]) }
    #expect(unasked?.fields.map { "\($0.name) \($0.code)" } == ["fields.more value.unasked"])
    var outside = CaseTown.report("T0002", .own)
    outside.latitude = nil
    outside.longitude = nil
    let nowhere = try await town.fault { _ = try await Self.settle(town, outside) }
    #expect(nowhere?.fields.map(\.code) == ["area.needed"])
    let count: Int? = try await town.database.read {
      try $0.value("SELECT COUNT(*) FROM case_file")
    }
    #expect(count == 0)
  }

  @Test("the kind's answers are taken for every step, those of the closing too")
  func everyStage() async throws {
    let town = try await CaseTown()
    var kind = CaseTown.plain
    kind.fields = [CaseStage.report, .feedback, .closing].map { stage in
      var field = CaseField(code: stage.rawValue, name: stage.rawValue, .number)
      field.stage = stage
      field.required = true
      return field
    }
    try await CatalogueDesk(database: town.database, shelf: town.desk.kinds)
      .install(try Catalogue([kind]), by: .command)
    let lacking = try await town.fault {
      _ = try await Self.settle(town, fields: ["report": "1", "feedback": "2"])
    }
    #expect(lacking?.fields.map { "\($0.name) \($0.code)" } == ["fields.closing value.missing"])
    let all: [String: FieldInput] = ["report": "1", "feedback": "2", "closing": "3"]
    let id = try await Self.settle(town, fields: all).id
    let kept = try await town.view(id).case.fields
    for stage in CaseStage.allCases { #expect(kept.contains("\"\(stage.rawValue)\""), "\(kept)") }
  }

  @Test("only kinds that allow it, only who may, and only in their own area")
  func allowed() async throws {
    let town = try await CaseTown()
    let kind = try await town.fault {
      _ = try await Self.settle(town, CaseTown.report("T0001", .own))
    }
    #expect(kind?.fields.map(\.code) == ["kind.not-on-the-spot"])
    for who in CaseTown.Who.allCases where who != .patroller && who != .otherPatroller {
      let fault = try await town.fault { _ = try await Self.settle(town, by: who) }
      #expect(fault?.code == "right.missing", "\(who)")
    }
    let elsewhere = try await town.fault { _ = try await Self.settle(town, by: .otherPatroller) }
    #expect(elsewhere?.code == "area.not-yours")
  }
}
