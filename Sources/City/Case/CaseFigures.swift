import Base
import Store

/// The figures of case work for a period, an area, a unit, a kind and a channel.
extension CaseDesk {
  /// Weights of the five answers at call-back, in thousandths, from very dissatisfied to very
  /// satisfied.
  static let satisfactionWeights = [0, 300, 600, 800, 1000]

  /// All figures, in the order of `CaseFigure`, over what `doer` may see.
  ///
  /// - Throws: `right.missing`; `period.backwards`.
  public func figures(
    _ scope: FigureScope, by doer: Doer, now: Moment, in snapshot: some Querying
  ) throws -> [FigureValue] {
    try figures(CaseFigure.allCases, scope, by: doer, now: now, in: snapshot)
  }

  /// Some figures, in the order that they are asked for.
  ///
  /// - Throws: `right.missing`; `period.backwards`.
  public func figures(
    _ figures: [CaseFigure], _ scope: FigureScope, by doer: Doer, now: Moment,
    in snapshot: some Querying
  ) throws -> [FigureValue] {
    try doer.require(.figuresRead)
    try Self.requirePeriod(scope)
    let visible = try visibility(doer, in: snapshot)
    return try FigureCount(figures, scope, visible: visible, now: now).values(in: snapshot)
  }

  /// Some figures over several periods of one scope: a row for each, in the order of `figures`.
  public func monthly(
    _ figures: [CaseFigure], _ scopes: [FigureScope], by doer: Doer, now: Moment
  ) async throws -> [[FigureValue]] {
    try doer.require(.figuresRead)
    return try await database.read { snapshot in
      let visible = try visibility(doer, in: snapshot)
      let values = try FigureCount(figures, scopes, visible: visible, now: now)
        .values(in: snapshot)
      return scopes.indices.map { scope in
        Array(values[scope * figures.count..<(scope + 1) * figures.count])
      }
    }
  }

  /// The cases behind a figure, newest first: those that count, or all that it is out of.
  ///
  /// - Throws: `right.missing`; `period.backwards`.
  public func lines(
    of figure: CaseFigure, counting: Bool, _ scope: FigureScope, after cursor: CaseCursor? = nil,
    limit: Int = 50, by doer: Doer, now: Moment, in snapshot: some Querying
  ) throws -> CaseLines {
    let most = max(1, min(limit, Self.longestPage))
    return try lines(
      of: figure, counting: counting, scope, after: cursor, most: most, by: doer, now: now,
      in: snapshot)
  }

  func lines(
    of figure: CaseFigure, counting: Bool, _ scope: FigureScope, after cursor: CaseCursor?,
    most limit: Int, by doer: Doer, now: Moment, in snapshot: some Querying
  ) throws -> CaseLines {
    let isBackwards = cursor?.backwards ?? false
    let position: SQL? = cursor.map { isBackwards ? "c.id > \($0.id)" : "c.id < \($0.id)" }
    let order: SQL = isBackwards ? "c.id" : "c.id DESC"
    let counted = try counted(figure, counting: counting, scope, by: doer, now: now, in: snapshot)
    let wanted = ["1 = 1", counted.isPart ? "f.counts > 0" : nil, position].compactMap { $0 }
    let rows: [CaseLine] = try snapshot.all(
      """
      SELECT \(CaseLine.columns) FROM (\(counted.cases)) AS f JOIN case_file AS c ON c.id = f.id
      WHERE \(wanted.joined(" AND ")) ORDER BY \(order) LIMIT \(limit + 1)
      """)
    return CaseLines(walked: rows, limit: limit, from: cursor)
  }

  /// How many cases the list of a figure has.
  func count(
    of figure: CaseFigure, counting: Bool, _ scope: FigureScope, by doer: Doer, now: Moment,
    in snapshot: some Querying
  ) throws -> Int {
    let counted = try counted(figure, counting: counting, scope, by: doer, now: now, in: snapshot)
    let wanted: SQL = counted.isPart ? "f.counts > 0" : "1 = 1"
    return try snapshot.value("SELECT COUNT(*) FROM (\(counted.cases)) AS f WHERE \(wanted)") ?? 0
  }

  private func counted(
    _ figure: CaseFigure, counting: Bool, _ scope: FigureScope, by doer: Doer, now: Moment,
    in snapshot: some Querying
  ) throws -> (cases: SQL, isPart: Bool) {
    try doer.require(.figuresRead)
    try Self.requirePeriod(scope)
    let conditions = scope.conditions + [try visibility(doer, in: snapshot)].compactMap { $0 }
    let cases = FigureRule(figure, scope, now: now).cases(scope, now: now, conditions)
    // A time has no part of its own: every case that it is out of adds to it.
    return (cases, counting && figure.measure != .time)
  }

  static func requirePeriod(_ scope: FigureScope) throws {
    guard scope.from < scope.before else { throw Fault.invalid("to", "period.backwards") }
  }

  func visibility(_ doer: Doer, in snapshot: some Querying) throws -> SQL? {
    try scope(.figuresRead, of: doer, in: snapshot).condition
  }
}
