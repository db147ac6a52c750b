import Foundation

/// What checking found in many forms: bodies and findings, ranked.
public struct EvaluationSummary: Equatable, Sendable {
  /// One unit in one year.
  public struct Body: Equatable, Sendable {
    /// 实施单位, or 主管部门 of forms that name no unit.
    public let name: String
    public let year: Int?
    /// Without those that were given before.
    public let forms: Int
    /// Forms that are no part of another: only their money is counted.
    public let counted: Int
    /// In 元; forms without a money unit or without an amount are left out, and counted in
    /// `withoutMoney`.
    public let money: Money
    public let withoutMoney: Int
    public let errors: Int
    public let warnings: Int
    public let remarks: Int
    /// How many forms have which grade, by the printed grade's first sign.
    public let grades: [String: Int]
  }

  /// Sums in 元.
  public struct Money: Equatable, Sendable {
    public var opening: Decimal = 0
    public var adjusted: Decimal = 0
    public var executed: Decimal = 0

    public init() {}

    /// Per cent, half up to 0.01; nil without an adjusted budget.
    public var rate: Decimal? { adjusted > 0 ? (executed * 100 / adjusted).halfUp(2) : nil }

    mutating func add(_ other: Money) {
      opening += other.opening
      adjusted += other.adjusted
      executed += other.executed
    }
  }

  /// One rule.
  public struct Line: Equatable, Sendable {
    public let code: String
    public let severity: Finding.Severity
    public let findings: Int
    /// How many forms have it.
    public let forms: Int
  }

  /// The most errors first, then the most warnings, then by name.
  public let bodies: [Body]
  /// Errors before warnings before remarks; of each, what most forms have first.
  public let lines: [Line]
  /// Of all bodies.
  public let money: Money
  /// How many forms have nothing worse than a remark.
  public let clean: Int
  /// How many forms were given before, e.g. in another format: nothing of them is counted.
  public let copies: Int

  /// - Parameter forms: with their findings, as `EvaluationCheck.check` gives them.
  public init(_ forms: [EvaluationForm]) {
    let tree = EvaluationTree(forms)
    let roots = Set(tree.roots(of: forms.count))
    let counted = forms.indices.filter { tree.copies[$0] == nil }
    let groups = Dictionary(grouping: counted) { Key(forms[$0]) }
    copies = tree.copies.count
    bodies = groups.map { Self.body($0, $1.map { (forms[$0], roots.contains($0)) }) }
      .sorted(by: Self.isBefore)
    lines = Self.lines(counted.map { forms[$0] })
    money = bodies.reduce(into: Money()) { $0.add($1.money) }
    clean =
      counted.map { forms[$0] }.filter { $0.findings.allSatisfy { $0.severity == .remark } }.count
  }

  private struct Key: Hashable {
    let name: String
    let year: Int?

    init(_ form: EvaluationForm) {
      let name = form.unit.isEmpty ? form.department : form.unit
      self.name = EvaluationTarget.normalized(name)
      year = form.year
    }
  }

  private static func body(_ key: Key, _ forms: [(EvaluationForm, isRoot: Bool)]) -> Body {
    var sum = Money()
    var without = 0
    for (form, isRoot) in forms where isRoot {
      if let money = money(form) { sum.add(money) } else { without += 1 }
    }
    let found = forms.flatMap { $0.0.findings.map(\.severity) }
    let grades = Dictionary(
      forms.compactMap { $0.0.grade.first.map { (String($0), 1) } }, uniquingKeysWith: +)
    return Body(
      name: key.name, year: key.year, forms: forms.count,
      counted: forms.filter(\.isRoot).count, money: sum, withoutMoney: without,
      errors: found.filter { $0 == .error }.count,
      warnings: found.filter { $0 == .warning }.count,
      remarks: found.filter { $0 == .remark }.count, grades: grades)
  }

  private static func money(_ form: EvaluationForm) -> Money? {
    let row = form.budget.total
    guard let unit = form.moneyUnit?.inYuan, let adjusted = row.adjusted.value,
      let executed = row.executed.value
    else { return nil }
    var money = Money()
    money.opening = (row.opening.value ?? 0) * unit
    money.adjusted = adjusted * unit
    money.executed = executed * unit
    return money
  }

  private static func isBefore(_ left: Body, _ right: Body) -> Bool {
    if left.errors != right.errors { return left.errors > right.errors }
    if left.warnings != right.warnings { return left.warnings > right.warnings }
    return (left.name, left.year ?? 0) < (right.name, right.year ?? 0)
  }

  private static func lines(_ forms: [EvaluationForm]) -> [Line] {
    var all: [String: (severity: Finding.Severity, findings: Int, forms: Int)] = [:]
    for form in forms {
      for finding in form.findings {
        all[finding.code, default: (finding.severity, 0, 0)].findings += 1
      }
      for code in Set(form.findings.map(\.code)) { all[code]?.forms += 1 }
    }
    let order = Finding.Severity.allCases
    return all.map { Line(code: $0, severity: $1.severity, findings: $1.findings, forms: $1.forms) }
      .sorted { left, right in
        let (mine, other) = (
          order.firstIndex(of: left.severity) ?? 0, order.firstIndex(of: right.severity) ?? 0
        )
        return (mine, -left.forms, -left.findings, left.code)
          < (other, -right.forms, -right.findings, right.code)
      }
  }
}
