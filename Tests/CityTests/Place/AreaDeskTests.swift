import Base
import City
import TestSupport
import Testing

@Suite struct AreaDeskTests {
  @Test("an import brings in a tree, whatever its order, with an entry for each area")
  func load() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    let summary = try await desk.load(sampleAreas.reversed(), by: .command)
    #expect(summary.read == 5 && summary.added == 5 && summary.changed == 0)
    #expect(
      try await desk.all().map(\.path) == ["d/", "d/t/", "d/t/v1/", "d/t/v1/u1/", "d/t/v2/"])
    let ledger = try await test.database.ledger()
    #expect(ledger.count == 5)
    #expect(ledger.allSatisfy { $0.hasPrefix("area.add ") })
    #expect(ledger[0].contains(#""code":"d""#))
    #expect(!ledger.contains { $0.contains("汀海") }, "names stay out of the ledger")
  }

  @Test("the same import again changes nothing and records nothing")
  func again() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    _ = try await desk.load(sampleAreas, by: .command)
    let summary = try await desk.load(sampleAreas, by: .command)
    #expect(summary.unchanged == 5 && summary.added == 0 && summary.changed == 0)
    #expect(try await test.database.ledger().count == 5)
  }

  @Test("a later import renames and redraws; one without boundaries leaves them alone")
  func redraw() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    _ = try await desk.load(sampleAreas, by: .command)
    var village = sampleAreas[2]
    village.name = "汇龙新村"
    village.shape = square(0.1, 0.1, 0.5, 0.4)
    var other = sampleAreas[3]
    other.shape = nil
    let summary = try await desk.load([village, other], by: .command)
    #expect(summary.changed == 1 && summary.unchanged == 1)
    let map = try await test.database.places()
    #expect(map.area(code: "v1")?.name == "汇龙新村")
    #expect(map.grids(at: point(0.2, 0.45))[.villageGrid] == nil)
    #expect(map.grids(at: point(0.2, 0.6))[.villageGrid]?.code == "v2")
    #expect(
      try await test.database.ledger().suffix(2).map { $0.prefix(while: { $0 != " " }) }
        == ["area.rename", "area.boundary"])
  }

  @Test("mistakes name the feature and the property, and nothing is half-written")
  func mistakes() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    let drafts =
      sampleAreas + [
        AreaDraft(code: "v3", name: "a", level: .villageGrid, parent: "nowhere"),
        AreaDraft(code: "v4", name: "b", level: .town, parent: "v1"),
        AreaDraft(code: "v5", name: "c", level: .unitGrid, parent: "u1"),
      ]
    #expect(
      await fault { _ = try await desk.load(drafts, by: .command) } == [
        "area.file-invalid", "features[5].properties.parent area.parent-unknown",
        "features[6].properties.level area.level-order",
        "features[7].properties.level area.level-order",
      ])
    #expect(try await desk.all().isEmpty)
    #expect(try await test.database.ledger().isEmpty)
  }

  @Test("an area does not change its level or parent by an import")
  func moved() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    _ = try await desk.load(sampleAreas, by: .command)
    let moved = AreaDraft(code: "u1", name: "x", level: .unitGrid, parent: "v2")
    #expect(
      await fault { _ = try await desk.load([moved], by: .command) } == [
        "area.file-invalid", "features[0].properties.code area.moved",
      ])
  }

  @Test("adding asks for a sound code, a name, a known parent of a higher level and a free code")
  func add() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    _ = try await desk.add(sampleAreas[0], by: .command)
    func refused(_ draft: AreaDraft) async -> [String] {
      await fault { _ = try await desk.add(draft, by: .command) }
    }
    #expect(
      await refused(AreaDraft(code: "a/b", name: " ", level: .town, parent: "d")) == [
        "input.invalid", "code code.invalid", "name value.missing",
      ])
    #expect(
      await refused(AreaDraft(code: "t", name: "t", level: .town, parent: "q")) == [
        "input.invalid", "parent area.parent-unknown",
      ])
    #expect(
      await refused(AreaDraft(code: "c", name: "c", level: .city, parent: "d")) == [
        "input.invalid", "level area.level-order",
      ])
    #expect(await refused(sampleAreas[0]) == ["area.exists"])
  }

  @Test("only who manages areas may change them, and only within their subtree")
  func permission() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    _ = try await desk.load(sampleAreas, by: .command)
    let areas = try await desk.all()
    let town = try #require(areas.first { $0.code == "t" })
    let district = try #require(areas.first { $0.code == "d" })
    let local = doer(.systemAdministrator, areas: "d/t/")
    #expect(
      await fault { try await desk.rename(town.id, to: "a", by: doer(.dispatcher)) } == [
        "right.missing"
      ])
    #expect(
      await fault { try await desk.rename(district.id, to: "a", by: local) } == ["right.missing"])
    #expect(
      await fault { try await desk.setBoundary(nil, of: district.id, by: local) } == [
        "right.missing"
      ])
    #expect(
      await fault { _ = try await desk.load([sampleAreas[0]], by: local) } == ["right.missing"])
    try await desk.rename(town.id, to: "云浦新镇", by: local)
    #expect(try await test.database.places().area(code: "t")?.name == "云浦新镇")
  }

  @Test("an area that is not there is missing")
  func missing() async throws {
    let test = try await TestDatabase()
    let desk = AreaDesk(test.database)
    #expect(
      await fault { try await desk.rename(ID(3), to: "a", by: .command) } == ["area.missing"])
  }
}
