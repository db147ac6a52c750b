import Base
import Store

/// Another case that may be about the same matter, with what speaks for it. Only people say that it is.
public struct CaseDuplicate: Sendable {
  public let line: CaseLine
  /// How far apart, in metres; nil where one of the two has no point.
  public let metres: Int?
  /// Whole days of 24 hours between the reports.
  public let days: Int
  public let isSameKind: Bool
  /// What stands in both texts, the longest first.
  public let words: [String]
  let score: Double
}

/// Looking for cases that may be the same: of the same grid, near in place and time, with words in
/// common. How near is the kind's to say (`DuplicateRule`).
extension CaseDesk {
  /// The most that are suggested; more than that nobody reads.
  static let mostDuplicates = 5
  /// The most cases of the grid and time that are looked at, the newest.
  static let mostNeighbours = 500
  /// The most of them whose texts are compared.
  static let mostCompared = 200

  /// Cases that may be the same as one that is not dispatched yet, the likeliest first. Those that
  /// are linked with it, void or merged are not suggested.
  ///
  /// - Throws: `case.missing`.
  public func duplicates(
    of id: ID<Case>, by doer: Doer, in snapshot: some Querying
  ) throws -> [CaseDuplicate] {
    let view = try view(id, by: doer, in: snapshot)
    guard view.case.state.isOpen, view.case.dispatchedAt == nil, view.kind.duplicates.isAsked
    else { return [] }
    let linked = Set(view.links.map { $0.other(than: id) })
    let matter = ReportedMatter(view.case)
    let neighbours = try neighbours(of: matter, view.kind.duplicates, by: doer, in: snapshot)
      .filter { $0.line.id != id && !linked.contains($0.line.id) }
    return DuplicateSearch(matter, by: view.kind.duplicates, among: neighbours).found
  }

  /// Cases that may be the same as what is being taken down and not reported yet, the likeliest first;
  /// none while there is no title, or no grid is known.
  ///
  /// - Throws: `input.invalid` for a kind, an area or coordinates that are none; `right.missing` without the right to report.
  public func duplicates(of report: CaseReport, by doer: Doer) async throws -> [CaseDuplicate] {
    try doer.require(.caseReport)
    guard let kind = kinds.current(report.kind)?.1 else {
      throw Fault.invalid("kind", "kind.unknown", ["kind": String(report.kind.prefix(64))])
    }
    let title = report.title.prefix(Self.longestTitle)
    guard kind.duplicates.isAsked, !title.isEmpty else { return [] }
    return try await database.read { snapshot in
      let position = try Self.place(
        latitude: report.latitude, longitude: report.longitude,
        system: report.coordinates ?? .wgs84, area: report.area,
        on: try places.value(in: snapshot))
      guard let area = position.area else { return [] }
      let matter = ReportedMatter(
        kind: report.kind, title: String(title),
        description: String(report.description.prefix(MoveInput.longestText)),
        place: String(report.place.prefix(Self.longestPlace)), point: position.point,
        areaPath: area.path, reportedAt: min(report.reportedAt ?? database.now(), database.now()))
      let neighbours = try neighbours(of: matter, kind.duplicates, by: doer, in: snapshot)
      return DuplicateSearch(matter, by: kind.duplicates, among: neighbours).found
    }
  }

  /// The same on a snapshot of its own.
  public func duplicates(of id: ID<Case>, by doer: Doer) async throws -> [CaseDuplicate] {
    try await database.read { try duplicates(of: id, by: doer, in: $0) }
  }

  /// Ids are by time, so that the grid's cases of some days are a range of one index.
  private func neighbours(
    of file: ReportedMatter, _ rule: DuplicateRule, by doer: Doer, in snapshot: some Querying
  ) throws -> [CaseNeighbour] {
    let span = Int64(rule.days) * 86_400
    let first = IDSource.first(at: file.reportedAt + -span)
    let last = IDSource.first(at: file.reportedAt + span)
    let conditions: [SQL] =
      [
        "c.state NOT IN ('void', 'merged', 'transferred')",
        file.point.map { Self.boxOrNowhere(around: $0, metres: Double(rule.metres)) },
        try scope(.caseRead, of: doer, in: snapshot).condition,
      ].compactMap { $0 }
    return try snapshot.all(
      """
      SELECT \(CaseLine.columns), SUBSTR(c.description, 1, 500) FROM (
        SELECT id FROM case_file WHERE area_path = \(file.areaPath)
          AND id >= \(first) AND id < \(last) ORDER BY id DESC LIMIT \(Self.mostNeighbours)
      ) AS near JOIN case_file AS c ON c.id = near.id
      WHERE \(conditions.joined(" AND ")) ORDER BY c.id DESC LIMIT \(Self.mostCompared)
      """)
  }

  /// What has no point may be anywhere.
  private static func boxOrNowhere(around point: Point, metres: Double) -> SQL {
    "(c.latitude IS NULL OR \(box(around: point, metres: metres)))"
  }

  /// What lies far away needs no look.
  static func box(around point: Point, metres: Double) -> SQL {
    // A degree of latitude is at least 110 km everywhere, one of longitude in China at least 60 km.
    let high = metres / 110_000
    let wide = metres / 60_000
    return """
      (c.latitude BETWEEN \(point.latitude - high) AND \(point.latitude + high)
        AND c.longitude BETWEEN \(point.longitude - wide) AND \(point.longitude + wide))
      """
  }
}

/// What is compared with other cases: of one that was reported, or of what is being taken down.
struct ReportedMatter {
  let kind: String
  let title: String
  let description: String
  let place: String
  let point: Point?
  let areaPath: String
  let reportedAt: Moment
}

extension ReportedMatter {
  init(_ file: Case) {
    var point: Point?
    if let latitude = file.latitude, let longitude = file.longitude {
      point = Point(latitude: latitude, longitude: longitude)
    }
    self.init(
      kind: file.kind, title: file.title, description: file.description, place: file.place,
      point: point, areaPath: file.areaPath, reportedAt: file.reportedAt)
  }
}

/// A case that lies near another one.
struct CaseNeighbour: Row {
  let line: CaseLine
  let description: String

  init(_ fields: inout Fields) throws {
    line = try CaseLine(&fields)
    description = try fields.next()
  }
}

/// Weighs what speaks for two cases being the same; pure.
struct DuplicateSearch {
  /// Of the words of the shorter text, how many must stand in both: where the kinds agree and where
  /// they differ; a place that is not known asks for more.
  private static let shares = (near: (same: 0.05, other: 0.3), anywhere: (same: 0.2, other: 0.35))
  /// A word that stands in so many of the neighbours says nothing of these two.
  private static let common = 0.4

  private let file: ReportedMatter
  private let rule: DuplicateRule
  private let neighbours: [CaseNeighbour]

  init(_ file: ReportedMatter, by rule: DuplicateRule, among neighbours: [CaseNeighbour]) {
    self.file = file
    self.rule = rule
    self.neighbours = neighbours
  }

  var found: [CaseDuplicate] {
    let own = Self.words(file.title, file.description, file.place)
    let distinct = Set(own)
    let texts = neighbours.map {
      Set(Self.words($0.line.title, $0.description, $0.line.place))
    }
    let telling = Self.telling(distinct, among: texts)
    let likely = zip(neighbours, texts).compactMap { neighbour, words in
      duplicate(
        neighbour.line, shared: telling.intersection(words),
        of: min(distinct.count, words.count), in: own)
    }
    return Array(
      likely.sorted { ($0.score, $0.line.id.raw) > ($1.score, $1.line.id.raw) }
        .prefix(CaseDesk.mostDuplicates))
  }

  /// - Parameters:
  ///   - shared: the telling words that both have.
  ///   - count: how many different words the shorter text has.
  private func duplicate(
    _ line: CaseLine, shared: Set<String>, of count: Int, in own: [String]
  ) -> CaseDuplicate? {
    let metres = distance(to: line)
    if let metres, metres > Double(rule.metres) { return nil }
    guard !shared.isEmpty else { return nil }
    let share = Double(shared.count) / Double(max(1, count))
    let isSameKind = line.kind == file.kind
    let asked = metres == nil ? Self.shares.anywhere : Self.shares.near
    guard share >= (isSameKind ? asked.same : asked.other) else { return nil }
    let apart = abs(line.reportedAt - file.reportedAt)
    let nearness = metres.map { 1 - $0 / Double(max(1, rule.metres)) } ?? 0
    let freshness = 1 - Double(apart) / Double(max(1, rule.days) * 86_400_000)
    return CaseDuplicate(
      line: line, metres: metres.map { Int($0.rounded()) }, days: Int(apart / 86_400_000),
      isSameKind: isSameKind, words: Self.said(shared, in: own),
      score: (isSameKind ? 1 : 0) + 2 * share + nearness + freshness / 2)
  }

  private func distance(to line: CaseLine) -> Double? {
    guard let point = file.point, let other = line.point else { return nil }
    return point.distance(to: other)
  }

  // MARK: - Words

  /// The pairs of Han characters and the words of a case, in their order.
  private static func words(_ title: String, _ description: String, _ place: String) -> [String] {
    CaseNoteRows.words(title, description, place).split(separator: " ")
      .filter { $0.unicodeScalars.count > 1 }.map(String.init)
  }

  private static func telling(_ own: Set<String>, among texts: [Set<String>]) -> Set<String> {
    guard texts.count >= 10 else { return own }
    let most = Int(Double(texts.count) * common)
    return own.filter { word in texts.count { $0.contains(word) } <= most }
  }

  /// Shared pairs that overlap, put together again as they stand in the text; the longest first.
  private static func said(_ shared: Set<String>, in own: [String]) -> [String] {
    var runs: [String] = []
    var run = ""
    for word in own {
      let isShared = shared.contains(word)
      let goesOn = isShared && isPair(word) && run.last != nil && run.last == word.first
      if goesOn, let last = word.last {
        run.append(last)
      } else {
        if !run.isEmpty { runs.append(run) }
        run = isShared ? word : ""
      }
    }
    if !run.isEmpty { runs.append(run) }
    var seen: Set<String> = []
    let longest = runs.filter { seen.insert($0).inserted }.sorted { $0.count > $1.count }
    return longest.filter { run in !longest.contains { $0 != run && $0.contains(run) } }
      .prefix(4).map { $0 }
  }

  private static func isPair(_ word: String) -> Bool {
    word.count == 2 && word.unicodeScalars.allSatisfy { $0.properties.isIdeographic }
  }
}
