/// Finds, for a point, the one area of each level it falls into.
///
/// The smallest area that holds the point wins; on a border that areas share, the lower code.
public struct GridIndex: Sendable {
  /// An area of the tree: a district, a street, a grid.
  public struct Entry: Hashable, Sendable {
    /// Areas of one level compete for a point; those of different levels do not.
    public let level: Int
    /// Unique within its level.
    public let code: String
    public let shape: MultiPolygon

    public init(level: Int, code: String, shape: MultiPolygon) {
      self.level = level
      self.code = code
      self.shape = shape
    }
  }

  private struct Candidate {
    let entry: Entry
    let area: Double
  }

  /// By level, then area, then code: the order in which they win.
  private let candidates: [Candidate]
  private let raster: Raster

  public init(_ entries: some Sequence<Entry>) {
    candidates = entries.filter { !$0.shape.box.isEmpty }
      .map { Candidate(entry: $0, area: $0.shape.area) }
      .sorted { left, right in
        (left.entry.level, left.area, left.entry.code)
          < (right.entry.level, right.area, right.entry.code)
      }
    raster = Raster(candidates.map { $0.entry.shape.box.widened(by: Ring.tolerance) })
  }

  /// The area of each level the point falls into, by ascending level; levels where it falls into
  /// none are left out.
  public func entries(at point: Point) -> [Entry] {
    var found: [Entry] = []
    /// The lowest code of the level whose border the point is on, when nothing smaller holds it.
    var bordering: Entry?
    for index in raster.members(at: point) {
      let entry = candidates[Int(index)].entry
      if entry.level == found.last?.level { continue }
      if let waiting = bordering, waiting.level != entry.level {
        found.append(waiting)
        bordering = nil
      }
      switch entry.shape.containment(of: point) {
      case .outside: break
      case .inside:
        found.append(bordering ?? entry)
        bordering = nil
      case .border:
        bordering = bordering.map { $0.code < entry.code ? $0 : entry } ?? entry
      }
    }
    if let bordering { found.append(bordering) }
    return found
  }

  /// The area of one level the point falls into.
  public func entry(at point: Point, level: Int) -> Entry? {
    entries(at: point).first { $0.level == level }
  }
}

/// Boxes sorted into the cells of a grid of equal rectangles.
private struct Raster: Sendable {
  private let box: BoundingBox
  private let side: Int
  /// Where each cell's members begin in `items`; one more than there are cells.
  private var starts: [Int32]
  private var items: [Int32]

  init(_ boxes: [BoundingBox]) {
    box = boxes.reduce(.empty) { $0.union($1) }
    // About four cells for each box, so that a cell meets few.
    side = min(512, max(1, Int(Double(boxes.count * 4).squareRoot())))
    starts = Array(repeating: 0, count: side * side + 1)
    items = []
    fill(boxes)
  }

  /// The indices of the boxes that meet the point's cell, ascending.
  func members(at point: Point) -> ArraySlice<Int32> {
    guard box.contains(point) else { return [] }
    let cell = row(point.latitude) * side + column(point.longitude)
    return items[Int(starts[cell])..<Int(starts[cell + 1])]
  }

  /// Counts, then places: two passes and no array per cell.
  private mutating func fill(_ boxes: [BoundingBox]) {
    var counts = starts
    for box in boxes { forEachCell(of: box) { counts[$0 + 1] += 1 } }
    for cell in 0..<(side * side) { counts[cell + 1] += counts[cell] }
    starts = counts
    var places = Array(repeating: Int32(0), count: Int(counts[side * side]))
    for (index, box) in boxes.enumerated() {
      forEachCell(of: box) { cell in
        places[Int(counts[cell])] = Int32(index)
        counts[cell] += 1
      }
    }
    items = places
  }

  private func forEachCell(of box: BoundingBox, _ body: (Int) -> Void) {
    for row in row(box.south)...row(box.north) {
      for column in column(box.west)...column(box.east) { body(row * side + column) }
    }
  }

  private func row(_ latitude: Double) -> Int {
    place(latitude - box.south, of: box.north - box.south)
  }

  private func column(_ longitude: Double) -> Int {
    place(longitude - box.west, of: box.east - box.west)
  }

  private func place(_ offset: Double, of extent: Double) -> Int {
    extent > 0 ? min(side - 1, max(0, Int(offset / extent * Double(side)))) : 0
  }
}
