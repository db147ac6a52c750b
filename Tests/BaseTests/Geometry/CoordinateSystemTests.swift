import Base
import Testing

@Suite struct CoordinateSystemTests {
  @Test(
    "the published examples of GCJ-02, both ways",
    arguments: [
      // Shanghai, Shenzhen, Beijing: the test vectors of eviltransform.
      (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
      (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
      (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
    ])
  func publishedExamples(
    latitude: Double, longitude: Double, shiftedLatitude: Double, shiftedLongitude: Double
  ) {
    let earth = Point(latitude: latitude, longitude: longitude)
    let map = Point(latitude: shiftedLatitude, longitude: shiftedLongitude)
    let shifted = CoordinateSystem.gcj02.coordinates(of: earth)
    #expect(abs(shifted.latitude - map.latitude) < 1e-9)
    #expect(abs(shifted.longitude - map.longitude) < 1e-9)
    let back = CoordinateSystem.gcj02.wgs84(map)
    #expect(abs(back.latitude - earth.latitude) < 1e-9)
    #expect(abs(back.longitude - earth.longitude) < 1e-9)
  }

  @Test("the shift of any place in China can be undone to a millionth of a degree")
  func inverse() {
    var dice = GeometryDice(seed: 1)
    let china = BoundingBox(south: 18, west: 73.5, north: 53.6, east: 135.1)
    var furthest = 0.0
    var worst = 0.0
    for _ in 0..<5000 {
      let point = dice.point(in: china)
      let shifted = CoordinateSystem.gcj02.coordinates(of: point)
      let back = CoordinateSystem.gcj02.wgs84(shifted)
      furthest = max(furthest, point.distance(to: shifted))
      worst = max(
        worst, abs(back.latitude - point.latitude), abs(back.longitude - point.longitude))
    }
    #expect(worst < 1e-6)
    #expect((300...1500).contains(furthest))
  }

  @Test("no shift outside China, nor in the other systems")
  func unshifted() {
    let boston = Point(latitude: 42.2715, longitude: -71.0772)
    let shanghai = Point(latitude: 31.2, longitude: 121.4)
    #expect(CoordinateSystem.gcj02.wgs84(boston) == boston)
    #expect(CoordinateSystem.gcj02.coordinates(of: boston) == boston)
    for system in [CoordinateSystem.wgs84, .cgcs2000] {
      #expect(system.wgs84(shanghai) == shanghai)
      #expect(system.coordinates(of: shanghai) == shanghai)
    }
  }
}
