import Base
import Foundation
import Store

/// What hangs from a project beside its form.
public struct ProjectParts: Sendable {
  public let changes: [BudgetChange]
  /// The form at each submission.
  public let versions: [ProjectVersion]
  /// The form as it was read out of a document, with what could not be placed; nil where it was made here.
  public let reading: ProjectVersion?
  public let comments: [ProjectComment]
  public let attachments: [ProjectAttachment]
  /// The total that it is a part of.
  public let parent: Project?
  /// The names of those who had to do with it.
  public let people: [ID<Person>: String]
}

extension ProjectDesk {
  /// The parts of a project that `doer` was let see.
  public func parts(of file: ProjectFile, in snapshot: some Querying) throws -> ProjectParts {
    let id = file.project.id
    let changes = try ProjectPartRows.changes(id, in: snapshot)
    let kept = try ProjectPartRows.versions(id, in: snapshot)
    let versions = kept.filter { $0.number != ProjectVersion.reading }
    let reading = kept.first { $0.number == ProjectVersion.reading }
    let comments = try ProjectPartRows.comments(id, in: snapshot)
    let people = Set(
      file.indicators.compactMap(\.source.by) + comments.compactMap(\.author)
        + changes.compactMap(\.by) + kept.compactMap(\.submittedBy))
    return ProjectParts(
      changes: changes, versions: versions, reading: reading, comments: comments,
      attachments: try ProjectPartRows.attachments(id, in: snapshot),
      parent: try file.project.parent.flatMap { try ProjectRows.find($0, in: snapshot) },
      people: try ProjectPartRows.names(of: people.sorted(), in: snapshot))
  }

  /// The projects that one could be a part of: those of its body and year that are not below it.
  public func possibleParents(
    of project: Project?, year: Int, organisation: ID<Organisation>, in snapshot: some Querying
  ) throws -> [Project] {
    let all = try ProjectRows.all(
      where: "p.organisation_id = \(organisation) AND p.year = \(year)", limit: Self.mostLines,
      in: snapshot)
    guard let project else { return all }
    var below: Set<ID<Project>> = [project.id]
    var grown = true
    while grown {
      let more = all.filter { $0.parent.map(below.contains) ?? false && !below.contains($0.id) }
      below.formUnion(more.map(\.id))
      grown = !more.isEmpty
    }
    return all.filter { !below.contains($0.id) }
  }

  /// A body's projects over all its years.
  ///
  /// - Throws: `right.missing`, `organisation.missing` outside the scope.
  public func years(
    of organisation: ID<Organisation>, by doer: Doer, in snapshot: Snapshot
  ) throws -> ProjectYears {
    try doer.require(.projectRead)
    guard let body = try parties.value(in: snapshot)[organisation],
      doer.may(.projectRead, organisationPath: body.path, areaPath: "")
    else { throw Fault.missing("organisation") }
    let projects = try ProjectRows.all(
      where: "p.organisation_id = \(organisation)", limit: Self.mostLines, in: snapshot)
    let files = try files(projects, in: snapshot)
    var findings: [ID<Project>: [Finding]] = [:]
    for year in Set(projects.map(\.year)) {
      findings.merge(try self.findings(of: organisation, year: year, in: snapshot)) { $1 }
    }
    return ProjectYears(body: body, files: files, findings: findings)
  }
}

/// A body's projects side by side over its years.
public struct ProjectYears: Sendable {
  /// One year of one project.
  public struct Cell: Sendable {
    public let project: Project
    public let budget: EvaluationBudgetRow
    /// Per cent, half up to 0.01.
    public let rate: Decimal?
    public let total: Decimal?
    public let grade: EvaluationGrade?
    public let indicators: Int
    public let errors: Int
    public let warnings: Int
  }

  /// A project by its name.
  public struct Line: Sendable {
    public let name: String
    /// By year; none where the body had no such project.
    public let cells: [Int: Cell]
  }

  /// All of a body's money of one year in 元, without that of parts.
  public struct Sum: Sendable {
    public let year: Int
    public let projects: Int
    public let money: EvaluationSummary.Money
    public let errors: Int
    public let warnings: Int
  }

  public let body: Organisation
  /// From the first to the last.
  public let years: [Int]
  public let sums: [Sum]
  /// By the largest budget of the last year.
  public let lines: [Line]

  init(body: Organisation, files: [ProjectFile], findings: [ID<Project>: [Finding]]) {
    self.body = body
    let years = Set(files.map(\.project.year)).sorted()
    self.years = years
    let cells = files.map { Self.cell($0, findings[$0.project.id] ?? []) }
    sums = years.map { year in Self.sum(year, cells.filter { $0.project.year == year }) }
    let named = Dictionary(grouping: cells) { EvaluationTarget.normalized($0.project.name) }
    lines = named.values.map { same in
      Line(
        name: same.max { $0.project.year < $1.project.year }?.project.name ?? "",
        cells: Dictionary(
          same.map { ($0.project.year, $0) }, uniquingKeysWith: { first, _ in first }))
    }.sorted { left, right in
      let (mine, other) = (left.last(of: years), right.last(of: years))
      return mine == other ? left.name < right.name : mine > other
    }
  }

  private static func cell(_ file: ProjectFile, _ findings: [Finding]) -> Cell {
    let computed = file.form.computed
    return Cell(
      project: file.project, budget: file.budget.total, rate: computed.rate,
      total: computed.total, grade: computed.grade, indicators: file.indicators.count,
      errors: findings.count { $0.severity == .error },
      warnings: findings.count { $0.severity == .warning })
  }

  private static func sum(_ year: Int, _ cells: [Cell]) -> Sum {
    var money = EvaluationSummary.Money()
    let ids = Set(cells.map(\.project.id))
    for cell in cells where cell.project.parent.map({ !ids.contains($0) }) ?? true {
      guard let unit = cell.project.moneyUnit?.inYuan else { continue }
      money.opening += (cell.budget.opening.value ?? 0) * unit
      money.adjusted += (cell.budget.adjusted.value ?? 0) * unit
      money.executed += (cell.budget.executed.value ?? 0) * unit
    }
    return Sum(
      year: year, projects: cells.count, money: money, errors: cells.reduce(0) { $0 + $1.errors },
      warnings: cells.reduce(0) { $0 + $1.warnings })
  }
}

extension ProjectYears.Line {
  fileprivate func last(of years: [Int]) -> Decimal {
    guard let cell = years.reversed().lazy.compactMap({ cells[$0] }).first else { return 0 }
    return (cell.budget.adjusted.value ?? 0) * (cell.project.moneyUnit?.inYuan ?? 1)
  }
}
