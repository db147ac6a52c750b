import Base
import Store

/// What is wrong with boundaries that are brought in, beside those that are there.
public struct AreaFinding: Sendable, Equatable {
  /// What it is about.
  public enum Kind: String, Sendable, CaseIterable {
    /// A ring crosses itself.
    case crossing
    /// A part of it lies outside of the area above.
    case outside
    /// It overlaps another of its level.
    case overlap
  }

  public let kind: Kind
  /// The code of the area that is brought in, or that lies below one.
  public let area: String
  /// The area above, or the one that it overlaps.
  public let other: String?
  /// How much of it, from 0 to 1: outside, or in common as a share of the smaller one.
  public let share: Double?
  /// Where a ring crosses itself.
  public let place: Point?
  /// What `area` and `other` are called.
  public var name = ""
  public var otherName: String?

  /// Whether it is no more than real boundaries are off by.
  public var isTolerated: Bool { share.map { $0 <= AreaCheck.tolerance } ?? false }

  /// As a fault of the file.
  public var field: Fault.Field {
    var arguments = ["area": area]
    arguments["other"] = other
    arguments["share"] = share.map(Self.percent)
    arguments["name"] = name
    arguments["other-name"] = otherName
    arguments["latitude"] = place.map { Self.degrees($0.latitude) }
    arguments["longitude"] = place.map { Self.degrees($0.longitude) }
    return Fault.Field(area, "area.\(kind.rawValue)", arguments)
  }

  /// Degrees with six decimals: a tenth of a metre.
  private static func degrees(_ value: Double) -> String {
    let whole = Int((value.magnitude * 1_000_000).rounded())
    let rest = String(whole % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - rest.count)
    return "\(value < 0 ? "-" : "")\(whole / 1_000_000).\(zeros)\(rest)"
  }

  /// A share in percent with two decimals.
  public static func percent(_ share: Double) -> String {
    let hundredths = Int((share * 10_000).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// Boundaries as they will stand, compared with those that stand.
struct AreaCheck {
  /// How much real boundaries overlap or stick out without harm.
  static let tolerance = 0.001
  /// Below it nothing is said: what the measuring itself makes of borders that are the same.
  static let noise = 0.000_01

  private struct Place {
    let level: AreaLevel
    let parent: String?
    let name: String
    var shape: MultiPolygon?
  }

  private let before: [String: Place]
  private let after: [String: Place]
  private let changed: [String]
  private let indexBefore: GridIndex
  private let indexAfter: GridIndex

  init(_ drafts: [AreaDraft], beside places: PlaceMap) {
    let codes = Dictionary(
      places.areas.map { ($0.id, $0.code) }, uniquingKeysWith: { first, _ in first })
    let before = Dictionary(
      places.areas.map { area in
        (
          area.code,
          Place(
            level: area.level, parent: area.parent.flatMap { codes[$0] }, name: area.name,
            shape: places.shape(of: area.id))
        )
      }, uniquingKeysWith: { first, _ in first })
    var after = before
    for draft in drafts {
      after[draft.code] = Place(
        level: draft.level, parent: draft.parent, name: draft.name,
        shape: draft.shape ?? before[draft.code]?.shape)
    }
    self.before = before
    self.after = after
    changed = drafts.filter { $0.shape != nil && $0.shape != before[$0.code]?.shape }.map(\.code)
    indexBefore = Self.index(before)
    indexAfter = Self.index(after)
  }

  private static func index(_ places: [String: Place]) -> GridIndex {
    GridIndex(
      places.compactMap { code, place in
        place.shape.map { GridIndex.Entry(level: place.level.rank, code: code, shape: $0) }
      })
  }

  /// What is wrong, in the order of the file; then those that stay and no longer lie within what is above.
  var findings: [AreaFinding] {
    var found: [AreaFinding] = []
    let isChanged = Set(changed)
    let sorted = after.sorted { $0.key < $1.key }
    for code in changed {
      guard let place = after[code], let shape = place.shape else { continue }
      if let crossing = shape.selfCrossing {
        found.append(
          AreaFinding(kind: .crossing, area: code, other: nil, share: nil, place: crossing))
      }
      if let outside = outside(code, place) { found.append(outside) }
      for (other, neighbour) in sorted
      where other != code && neighbour.level == place.level
        && !(isChanged.contains(other) && other < code)
      {
        guard let theirs = neighbour.shape, theirs.box.meets(shape.box) else { continue }
        let common = shape.overlap(with: theirs)
        if common > Self.noise {
          found.append(
            AreaFinding(kind: .overlap, area: code, other: other, share: common, place: nil))
        }
      }
    }
    for (code, place) in sorted where !isChanged.contains(code) {
      guard let (above, _) = above(place), isChanged.contains(above) else { continue }
      if let outside = outside(code, place) { found.append(outside) }
    }
    return found.map { finding in
      var finding = finding
      finding.name = after[finding.area]?.name ?? ""
      finding.otherName = finding.other.flatMap { after[$0]?.name }
      return finding
    }
  }

  private func outside(_ code: String, _ place: Place) -> AreaFinding? {
    guard let shape = place.shape, let (above, outer) = above(place) else { return nil }
    let share = 1 - shape.share(within: outer)
    guard share > Self.noise else { return nil }
    return AreaFinding(kind: .outside, area: code, other: above, share: share, place: nil)
  }

  /// The nearest area above that has a boundary.
  private func above(_ place: Place) -> (String, MultiPolygon)? {
    var next = place.parent
    for _ in AreaLevel.allCases {
      guard let code = next, let above = after[code] else { return nil }
      if let shape = above.shape { return (code, shape) }
      next = above.parent
    }
    return nil
  }

  /// Around everything whose boundary changes, as it was and as it will be.
  var box: BoundingBox {
    changed.reduce(.empty) { box, code in
      [before[code]?.shape, after[code]?.shape].compactMap { $0?.box }.reduce(box) { $0.union($1) }
    }
  }

  /// The boundaries that change with those of their levels beside them, as they were and as they will
  /// be: by what stays a reader sees what moves.
  var shapes: (before: [MultiPolygon], after: [MultiPolygon]) {
    let levels = Set(changed.compactMap { after[$0]?.level })
    let box = box
    func drawn(_ places: [String: Place]) -> [MultiPolygon] {
      places.sorted { $0.key < $1.key }.compactMap { _, place in
        levels.contains(place.level) ? place.shape.flatMap { $0.box.meets(box) ? $0 : nil } : nil
      }
    }
    return (drawn(before), drawn(after))
  }

  /// The smallest area at a place, as it was and as it will be.
  func areas(at point: Point) -> (before: String?, after: String?) {
    (indexBefore.entries(at: point).last?.code, indexAfter.entries(at: point).last?.code)
  }
}
