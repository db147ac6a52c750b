import Base
import Foundation
import Store

/// One line of a project's budget book.
public struct BudgetEntry: Row, Equatable {
  /// What was entered.
  public enum Kind: String, Storable, CaseIterable, Codable {
    /// 年初预算: granted for the year.
    case opening
    /// 预算调整: added or taken away in the year.
    case change
  }

  public let id: ID<BudgetEntry>
  public let project: ID<Project>
  public let kind: Kind
  /// Never the total: that is the sum of the sources.
  public let source: EvaluationBudgetRow.Name
  /// With its sign, in the project's money unit.
  public let amount: PrintedNumber
  public let reason: String
  /// The number of the paper that decided it (文号).
  public let paper: String
  public let effective: Day
  public let by: ID<Person>?
  public let at: Moment

  static let columns: SQL = """
    id, project_id, kind, source, amount, reason, paper, effective_on, entered_by, entered_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    kind = try fields.next()
    source = try fields.next()
    amount = try fields.next()
    reason = try fields.next()
    paper = try fields.next()
    effective = try fields.next()
    by = try fields.next()
    at = try fields.next()
  }

  init(
    id: ID<BudgetEntry>, project: ID<Project>, _ draft: BudgetEntryDraft, effective: Day,
    by: ID<Person>?, at: Moment
  ) {
    self.id = id
    self.project = project
    kind = draft.kind
    source = draft.source
    amount = draft.amount
    reason = draft.reason
    paper = draft.paper
    self.effective = effective
    self.by = by
    self.at = at
  }
}

/// An entry as it is handed in.
public struct BudgetEntryDraft: Equatable, Sendable {
  public var kind = BudgetEntry.Kind.change
  public var source = EvaluationBudgetRow.Name.currentYear
  public var amount = PrintedNumber.none
  public var reason = ""
  public var paper = ""
  /// As of which day it holds; the day of the entry when nil.
  public var effective: Day?

  public init() {}
}

/// What the entries of a project's budget come to.
public struct BudgetBook: Equatable, Sendable {
  /// In the order of their days, then of their entering.
  public let entries: [BudgetEntry]

  public init(_ entries: [BudgetEntry]) {
    self.entries = entries.sorted { ($0.effective, $0.id) < ($1.effective, $1.id) }
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// One entry with what its source had before and after it.
  public struct Line: Equatable, Sendable {
    public let entry: BudgetEntry
    public let before: Decimal
    public let after: Decimal
    /// Of all sources, after it.
    public let total: Decimal
  }

  /// The history of the adjusted budget.
  public var lines: [Line] {
    var sums: [EvaluationBudgetRow.Name: Decimal] = [:]
    return entries.map { entry in
      let before = sums[entry.source] ?? 0
      let after = before + (entry.amount.value ?? 0)
      sums[entry.source] = after
      return Line(
        entry: entry, before: before, after: after, total: sums.values.reduce(0, +))
    }
  }

  /// The opening or adjusted budget of a row as it follows from the entries; nil where there is none.
  public func figure(
    _ row: EvaluationBudgetRow.Name, _ column: EvaluationBudgetRow.Column, asOf: Day? = nil
  ) -> PrintedNumber? {
    let counted = entries.filter { entry in
      (row == .total || entry.source == row) && (column == .adjusted || entry.kind == .opening)
        && (asOf.map { entry.effective <= $0 } ?? true)
    }
    // A source that came in the year had nothing at its opening.
    let isThere = entries.contains { row == .total || $0.source == row }
    guard isThere, column == .opening || column == .adjusted else { return nil }
    let places = entries.compactMap(\.amount.decimals).max() ?? 0
    let sum = counted.reduce(Decimal()) { $0 + ($1.amount.value ?? 0) }
    return PrintedNumber(sum.printed(places))
  }

  /// All that there was to spend on a day: by the book, and as typed of sources that it has not.
  public func granted(in budget: EvaluationBudget, asOf day: Day? = nil) -> PrintedNumber {
    guard !isEmpty else { return budget.granted }
    let cells = EvaluationBudget.sources.map { source in
      figure(source, .adjusted, asOf: day)
        ?? (budget[source].adjusted.isNone ? budget[source].opening : budget[source].adjusted)
    }
    let places = cells.compactMap(\.decimals).max() ?? 0
    return PrintedNumber(cells.reduce(Decimal()) { $0 + ($1.value ?? 0) }.printed(places))
  }

  /// A source that would have less than nothing at some time, if any.
  var overdrawn: EvaluationBudgetRow.Name? {
    lines.first { $0.after < 0 }?.entry.source
  }

  /// Where a form's cell comes from: out of the book, typed instead, or the book says nothing.
  public func origin(
    of row: EvaluationBudgetRow.Name, _ column: EvaluationBudgetRow.Column,
    in budget: EvaluationBudget
  ) -> FigureOrigin? {
    guard let figure = figure(row, column) else { return nil }
    return figure.value == budget[row][column].value ? .computed : .typed
  }

  static let columns: [EvaluationBudgetRow.Column] = [.opening, .adjusted]

  /// Lets the sources' cells that followed the book before follow it now, and totals that were their
  /// sums; what was typed instead stays.
  func carried(into budget: EvaluationBudget, after before: BudgetBook) -> EvaluationBudget {
    put(into: budget) { source, column, cell in
      cell.isNone || cell.value == before.figure(source, column)?.value
    }
  }

  /// All cells as the book has them.
  func adopted(into budget: EvaluationBudget) -> EvaluationBudget {
    var adopted = put(into: budget) { _, _, _ in true }
    for column in Self.columns { adopted.total[column] = adopted.sum(column) ?? .none }
    return adopted
  }

  private func put(
    into budget: EvaluationBudget,
    where follows: (EvaluationBudgetRow.Name, EvaluationBudgetRow.Column, PrintedNumber) -> Bool
  ) -> EvaluationBudget {
    var carried = budget
    for source in EvaluationBudget.sources {
      for column in Self.columns {
        guard let figure = figure(source, column), follows(source, column, budget[source][column])
        else { continue }
        carried[source][column] = figure
      }
    }
    carried.follow(budget)
    return carried
  }
}

/// The SQL of budget books.
enum BudgetRows {
  static func entries(of id: ID<Project>, in snapshot: some Querying) throws -> [BudgetEntry] {
    try snapshot.all(
      """
      SELECT \(BudgetEntry.columns) FROM project_budget_entry WHERE project_id = \(id)
      ORDER BY id LIMIT 1000
      """)
  }

  static func insert(_ entry: BudgetEntry, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO project_budget_entry (id, project_id, kind, source, amount, reason, paper,
        effective_on, entered_by, entered_at)
      VALUES (\(entry.id), \(entry.project), \(entry.kind), \(entry.source), \(entry.amount),
        \(entry.reason), \(entry.paper), \(entry.effective), \(entry.by), \(entry.at))
      """)
  }
}
