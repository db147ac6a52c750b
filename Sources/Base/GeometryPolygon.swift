import Foundation

/// Where a point lies against a shape.
public enum Containment: Sendable {
  case outside
  /// On an edge, to within a tenth of a millimetre.
  case border
  case inside
}

/// An area with one outer edge and holes; which parts are in it is decided by the even-odd rule, so
/// that the direction of the rings does not matter and rings that cross themselves do no harm.
public struct Polygon: Hashable, Sendable {
  /// Points in order; the first is not repeated at the end.
  public let outer: [Point]
  public let holes: [[Point]]
  public let box: BoundingBox

  public init(outer: [Point], holes: [[Point]] = []) {
    self.outer = outer
    self.holes = holes
    box = BoundingBox(outer)
  }

  /// Square metres on a sphere, without the holes.
  public var area: Double {
    holes.reduce(abs(Ring.area(outer))) { $0 - abs(Ring.area($1)) }
  }

  /// A point in a hole is outside; one on the edge of a hole is on the border.
  public func containment(of point: Point) -> Containment {
    guard box.widened(by: Ring.tolerance).contains(point) else { return .outside }
    var isInside = false
    for ring in CollectionOfOne(outer) + holes {
      guard let isOdd = Ring.isCrossedOddly(ring, eastOf: point) else { return .border }
      if isOdd { isInside.toggle() }
    }
    return isInside ? .inside : .outside
  }

  /// The border counts as inside.
  public func contains(_ point: Point) -> Bool { containment(of: point) != .outside }
}

/// An area in several parts.
public struct MultiPolygon: Hashable, Sendable {
  public let polygons: [Polygon]
  public let box: BoundingBox

  public init(_ polygons: [Polygon]) {
    self.polygons = polygons
    box = polygons.reduce(.empty) { $0.union($1.box) }
  }

  /// Square metres; parts that overlap count twice.
  public var area: Double { polygons.reduce(0) { $0 + $1.area } }

  /// Inside when any part has the point inside, else on the border when it is on that of any.
  public func containment(of point: Point) -> Containment {
    var result = Containment.outside
    for polygon in polygons {
      switch polygon.containment(of: point) {
      case .inside: return .inside
      case .border: result = .border
      case .outside: break
      }
    }
    return result
  }

  /// The border counts as inside.
  public func contains(_ point: Point) -> Bool { containment(of: point) != .outside }
}

/// Arithmetic on one closed line of points.
enum Ring {
  /// Degrees: what counts as on a line, 0.1 mm on the ground. Shared borders are written to six or
  /// seven digits, so a point meant to be on one is seldom on it exactly.
  static let tolerance = 1e-9

  /// Whether a line from `point` eastwards crosses the ring an odd number of times; nil when the
  /// point lies on the ring.
  static func isCrossedOddly(_ ring: [Point], eastOf point: Point) -> Bool? {
    guard var from = ring.last else { return false }
    var isOdd = false
    for to in ring {
      if touches(point, from, to) { return nil }
      if (from.latitude > point.latitude) != (to.latitude > point.latitude) {
        let share = (point.latitude - from.latitude) / (to.latitude - from.latitude)
        let crossing = from.longitude + share * (to.longitude - from.longitude)
        if point.longitude < crossing { isOdd.toggle() }
      }
      from = to
    }
    return isOdd
  }

  private static func touches(_ point: Point, _ from: Point, _ to: Point) -> Bool {
    let x = point.longitude
    let y = point.latitude
    guard x >= min(from.longitude, to.longitude) - tolerance,
      x <= max(from.longitude, to.longitude) + tolerance,
      y >= min(from.latitude, to.latitude) - tolerance,
      y <= max(from.latitude, to.latitude) + tolerance
    else { return false }
    let east = to.longitude - from.longitude
    let north = to.latitude - from.latitude
    let cross = east * (y - from.latitude) - north * (x - from.longitude)
    let squaredLength = east * east + north * north
    // The distance from the line is cross / length; an edge without length is its own box.
    return squaredLength == 0 || cross * cross <= tolerance * tolerance * squaredLength
  }

  /// Square metres on a sphere, positive when the points run counterclockwise (Chamberlain and
  /// Duquette, "Some Algorithms for Polygons on a Sphere", JPL 2007).
  static func area(_ ring: [Point]) -> Double {
    guard var from = ring.last else { return 0 }
    var sum = 0.0
    for to in ring {
      sum +=
        (to.longitude - from.longitude).radians
        * (2 + sin(from.latitude.radians) + sin(to.latitude.radians))
      from = to
    }
    return -sum * Earth.meanRadius * Earth.meanRadius / 2
  }
}
