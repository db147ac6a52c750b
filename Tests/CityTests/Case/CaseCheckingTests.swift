import Base
import Store
import TestSupport
import Testing

@testable import City

/// The check on the spot before filing (核实): who is asked, what is refused without it, who reads by
/// it, and how it is timed and counted.
@Suite struct CaseCheckingTests {
  private static func accepted(
    _ town: CaseTown, _ kind: String = "T0003", _ channel: Channel = .resident, village: Int = 0
  ) async throws -> ID<Case> {
    let isPatrol = channel == .patrol
    let id = try await town.report(
      CaseTown.report(kind, channel, village: village), by: isPatrol ? .patroller : .intake
    ).id
    try await town.make(.accept, by: .intake, on: id)
    return id
  }

  private static func acts(
    _ act: CaseMove, _ town: CaseTown, _ who: CaseTown.Who
  ) async throws -> [ID<Case>] {
    try await town.desk.waiting(for: town[who]).filter { $0.act == act }
      .flatMap { $0.lines.map(\.id) }
  }

  @Test("what the kind wants checked is not filed before, unless a patroller reported it")
  func needed() async throws {
    let town = try await CaseTown()
    let id = try await Self.accepted(town)
    #expect(
      try await town.fault { try await town.make(.file, by: .intake, on: id) }?.code
        == "case.not-checked")
    #expect(!CaseFlow.moves(on: try await town.view(id), by: town[.intake]).contains(.file))
    #expect(try await Self.acts(.askCheck, town, .intake) == [id])
    #expect(try await Self.acts(.file, town, .intake) == [])
    try await town.make(.askCheck, by: .intake, on: id)
    #expect(try await Self.acts(.askCheck, town, .intake) == [])
    try await town.make(.confirmCheck, by: .patroller, on: id)
    #expect(try await Self.acts(.file, town, .intake) == [id])
    try await town.make(.file, by: .intake, on: id)
    #expect(try await town.view(id).case.state == .filed)
    let seen = try await Self.accepted(town, "T0003", .patrol)
    try await town.make(.file, by: .intake, on: seen)
    #expect(try await town.view(seen).case.checkedAt == nil)
  }

  @Test("a kind that is corrected at the filing to one that is checked asks for the check")
  func corrected() async throws {
    let town = try await CaseTown()
    let id = try await Self.accepted(town, "T0002")
    let fault = try await town.fault {
      try await town.make(.file, by: .intake, on: id) { $0.kind = "T0003" }
    }
    #expect(fault?.code == "case.not-checked")
    #expect(try await town.view(id).case.kind == "T0002")
  }

  @Test("after a denial a reason is wanted for filing; rejecting needs none but its own")
  func denied() async throws {
    let town = try await CaseTown()
    let id = try await Self.accepted(town)
    try await town.make(.askCheck, by: .intake, on: id)
    try await town.make(.denyCheck, by: .patroller, on: id)
    let view = try await town.view(id)
    #expect(view.case.checkResult == .denied && view.case.state == .accepted)
    let fault = try await town.fault {
      try await town.make(.file, by: .intake, on: id) { $0.text = nil }
    }
    #expect(fault?.fields.map(\.name) == ["text"])
    // A second look is another check, and until it is answered nothing is known.
    try await town.make(.askCheck, by: .intake, on: id)
    #expect(try await town.view(id).case.checkResult == nil)
    try await town.make(.cancelCheck, by: .intake, on: id)
    #expect(
      try await town.fault { try await town.make(.file, by: .intake, on: id) }?.code
        == "case.not-checked")
    try await town.make(.askCheck, by: .intake, on: id)
    try await town.make(.denyCheck, by: .patroller, on: id)
    try await town.make(.file, by: .intake, on: id) { $0.text = "照片显示确有其事" }
    #expect(try await town.view(id).case.state == .filed)
  }

  @Test("those of the place are proposed, the patroller of the smallest grid first")
  func proposed() async throws {
    let town = try await CaseTown()
    for (village, who, committee) in [
      (0, CaseTown.Who.patroller, "committee-1"), (1, .otherPatroller, "committee-2"),
    ] {
      let id = try await Self.accepted(town, village: village)
      let view = try await town.view(id)
      let found = try await town.database.read { try town.desk.checkers(for: view, in: $0) }
      #expect(found.map(\.person) == [town[who].person, nil])
      #expect(found.map(\.organisation.code) == ["patrol", committee])
    }
  }

  @Test("whoever is asked answers and reads, also afterwards; nobody else of the same trade does")
  func asked() async throws {
    let town = try await CaseTown()
    let id = try await Self.accepted(town)
    #expect(
      try await town.fault { try await town.make(.comment, by: .committee, on: id) }?.code
        == "case.missing")
    try await town.make(.askCheck, by: .intake, on: id) {
      $0.organisation = "committee-1"
      $0.person = nil
    }
    #expect(try await Self.acts(.confirmCheck, town, .committee) == [id])
    // The patroller reads what lies in their grid, and was not asked.
    #expect(try await Self.acts(.confirmCheck, town, .patroller) == [])
    #expect(
      try await town.fault { try await town.make(.confirmCheck, by: .patroller, on: id) }?.code
        == "case.not-asked")
    let listed = try await town.desk.lines(CaseFilter(), by: town[.committee]).lines.map(\.id)
    #expect(listed == [id])
    try await town.attach(.before, to: id, by: .committee)
    try await town.make(.confirmCheck, by: .committee, on: id)
    #expect(try await Self.acts(.confirmCheck, town, .committee) == [])
    try await town.make(.comment, by: .committee, on: id)
    var words = CaseFilter()
    words.text = "大坑"
    #expect(try await town.desk.lines(words, by: town[.committee]).lines.map(\.id) == [id])
    // Who looked has no part in the handling, and may verify it if that is their office.
    #expect(try await town.view(id).assignments.isEmpty)
  }

  @Test("who is away is replaced: the first one reads no longer, and the time runs on")
  func replaced() async throws {
    let town = try await CaseTown()
    let id = try await Self.accepted(town)
    try town.set("2024-03-04 10:00")
    try await town.make(.askCheck, by: .intake, on: id) {
      $0.organisation = "committee-1"
      $0.person = nil
    }
    try town.set("2024-03-04 11:00")
    try await town.make(.askCheck, by: .intake, on: id) {
      $0.organisation = nil
      $0.person = town[.patroller].person
    }
    let view = try await town.view(id)
    #expect(view.checks.map(\.state) == [.withdrawn, .sent])
    #expect(view.checks.last?.dueAt == (try CaseTown.at("2024-03-04 12:00")))
    #expect(view.clocks.count { $0.step == .check } == 1)
    #expect(
      try await town.fault { try await town.make(.confirmCheck, by: .committee, on: id) }?.code
        == "case.not-asked")
    // Nor is it found by the words any more than it may be read.
    #expect(try await town.desk.lines(CaseFilter(), by: town[.committee]).lines.isEmpty)
  }

  @Test("somebody who left cannot be asked; an organisation out of service neither")
  func left() async throws {
    let town = try await CaseTown()
    let id = try await Self.accepted(town)
    let person = try #require(town[.patroller].person)
    try await town.database.write { try PersonDesk.disable(person, by: .command, in: $0) }
    for code in ["patrol", nil] {
      let fault = try await town.fault {
        try await town.make(.askCheck, by: .intake, on: id) {
          $0.organisation = code
          $0.person = person
        }
      }
      #expect(fault?.fields.map(\.code) == ["person.not-in-organisation"])
    }
    let view = try await town.view(id)
    let found = try await town.database.read { try town.desk.checkers(for: view, in: $0) }
    #expect(found.map(\.organisation.code) == ["committee-1"])
  }

  @Test("filing waits while somebody looks; what is looked at too late is told of once and counted")
  func timed() async throws {
    let town = try await CaseTown()
    let (late, fine, cancelled) = (
      try await Self.accepted(town), try await Self.accepted(town),
      try await Self.accepted(town)
    )
    try town.set("2024-03-04 10:00")
    for id in [late, fine, cancelled] { try await town.make(.askCheck, by: .intake, on: id) }
    let running = try await town.view(fine).clocks.filter { $0.stoppedAt == nil }.map(\.step)
    #expect(Set(running) == [.check, .whole])
    #expect(try await town.view(fine).case.dueAt == (try CaseTown.at("2024-03-04 12:00")))
    try town.set("2024-03-04 11:30")
    try await town.make(.confirmCheck, by: .patroller, on: fine)
    try town.set("2024-03-04 13:00")
    for _ in 0..<2 { try await CaseSweep(desk: town.desk).run() }
    let noted = try await town.database.read { snapshot in
      try Ledger.entries(about: late.raw, in: snapshot).count {
        $0.verb == "case.overdue" && $0.figures["step"] == "check"
      }
    }
    #expect(noted == 1)
    try await town.make(.denyCheck, by: .patroller, on: late)
    // Taking back what is late already does not make it undone.
    try await town.make(.cancelCheck, by: .intake, on: cancelled)
    #expect(try await town.view(late).clocks.last { $0.step == .filing }?.stoppedAt == nil)
    let scope = FigureScope(
      from: try CaseTown.at("2024-03-04 00:00"), before: try CaseTown.at("2024-03-05 00:00"))
    let values = try await town.desk.figures(scope, by: town[.duty], now: town.clock.now())
    func figure(_ figure: CaseFigure) -> [Int?] {
      values.first { $0.figure == figure }.map { [$0.numerator, $0.denominator] } ?? []
    }
    #expect(figure(.checked) == [2, nil])
    #expect(figure(.checkDenied) == [1, nil])
    #expect(figure(.checkRate) == [2, 3])
    #expect(figure(.checkOnTime) == [1, 3])
    let lines = try await town.desk.lines(
      of: .checkOnTime, counting: true, scope, after: nil, limit: 9, by: town[.duty],
      now: town.clock.now())
    #expect(lines.lines.map(\.id) == [fine])
  }

  @Test("a kind corrected while somebody looks gives its own time to the looking, or none")
  func retimed() async throws {
    let town = try await CaseTown()
    let id = try await Self.accepted(town)
    try town.set("2024-03-04 10:00")
    try await town.make(.askCheck, by: .intake, on: id)
    for (kind, due) in [("T0001", "14:00"), ("T0002", ""), ("T0003", "12:00")] {
      try town.set("2024-03-04 10:30")
      try await town.make(.correct, by: .intake, on: id) {
        $0.title = "更正为 \(kind)"
        $0.kind = kind
      }
      let clock = try await town.view(id).clocks.last { $0.step == .check }
      #expect(clock?.dueAt == (due.isEmpty ? nil : try CaseTown.at("2024-03-04 \(due)")), "\(kind)")
    }
  }
}
