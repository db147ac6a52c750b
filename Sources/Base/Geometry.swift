import Foundation

/// A place on the earth: WGS-84, in degrees.
public struct Point: Hashable, Sendable, Codable {
  /// North of the equator, -90…90.
  public let latitude: Double
  /// East of Greenwich, -180…180.
  public let longitude: Double

  public init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Both numbers are within their ranges.
  public var isValid: Bool {
    (-90...90).contains(latitude) && (-180...180).contains(longitude)
  }

  /// Metres along the surface of a sphere (haversine); within 0.6 % of the ellipsoid.
  public func distance(to other: Point) -> Double {
    let half = { (degrees: Double) in sin(degrees.radians / 2) }
    let north = half(other.latitude - latitude)
    let east = half(other.longitude - longitude)
    let haversine =
      north * north + cos(latitude.radians) * cos(other.latitude.radians) * east * east
    return 2 * Earth.meanRadius * asin(min(1, haversine.squareRoot()))
  }
}

enum Earth {
  /// Metres: (2a + b) / 3 of WGS-84 (IUGG mean radius).
  static let meanRadius = 6_371_008.8
}

extension Double {
  var radians: Double { self * .pi / 180 }
}

/// The smallest rectangle of latitudes and longitudes around something, its edges included.
///
/// Nothing here spans the 180th meridian; RFC 7946 cuts such shapes in two.
public struct BoundingBox: Hashable, Sendable {
  public private(set) var south: Double
  public private(set) var west: Double
  public private(set) var north: Double
  public private(set) var east: Double

  /// Around nothing: contains no point and meets no box.
  public static let empty = BoundingBox(
    south: .infinity, west: .infinity, north: -.infinity, east: -.infinity)

  public init(south: Double, west: Double, north: Double, east: Double) {
    self.south = south
    self.west = west
    self.north = north
    self.east = east
  }

  public init(_ points: some Sequence<Point>) {
    self = .empty
    for point in points {
      south = min(south, point.latitude)
      north = max(north, point.latitude)
      west = min(west, point.longitude)
      east = max(east, point.longitude)
    }
  }

  public var isEmpty: Bool { south > north || west > east }

  public var centre: Point {
    Point(latitude: (south + north) / 2, longitude: (west + east) / 2)
  }

  /// A point on an edge is within.
  public func contains(_ point: Point) -> Bool {
    point.latitude >= south && point.latitude <= north
      && point.longitude >= west && point.longitude <= east
  }

  /// They have at least an edge or a corner in common.
  public func meets(_ other: BoundingBox) -> Bool {
    south <= other.north && north >= other.south && west <= other.east && east >= other.west
  }

  /// The smallest box around both.
  public func union(_ other: BoundingBox) -> BoundingBox {
    BoundingBox(
      south: min(south, other.south), west: min(west, other.west),
      north: max(north, other.north), east: max(east, other.east))
  }

  /// Larger by so many degrees on every side.
  func widened(by degrees: Double) -> BoundingBox {
    BoundingBox(
      south: south - degrees, west: west - degrees, north: north + degrees, east: east + degrees)
  }
}
