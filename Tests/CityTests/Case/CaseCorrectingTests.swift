import Base
import Store
import TestSupport
import Testing

@testable import City

/// Correcting the facts of a case: everything that hangs on them follows.
@Suite struct CaseCorrectingTests {
  private static func found(_ text: String, _ town: CaseTown) async throws -> [ID<Case>] {
    var filter = CaseFilter()
    filter.text = text
    return try await town.desk.lines(filter, by: town[.intake]).lines.map(\.id)
  }

  @Test("a corrected title is found by its new words, and no longer by those that went")
  func words() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    #expect(try await Self.found("大坑", town) == [id])
    try await town.make(.correct, by: .intake, on: id) {
      $0.title = "窨井盖丢失"
      $0.description = "在小学门口"
      $0.place = "青年路12号"
    }
    for text in ["窨井", "小学", "青年路", "12", "盖"] {
      #expect(try await Self.found(text, town) == [id], "\(text)")
    }
    #expect(try await Self.found("大坑", town) == [])
    // What was left out stays.
    try await town.make(.correct, by: .intake, on: id) { $0.title = "井盖" }
    #expect(try await town.view(id).case.place == "青年路12号")
    try await town.make(.correct, by: .intake, on: id) {
      $0.title = nil
      $0.place = ""
    }
    #expect(try await town.view(id).case.place == "")
    #expect(try await Self.found("青年路", town) == [])
  }

  @Test("a moved case belongs to its new area: who sees it, searches and figures follow")
  func moved() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    #expect(try await town.view(id).case.areaPath == CaseTown.villages[0])
    try await town.make(.correct, by: .intake, on: id) {
      $0.title = nil
      $0.latitude = 31.45
      $0.longitude = 121.25
    }
    let file = try await town.view(id).case
    #expect(file.areaPath == CaseTown.villages[1])
    #expect(file.longitude == 121.25 && file.coordinates == "wgs84")
    var filter = CaseFilter()
    filter.text = "大坑"
    let old = try await town.desk.lines(filter, by: town[.patroller])
    let new = try await town.desk.lines(filter, by: town[.otherPatroller])
    #expect(old.lines.isEmpty && new.lines.map(\.id) == [id])
    var scope = FigureScope(from: file.reportedAt, before: file.reportedAt + 1)
    for (path, count) in [(CaseTown.villages[0], 0), (CaseTown.villages[1], 1)] {
      scope.areaPath = path
      let values = try await town.desk.figures(scope, by: .command, now: town.clock.now())
      #expect(values.first?.numerator == count)
    }
  }

  @Test("an area alone leaves the point; a point counts before the area that was named")
  func areaAlone() async throws {
    let town = try await CaseTown()
    let id = try await town.report().id
    try await town.make(.correct, by: .intake, on: id) {
      $0.title = nil
      $0.area = "V2"
    }
    let file = try await town.view(id).case
    #expect(file.areaPath == CaseTown.villages[1] && file.longitude == 121.15)
    try await town.make(.correct, by: .intake, on: id) {
      $0.title = nil
      $0.area = "V2"
      $0.latitude = 31.45
      $0.longitude = 121.12
    }
    #expect(try await town.view(id).case.areaPath == CaseTown.villages[0])
  }

  @Test("another kind brings its own limits from when the clocks began, and drops those it has not")
  func kind() async throws {
    let town = try await CaseTown()
    let id = try await town.report(CaseTown.report("T0001", .hotline)).id
    try await town.live(id, CaseTown.toHandling)
    try await town.live(id, [CaseTown.Step("03-05 10:00", .correct, .intake) { $0.kind = "T0002" }])
    let view = try await town.view(id)
    #expect(view.kind.code == "T0002" && view.case.kind == "T0002")
    #expect(
      try await town.clockTexts(id, .handling) == ["handling 03-04 11:00 > 03-06 17:30, runs"])
    #expect(try await town.clockTexts(id, .whole) == ["whole 03-04 09:30 > 03-08 17:30, runs"])
    #expect(try await town.clockTexts(id, .firstContact) == [])
    #expect(CaseTown.text(view.case.dueAt) == "03-06 17:30")
    #expect(view.assignments.map { CaseTown.text($0.dueAt) } == ["03-06 17:30", "03-06 17:30"])
    // Not verified: it is closed from handled.
    try await town.live(id, CaseTown.toHandled)
    try await town.make(.close, by: .dispatcher, on: id)
  }

  @Test("a running case keeps its kind as it was, a new one gets the new version")
  func version() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .accepted)
    var changed = CaseTown.everyStep
    changed.clocks[.dispatch] = KindClock(CaseTown.limit("3 working-days"), calendar: "china")
    changed.verified = false
    try await CatalogueDesk(database: town.database, shelf: town.shelf)
      .install(try Catalogue([changed, CaseTown.plain]), by: .command)
    try await town.make(.file, by: .intake, on: id)
    #expect(
      try await town.clockTexts(id, .dispatch) == ["dispatch 03-04 09:30 > 03-04 11:30, runs"])
    #expect(try await town.view(id).kind.verified)
    let new = try await town.bring(to: .filed)
    #expect(
      try await town.clockTexts(new, .dispatch) == ["dispatch 03-04 09:30 > 03-07 17:30, runs"])
    #expect(!(try await town.view(new).kind.verified))
  }

  @Test("answers are corrected beside those that stay, and checked together")
  func fields() async throws {
    let town = try await CaseTown()
    var report = CaseTown.report()
    report.fields = ["count": "12"]
    let id = try await town.report(report).id
    let wrong = try await town.fault {
      try await town.make(.correct, by: .intake, on: id) { $0.fields = ["cuont": "1"] }
    }
    #expect(wrong?.fields.map(\.code) == ["value.mistyped"])
    try await town.make(.correct, by: .intake, on: id) { $0.fields = ["count": "１３"] }
    #expect(try CaseDesk.fields(of: await town.view(id).case) == ["count": .number(13)])
    try await town.make(.correct, by: .intake, on: id) {
      $0.title = nil
      $0.fields = ["count": ""]
    }
    #expect(try CaseDesk.fields(of: await town.view(id).case) == [:])
  }
}
