import Base
import Store

/// All areas with their boundaries, as they were at one moment.
public struct PlaceMap: Editioned {
  public static let edition = Edition.places

  /// By path, so that a parent comes before its children and a subtree lies together.
  public let areas: [Area]
  private let byID: [ID<Area>: Int]
  private let byCode: [String: Int]
  private let shapes: [ID<Area>: MultiPolygon]
  private let index: GridIndex

  public init(reading snapshot: some Querying) throws {
    var shapes: [ID<Area>: MultiPolygon] = [:]
    for boundary in try AreaRows.boundaries(in: snapshot) {
      shapes[boundary.area] = try GeoJSON.features(in: boundary.text.utf8).first?.shape
    }
    self.init(try AreaRows.all(in: snapshot), shapes: shapes)
  }

  /// A map of areas that are at hand.
  public init(_ areas: [Area], shapes: [ID<Area>: MultiPolygon]) {
    let sorted = areas.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.areas = sorted
    self.shapes = shapes
    byID = Dictionary(
      sorted.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    byCode = Dictionary(
      sorted.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    index = GridIndex(
      sorted.compactMap { area in
        shapes[area.id].map {
          GridIndex.Entry(level: area.level.rank, code: area.code, shape: $0)
        }
      })
  }

  public subscript(id: ID<Area>) -> Area? { byID[id].map { areas[$0] } }

  /// The area with a code.
  public func area(code: String) -> Area? { byCode[code].map { areas[$0] } }

  /// The area with a path: `310151/103/`.
  public func area(path: String) -> Area? {
    path.split(separator: "/").last.flatMap { area(code: String($0)) }
      .flatMap { $0.path == path ? $0 : nil }
  }

  public func shape(of area: ID<Area>) -> MultiPolygon? { shapes[area] }

  /// The areas above, the root first; without the area itself.
  public func ancestors(of area: Area) -> [Area] {
    var found: [Area] = []
    var next = area.parent
    while let id = next, let above = self[id] {
      found.append(above)
      next = above.parent
    }
    return found.reversed()
  }

  /// The areas directly below; the roots for nil.
  public func children(of area: ID<Area>?) -> [Area] {
    areas.filter { $0.parent == area }
  }

  /// The area and all below it, a parent before its children.
  public func subtree(of area: Area) -> ArraySlice<Area> {
    guard let first = byID[area.id] else { return [] }
    let end = areas[first...].firstIndex { !$0.path.hasPrefix(area.path) } ?? areas.endIndex
    return areas[first..<end]
  }

  /// The one area of each level in which a point lies: of several the smallest, on a border the
  /// lower code.
  public func grids(at point: Point) -> Grids {
    Grids(index.entries(at: point).compactMap { area(code: $0.code) })
  }
}

/// The areas in which a point lies, at most one of each level.
public struct Grids: Equatable, Sendable {
  /// The largest first.
  public let areas: [Area]

  init(_ areas: [Area]) { self.areas = areas }

  public subscript(level: AreaLevel) -> Area? { areas.first { $0.level == level } }

  /// The smallest, to which a case there belongs; nil outside of every boundary.
  public var finest: Area? { areas.last }

  public var isEmpty: Bool { areas.isEmpty }
}
