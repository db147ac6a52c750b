import Base
import Testing

/// What areas have in common, and rings that cross themselves.
@Suite struct OverlapTests {
  private func box(_ west: Double, _ south: Double, _ width: Double, _ height: Double)
    -> MultiPolygon
  {
    let corners = [(0.0, 0.0), (width, 0), (width, height), (0, height)]
    return MultiPolygon([
      Polygon(
        outer: corners.map { Point(latitude: south + $0.1, longitude: west + $0.0) })
    ])
  }

  @Test("a border in common is no overlap; a stretch in common is, as a share of the smaller one")
  func shares() {
    let left = box(121, 31, 0.1, 0.1)
    #expect(left.overlap(with: box(121.1, 31, 0.1, 0.1)) == 0)
    #expect(left.overlap(with: box(122, 31, 0.1, 0.1)) == 0)
    #expect(abs(left.overlap(with: box(121.09, 31, 0.1, 0.1)) - 0.1) < 0.001)
    #expect(abs(left.overlap(with: box(121.02, 31.02, 0.02, 0.02)) - 1) < 0.001)
    #expect(left.share(within: left) == 1)
    #expect(abs(left.share(within: box(121, 31, 0.1, 0.05)) - 0.5) < 0.005)
    #expect(MultiPolygon([]).overlap(with: left) == 0)
  }

  @Test("a hole is not within")
  func hole() {
    let outer = box(121, 31, 0.1, 0.1).polygons[0].outer
    let inner = box(121.025, 31.025, 0.05, 0.05).polygons[0].outer
    let ring = MultiPolygon([Polygon(outer: outer, holes: [inner])])
    #expect(ring.overlap(with: box(121.03, 31.03, 0.02, 0.02)) == 0)
    #expect(abs(box(121, 31, 0.1, 0.1).share(within: ring) - 0.75) < 0.005)
  }

  @Test("a bow tie crosses itself, where it does; what touches itself does not")
  func crossing() throws {
    func ring(_ points: [(Double, Double)]) -> MultiPolygon {
      MultiPolygon([Polygon(outer: points.map { Point(latitude: $0.1, longitude: $0.0) })])
    }
    #expect(box(121, 31, 1, 1).selfCrossing == nil)
    let tie = try #require(ring([(0, 0), (2, 2), (2, 0), (0, 2)]).selfCrossing)
    #expect(abs(tie.latitude - 1) < 1e-9 && abs(tie.longitude - 1) < 1e-9)
    #expect(ring([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 1)]).selfCrossing == nil)
    #expect(ring([(0, 0), (4, 0), (4, 4), (3, 4), (3, -1), (2, 4), (0, 4)]).selfCrossing != nil)
  }
}
