import Foundation

/// What two areas have in common, and whether a ring crosses itself.
extension MultiPolygon {
  /// How many parallels an area is measured along.
  private static let lines = 256

  /// How much of the area lies within another, from 0 to 1: measured along parallels, so that a border
  /// that both share counts for nothing, however many points it has. Exact to some thousandths of what
  /// is cut off.
  public func share(within other: MultiPolygon) -> Double {
    let (own, common) = measured(against: other)
    return own > 0 ? common / own : 0
  }

  /// What both have in common, as a share of the smaller one.
  public func overlap(with other: MultiPolygon) -> Double {
    guard box.meets(other.box) else { return 0 }
    return max(share(within: other), other.share(within: self))
  }

  /// The lengths of the parallels that lie in the area, and in both.
  private func measured(against other: MultiPolygon) -> (own: Double, common: Double) {
    let height = box.north - box.south
    guard height > 0 else { return (0, 0) }
    var (own, common) = (0.0, 0.0)
    for line in 0..<Self.lines {
      let latitude = box.south + (Double(line) + 0.5) / Double(Self.lines) * height
      let width = cos(latitude.radians)
      let here = spans(at: latitude)
      own += width * here.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
      guard !here.isEmpty, latitude >= other.box.south, latitude <= other.box.north else {
        continue
      }
      common += width * Self.common(here, other.spans(at: latitude))
    }
    return (own, common)
  }

  /// The stretches of longitude that lie within at a latitude, by the even-odd rule, in order.
  private func spans(at latitude: Double) -> [ClosedRange<Double>] {
    var all: [ClosedRange<Double>] = []
    for polygon in polygons where polygon.box.south <= latitude && latitude <= polygon.box.north {
      var crossings: [Double] = []
      for ring in CollectionOfOne(polygon.outer) + polygon.holes {
        guard var from = ring.last else { continue }
        for to in ring {
          if (from.latitude > latitude) != (to.latitude > latitude) {
            let share = (latitude - from.latitude) / (to.latitude - from.latitude)
            crossings.append(from.longitude + share * (to.longitude - from.longitude))
          }
          from = to
        }
      }
      crossings.sort()
      for index in stride(from: 0, to: crossings.count - 1, by: 2) {
        all.append(crossings[index]...crossings[index + 1])
      }
    }
    return all.sorted { $0.lowerBound < $1.lowerBound }
  }

  private static func common(
    _ left: [ClosedRange<Double>], _ right: [ClosedRange<Double>]
  ) -> Double {
    var sum = 0.0
    var (one, two) = (0, 0)
    while one < left.count, two < right.count {
      let from = max(left[one].lowerBound, right[two].lowerBound)
      let to = min(left[one].upperBound, right[two].upperBound)
      if to > from { sum += to - from }
      if left[one].upperBound < right[two].upperBound { one += 1 } else { two += 1 }
    }
    return sum
  }

  /// A place where one of its rings crosses itself; nil where none does. Rings that touch themselves in a
  /// point do not.
  public var selfCrossing: Point? {
    for polygon in polygons {
      for ring in CollectionOfOne(polygon.outer) + polygon.holes {
        if let found = Ring.crossing(ring) { return found }
      }
    }
    return nil
  }
}

extension Ring {
  /// Where two edges of a ring cross that are no neighbours. Edges are looked through from the south, so
  /// that only those are compared which have latitudes in common.
  static func crossing(_ ring: [Point]) -> Point? {
    guard ring.count > 3 else { return nil }
    let edges = ring.indices.map { (index: $0, from: ring[$0], to: ring[($0 + 1) % ring.count]) }
      .sorted { min($0.from.latitude, $0.to.latitude) < min($1.from.latitude, $1.to.latitude) }
    for (place, edge) in edges.enumerated() {
      let top = max(edge.from.latitude, edge.to.latitude)
      for other in edges[(place + 1)...] {
        if min(other.from.latitude, other.to.latitude) > top { break }
        let apart = abs(edge.index - other.index)
        if apart <= 1 || apart == ring.count - 1 { continue }
        if let point = crossing(edge.from, edge.to, other.from, other.to) { return point }
      }
    }
    return nil
  }

  /// Where two edges cross within both, not where they touch.
  private static func crossing(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Point? {
    func side(_ from: Point, _ to: Point, _ point: Point) -> Double {
      (to.longitude - from.longitude) * (point.latitude - from.latitude)
        - (to.latitude - from.latitude) * (point.longitude - from.longitude)
    }
    let (first, second) = (side(a, b, c), side(a, b, d))
    let (third, fourth) = (side(c, d, a), side(c, d, b))
    // What is on a line to within its rounding touches it.
    let least = 1e-16
    guard abs(first) > least, abs(second) > least, abs(third) > least, abs(fourth) > least,
      (first > 0) != (second > 0), (third > 0) != (fourth > 0)
    else { return nil }
    let share = third / (third - fourth)
    return Point(
      latitude: a.latitude + share * (b.latitude - a.latitude),
      longitude: a.longitude + share * (b.longitude - a.longitude))
  }
}
