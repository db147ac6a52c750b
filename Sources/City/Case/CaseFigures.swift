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
    try doer.require(.figuresRead)
    try Self.requirePeriod(scope)
    let visible = try visibility(doer, in: snapshot)
    return try CaseFigure.allCases.map { figure in
      try value(of: figure, scope, visible: visible, now: now, in: snapshot)
    }
  }

  /// Some figures over several periods: a row for each period, in the order of `figures`.
  public func monthly(
    _ figures: [CaseFigure], _ scopes: [FigureScope], by doer: Doer, now: Moment
  ) async throws -> [[FigureValue]] {
    try doer.require(.figuresRead)
    return try await database.read { snapshot in
      let visible = try visibility(doer, in: snapshot)
      return try scopes.map { scope in
        try figures.map {
          try value(of: $0, scope, visible: visible, now: now, in: snapshot)
        }
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
    try doer.require(.figuresRead)
    try Self.requirePeriod(scope)
    let limit = max(1, min(limit, Self.longestPage))
    let rule = FigureRule(figure, scope, now: now)
    let conditions =
      scope.conditions
      + [try visibility(doer, in: snapshot)].compactMap { $0 }
    let cases = rule.cases(conditions)
    let isBackwards = cursor?.backwards ?? false
    let position: SQL? = cursor.map { isBackwards ? "c.id > \($0.id)" : "c.id < \($0.id)" }
    let order: SQL = isBackwards ? "c.id" : "c.id DESC"
    // A time has no part of its own: every case that it is out of adds to it.
    let isPart = counting && figure.measure != .time
    let wanted = ["1 = 1", isPart ? "f.counts > 0" : nil, position].compactMap { $0 }
    let rows: [CaseLine] = try snapshot.all(
      """
      SELECT \(CaseLine.columns) FROM (\(cases)) AS f JOIN case_file AS c ON c.id = f.id
      WHERE \(wanted.joined(" AND ")) ORDER BY \(order) LIMIT \(limit + 1)
      """)
    return CaseLines(walked: rows, limit: limit, from: cursor)
  }

  private static func requirePeriod(_ scope: FigureScope) throws {
    guard scope.from < scope.before else { throw Fault.invalid("to", "period.backwards") }
  }

  private func visibility(_ doer: Doer, in snapshot: some Querying) throws -> SQL? {
    try scope(.figuresRead, of: doer, in: snapshot).condition
  }

  private func value(
    of figure: CaseFigure, _ scope: FigureScope, visible: SQL?, now: Moment,
    in snapshot: some Querying
  ) throws -> FigureValue {
    let rule = FigureRule(figure, scope, now: now)
    let conditions = scope.conditions + [visible].compactMap { $0 }
    if figure == .satisfiedRate {
      return try satisfied([rule.whole] + conditions, in: snapshot)
    }
    let row: Share =
      try snapshot.first(
        """
        SELECT COUNT(*), CAST(COALESCE(SUM(f.counts), 0) AS BIGINT)
        FROM (\(rule.cases(conditions))) AS f
        """)
      ?? Share()
    return FigureValue(
      figure: figure, numerator: row.part,
      denominator: [.count, .amount].contains(rule.measure) ? nil : row.whole)
  }

  private func satisfied(_ conditions: [SQL], in snapshot: some Querying) throws -> FigureValue {
    let answers: [Share] = try snapshot.all(
      """
      SELECT COUNT(*), c.satisfaction FROM case_file AS c
      WHERE \(conditions.joined(" AND ")) GROUP BY c.satisfaction
      """)
    let weighted = answers.reduce(0) { sum, answer in
      sum + answer.whole * Self.satisfactionWeights[max(0, min(4, answer.part - 1))]
    }
    return FigureValue(
      figure: .satisfiedRate, numerator: weighted,
      denominator: answers.reduce(0) { $0 + $1.whole })
  }
}

/// Two counts of one row.
private struct Share: Row {
  var whole = 0
  var part = 0

  init() {}

  init(_ fields: inout Fields) throws {
    whole = try fields.next()
    part = try fields.next()
  }
}
