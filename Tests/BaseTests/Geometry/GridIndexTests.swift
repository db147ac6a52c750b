import Base
import Testing

@Suite struct GridIndexTests {
  private typealias Entry = GridIndex.Entry

  private func entry(
    _ level: Int, _ code: String, south: Double, west: Double, north: Double, east: Double
  ) -> Entry {
    Entry(
      level: level, code: code,
      shape: MultiPolygon([rectangle(south: south, west: west, north: north, east: east)]))
  }

  private func codes(_ entries: [Entry], _ latitude: Double, _ longitude: Double) -> [String] {
    GridIndex(entries).entries(at: Point(latitude: latitude, longitude: longitude)).map(\.code)
  }

  @Test("one area of each level, by level; levels without one are left out")
  func levels() {
    let entries = [
      entry(3, "c", south: 1, west: 1, north: 2, east: 2),
      entry(1, "a", south: 0, west: 0, north: 9, east: 9),
      entry(2, "b", south: 0, west: 0, north: 5, east: 5),
    ]
    #expect(codes(entries, 1.5, 1.5) == ["a", "b", "c"])
    #expect(codes(entries, 3, 3) == ["a", "b"])
    #expect(codes(entries, 7, 7) == ["a"])
    #expect(codes(entries, 10, 10) == [])
    #expect(codes(entries, .nan, 1) == [])
    #expect(codes([], 1, 1) == [])
    let index = GridIndex(entries)
    #expect(index.entry(at: Point(latitude: 3, longitude: 3), level: 2)?.code == "b")
    #expect(index.entry(at: Point(latitude: 3, longitude: 3), level: 3) == nil)
  }

  @Test("where areas of a level overlap, the smallest wins, whatever its code")
  func smallestWins() {
    let entries = [
      entry(1, "a", south: 0, west: 0, north: 4, east: 4),
      entry(1, "z", south: 1, west: 1, north: 2, east: 2),
    ]
    #expect(codes(entries, 1.5, 1.5) == ["z"])
    #expect(codes(entries, 3, 3) == ["a"])
    // The edge of the smaller one belongs to it.
    #expect(codes(entries, 1, 1.5) == ["z"])
  }

  @Test("on a border that areas share, the lower code wins, whatever their sizes")
  func lowerCodeOnBorders() {
    let large = entry(1, "a", south: 0, west: 0, north: 4, east: 4)
    let small = entry(1, "b", south: 0, west: 4, north: 1, east: 5)
    #expect(codes([small, large], 0.5, 4) == ["a"])
    #expect(codes([small, large], 0.5, 4.1) == ["b"])
    #expect(codes([small, large], 0.5, 3.9) == ["a"])
    // A third that holds the point within and is larger than both does not change that.
    let whole = entry(1, "0", south: -9, west: -9, north: 9, east: 9)
    #expect(codes([small, whole, large], 0.5, 4) == ["a"])
    // One that is smaller than both does.
    let tiny = entry(1, "z", south: 0.4, west: 3.9, north: 0.6, east: 4.1)
    #expect(codes([small, tiny, large], 0.5, 4) == ["z"])
  }

  @Test("two areas alike: the lower code")
  func alike() {
    let entries = ["b", "a", "c"].map {
      entry(1, $0, south: 0, west: 0, north: 1, east: 1)
    }
    #expect(codes(entries, 0.5, 0.5) == ["a"])
    #expect(codes(entries, 0, 0.5) == ["a"])
  }

  @Test("the index finds what asking every area finds, also on corners and edges")
  func againstBruteForce() {
    var dice = GeometryDice(seed: 1)
    var entries: [Entry] = []
    for index in 0..<150 {
      let south = Double(Int.random(in: 0..<20, using: &dice))
      let west = Double(Int.random(in: 0..<20, using: &dice))
      entries.append(
        entry(
          Int.random(in: 1...3, using: &dice), "\(1000 + index)", south: south, west: west,
          north: south + Double(Int.random(in: 1...6, using: &dice)),
          east: west + Double(Int.random(in: 1...6, using: &dice))))
    }
    let index = GridIndex(entries)
    for _ in 0..<1500 {
      let point = Point(
        latitude: Double(Int.random(in: -2...54, using: &dice)) / 2,
        longitude: Double(Int.random(in: -2...54, using: &dice)) / 2)
      #expect(index.entries(at: point) == bruteForce(entries, point))
    }
  }

  /// The rule as it is told: among those that hold the point the smallest; if the point is on its
  /// border, the lowest code of those it is on the border of and no larger one holds it before.
  private func bruteForce(_ entries: [Entry], _ point: Point) -> [Entry] {
    Set(entries.map(\.level)).sorted().compactMap { level in
      let all = entries.filter { $0.level == level && $0.shape.contains(point) }
      let rank = { (entry: Entry) in (entry.shape.area, entry.code) }
      let within = all.filter { $0.shape.containment(of: point) == .inside }
        .min { rank($0) < rank($1) }
      let smaller = all.filter { other in
        other.shape.containment(of: point) == .border
          && within.map { rank(other) < rank($0) } ?? true
      }
      return smaller.min { $0.code < $1.code } ?? within
    }
  }
}
