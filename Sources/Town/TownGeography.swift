import Base
import City

/// The land of a made-up town near the mouth of the Yangtze: 10 by 6 kilometres, a district around
/// it, three area grids, eleven villages and one committee, each of four unit grids. The same for
/// the same seed.
public struct TownGeography: Sendable {
  /// A village, or the committee, with what lies in it.
  public struct Village: Sendable {
    public let area: TownArea
    public let unitGrids: [TownArea]
    let names: TownNames.Village

    /// `201`: the area's code.
    public var code: String { area.code }
    public var name: String { area.name }
    /// The names of its waters, the nearest first.
    public var rivers: [String] { names.rivers }
    /// Names of its roads.
    public var roads: [String] { names.roads }
    /// Whether it is the committee of the town's centre, with estates in place of hamlets.
    public var isTownCentre: Bool { names.code == "001" }
  }

  /// All areas, a parent before its children.
  public let areas: [TownArea]
  /// In the order of their committees' codes: eleven villages, then the town's centre.
  public let villages: [Village]
  /// What patrollers walk across the borders of villages.
  public let dutyGrids: [TownDutyGrid]
  /// Rivers, roads and the market street, for the map.
  public let lines: [TownLine]

  /// - Parameter seed: bends the lines; names and plan are always the same.
  public init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, for: "geography")
    let lattice = TownLattice(
      origin: Self.origin, columns: TownNames.columns, rows: TownNames.rows, using: &generator)
    let cells = Self.cells
    let district = Self.district
    let town = TownArea(
      level: .town, code: TownNames.town.code, name: TownNames.town.name, parent: district,
      shape: lattice.polygon(of: cells.values.joined()))
    var areas = [district, town]
    var villages: [Village] = []
    for grid in TownNames.areaGrids {
      let shape = lattice.polygon(of: grid.letters.flatMap { cells[$0] ?? [] })
      let area = TownArea(
        level: .areaGrid, code: grid.code, name: grid.name, parent: town, shape: shape)
      areas.append(area)
      for names in TownNames.villages where grid.letters.contains(names.letter) {
        let village = Self.village(names, cells[names.letter] ?? [], in: area, lattice)
        areas.append(village.area)
        areas += village.unitGrids
        villages.append(village)
      }
    }
    self.areas = areas
    self.villages = TownNames.villages.compactMap { names in
      villages.first { $0.code == names.code }
    }
    dutyGrids = TownDutyGrid.all(on: lattice)
    lines = TownLine.all(on: lattice)
  }

  /// The south-western corner of the town.
  static let origin = Point(latitude: 31.573, longitude: 121.447)

  public var district: TownArea { areas[0] }
  public var town: TownArea { areas[1] }

  /// The village with an area's code: `201`.
  public func village(_ code: String) -> Village? { villages.first { $0.code == code } }

  /// The areas as an import takes them.
  public var drafts: [AreaDraft] {
    areas.map { area in
      AreaDraft(
        code: area.code, name: area.name, level: area.level, parent: area.parent,
        shape: MultiPolygon([area.shape]))
    }
  }

  /// The cells of each village, from the plan.
  private static var cells: [Character: [TownLattice.Cell]] {
    var cells: [Character: [TownLattice.Cell]] = [:]
    for (row, letters) in TownNames.plan.reversed().enumerated() {
      for (column, letter) in letters.enumerated() {
        cells[letter, default: []].append(TownLattice.Cell(column: column, row: row))
      }
    }
    return cells
  }

  private static func village(
    _ names: TownNames.Village, _ cells: [TownLattice.Cell], in areaGrid: TownArea,
    _ lattice: TownLattice
  ) -> Village {
    let area = TownArea(
      level: .villageGrid, code: names.code, name: names.name, parent: areaGrid,
      shape: lattice.polygon(of: cells))
    let unitGrids = cells.enumerated().map { index, cell in
      TownArea(
        level: .unitGrid, code: names.code + "0\(index + 1)",
        name: "\(names.hamlets[index])网格", parent: area, shape: lattice.polygon(of: [cell]))
    }
    return Village(area: area, unitGrids: unitGrids, names: names)
  }

  /// Fields and water around the town, so that there is somewhere that is not the town's.
  private static var district: TownArea {
    let corners: [(east: Double, north: Double)] = [
      (-9200, -5400), (2400, -7100), (13800, -6200), (21500, -2900), (22300, 4100),
      (17600, 10900), (7200, 12700), (-4100, 11800), (-10800, 6300), (-11900, -400),
    ]
    let points = corners.map { Metres(east: $0.east, north: $0.north).point(from: origin) }
    return TownArea(
      level: .district, code: TownNames.district.code, name: TownNames.district.name,
      parent: nil, shape: Polygon(outer: points))
  }
}

/// An area of the town.
public struct TownArea: Sendable {
  public let level: AreaLevel
  public let code: String
  public let name: String
  /// The code of the area above; nil for the district.
  public let parent: String?
  /// The codes from the root, each ended by `/`.
  public let path: String
  public let shape: Polygon
  /// Inside, for a label on the map.
  public let centre: Point

  init(level: AreaLevel, code: String, name: String, parent: TownArea?, shape: Polygon) {
    self.level = level
    self.code = code
    self.name = name
    self.parent = parent?.code
    path = (parent?.path ?? "") + code + "/"
    self.shape = shape
    centre = shape.middle
  }
}

extension Polygon {
  /// A point inside: the middle of the widest stretch of land on the lines that run east through
  /// the middle, a third and two thirds of the shape.
  var middle: Point {
    let stretches = [0.5, 0.34, 0.66].flatMap { share -> [(width: Double, point: Point)] in
      let latitude = box.south + (box.north - box.south) * share
      let crossings = self.crossings(at: latitude)
      return zip(crossings, crossings.dropFirst()).map { west, east in
        (east - west, Point(latitude: latitude, longitude: (west + east) / 2))
      }.filter { containment(of: $0.point) == .inside }
    }
    return stretches.max { $0.width < $1.width }?.point ?? box.centre
  }

  /// Where the outer edge crosses a parallel, from west to east.
  private func crossings(at latitude: Double) -> [Double] {
    zip(outer, outer.dropFirst() + outer.prefix(1)).compactMap { from, to in
      guard (from.latitude > latitude) != (to.latitude > latitude) else { return nil }
      let share = (latitude - from.latitude) / (to.latitude - from.latitude)
      return from.longitude + share * (to.longitude - from.longitude)
    }.sorted()
  }
}
