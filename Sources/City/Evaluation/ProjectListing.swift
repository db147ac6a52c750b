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
  public let budget: EvaluationBudgetRow
  public let rate: Decimal?
  /// The step it waits for, and until when.
  public let due: Day?
  public let isOverdue: Bool
  public let findings: [Finding]

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

  /// The projects of a year that `doer` may see; of the latest year there is when none is asked for.
  ///
  /// - Parameter now: tells the day by which deadlines have passed.
  /// - Throws: `right.missing`.
  public func lines(
    _ filter: ProjectFilter, by doer: Doer, now: Moment, in snapshot: Snapshot
  ) throws -> ProjectLines {
    try doer.require(.projectRead)
    var scope = ProjectScope.condition(doer, right: .projectRead)
    let years = try ProjectRows.years(where: scope, in: snapshot)
    let year = filter.year ?? years.first ?? today(now).year
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

  /// The forms of a list, in its order.
  ///
  /// - Throws: as `lines`; `input.invalid` with `print.many` beyond `EvaluationCollection.most`.
  public func forms(
    _ filter: ProjectFilter, by doer: Doer, now: Moment, in snapshot: Snapshot
  ) throws -> [EvaluationForm] {
    let projects = try lines(filter, by: doer, now: now, in: snapshot).lines.map(\.project)
    guard projects.count <= EvaluationCollection.most else {
      throw Fault(.invalid, "print.many", ["limit": String(EvaluationCollection.most)])
    }
    return try files(projects, in: snapshot).map(\.form)
  }

  /// What the roots of a list have together, in 元.
  static func money(_ lines: [ProjectLine]) -> EvaluationSummary.Money {
    let shown = Set(lines.map(\.project.id))
    var sum = EvaluationSummary.Money()
    for line in lines where line.project.parent.map({ !shown.contains($0) }) ?? true {
      guard let unit = line.project.moneyUnit?.inYuan else { continue }
      sum.opening += (line.budget.opening.value ?? 0) * unit
      sum.adjusted += (line.budget.adjusted.value ?? 0) * unit
      sum.executed += (line.budget.executed.value ?? 0) * unit
    }
    return sum
  }

  /// The step a project waits for and its day: of the nearest organisation that has one.
  static func due(_ project: Project, _ deadlines: [ProjectDeadline]) -> Day? {
    guard let phase = project.state.awaited else { return nil }
    return deadlines.filter {
      $0.phase == phase && $0.year == project.year
        && project.organisationPath.hasPrefix($0.organisationPath)
    }.max { $0.organisationPath.utf8.count < $1.organisationPath.utf8.count }?.due
  }

  /// The day until when a project's next step is due.
  public func due(_ file: ProjectFile, in snapshot: some Querying) throws -> Day? {
    Self.due(file.project, try ProjectPartRows.deadlines(of: file.project.year, in: snapshot))
  }

  /// All deadlines of a year that concern what `doer` may see.
  public func deadlines(
    of year: Int, by doer: Doer, in snapshot: some Querying
  ) throws -> [ProjectDeadline] {
    try doer.require(.projectRead)
    let scopes = doer.grants(holding: .projectRead).filter { $0.areaPath.isEmpty }
      .map(\.organisationPath)
    let order = ProjectPhase.allCases
    return try ProjectPartRows.deadlines(of: year, in: snapshot).filter { deadline in
      scopes.contains {
        deadline.organisationPath.hasPrefix($0) || $0.hasPrefix(deadline.organisationPath)
      }
    }.sorted { left, right in
      (left.organisationPath, order.firstIndex(of: left.phase) ?? 0)
        < (right.organisationPath, order.firstIndex(of: right.phase) ?? 0)
    }
  }

  /// Sets or takes away the day until when a step of a year is due below an organisation.
  ///
  /// - Throws: `right.missing` for those who do not review for finance there; `input.invalid` with
  ///   `organisation.unknown` or `year.range`.
  public func setDeadline(
    _ due: Day?, for phase: ProjectPhase, year: Int, of organisation: ID<Organisation>,
    by doer: Doer, in tx: Transaction
  ) throws {
    try doer.require(.projectApprove)
    try Self.check(year: year)
    guard let owner = try OrganisationRows.organisation(organisation, in: tx) else {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": "\(organisation)"])
    }
    guard doer.may(.projectApprove, organisationPath: owner.path, areaPath: "") else {
      throw Fault(.forbidden, "right.missing", ["right": Right.projectApprove.rawValue])
    }
    try ProjectPartRows.set(due, for: phase, year: year, of: organisation, in: tx)
    try Ledger.append(
      "project.deadline", about: .organisation, organisation.raw, by: doer.actor,
      payload: Payload().with("phase", phase.rawValue).with("year", Int64(year))
        .with("due", due?.description), in: tx)
  }
}

extension ProjectFilter {
  func holds(_ line: ProjectLine) -> Bool {
    let text = text.trimmingCharacters(in: .whitespaces)
    return (states.isEmpty || states.contains(line.project.state))
      && (!onlyOverdue || line.isOverdue)
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
  let deadlines: [ProjectDeadline]
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
    deadlines = try ProjectPartRows.deadlines(of: year, in: snapshot)
    parties = try desk.parties.value(in: snapshot)
    today = desk.today(now)
  }

  func lines() -> [ProjectLine] {
    let shown = Set(projects.map(\.id))
    let children = Dictionary(grouping: projects.filter { $0.parent != nil }, by: { $0.parent })
    var lines: [ProjectLine] = []
    func add(_ project: Project, _ depth: Int) {
      let parts = children[project.id] ?? []
      lines.append(line(project, depth, hasParts: !parts.isEmpty))
      for part in parts { add(part, depth + 1) }
    }
    for project in projects where project.parent.map({ !shown.contains($0) }) ?? true {
      add(project, 0)
    }
    return lines
  }

  private func line(_ project: Project, _ depth: Int, hasParts: Bool) -> ProjectLine {
    let row = budgets[project.id]?.total ?? EvaluationBudgetRow()
    let due = ProjectDesk.due(project, deadlines)
    var rate: Decimal?
    if let executed = row.executed.value, let adjusted = row.adjusted.value, adjusted > 0 {
      rate = (executed * 100 / adjusted).halfUp(2)
    }
    return ProjectLine(
      project: project, organisation: parties[project.organisation]?.name ?? "", depth: depth,
      hasParts: hasParts, budget: row, rate: rate, due: due,
      isOverdue: due.map { $0 < today } ?? false, findings: findings[project.id] ?? [])
  }
}
