import Foundation
import Testing

@testable import Base

@Suite struct PolygonTests {
  private func at(_ latitude: Double, _ longitude: Double) -> Point {
    Point(latitude: latitude, longitude: longitude)
  }

  private let square = rectangle(south: 31, west: 121, north: 31.02, east: 121.02)

  @Test("distances agree with known ones")
  func distances() {
    // One degree of a great circle of the mean sphere.
    #expect(abs(at(0, 0).distance(to: at(1, 0)) - 111_195.08) < 0.01)
    #expect(abs(at(0, 179.5).distance(to: at(0, -179.5)) - 111_195.08) < 0.01)
    #expect(abs(at(0, 0).distance(to: at(0, 180)) - .pi * 6_371_008.8) < 0.01)
    // Shanghai to Beijing, 1,078,164 m on a sphere of 6,378,137 m (eviltransform's own test).
    let far = at(31.17530398364597, 121.531541859215)
      .distance(to: at(39.91334545536069, 116.38404722455657))
    #expect(abs(far * 6_378_137 / 6_371_008.8 - 1_078_164) < 1)
    #expect(at(31.2, 121.4).distance(to: at(31.2, 121.4)) == 0)
  }

  @Test("points within, without, on edges and on corners")
  func containment() {
    #expect(square.containment(of: at(31.01, 121.01)) == .inside)
    #expect(square.containment(of: at(31.03, 121.01)) == .outside)
    #expect(square.containment(of: at(31.01, 120.99)) == .outside)
    for point in [at(31, 121), at(31.02, 121.02), at(31.01, 121), at(31.02, 121.01)] {
      #expect(square.containment(of: point) == .border)
      #expect(square.contains(point))
    }
    #expect(square.containment(of: at(31.0200001, 121.01)) == .outside)
  }

  @Test("a hole is outside, its edge is border, an island in it is inside")
  func holes() {
    let hole = rectangle(south: 31.005, west: 121.005, north: 31.015, east: 121.015)
    let island = rectangle(south: 31.008, west: 121.008, north: 31.012, east: 121.012)
    let ring = Polygon(outer: square.outer, holes: [hole.outer])
    let both = MultiPolygon([ring, island])
    #expect(ring.containment(of: at(31.006, 121.006)) == .outside)
    #expect(ring.containment(of: at(31.005, 121.01)) == .border)
    #expect(ring.containment(of: at(31.002, 121.01)) == .inside)
    #expect(both.containment(of: at(31.01, 121.01)) == .inside)
    #expect(both.containment(of: at(31.012, 121.01)) == .border)
    #expect(both.containment(of: at(31.006, 121.006)) == .outside)
    #expect(abs(ring.area - (square.area - hole.area)) < 1e-6)
    #expect(both.area == ring.area + island.area)
  }

  @Test("neither the direction of a ring nor where it begins matters")
  func direction() {
    var dice = GeometryDice(seed: 1)
    let turned = Polygon(outer: square.outer.reversed())
    let rolled = Polygon(outer: Array(square.outer[2...] + square.outer[..<2]))
    for _ in 0..<200 {
      let point = dice.point(in: square.box.widened(by: 0.01))
      #expect(turned.containment(of: point) == square.containment(of: point))
      #expect(rolled.containment(of: point) == square.containment(of: point))
    }
    #expect(abs(turned.area - square.area) < 1e-3)
    #expect(abs(rolled.area - square.area) < 1e-3)
  }

  @Test("areas agree with the sphere's own formula")
  func areas() {
    // Between two parallels: R² Δλ (sin φ₂ - sin φ₁); the trapezium rule differs by 1e-8 here.
    let radius = 6_371_008.8
    let exact =
      radius * radius * (0.02 * .pi / 180)
      * (sin(31.02 * .pi / 180) - sin(31 * .pi / 180))
    #expect(abs(square.area / exact - 1) < 1e-6)
    #expect(Polygon(outer: []).area == 0)
    #expect(Ring.area(square.outer) > 0)
    #expect(Ring.area(square.outer.reversed()) < 0)
  }

  @Test("points drawn on slanting edges are on the border; a metre away they are not")
  func slantingEdges() {
    var dice = GeometryDice(seed: 2)
    for _ in 0..<500 {
      let outer = (0..<3).map { _ in dice.point(in: square.box) }
      let triangle = Polygon(outer: outer)
      guard triangle.area > 10_000 else { continue }
      let share = Double.random(in: 0...1, using: &dice)
      let edge = at(
        outer[0].latitude + share * (outer[1].latitude - outer[0].latitude),
        outer[0].longitude + share * (outer[1].longitude - outer[0].longitude))
      #expect(triangle.containment(of: edge) == .border)
      let middle = at(
        outer.map(\.latitude).reduce(0, +) / 3, outer.map(\.longitude).reduce(0, +) / 3)
      #expect(triangle.containment(of: middle) == .inside)
      let beyond = at(
        outer[2].latitude + 3 * (middle.latitude - outer[2].latitude),
        outer[2].longitude + 3 * (middle.longitude - outer[2].longitude))
      #expect(triangle.containment(of: beyond) == .outside)
    }
  }

  @Test("a ring that crosses itself is read by the even-odd rule")
  func selfCrossing() {
    let star = Polygon(
      outer: [0, 2, 4, 1, 3].map { (corner: Int) in
        let angle = Double(corner) * 2 * .pi / 5
        return at(31 + cos(angle) / 100, 121 + sin(angle) / 100)
      })
    #expect(star.containment(of: at(31, 121)) == .outside)
    #expect(star.containment(of: at(31.008, 121)) == .inside)
  }

  @Test("boxes meet, join and hold their edges")
  func boxes() {
    let box = square.box
    #expect(box == BoundingBox(south: 31, west: 121, north: 31.02, east: 121.02))
    #expect(box.contains(at(31.02, 121)))
    #expect(!box.contains(at(31.03, 121)))
    #expect(!BoundingBox.empty.contains(at(0, 0)))
    #expect(BoundingBox.empty.isEmpty)
    #expect(BoundingBox.empty.union(box) == box)
    #expect(!BoundingBox.empty.meets(box))
    #expect(box.meets(BoundingBox(south: 31.02, west: 121.02, north: 32, east: 122)))
    #expect(!box.meets(BoundingBox(south: 31.03, west: 121, north: 32, east: 122)))
  }

  @Test("numbers beyond the earth are not a place")
  func validity() {
    #expect(at(31, 121).isValid)
    #expect(!at(121, 31).isValid)
    #expect(!at(.nan, 31).isValid)
    #expect(!at(31, .infinity).isValid)
  }
}
