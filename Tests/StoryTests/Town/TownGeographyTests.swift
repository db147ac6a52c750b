import Base
import City
import Testing
import Town

@Suite struct TownGeographyTests {
  static let seeds: [UInt64] = [1, 7, 20_230_101]

  private func points(
    _ count: Int, in box: BoundingBox, using generator: inout SeededGenerator
  ) -> [Point] {
    (0..<count).map { _ in
      Point(
        latitude: generator.number(in: box.south...box.north),
        longitude: generator.number(in: box.west...box.east))
    }
  }

  private func holding(_ point: Point, _ areas: [TownArea]) -> [TownArea] {
    areas.filter { $0.shape.containment(of: point) == .inside }
  }

  @Test("eleven villages and a committee in three area grids, each with four unit grids")
  func tree() {
    let town = TownGeography(seed: 1)
    let levels = Dictionary(grouping: town.areas, by: \.level).mapValues(\.count)
    #expect(
      levels == [.district: 1, .town: 1, .areaGrid: 3, .villageGrid: 12, .unitGrid: 48])
    #expect(town.villages.count == 12)
    #expect(town.villages.allSatisfy { $0.unitGrids.count == 4 })
    #expect(Set(town.areas.map(\.code)).count == town.areas.count)
    #expect(Set(town.areas.map(\.name)).count == town.areas.count)
    #expect(town.village("001")?.isTownCentre == true)
  }

  @Test("a point in the town is in exactly one grid of each level", arguments: seeds)
  func tiling(seed: UInt64) {
    let town = TownGeography(seed: seed)
    let villages = town.villages.map(\.area)
    let areaGrids = town.areas.filter { $0.level == .areaGrid }
    var generator = SeededGenerator(seed: seed, for: "tiling")
    var inside = 0
    for point in points(4000, in: town.town.shape.box, using: &generator) {
      // On a border two grids share a point, and neither has it inside.
      let isBorder = town.areas.contains { $0.shape.containment(of: point) == .border }
      if isBorder { continue }
      let isInTown = town.town.shape.contains(point)
      let village = holding(point, villages)
      let areaGrid = holding(point, areaGrids)
      #expect(village.count == (isInTown ? 1 : 0))
      #expect(areaGrid.map(\.code) == village.compactMap(\.parent))
      let units = holding(point, town.villages.flatMap(\.unitGrids))
      #expect(units.compactMap(\.parent) == village.map(\.code))
      #expect(units.allSatisfy { $0.path.hasPrefix(areaGrid[0].path) })
      if isInTown { inside += 1 }
    }
    #expect(inside > 3000)
  }

  @Test("each duty grid lies in the two villages that it names, and no two meet", arguments: seeds)
  func dutyGrids(seed: UInt64) {
    let town = TownGeography(seed: seed)
    let unitGrids = town.villages.flatMap(\.unitGrids)
    var generator = SeededGenerator(seed: seed, for: "duty")
    let shapes = town.dutyGrids.map { grid in
      grid.shape.map { [$0] }
        ?? unitGrids.filter { grid.areas.contains($0.code) }.map(\.shape)
    }
    var found = town.dutyGrids.map { _ in Set<String>() }
    for point in points(4000, in: town.town.shape.box, using: &generator) {
      let holding = shapes.indices.filter { index in
        shapes[index].contains { $0.containment(of: point) == .inside }
      }
      #expect(holding.count <= 1)
      for index in holding {
        found[index].formUnion(self.holding(point, town.villages.map(\.area)).map(\.code))
      }
    }
    #expect(found == town.dutyGrids.map { Set($0.villages) })
    #expect(
      town.dutyGrids.contains { !$0.areas.isEmpty } && town.dutyGrids.contains { $0.areas.isEmpty })
  }

  @Test("the grids of each level have together the town's area", arguments: seeds)
  func area(seed: UInt64) {
    let town = TownGeography(seed: seed)
    let whole = town.town.shape.area
    #expect((50e6...70e6).contains(whole))
    for level in [AreaLevel.areaGrid, .villageGrid, .unitGrid] {
      let sum = town.areas.filter { $0.level == level }.reduce(0) { $0 + $1.shape.area }
      #expect(abs(sum - whole) < 1e-6 * whole)
    }
  }

  @Test("the same seed gives the same town, another seed other borders")
  func seeded() {
    let one = TownGeography(seed: 5)
    #expect(one.areas.map(\.shape) == TownGeography(seed: 5).areas.map(\.shape))
    #expect(one.areas.map(\.shape) != TownGeography(seed: 6).areas.map(\.shape))
    #expect(one.lines.map(\.points) == TownGeography(seed: 5).lines.map(\.points))
  }

  @Test("labels stand inside, and lines within the town", arguments: seeds)
  func drawing(seed: UInt64) {
    let town = TownGeography(seed: seed)
    for area in town.areas { #expect(area.shape.containment(of: area.centre) == .inside) }
    #expect(Set(town.lines.map(\.kind)) == Set(TownLine.Kind.allCases))
    for line in town.lines {
      #expect(line.points.count >= 17)
      #expect(line.points.allSatisfy { town.town.shape.contains($0) })
    }
  }

  @Test("a random place is in its village and unit grid, and its address says so")
  func places() {
    let town = TownGeography(seed: 3)
    var generator = SeededGenerator(seed: 9)
    var addresses: Set<String> = []
    for village in town.villages {
      for _ in 0..<200 {
        let place = town.randomPlace(in: village, using: &generator)
        let grid = village.unitGrids.first { $0.code == place.unitGrid }
        #expect(grid?.shape.containment(of: place.point) == .inside)
        #expect(village.area.shape.contains(place.point))
        #expect(place.path.hasPrefix(village.area.path))
        #expect(place.address == "云浦镇" + place.spoken)
        addresses.insert(place.address)
      }
    }
    #expect(addresses.count > 1200)
  }

  @Test("places come again with the same generator")
  func again() throws {
    let town = TownGeography(seed: 3)
    let village = try #require(town.village("207"))
    var first = SeededGenerator(seed: 1)
    var second = SeededGenerator(seed: 1)
    for _ in 0..<20 {
      #expect(
        town.randomPlace(in: village, using: &first)
          == town.randomPlace(in: village, using: &second))
    }
  }
}
