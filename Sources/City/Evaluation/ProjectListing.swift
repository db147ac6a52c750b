import Base
import Foundation
import Store

/// Which projects of a year are wanted.
public struct ProjectFilter: Equatable, Sendable {
  public var year: Int?
  /// At or below this organisation.
  public var organisationPath: String?
  public var states: Set<ProjectState> = []
  /// In the name, the department or the unit.
  public var text = ""
  public var onlyOverdue = false
  /// Late, or due within a week.
  public var onlySoon = false
  /// Those of which this step of the year is awaited.
  public var phase: ProjectPhase?
  /// At least one finding of this weight or a heavier one.
  public var severity: Finding.Severity?

  public init() {}
}

/// One project in a list.
public struct ProjectLine: Equatable, Sendable {
  public let project: Project
  public let organisation: String
  /// 0 of a project that is no part of another one in the list.
  public let depth: Int
  public let hasParts: Bool
  /// The totals that it is in, the nearest first, whether or not they are in the list.
  let above: [ID<Project>]
  public let budget: EvaluationBudgetRow
  public let rate: Decimal?
  public let life: ProjectLife
  public let today: Day
  public let findings: [Finding]

  /// The step that is due next.
  public var next: LifeStep? { life.next }
  /// Until when, as it counts.
  public var due: Day? { next?.due?.day }
  public var isOverdue: Bool { life.steps.contains { $0.isOverdue(today) } }
  public var isSoon: Bool { life.steps.contains { $0.isSoon(today) } }

  /// How many findings of a weight.
  public func count(_ severity: Finding.Severity) -> Int {
    findings.count { $0.severity == severity }
  }
}

/// A year's projects.
public struct ProjectLines: Equatable, Sendable {
  public let year: Int
  /// The years there are, the latest first.
  public let years: [Int]
  /// Parts after their totals.
  public let lines: [ProjectLine]
  /// Of the lines that are no part of another project: no money is counted twice. In 元.
  public let money: EvaluationSummary.Money
  /// Whether there are more than the list holds.
  public let isCut: Bool
}

extension ProjectDesk {
  /// The most projects of one list.
  public static let mostLines = 2000

  /// The projects of a year that `doer` may see; when none is asked for, of the present year, or the
  /// nearest before it that there is.
  ///
  /// - Parameter now: tells the day by which deadlines have passed.
  /// - Throws: `right.missing`.
  public func lines(
    _ filter: ProjectFilter, by doer: Doer, now: Moment, in snapshot: Snapshot
  ) throws -> ProjectLines {
    try doer.require(.projectRead)
    var scope = ProjectScope.condition(doer, right: .projectRead)
    let years = try ProjectRows.years(where: scope, in: snapshot)
    let present = today(now).year
    let year = filter.year ?? years.first { $0 <= present } ?? years.last ?? present
    if let path = filter.organisationPath {
      scope = scope + " AND " + Subtree.holds("o.path", path)
    }
    let found = try ProjectRows.all(
      where: "p.year = \(year) AND \(scope)", limit: Self.mostLines + 1, in: snapshot)
    let builder = try LineBuilder(self, Array(found.prefix(Self.mostLines)), year, now, snapshot)
    let lines = builder.lines().filter { filter.holds($0) }
    return ProjectLines(
      year: year, years: years, lines: lines, money: Self.money(lines),
      isCut: found.count > Self.mostLines)
  }

  /// The forms of a list that its reader was let see, in its order.
  ///
  /// - Throws: `input.invalid` with `print.many` beyond `EvaluationCollection.most`.
  public func forms(
    of list: ProjectLines, in snapshot: some Querying
  ) throws -> [EvaluationForm] {
    let projects = list.lines.map(\.project)
    guard projects.count <= EvaluationCollection.most else {
      throw Fault(.invalid, "print.many", ["limit": String(EvaluationCollection.most)])
    }
    return try files(projects, in: snapshot).map(\.form)
  }

  /// What the roots of a list have together, in 元.
  static func money(_ lines: [ProjectLine]) -> EvaluationSummary.Money {
    let all = Set(lines.map(\.project.id))
    var sum = EvaluationSummary.Money()
    for line in lines where !line.above.contains(where: all.contains) {
      guard let unit = line.project.moneyUnit?.inYuan else { continue }
      sum.opening += (line.budget.opening.value ?? 0) * unit
      sum.adjusted += (line.budget.adjusted.value ?? 0) * unit
      sum.executed += (line.budget.executed.value ?? 0) * unit
    }
    return sum
  }
}

extension ProjectFilter {
  func holds(_ line: ProjectLine) -> Bool {
    let text = text.trimmingCharacters(in: .whitespaces)
    return (states.isEmpty || states.contains(line.project.state))
      && (!onlyOverdue || line.isOverdue) && (!onlySoon || line.isOverdue || line.isSoon)
      && (phase.map { line.life[$0]?.state.isAwaited ?? false } ?? true)
      && (severity.map { line.hasFinding(atLeast: $0) } ?? true)
      && (text.isEmpty
        || [line.project.name, line.project.department, line.project.unit].contains {
          $0.localizedCaseInsensitiveContains(text)
        })
  }
}

extension ProjectLine {
  fileprivate func hasFinding(atLeast severity: Finding.Severity) -> Bool {
    switch severity {
    case .error: count(.error) > 0
    case .warning: count(.error) + count(.warning) > 0
    case .remark: !findings.isEmpty
    }
  }
}

/// Makes the lines of a list, each total before its parts.
private struct LineBuilder {
  let projects: [Project]
  let budgets: [ID<Project>: EvaluationBudget]
  let findings: [ID<Project>: [Finding]]
  let lives: [ID<Project>: ProjectLife]
  let parties: PartyMap
  let today: Day

  init(
    _ desk: ProjectDesk, _ projects: [Project], _ year: Int, _ now: Moment, _ snapshot: Snapshot
  ) throws {
    self.projects = projects
    budgets = try ProjectRows.budgets(of: projects.map(\.id), in: snapshot)
    var findings: [ID<Project>: [Finding]] = [:]
    for owner in Set(projects.map(\.organisation)) {
      findings.merge(try desk.findings(of: owner, year: year, in: snapshot)) { $1 }
    }
    self.findings = findings
    let deadlines = try ProjectPartRows.deadlines(of: year, in: snapshot)
    let sheets = try SheetRows.standings(of: projects.map(\.id), in: snapshot)
    lives = Dictionary(
      projects.map { project in
        let life = ProjectLife(
          project, sheets: sheets[project.id] ?? [], deadlines: deadlines, calendar: desk.calendar)
        return (project.id, life)
      }, uniquingKeysWith: { first, _ in first })
    parties = try desk.parties.value(in: snapshot)
    today = desk.today(now)
  }

  func lines() -> [ProjectLine] {
    let shown = Set(projects.map(\.id))
    let children = Dictionary(grouping: projects.filter { $0.parent != nil }, by: { $0.parent })
    var lines: [ProjectLine] = []
    func add(_ project: Project, _ above: [ID<Project>]) {
      let parts = children[project.id] ?? []
      if let line = line(project, above, hasParts: !parts.isEmpty) { lines.append(line) }
      for part in parts { add(part, [project.id] + above) }
    }
    for project in projects where project.parent.map({ !shown.contains($0) }) ?? true {
      add(project, [])
    }
    return lines
  }

  private func line(
    _ project: Project, _ above: [ID<Project>], hasParts: Bool
  ) -> ProjectLine? {
    guard let life = lives[project.id] else { return nil }
    let row = budgets[project.id]?.total ?? EvaluationBudgetRow()
    var rate: Decimal?
    if let executed = row.executed.value, let adjusted = row.adjusted.value, adjusted > 0 {
      rate = (executed * 100 / adjusted).halfUp(2)
    }
    return ProjectLine(
      project: project, organisation: parties[project.organisation]?.name ?? "",
      depth: above.count, hasParts: hasParts, above: above, budget: row, rate: rate, life: life,
      today: today, findings: findings[project.id] ?? [])
  }
}
