import Base
import Store

/// Figures that are counted together: what looks through the same rows is one statement.
struct FigureCount {
  private let figures: [CaseFigure]
  private let scope: FigureScope
  private let now: Moment
  private let conditions: [SQL]
  /// The rules by what they look through.
  private let passes: [(pass: FigurePass, rules: [FigureRule])]

  /// - Parameter visible: which cases there are for the reader, on `case_file AS c`.
  init(_ figures: [CaseFigure], _ scope: FigureScope, visible: SQL?, now: Moment) {
    self.figures = figures
    self.scope = scope
    self.now = now
    conditions = scope.conditions + [visible].compactMap { $0 }
    var passes: [(pass: FigurePass, rules: [FigureRule])] = []
    for figure in figures {
      let rule = FigureRule(figure, scope, now: now)
      if let place = passes.firstIndex(where: { $0.pass == rule.pass }) {
        passes[place].rules.append(rule)
      } else {
        passes.append((rule.pass, [rule]))
      }
    }
    self.passes = passes
  }

  /// The values in the order of the figures.
  func values(in snapshot: some Querying) throws -> [FigureValue] {
    var found: [CaseFigure: FigureValue] = [:]
    for (pass, rules) in passes {
      let grouped: SQL = pass.isOfCases ? "" : " GROUP BY c.id"
      let all = ["1 = 1"] + pass.conditions(scope, now: now) + conditions
      let rows: SQL = """
        SELECT \(Self.columns(of: rules, pass)) FROM \(pass.source)
        WHERE \(all.joined(" AND "))\(grouped)
        """
      try snapshot.each("SELECT \(Self.sums(of: rules)) FROM (\(rows)) AS f") { fields in
        for rule in rules { found[rule.figure] = try Self.value(of: rule, &fields) }
      }
    }
    return figures.map { found[$0] ?? Self.nothing($0) }
  }

  /// The values of each that has any, by what stands for it in the rows: its id, or the path of an area.
  func values<Holder: Storable & Hashable>(
    by group: FigureGroup, as type: Holder.Type, in snapshot: some Querying
  ) throws -> [Holder: [CaseFigure: FigureValue]] {
    var found: [Holder: [CaseFigure: FigureValue]] = [:]
    for (pass, rules) in passes {
      let rows = pass.statement(
        by: group, Self.columns(of: rules, pass),
        pass.rows(scope, now: now) + conditions)
      try snapshot.each(
        "SELECT f.holder, \(Self.sums(of: rules)) FROM (\(rows)) AS f GROUP BY f.holder"
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
    FigureValue(figure: figure, numerator: 0, denominator: figure.measure == .count ? nil : 0)
  }

  /// Two columns for each rule: whether the case is in its whole, and what counts of it.
  private static func columns(of rules: [FigureRule], _ pass: FigurePass) -> SQL {
    rules.enumerated().map { place, rule -> SQL in
      let isIn: SQL = "CASE WHEN \(rule.whole) THEN 1 ELSE 0 END"
      let counts: SQL = "CASE WHEN \(rule.whole) THEN \(rule.counted) END"
      let names = (SQL(trusted: "w\(place)"), SQL(trusted: "p\(place)"))
      return pass.isOfCases
        ? "\(isIn) AS \(names.0), \(counts) AS \(names.1)"
        : "MAX(\(isIn)) AS \(names.0), \(rule.gathered(counts)) AS \(names.1)"
    }.joined(", ")
  }

  private static func sums(of rules: [FigureRule]) -> SQL {
    rules.indices.map { place -> SQL in
      let names = (SQL(trusted: "f.w\(place)"), SQL(trusted: "f.p\(place)"))
      return """
        CAST(COALESCE(SUM(\(names.0)), 0) AS BIGINT), CAST(COALESCE(SUM(\(names.1)), 0) AS BIGINT)
        """
    }.joined(", ")
  }

  private static func value(of rule: FigureRule, _ fields: inout Fields) throws -> FigureValue {
    let whole: Int = try fields.next()
    let part: Int = try fields.next()
    return FigureValue(
      figure: rule.figure, numerator: part, denominator: rule.measure == .count ? nil : whole)
  }
}
