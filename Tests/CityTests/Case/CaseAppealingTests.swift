import Base
import Store
import TestSupport
import Testing

@testable import City

/// Appeals against being scored by a case (申诉, 剔除), and what is found about cases.
@Suite struct CaseAppealingTests {
  private static func scope() throws -> FigureScope {
    FigureScope(
      from: try CaseTown.at("2024-03-01 00:00"), before: try CaseTown.at("2024-06-01 00:00"))
  }

  private static func value(
    _ figure: CaseFigure, _ town: CaseTown, of organisation: String? = nil
  ) async throws -> [Int?] {
    var scope = try scope()
    if let organisation {
      scope.organisation = try await town.database.read {
        try town.parties.value(in: $0).organisation(code: organisation)?.id
      }
    }
    return try await town.desk.figures(scope, by: town[.duty], now: town.clock.now())
      .first { $0.figure == figure }.map { [$0.numerator, $0.denominator] } ?? []
  }

  @Test("granted, it is in neither part of any rate, in the counts as before, and listed")
  func excluded() async throws {
    let town = try await CaseTown()
    let (id, other) = (try await town.bring(to: .closed), try await town.bring(to: .calledBack))
    let rates = CaseFigure.allCases.filter(\.isRate)
    var before: [CaseFigure: [Int?]] = [:]
    town.clock.advance(seconds: 40 * 86_400)
    for figure in rates { before[figure] = try await Self.value(figure, town) }
    #expect(before[.closingRate] == [2, 2])
    town.clock.advance(seconds: -30 * 86_400)
    try await town.make(.appeal, by: .roads, on: id)
    #expect(try await Self.value(.closingRate, town) == [2, 2], "asking alone changes nothing")
    try await town.make(.grantAppeal, by: .leader, on: id)
    town.clock.advance(seconds: 30 * 86_400)
    #expect(try await Self.value(.closingRate, town) == [1, 1])
    #expect(try await Self.value(.closed, town) == [2, nil])
    #expect(try await Self.value(.excluded, town) == [1, nil])
    for figure in rates {
      let now = try await Self.value(figure, town)
      let old = try #require(before[figure])
      #expect((now[1] ?? 0) <= (old[1] ?? 0), "\(figure.rawValue)")
      for counting in [true, false] {
        let lines = try await town.desk.lines(
          of: figure, counting: counting, try Self.scope(), after: nil, limit: 50,
          by: town[.duty], now: town.clock.now())
        #expect(!lines.lines.contains { $0.id == id }, "\(figure.rawValue)")
      }
    }
    var filter = CaseFilter()
    filter.turn = .excluded
    #expect(try await town.desk.lines(filter, by: town[.duty]).lines.map(\.id) == [id])
    #expect(id != other)
  }

  @Test("it is asked once, by who leads, until some days after the closing; refused, it counts")
  func asked() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .closed)
    for (who, code) in [(CaseTown.Who.sanitation, "case.not-lead"), (.dispatcher, "right.missing")]
    {
      let fault = try await town.fault { try await town.make(.appeal, by: who, on: id) }
      #expect(fault?.code == code, "\(who)")
    }
    let paper = NewAttachment(blob: CaseTown.file("paper"), name: "p", subject: .document)
    let input = MoveInput(text: "不属本单位")
    try await town.desk.make(
      .appeal, input, attaching: [paper], on: id, revision: nil, by: town[.roadsMate])
    let again = try await town.fault { try await town.make(.appeal, by: .roads, on: id) }
    #expect(again?.code == "appeal.open-already")
    let waits = try await town.desk.waiting(for: town[.leader]).first { $0.act == .grantAppeal }
    #expect(waits?.lines.map(\.id) == [id])
    try await town.make(.refuseAppeal, by: .duty, on: id)
    #expect(try await town.view(id).case.excludedAt == nil)
    let third = try await town.fault { try await town.make(.appeal, by: .roads, on: id) }
    #expect(third?.code == "appeal.decided-already")
    let late = try await town.bring(to: .closed)
    town.clock.advance(seconds: 15 * 86_400 + 1)
    let fault = try await town.fault { try await town.make(.appeal, by: .roads, on: late) }
    #expect(fault?.code == "appeal.too-late" && fault?.arguments == ["days": "15"])
    // Nothing else is attached to what is over.
    let other = try await town.fault { try await town.attach(.document, to: late, by: .duty) }
    #expect(other?.code == "case.over")
  }

  @Test("with a return or a reopening what was not granted lapses, and the next one may appeal")
  func lapsed() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    try await town.make(.appeal, by: .roads, on: id)
    try await town.make(.giveBack, by: .roads, on: id)
    #expect(try await town.view(id).case.appeal == nil)
    #expect(try await town.desk.waiting(for: town[.leader]).allSatisfy { $0.act != .grantAppeal })
    try await town.make(.dispatch, by: .dispatcher, on: id) {
      $0.organisation = "sanitation"
      $0.helpers = nil
    }
    try await town.make(.appeal, by: .sanitation, on: id)
    try await town.make(.grantAppeal, by: .duty, on: id)
    try await town.make(.giveBack, by: .sanitation, on: id)
    #expect(try await town.view(id).case.excludedAt != nil, "what was granted stays")
    let closed = try await town.bring(to: .closed)
    try await town.make(.appeal, by: .roads, on: closed)
    try await town.make(.refuseAppeal, by: .duty, on: closed)
    try await town.make(.reopen, by: .intake, on: closed)
    #expect(try await town.view(closed).case.appeal == nil)
  }

  @Test("findings are counted by whose they are, also of what was rejected, and say who found them")
  func findings() async throws {
    let town = try await CaseTown()
    let (closed, void) = (try await town.bring(to: .closed), try await town.bring(to: .void))
    try await town.make(.callBack, by: .intake, on: closed) {
      $0.resolved = false
      $0.justified = true
    }
    for finding in [CaseFinding.Kind.late, .omitted, .hidden, .false] {
      try await town.make(.recordFinding, by: .duty, on: finding == .false ? void : closed) {
        $0.finding = finding
        $0.organisation = "patrol"
      }
    }
    let figures: [CaseFigure] = [.lateReports, .omittedReports, .hiddenReports, .falseReports]
    for figure in figures {
      #expect(try await Self.value(figure, town) == [1, nil])
      #expect(try await Self.value(figure, town, of: "patrol") == [1, nil])
      #expect(try await Self.value(figure, town, of: "roads") == [0, nil])
    }
    #expect(try await Self.value(.justifiedComplaints, town, of: "roads") == [1, nil])
    let parts = try await town.database.read { snapshot in
      try town.desk.parts(of: try town.desk.view(closed, by: .command, in: snapshot), in: snapshot)
    }
    #expect(parts.findings.map(\.finding) == [.justifiedComplaint, .late, .omitted, .hidden])
    #expect(parts.findings.first?.foundBy == town[.intake].person)
    let wrong = try await town.fault {
      try await town.make(.recordFinding, by: .leader, on: closed) {
        $0.finding = nil
        $0.text = " "
        $0.organisation = "nobody"
      }
    }
    #expect(wrong?.fields.map(\.name) == ["finding", "text", "organisation"])
  }
}
