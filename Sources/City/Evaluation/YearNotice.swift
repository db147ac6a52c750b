import Base
import Foundation
import Store

/// What a form says otherwise than the papers of its own year: its budget book, its approved targets,
/// the parts that it is the total of. Checks of the form alone are `Finding`s.
public struct YearNotice: Equatable, Sendable {
  /// What departs from what.
  public enum Code: String, Sendable, CaseIterable, Codable {
    /// Typed instead of what the book has.
    case budgetDeparts = "budget-departs"
    /// Another target than the approved one.
    case targetDeparts = "target-departs"
    case weightDeparts = "weight-departs"
    /// Approved, and not in the form.
    case targetMissing = "target-missing"
    /// In the form, and not approved.
    case targetUndeclared = "target-undeclared"
    /// The total is not the sum of its parts.
    case partsDiffer = "parts-differ"
  }

  /// Worded as `notice.<code>`.
  public let code: Code
  public let severity: Finding.Severity
  public let place: Finding.Place
  public let arguments: [String: String]

  init(
    _ code: Code, _ severity: Finding.Severity, at place: Finding.Place,
    _ arguments: [String: String]
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.arguments = arguments
  }

  /// What a form says otherwise than the papers of its year.
  ///
  /// - Parameters:
  ///   - targets: those in force; nil before any are approved.
  ///   - parts: the projects that it is the total of, with their totals.
  static func all(
    of file: ProjectFile, book: BudgetBook, targets: TargetsContent?,
    parts: [(project: Project, budget: EvaluationBudgetRow)]
  ) -> [YearNotice] {
    departures(file.budget, from: book)
      + (targets.map { departures(file.indicators, from: $0) } ?? [])
      + differences(
        file.budget.total, file.project.moneyUnit,
        parts: parts.map { ($0.budget, $0.project.moneyUnit) })
  }

  /// What a form's budget says otherwise than its book.
  static func departures(_ budget: EvaluationBudget, from book: BudgetBook) -> [YearNotice] {
    EvaluationBudget.sources.flatMap { row in
      BudgetBook.columns.compactMap { column in
        guard let figure = book.figure(row, column), figure.value != budget[row][column].value
        else { return nil }
        return YearNotice(
          .budgetDeparts, .warning, at: .budget(row, column),
          [
            "budget-row": row.rawValue, "budget-column": column.rawValue,
            "typed": budget[row][column].isNone ? "—" : budget[row][column].text,
            "book": figure.text,
          ])
      }
    }
  }

  /// What a form's indicators say otherwise than the approved targets.
  static func departures(
    _ indicators: [ProjectIndicator], from targets: TargetsContent
  ) -> [YearNotice] {
    var notices: [YearNotice] = []
    let approved = Dictionary(
      targets.lines.compactMap { line in line.id.map { ($0, line) } },
      uniquingKeysWith: { first, _ in first })
    for (index, indicator) in indicators.enumerated() {
      let place = Finding.Place.indicator(index)
      let cells = indicator.cells
      guard let line = approved[indicator.id] else {
        notices.append(
          .init(.targetUndeclared, .remark, at: place, ["name": cells.name]))
        continue
      }
      if line.target != cells.target {
        notices.append(
          .init(
            .targetDeparts, .warning, at: place,
            ["name": cells.name, "approved": line.target, "typed": cells.target]))
      }
      if line.weight.value != cells.weight.value {
        notices.append(
          .init(
            .weightDeparts, .remark, at: place,
            ["name": cells.name, "approved": line.weight.text, "typed": cells.weight.text]))
      }
    }
    let there = Set(indicators.map(\.id))
    for line in targets.lines where !(line.id.map(there.contains) ?? true) {
      notices.append(.init(.targetMissing, .warning, at: .form, ["name": line.name]))
    }
    return notices
  }

  /// Where a total is not what its parts have together. A part without a figure says nothing.
  static func differences(
    _ total: EvaluationBudgetRow, _ unit: MoneyUnit?, parts: [(EvaluationBudgetRow, MoneyUnit?)]
  ) -> [YearNotice] {
    guard !parts.isEmpty, let unit, parts.allSatisfy({ $0.1 == unit }) else { return [] }
    return [EvaluationBudgetRow.Column.opening, .adjusted, .executed].compactMap { column in
      let figures = parts.map { $0.0[column].value }
      guard let own = total[column].value, !figures.contains(nil) else { return nil }
      let sum = figures.reduce(Decimal()) { $0 + ($1 ?? 0) }
      // Each amount is rounded by itself.
      let slack = parts.reduce(total[column].halfUnit(unit)) { $0 + $1.0[column].halfUnit(unit) }
      guard abs(own - sum) > slack else { return nil }
      return YearNotice(
        .partsDiffer, .warning, at: .budget(.total, column),
        ["budget-column": column.rawValue, "total": "\(own)", "sum": "\(sum)"])
    }
  }
}

extension ProjectDesk {
  /// What a project's form says otherwise than the papers of its year.
  public func notices(
    of file: ProjectFile, in snapshot: some Querying
  ) throws -> [YearNotice] {
    let book = try book(of: file, in: snapshot)
    let sheet = try sheet(.targets, of: file.project, in: snapshot)
    return YearNotice.all(
      of: file, book: book, targets: sheet.approved?.content.targets,
      parts: try partTotals(of: file, in: snapshot))
  }
}
