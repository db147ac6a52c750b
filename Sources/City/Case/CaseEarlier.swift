import Base
import Foundation
import Store

/// What came before a report that is being taken down: from the same caller, and from the same place.
public struct CaseEarlier: Sendable {
  /// What the same telephone number reported.
  public struct Caller: Sendable {
    /// As the newest of their cases has it, masked.
    public let reporter: Reporter
    /// The newest first.
    public let lines: [CaseLine]
    /// How many there are, counted no further than `CaseDesk.mostOfCaller`.
    public let count: Int
  }

  public var caller: Caller?
  /// The newest first.
  public var here: [CaseLine] = []

  public init() {}
}

/// A place that earlier cases had, as people write it.
public struct KnownPlace: Sendable, Equatable {
  public let name: String
  /// Of the newest case that had one there.
  public let point: Point?
  public let area: ID<Area>?
  /// How many of the cases looked at were there.
  public let count: Int
}

/// Looking back while a report is taken down. All of it is bounded by what the operator may read, and
/// nothing of it is kept.
extension CaseDesk {
  /// The most lines that are shown of a caller, and of a place.
  static let mostEarlier = 5
  /// Beyond so many of a caller's cases nobody counts.
  public static let mostOfCaller = 99
  /// How far around a point a place reaches, in metres.
  static let placeReach = 60.0
  /// How far back a place is looked at, in days.
  static let placeDays: Int64 = 365
  /// The most cases of a grid that are looked at, the newest.
  static let mostPassed = 5_000
  /// The most cases whose places are read.
  static let mostPlaced = 200
  /// The most places that are offered.
  static let mostPlaces = 6

  /// Earlier cases of the caller and at the place of a report.
  ///
  /// A telephone number finds nothing for those who may not open personal data. A place is a point with
  /// 60 metres around it, and also the words of the address; of the last 365 days.
  /// - Throws: `input.invalid` for an area or coordinates that are none; `right.missing` without the right to report.
  public func earlier(than report: CaseReport, by doer: Doer) async throws -> CaseEarlier {
    try doer.require(.caseReport)
    return try await database.read { snapshot in
      var earlier = CaseEarlier()
      if doer.holds(.caseRead) {
        earlier.caller = try caller(report.reporter.phone ?? "", by: doer, in: snapshot)
        earlier.here = try here(report, by: doer, in: snapshot)
      }
      return earlier
    }
  }

  /// Places of earlier cases whose address has all the words of `text`, the most frequent first.
  ///
  /// - Throws: `right.missing` without the right to report.
  public func knownPlaces(named text: String, by doer: Doer) async throws -> [KnownPlace] {
    try doer.require(.caseReport)
    guard doer.holds(.caseRead) else { return [] }
    return try await database.read { snapshot in
      let lines = try placed(String(text.prefix(Self.longestPlace)), by: doer, in: snapshot)
      let groups = Dictionary(grouping: lines) { Self.plain($0.place) }
      let places = groups.values.compactMap { lines -> KnownPlace? in
        guard let newest = lines.first else { return nil }
        let point = lines.lazy.compactMap(\.point).first
        return KnownPlace(
          name: newest.place, point: point, area: newest.area, count: lines.count)
      }
      return Array(
        places.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(Self.mostPlaces))
    }
  }

  private func caller(
    _ number: String, by doer: Doer, in snapshot: some Querying
  ) throws -> CaseEarlier.Caller? {
    var filter = CaseFilter()
    filter.phone = phone(searched: number)
    guard filter.phone != nil else { return nil }
    let lines = try lines(filter, limit: Self.mostEarlier, by: doer, in: snapshot).lines
    guard let newest = lines.first else { return nil }
    let reporter = try CaseNoteRows.reporter(newest.id, in: snapshot) ?? Reporter()
    let count = try count(filter, upTo: Self.mostOfCaller, by: doer, in: snapshot)
    return CaseEarlier.Caller(
      reporter: reporter.masked, lines: lines, count: min(count, Self.mostOfCaller))
  }

  private func here(
    _ report: CaseReport, by doer: Doer, in snapshot: some Querying
  ) throws -> [CaseLine] {
    let position = try Self.place(
      latitude: report.latitude, longitude: report.longitude,
      system: report.coordinates ?? .wgs84, area: report.area, on: try places.value(in: snapshot))
    var found: [CaseLine] = []
    if let point = position.point, let area = position.area {
      found += try around(point, in: area, by: doer, in: snapshot)
    }
    found += try placed(String(report.place.prefix(Self.longestPlace)), by: doer, in: snapshot)
    let since = database.now() + -Self.placeDays * 86_400
    var seen: Set<ID<Case>> = []
    return Array(
      found.filter { $0.reportedAt >= since && seen.insert($0.id).inserted }
        .sorted { $0.id > $1.id }.prefix(Self.mostEarlier))
  }

  /// Ids are by time, so that the grid's newest are the end of a range of one index.
  private func around(
    _ point: Point, in area: Area, by doer: Doer, in snapshot: some Querying
  ) throws -> [CaseLine] {
    let first = IDSource.first(at: database.now() + -Self.placeDays * 86_400)
    let conditions: [SQL] =
      [
        "c.state NOT IN ('void', 'merged')", Self.box(around: point, metres: Self.placeReach),
        try scope(.caseRead, of: doer, in: snapshot).condition,
      ].compactMap { $0 }
    let lines: [CaseLine] = try snapshot.all(
      """
      SELECT \(CaseLine.columns) FROM (
        SELECT id FROM case_file WHERE area_path = \(area.path) AND id >= \(first)
        ORDER BY id DESC LIMIT \(Self.mostPassed)
      ) AS near JOIN case_file AS c ON c.id = near.id
      WHERE \(conditions.joined(" AND ")) ORDER BY c.id DESC LIMIT \(Self.mostEarlier * 4)
      """)
    return lines.filter { $0.point.map { point.distance(to: $0) <= Self.placeReach } ?? false }
  }

  /// The newest cases whose place has all the words of a text of two characters or more.
  private func placed(
    _ text: String, by doer: Doer, in snapshot: some Querying
  ) throws -> [CaseLine] {
    let wanted = Self.placeWords(text)
    guard !wanted.isEmpty else { return [] }
    var filter = CaseFilter()
    filter.text = text
    return try lines(filter, after: nil, most: Self.mostPlaced, by: doer, in: snapshot).lines
      .filter { wanted.isSubset(of: Self.placeWords($0.place)) && $0.state != .merged }
  }

  /// A place without width, case and blanks, as people write them now one way and now another.
  private static func plain(_ place: String) -> String {
    place.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace }
  }

  /// Pairs of Han characters and other words; a single character says nothing of a place.
  private static func placeWords(_ text: String) -> Set<String> {
    Set(
      SearchWords.indexing(text).split(separator: " ")
        .filter { $0.unicodeScalars.count > 1 || $0.allSatisfy(\.isNumber) }.map(String.init))
  }
}

extension CaseLine {
  var point: Point? {
    guard let latitude, let longitude else { return nil }
    return Point(latitude: latitude, longitude: longitude)
  }
}
