import Base
import Store

/// All duty grids in service with what they cover, as they were at one moment.
public struct DutyMap: Editioned {
  /// That of areas too, since grids consist of them: a change of either is one of the map.
  public static let edition = Edition.places

  /// By code.
  public let grids: [DutyGrid]
  /// The areas of those that consist of areas, by path.
  public let areas: [ID<DutyGrid>: [Area]]
  /// Those with a boundary, or with areas that have one.
  let shapes: [ID<DutyGrid>: MultiPolygon]
  private let byCode: [String: DutyGrid]
  private let index: GridIndex

  public init(reading snapshot: some Querying) throws {
    let grids = try DutyGridRows.all(in: snapshot).filter { $0.retiredAt == nil }
    let inService = Set(grids.map(\.id))
    var shapes: [ID<DutyGrid>: MultiPolygon] = [:]
    for (id, text) in try DutyGridRows.boundaries(in: snapshot) where inService.contains(id) {
      shapes[id] = try GeoJSON.features(in: text.utf8).first?.shape
    }
    let areas = try DutyGridRows.areas(in: snapshot)
      .filter { inService.contains($0.key) && shapes[$0.key] == nil }
    let lands = try DutyGridRows.boundariesOfAreas(in: snapshot).mapValues {
      try GeoJSON.features(in: $0.utf8).first?.shape?.polygons ?? []
    }
    for (id, own) in areas {
      let parts = own.flatMap { lands[$0.id] ?? [] }
      if !parts.isEmpty { shapes[id] = MultiPolygon(parts) }
    }
    self.grids = grids
    self.areas = areas
    self.shapes = shapes
    byCode = Dictionary(grids.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    index = GridIndex(
      grids.compactMap { grid in
        shapes[grid.id].map { GridIndex.Entry(level: 0, code: grid.code, shape: $0) }
      })
  }

  /// What a grid covers; nil where no boundary of its areas is known.
  public func shape(of grid: ID<DutyGrid>) -> MultiPolygon? { shapes[grid] }

  /// The one with a code, in service.
  public func grid(code: String) -> DutyGrid? { byCode[code] }

  /// The grid at a point: of several the smallest, on a border the lower code.
  public func grid(at point: Point) -> DutyGrid? {
    index.entry(at: point, level: 0).flatMap { grid(code: $0.code) }
  }

  /// The grid of an area, where it or one above it belongs to one: the nearest, then the lower code.
  public func grid(ofArea path: String) -> DutyGrid? {
    var found: (grid: DutyGrid, length: Int)?
    for grid in grids {
      for area in areas[grid.id] ?? [] where path.hasPrefix(area.path) {
        let length = area.path.utf8.count
        if length > found?.length ?? 0 { found = (grid, length) }
      }
    }
    return found?.grid
  }

  /// What is wrong with boundaries of grids beside the others: rings that cross themselves, and overlaps
  /// with each other; those within the tolerance too.
  func findings(of codes: Set<String>) -> [AreaFinding] {
    var found: [AreaFinding] = []
    for grid in grids where codes.contains(grid.code) {
      if areas[grid.id] == nil, let place = shapes[grid.id]?.selfCrossing {
        found.append(
          AreaFinding(kind: .crossing, area: grid.code, other: nil, share: nil, place: place))
      }
      for other in grids
      where other.code != grid.code && !(codes.contains(other.code) && other.code < grid.code) {
        let share = common(grid, other)
        if share > AreaCheck.noise {
          found.append(
            AreaFinding(
              kind: .overlap, area: grid.code, other: other.code, share: share, place: nil))
        }
      }
    }
    return found
  }

  private func common(_ one: DutyGrid, _ two: DutyGrid) -> Double {
    // An area that is in both counts also where nobody knows its boundary.
    let shared = (areas[one.id] ?? []).contains { area in
      (areas[two.id] ?? []).contains {
        $0.path.hasPrefix(area.path) || area.path.hasPrefix($0.path)
      }
    }
    guard let first = shapes[one.id], let second = shapes[two.id] else { return shared ? 1 : 0 }
    return max(first.overlap(with: second), shared ? AreaCheck.tolerance * 2 : 0)
  }
}
