import Base
import City
import TestSupport
import Testing

@Suite struct PlaceMapTests {
  private func sample() async throws -> (TestDatabase, PlaceMap) {
    let test = try await TestDatabase()
    _ = try await AreaDesk(test.database).load(sampleAreas, by: .command)
    return (test, try await test.database.places())
  }

  @Test("a point has one area of each level, and belongs to the smallest")
  func grids() async throws {
    let (_, map) = try await sample()
    let inside = map.grids(at: point(0.2, 0.3))
    #expect(inside.areas.map(\.code) == ["d", "t", "v1", "u1"])
    #expect(inside[.villageGrid]?.name == "汇龙村")
    #expect(inside[.areaGrid] == nil)
    #expect(inside.finest?.path == "d/t/v1/u1/")
    #expect(map.grids(at: point(0.9, 0.9)).finest?.code == "d")
    #expect(map.grids(at: point(2, 2)).isEmpty)
  }

  @Test("on the border of two villages the lower code has the point")
  func border() async throws {
    let (_, map) = try await sample()
    #expect(map.grids(at: point(0.4, 0.5))[.villageGrid]?.code == "v1")
  }

  @Test("areas are found by code, path and id, with what is above and below them")
  func tree() async throws {
    let (_, map) = try await sample()
    let town = try #require(map.area(code: "t"))
    let unit = try #require(map.area(path: "d/t/v1/u1/"))
    #expect(map.area(path: "t/") == nil)
    #expect(map.area(path: "") == nil)
    #expect(map[town.id] == town)
    #expect(map.ancestors(of: unit).map(\.code) == ["d", "t", "v1"])
    #expect(map.children(of: town.id).map(\.code) == ["v1", "v2"])
    #expect(map.children(of: nil).map(\.code) == ["d"])
    #expect(map.subtree(of: town).map(\.code) == ["t", "v1", "u1", "v2"])
    #expect(map.shape(of: town.id)?.contains(point(0.2, 0.2)) == true)
  }

  @Test("a kept map follows changes, its own transaction's included, and forgets what was undone")
  func latest() async throws {
    let (test, _) = try await sample()
    let kept = Latest<PlaceMap>()
    func name() async throws -> String? {
      try await test.database.read { try kept.value(in: $0).area(code: "v2")?.name }
    }
    #expect(try await name() == "芦汀村")
    struct Undone: Error {}
    let id = try #require(try await test.database.places().area(code: "v2")).id
    await #expect(throws: Undone.self) {
      try await test.database.write { tx in
        try AreaDesk.rename(id, to: "undone", by: .command, in: tx)
        #expect(try kept.value(in: tx).area(code: "v2")?.name == "undone")
        throw Undone()
      }
    }
    #expect(try await name() == "芦汀村")
    try await AreaDesk(test.database).rename(id, to: "芦花村", by: .command)
    #expect(try await name() == "芦花村")
  }
}
