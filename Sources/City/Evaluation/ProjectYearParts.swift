import Base
import Store

/// What a project's year has beside its form.
public struct ProjectYearParts: Sendable {
  public let life: ProjectLife
  public let sheets: [SheetKind: SheetFile]
  public let book: BudgetBook
  public let notices: [YearNotice]
  public let scores: [OutsideScore]
  public let rectifications: [Rectification]
  /// The parts that it is the total of, with their budgets.
  public let parts: [(project: Project, budget: EvaluationBudgetRow)]
  /// The names of those who had to do with these.
  public let people: [ID<Person>: String]
}

extension ProjectDesk {
  /// The year of a project that `doer` was let see.
  public func yearParts(
    of file: ProjectFile, in snapshot: some Querying
  ) throws -> ProjectYearParts {
    let book = try book(of: file, in: snapshot)
    let scores = try outsideScores(of: file, in: snapshot)
    let items = try rectifications(of: file, in: snapshot)
    let sheets = try Dictionary(
      uniqueKeysWithValues: SheetKind.allCases.map {
        ($0, try sheet($0, of: file.project, in: snapshot))
      })
    let parts = try partTotals(of: file, in: snapshot)
    let people = Set(
      book.entries.compactMap(\.by) + scores.compactMap(\.by) + items.compactMap(\.doneBy)
        + sheets.values.flatMap(\.rounds).flatMap {
          [$0.submittedBy, $0.settledBy].compactMap(\.self)
        })
    return ProjectYearParts(
      life: try life(of: file, in: snapshot), sheets: sheets, book: book,
      notices: YearNotice.all(
        of: file, book: book, targets: sheets[.targets]?.approved?.content.targets, parts: parts),
      scores: scores, rectifications: items, parts: parts,
      people: try ProjectPartRows.names(of: people.sorted(), in: snapshot))
  }

  /// The projects that one is the total of, with their totals.
  func partTotals(
    of file: ProjectFile, in snapshot: some Querying
  ) throws -> [(project: Project, budget: EvaluationBudgetRow)] {
    let parts = try ProjectRows.all(
      where: "p.parent_id = \(file.project.id)", limit: 500, in: snapshot)
    let budgets = try ProjectRows.budgets(of: parts.map(\.id), in: snapshot)
    return parts.map { ($0, budgets[$0.id]?.total ?? EvaluationBudgetRow()) }
  }
}
