import Foundation

/// How coordinates were measured where they come from; everything is kept as WGS-84.
public enum CoordinateSystem: String, Sendable, CaseIterable, Codable {
  case wgs84
  /// The shifted coordinates of Chinese maps for the public (Amap, Tencent), 100 to 700 m away.
  case gcj02
  /// The national system of China. Its ellipsoid differs from that of WGS-84 in the flattening only,
  /// 0.11 mm at most on the ground, and its frame (ITRF97 at 2000.0) agrees with WGS-84 (G1150) to
  /// centimetres: Yang Yuanxi, "Chinese geodetic coordinate system 2000", Chinese Science Bulletin
  /// 54 (2009), pp. 2714–2721. Since 2000 the plate has moved about 3 cm a year on top of that.
  /// Taken as WGS-84 therefore: no boundary here is drawn as finely.
  case cgcs2000

  /// The place in WGS-84 of coordinates in this system; those of GCJ-02 to better than 1e-6 degrees.
  public func wgs84(_ point: Point) -> Point {
    self == .gcj02 ? ShiftedDatum.unshifted(point) : point
  }

  /// The coordinates in this system of a place in WGS-84.
  public func coordinates(of point: Point) -> Point {
    self == .gcj02 ? ShiftedDatum.shifted(point) : point
  }

  /// A whole area, point by point.
  public func wgs84(_ shape: MultiPolygon) -> MultiPolygon {
    guard self == .gcj02 else { return shape }
    return MultiPolygon(
      shape.polygons.map { polygon in
        Polygon(
          outer: polygon.outer.map(wgs84), holes: polygon.holes.map { $0.map(wgs84) })
      })
  }
}

/// The shift of GCJ-02, as published (the algorithm known as eviltransform).
private enum ShiftedDatum {
  /// The Krasovsky ellipsoid of 1940: semi-major axis in metres, square of the eccentricity.
  private static let axis = 6_378_245.0
  private static let eccentricity = 0.00669342162296594323

  static func shifted(_ point: Point) -> Point {
    guard isShifted(point) else { return point }
    let (north, east) = metres(x: point.longitude - 105, y: point.latitude - 35)
    let sine = sin(point.latitude.radians)
    let magic = 1 - eccentricity * sine * sine
    let root = magic.squareRoot()
    let meridian = axis * (1 - eccentricity) / (magic * root)
    let parallel = axis / root * cos(point.latitude.radians)
    return Point(
      latitude: point.latitude + north / meridian * 180 / .pi,
      longitude: point.longitude + east / parallel * 180 / .pi)
  }

  /// There is no closed inverse. The shift changes slowly from place to place, so correcting a guess
  /// by its error comes a hundred times nearer with each step.
  static func unshifted(_ point: Point) -> Point {
    guard isShifted(point) else { return point }
    var guess = point
    for _ in 0..<20 {
      let found = shifted(guess)
      let north = point.latitude - found.latitude
      let east = point.longitude - found.longitude
      guess = Point(latitude: guess.latitude + north, longitude: guess.longitude + east)
      if abs(north) < 1e-11, abs(east) < 1e-11 { break }
    }
    return guess
  }

  /// The rectangle within which the published algorithm shifts.
  private static func isShifted(_ point: Point) -> Bool {
    (0.8293...55.8271).contains(point.latitude) && (72.004...137.8347).contains(point.longitude)
  }

  private static func metres(x: Double, y: Double) -> (north: Double, east: Double) {
    let root = abs(x).squareRoot()
    let ripple = waves(x, (20, 6), (20, 2))
    let north =
      -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
      + waves(y, (20, 1), (40, 1 / 3)) + waves(y, (160, 1 / 12), (320, 1 / 30))
    let east =
      300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
      + waves(x, (20, 1), (40, 1 / 3)) + waves(x, (150, 1 / 12), (300, 1 / 30))
    return (north, east)
  }

  private static func waves(
    _ value: Double, _ parts: (height: Double, turns: Double)...
  ) -> Double {
    parts.reduce(0) { $0 + $1.height * sin($1.turns * value * .pi) } * 2 / 3
  }
}
