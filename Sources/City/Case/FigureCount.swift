import Base
import Store

/// Figures that are counted together: what looks through the same rows is one statement.
struct FigureCount {
  /// Figures that one statement counts, with their places in the answer.
  private struct Part {
    let pass: FigurePass
    let scope: FigureScope
    var places: [Int] = []
    var rules: [FigureRule] = []

    /// What holds of all of them, and so of every row that is looked at.
    var common: Set<FigureRule.Common> {
      rules.reduce(Set(FigureRule.Common.allCases)) { $0.intersection($1.common) }
    }

    var commonConditions: [SQL] {
      let common = common
      return FigureRule.Common.allCases.filter(common.contains).map(\.condition)
    }
  }

  private let figures: [CaseFigure]
  private let now: Moment
  private let conditions: [SQL]
  private let parts: [Part]

  /// - Parameter visible: which cases there are for the reader, on `case_file AS c`.
  init(_ figures: [CaseFigure], _ scope: FigureScope, visible: SQL?, now: Moment) {
    self.init(figures, [scope], visible: visible, now: now)
  }

  /// The figures of several scopes that differ in their period alone. The steps of cases are read once
  /// for all of them.
  init(_ figures: [CaseFigure], _ scopes: [FigureScope], visible: SQL?, now: Moment) {
    self.figures = scopes.flatMap { _ in figures }
    self.now = now
    conditions = (scopes.first?.conditions ?? []) + [visible].compactMap { $0 }
    var parts: [Part] = []
    for (period, scope) in scopes.enumerated() {
      for (place, figure) in figures.enumerated() {
        let rule = FigureRule(figure, scope, now: now)
        let known = parts.firstIndex {
          $0.pass == rule.pass && (rule.pass == .cases || $0.scope == scope)
        }
        if known == nil { parts.append(Part(pass: rule.pass, scope: scope)) }
        let part = known ?? parts.count - 1
        parts[part].places.append(period * figures.count + place)
        parts[part].rules.append(rule)
      }
    }
    self.parts = parts
  }

  /// The values in the order of the figures, scope by scope.
  func values(in snapshot: some Querying) throws -> [FigureValue] {
    var found = figures.map(Self.nothing)
    for part in parts {
      let grouped: SQL = part.pass.isOfCases ? "" : " GROUP BY c.id"
      let all =
        ["1 = 1"] + part.pass.conditions(part.scope, now: now) + part.commonConditions + conditions
      let rows: SQL = """
        SELECT \(Self.columns(of: part)) FROM \(part.pass.source)
        WHERE \(all.joined(" AND "))\(grouped)
        """
      try snapshot.each("SELECT \(Self.sums(of: part)) FROM (\(rows)) AS f") { fields in
        for (place, rule) in zip(part.places, part.rules) {
          found[place] = try Self.value(of: rule, &fields)
        }
      }
    }
    return found
  }

  /// The values of each that has any, by what stands for it in the rows: its id, or the path of an area.
  func values<Holder: Storable & Hashable>(
    by group: FigureGroup, as type: Holder.Type, in snapshot: some Querying
  ) throws -> [Holder: [CaseFigure: FigureValue]] {
    var found: [Holder: [CaseFigure: FigureValue]] = [:]
    for part in parts {
      let rules = part.rules
      let rows = part.pass.statement(
        by: group, Self.columns(of: part),
        part.pass.rows(part.scope, now: now) + part.commonConditions + conditions)
      try snapshot.each(
        "SELECT f.holder, \(Self.sums(of: part)) FROM (\(rows)) AS f GROUP BY f.holder"
      ) { fields in
        let holder: Holder = try fields.next()
        for rule in rules {
          found[holder, default: [:]][rule.figure] = try Self.value(of: rule, &fields)
        }
      }
    }
    return found
  }

  /// The figures of which there are no cases.
  static func nothing(_ figure: CaseFigure) -> FigureValue {
    FigureValue(figure: figure, numerator: 0, denominator: figure.measure.isAlone ? nil : 0)
  }

  /// For each rule whether the case is in its whole, and what counts of it; neither where the rows say it
  /// themselves.
  private static func columns(of part: Part) -> SQL {
    let common = part.common
    let columns = part.rules.enumerated().flatMap { place, rule -> [SQL] in
      let whole = rule.whole(where: common)
      let counts: SQL = whole.map { "CASE WHEN \($0) THEN \(rule.counted) END" } ?? rule.counted
      var columns: [SQL] = []
      if let whole {
        let isIn: SQL = "CASE WHEN \(whole) THEN 1 ELSE 0 END"
        let gathered: SQL = part.pass.isOfCases ? isIn : "MAX(\(isIn))"
        columns.append("\(gathered) AS \(SQL(trusted: "w\(place)"))")
      }
      if !rule.isPlainCount {
        let gathered = part.pass.isOfCases ? counts : rule.gathered(counts)
        columns.append("\(gathered) AS \(SQL(trusted: "p\(place)"))")
      }
      return columns
    }
    return (["1 AS one"] + columns).joined(", ")
  }

  /// For each rule how many cases are in its whole, and unless it just counts them, what counts.
  private static func sums(of part: Part) -> SQL {
    let common = part.common
    return part.rules.enumerated().flatMap { place, rule -> [SQL] in
      let whole: SQL =
        rule.whole(where: common) == nil
        ? "COUNT(*)"
        : "CAST(COALESCE(SUM(\(SQL(trusted: "f.w\(place)"))), 0) AS BIGINT)"
      if rule.isPlainCount { return [whole] }
      return [whole, "CAST(COALESCE(SUM(\(SQL(trusted: "f.p\(place)"))), 0) AS BIGINT)"]
    }.joined(", ")
  }

  private static func value(of rule: FigureRule, _ fields: inout Fields) throws -> FigureValue {
    let whole: Int = try fields.next()
    let part: Int = rule.isPlainCount ? whole : try fields.next()
    return FigureValue(
      figure: rule.figure, numerator: part, denominator: rule.measure.isAlone ? nil : whole)
  }
}

extension CaseFigure.Measure {
  /// Whether it is out of nothing: a count, or an amount.
  fileprivate var isAlone: Bool { [.count, .amount].contains(self) }
}

extension FigureRule {
  /// Whether it is the number of the cases that it is out of.
  fileprivate var isPlainCount: Bool { measure == .count && times == nil }
}
