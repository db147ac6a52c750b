import Base

/// A rectangle of land cut into cells by lines that are bent and wiggled, yet shared: cells that
/// meet have the very same points on their common edge, so that no gap and no overlap can be.
struct TownLattice: Sendable {
  /// A place where lines cross, counted from the south-west corner.
  struct Crossing: Hashable, Sendable {
    let column: Int
    let row: Int
  }

  /// A field between four lines, by its south-western crossing.
  struct Cell: Hashable, Sendable {
    let column: Int
    let row: Int

    /// Its edges, counterclockwise.
    var edges: [Edge] {
      let southWest = Crossing(column: column, row: row)
      let southEast = Crossing(column: column + 1, row: row)
      let northEast = Crossing(column: column + 1, row: row + 1)
      let northWest = Crossing(column: column, row: row + 1)
      return [
        Edge(from: southWest, to: southEast), Edge(from: southEast, to: northEast),
        Edge(from: northEast, to: northWest), Edge(from: northWest, to: southWest),
      ]
    }
  }

  /// A stretch of a line from one crossing to the next.
  struct Edge: Hashable, Sendable {
    let from: Crossing
    let to: Crossing

    var reversed: Edge { Edge(from: to, to: from) }
    /// Eastwards and northwards, the direction in which edges are drawn.
    var isForward: Bool { to.column > from.column || to.row > from.row }
  }

  private let crossings: [Crossing: Metres]
  /// The points within each forward edge, without its ends.
  private let bends: [Edge: [Metres]]
  private let origin: Point

  /// - Parameters:
  ///   - origin: the south-western corner.
  ///   - columns: where the lines that run north stand, metres east of the corner, ascending.
  ///   - rows: where the lines that run east lie, metres north of it.
  init(
    origin: Point, columns: [Double], rows: [Double], using generator: inout SeededGenerator
  ) {
    self.origin = origin
    var crossings: [Crossing: Metres] = [:]
    for column in columns.indices {
      for row in rows.indices {
        let reach = min(Self.gap(columns, column), Self.gap(rows, row)) * 0.12
        crossings[Crossing(column: column, row: row)] = Metres(
          east: columns[column] + generator.number(in: -reach...reach),
          north: rows[row] + generator.number(in: -reach...reach))
      }
    }
    self.crossings = crossings
    var bends: [Edge: [Metres]] = [:]
    for row in rows.indices {
      for column in columns.indices {
        let from = Crossing(column: column, row: row)
        for to in [
          Crossing(column: column + 1, row: row), Crossing(column: column, row: row + 1),
        ] {
          guard let start = crossings[from], let end = crossings[to] else { continue }
          bends[Edge(from: from, to: to)] = Self.bends(start, end, using: &generator)
        }
      }
    }
    self.bends = bends
  }

  private static func gap(_ lines: [Double], _ index: Int) -> Double {
    let below = index > 0 ? lines[index] - lines[index - 1] : .infinity
    let above = index + 1 < lines.count ? lines[index + 1] - lines[index] : .infinity
    return min(below, above)
  }

  /// Seven points between two, each a little off the straight line of its neighbours.
  private static func bends(
    _ start: Metres, _ end: Metres, using generator: inout SeededGenerator
  ) -> [Metres] {
    var line = [start, end]
    for reach in [0.07, 0.06, 0.04] {
      line =
        zip(line, line.dropFirst()).flatMap { from, to in
          [from, Metres.between(from, to, off: generator.number(in: -reach...reach))]
        } + [end]
    }
    return Array(line.dropFirst().dropLast())
  }

  /// The outline of cells that hang together by edges and leave no hole.
  func polygon(of cells: some Collection<Cell>) -> Polygon {
    let edges = Set(cells.flatMap(\.edges))
    // What two cells share is run through in both directions and falls away.
    let outline = edges.filter { !edges.contains($0.reversed) }
    let next = Dictionary(outline.map { ($0.from, $0) }, uniquingKeysWith: { first, _ in first })
    let starts = outline.map(\.from).min {
      ($0.row, $0.column) < ($1.row, $1.column)
    }
    guard let start = starts else { return Polygon(outer: []) }
    var points: [Point] = []
    var at = start
    repeat {
      guard let edge = next[at] else { break }
      points += self.points(along: edge).dropLast()
      at = edge.to
    } while at != start
    return Polygon(outer: points)
  }

  /// The line through crossings in a row, each next to the one before.
  func line(through crossings: [Crossing]) -> [Point] {
    guard let first = crossings.first.flatMap({ self.crossings[$0] }) else { return [] }
    return zip(crossings, crossings.dropFirst()).reduce(into: [point(first)]) { line, pair in
      line += points(along: Edge(from: pair.0, to: pair.1)).dropFirst()
    }
  }

  /// An edge's points, its ends included.
  private func points(along edge: Edge) -> [Point] {
    let forward = edge.isForward ? edge : edge.reversed
    guard let start = crossings[forward.from], let end = crossings[forward.to] else { return [] }
    let line = ([start] + (bends[forward] ?? []) + [end]).map(point)
    return edge.isForward ? line : line.reversed()
  }

  private func point(_ metres: Metres) -> Point { metres.point(from: origin) }
}

/// A place on flat land, in metres from a corner: good for a few kilometres.
struct Metres: Hashable, Sendable {
  var east: Double
  var north: Double

  /// Metres of one degree at 31.6° north, on WGS-84.
  private static let perDegreeEast = 94_870.0
  private static let perDegreeNorth = 110_870.0

  /// Half-way, and off the straight line by a share of its length.
  static func between(_ start: Metres, _ end: Metres, off share: Double) -> Metres {
    Metres(
      east: (start.east + end.east) / 2 - (end.north - start.north) * share,
      north: (start.north + end.north) / 2 + (end.east - start.east) * share)
  }

  /// To seven digits, a centimetre, as boundaries are published.
  func point(from origin: Point) -> Point {
    Point(
      latitude: Self.rounded(origin.latitude + north / Self.perDegreeNorth),
      longitude: Self.rounded(origin.longitude + east / Self.perDegreeEast))
  }

  init(east: Double, north: Double) {
    self.east = east
    self.north = north
  }

  init(_ point: Point, from origin: Point) {
    east = (point.longitude - origin.longitude) * Self.perDegreeEast
    north = (point.latitude - origin.latitude) * Self.perDegreeNorth
  }

  private static func rounded(_ degrees: Double) -> Double { (degrees * 1e7).rounded() / 1e7 }
}
