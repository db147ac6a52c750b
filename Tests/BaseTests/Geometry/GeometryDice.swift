import Base

/// A generator whose draws a failing test can repeat.
struct GeometryDice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A point somewhere in a box.
  mutating func point(in box: BoundingBox) -> Point {
    Point(
      latitude: .random(in: box.south...box.north, using: &self),
      longitude: .random(in: box.west...box.east, using: &self))
  }
}

/// A rectangle as an area.
func rectangle(
  south: Double, west: Double, north: Double, east: Double
) -> Polygon {
  Polygon(outer: [
    Point(latitude: south, longitude: west), Point(latitude: south, longitude: east),
    Point(latitude: north, longitude: east), Point(latitude: north, longitude: west),
  ])
}
