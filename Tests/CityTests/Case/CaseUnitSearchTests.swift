import Base
import Store
import Testing

@testable import City

/// What a unit finds by words: its parts alone.
@Suite struct CaseUnitSearchTests {
  private func found(_ text: String, by who: CaseTown.Who, _ town: CaseTown) async throws
    -> [ID<Case>]
  {
    var filter = CaseFilter()
    filter.text = text
    return try await town.database.read { [filter] in
      try town.desk.lines(filter, by: town[who], in: $0).lines.map(\.id)
    }
  }

  @Test("lead and helper find a case once it was sent to them, newest first, and nobody else does")
  func parts() async throws {
    let town = try await CaseTown()
    let first = try await town.bring(to: .filed)
    #expect(try await found("大坑", by: .roads, town).isEmpty)
    try await town.make(.dispatch, by: .dispatcher, on: first)
    let second = try await town.bring(to: .handling)
    _ = try await town.bring(to: .filed)
    for who in [CaseTown.Who.roads, .roadsMate, .sanitation] {
      #expect(try await found("大坑", by: who, town) == [second, first])
    }
    #expect(try await found("大坑", by: .management, town).isEmpty)
    #expect(try await found("小坑", by: .roads, town).isEmpty)
  }

  @Test("what was given back is found no more, and again when it comes once more")
  func givenBack() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .dispatched)
    try await town.make(.giveBack, by: .roads, on: id)
    #expect(try await found("大坑", by: .roads, town).isEmpty)
    try await town.make(.dispatch, by: .dispatcher, on: id)
    #expect(try await found("大坑", by: .roads, town) == [id])
  }

  @Test("the words of a corrected case are the new ones, for its units too")
  func corrected() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    try await town.make(.correct, by: .dispatcher, on: id) { $0.title = "井盖松动" }
    #expect(try await found("大坑", by: .roads, town).isEmpty)
    #expect(try await found("井盖", by: .roads, town) == [id])
    #expect(try await found("井盖", by: .sanitation, town) == [id])
  }

  @Test(
    "who looks after very many grids finds what lies in them, what they reported, and nothing else")
  func manyGrids() async throws {
    let town = try await CaseTown()
    let here = try await town.report().id
    let there = try await town.report(CaseTown.report(village: 1)).id
    _ = try await town.report(CaseTown.report(title: "路灯不亮"))
    let others = (0..<200).map { Grant(role: .leader, areaPath: "other/\($0)/") }
    let own = Grant(role: .leader, areaPath: CaseTown.villages[0])
    var filter = CaseFilter()
    filter.text = "大坑"
    func found(_ grants: [Grant], person: ID<Person>) async throws -> [ID<Case>] {
      try await town.database.read { [filter] in
        let doer = Doer(person: person, grants: grants)
        return try town.desk.lines(filter, by: doer, in: $0).lines.map(\.id)
      }
    }
    #expect(try await found(others + [own], person: ID(1)) == [here])
    #expect(try await found(others, person: ID(1)) == [])
    let reporter = try #require(town[.intake].person)
    #expect(try await found(others, person: reporter) == [there, here])
  }
}
