import Base
import Store
import TestSupport
import Testing

@testable import City

/// Duty grids: what they cover, who may change them, and who is asked to look there.
@Suite struct DutyGridTests {
  private static func shape(_ west: Double, _ east: Double) -> MultiPolygon {
    let corners = [(31.4, west), (31.4, east), (31.5, east), (31.5, west)]
    return MultiPolygon([
      Polygon(outer: corners.map { Point(latitude: $0.0, longitude: $0.1) })
    ])
  }

  private static func draft(_ code: String, _ west: Double, _ east: Double) -> DutyGridDraft {
    DutyGridDraft(code: code, name: code, organisation: "patrol", shape: shape(west, east))
  }

  private func load(
    _ drafts: [DutyGridDraft], _ town: CaseTown, accepting: Bool = false, by doer: Doer = .command
  ) async throws -> DutyGridDesk.Report {
    try await DutyGridDesk.bring(
      drafts, accepting: accepting, isDryRun: false, by: doer, into: town.database)
  }

  /// The second patroller, with a right that reaches both villages.
  private func widen(_ town: CaseTown) async throws -> ID<Person> {
    let person = try #require(town[.otherPatroller].person)
    _ = try await town.database.write {
      try RoleRows.add(Grant(role: .patroller, areaPath: CaseTown.town), to: person, in: $0)
    }
    return person
  }

  private func checkers(_ town: CaseTown, village: Int = 0) async throws -> [Checker] {
    let id = try await town.report(
      CaseTown.report("T0003", .resident, village: village), by: .intake
    ).id
    let view = try await town.view(id)
    return try await town.database.read { try town.desk.checkers(for: view, in: $0) }
  }

  private func codes(_ act: () async throws -> Void) async throws -> [String] {
    do {
      try await act()
      return []
    } catch let fault as Fault {
      return fault.fields.isEmpty ? [fault.code] : fault.fields.map(\.code)
    }
  }

  @Test("the smallest grid at a point wins, on a border the lower code, outside none")
  func point() async throws {
    let town = try await CaseTown()
    let first = try await load(
      [Self.draft("B", 121.1, 121.2), Self.draft("A", 121.2, 121.3)], town)
    #expect(first.summary.added == 2 && first.findings.isEmpty)
    let again = try await load([Self.draft("B", 121.1, 121.2)], town)
    #expect(again.summary.unchanged == 1)
    #expect(
      try await codes { _ = try await load([Self.draft("C", 121.14, 121.16)], town) }
        == ["area.overlap"])
    _ = try await load([Self.draft("C", 121.14, 121.16)], town, accepting: true)
    let map = try await town.desk.duties.value(from: town.database)
    func at(_ longitude: Double) -> String? {
      map.grid(at: Point(latitude: 31.45, longitude: longitude))?.code
    }
    #expect(at(121.15) == "C" && at(121.18) == "B" && at(121.2) == "A" && at(121.25) == "A")
    #expect(at(121.4) == nil)
  }

  @Test("a grid of areas covers them, also where a case has no point, and shares none with another")
  func areas() async throws {
    let town = try await CaseTown()
    func grid(_ code: String, _ areas: [String]) -> DutyGridDraft {
      DutyGridDraft(code: code, name: code, organisation: "patrol", areas: areas)
    }
    _ = try await load([grid("D", ["V1", "V2"])], town)
    let map = try await town.desk.duties.value(from: town.database)
    #expect(map.grid(at: Point(latitude: 31.45, longitude: 121.25))?.code == "D")
    #expect(map.grid(ofArea: CaseTown.villages[0])?.code == "D")
    #expect(map.grid(ofArea: CaseTown.town) == nil)
    #expect(try await codes { _ = try await load([grid("E", ["V2"])], town) } == ["area.overlap"])
    #expect(try await codes { _ = try await load([grid("E", ["V9"])], town) } == ["area.unknown"])
    #expect(try await codes { _ = try await load([grid("E", [])], town) } == ["duty-grid.nowhere"])
    var both = grid("E", ["V2"])
    both.shape = Self.shape(121.4, 121.5)
    #expect(try await codes { _ = try await load([both], town) } == ["duty-grid.both"])
    #expect(try await town.desk.duties.value(from: town.database).grids.map(\.code) == ["D"])
  }

  @Test("who patrols the grid of the place is proposed first; nobody before or after their time")
  func proposed() async throws {
    let town = try await CaseTown()
    let other = try await widen(town)
    _ = try await load([Self.draft("D", 121.1, 121.3)], town)
    #expect(try await checkers(town).map(\.person) == [town[.patroller].person, other, nil])
    let until = try CaseTown.at("2024-03-06 00:00")
    try await town.database.write {
      try DutyGridDesk.assign(other, to: "D", until: until, by: .command, in: $0)
    }
    #expect(try await checkers(town).map(\.person) == [other, town[.patroller].person, nil])
    try town.set("2024-03-06 09:00")
    #expect(try await checkers(town).first?.person == town[.patroller].person)
  }

  @Test("who is asked by the grid answers; who could not answer there is not proposed")
  func answers() async throws {
    let town = try await CaseTown()
    let other = try #require(town[.otherPatroller].person)
    _ = try await load([Self.draft("D", 121.1, 121.3)], town)
    try await town.database.write {
      try DutyGridDesk.assign(other, to: "D", by: .command, in: $0)
    }
    #expect(try await checkers(town).map(\.person) == [town[.patroller].person, nil])
  }

  @Test("while the patroller is away the substitute is proposed, and nobody where none is named")
  func away() async throws {
    let town = try await CaseTown()
    let other = try await widen(town)
    let own = try #require(town[.patroller].person)
    _ = try await load([Self.draft("D", 121.1, 121.3)], town)
    try await town.database.write { tx in
      try DutyGridDesk.assign(own, to: "D", by: .command, in: tx)
    }
    let day = try #require(Day("2024-03-04"))
    let zone = town.desk.zone
    let absence = try await town.database.write {
      try AbsenceDesk.enter(
        AbsenceDraft(person: own, from: day, until: day, substitute: other), zone: zone,
        by: .command, in: $0)
    }
    #expect(try await checkers(town).map(\.person) == [other, nil])
    try await town.database.write { try AbsenceDesk.end(absence, by: .command, in: $0) }
    try await town.database.write {
      _ = try AbsenceDesk.enter(
        AbsenceDraft(person: own, from: day + 1, until: day + 1), zone: zone, by: .command, in: $0)
    }
    try town.set("2024-03-05 09:30")
    #expect(try await checkers(town).map(\.person) == [other, nil])
  }

  @Test(
    "only who manages the organisation changes a grid; each change has its entry, a refusal none")
  func guarded() async throws {
    let town = try await CaseTown()
    let other = try #require(town[.otherPatroller].person)
    let roads = try #require(town[.roads].person)
    func entries() async throws -> [String] {
      try await town.database.read {
        try $0.column(
          "SELECT verb FROM ledger_entry WHERE verb LIKE 'duty-grid.%' ORDER BY sequence")
      }
    }
    let bad = try await codes {
      _ = try await load([Self.draft("D", 121.1, 121.3)], town, by: town[.duty])
    }
    #expect(bad == ["right.missing"])
    #expect(try await entries() == [])
    _ = try await load([Self.draft("D", 121.1, 121.3)], town, by: town[.system])
    func assign(_ person: ID<Person>, _ doer: Doer) async throws -> [String] {
      try await codes {
        try await town.database.write {
          _ = try DutyGridDesk.assign(person, to: "D", by: doer, in: $0)
        }
      }
    }
    #expect(try await assign(other, town[.patroller]) == ["right.missing"])
    #expect(try await assign(roads, town[.system]) == ["person.not-in-organisation"])
    #expect(try await assign(other, town[.system]) == [])
    #expect(try await assign(other, town[.system]) == ["duty-grid.person-there"])
    try await town.database.write {
      try DutyGridDesk.release(other, from: "D", by: town[.system], in: $0)
      try DutyGridDesk.retire("D", by: town[.system], in: $0)
    }
    #expect(
      try await entries() == [
        "duty-grid.put", "duty-grid.assign", "duty-grid.release", "duty-grid.retire",
      ])
    #expect(try await town.desk.duties.value(from: town.database).grids.isEmpty)
  }

  @Test(
    "a unit with open cases, with people, or that alone answers for a kind is not retired; told in this order"
  )
  func retired() async throws {
    let town = try await CaseTown()
    let id = try await town.bring(to: .handling)
    let lead = try #require(try await town.view(id).case.leadOrganisation)
    let work = try await codes {
      try await town.database.write { try town.desk.retire(lead, by: .command, in: $0) }
    }
    #expect(work == ["organisation.has-work"])
    let closed = try await CaseTown()
    let parties = try await closed.parties.value(from: closed.database)
    func fault(_ code: String) async throws -> Fault? {
      let unit = try #require(parties.organisation(code: code))
      return try await closed.fault {
        try await closed.database.write { try closed.desk.retire(unit.id, by: .command, in: $0) }
      }
    }
    #expect(try await fault("sanitation")?.code == "organisation.has-people")
    let alone = try await fault("market")
    #expect(alone?.code == "organisation.only-answer")
    #expect(Int(alone?.arguments["count"] ?? "") ?? 0 > 0)
  }
}
