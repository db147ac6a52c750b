import Base
import Foundation
import Store

/// The budget book: the form's opening and adjusted budgets follow from it.
extension ProjectDesk {
  /// The most entries of one book.
  static let mostEntries = 500

  /// The book of a project that `doer` was let see.
  public func book(of file: ProjectFile, in snapshot: some Querying) throws -> BudgetBook {
    BudgetBook(try BudgetRows.entries(of: file.project.id, in: snapshot))
  }

  /// Enters what was granted or changed, and lets the form's cells follow that were not typed
  /// otherwise.
  ///
  /// - Throws: `project.missing`, `project.stale`, what `ProjectFlow.require` throws for editing, and
  ///   `input.invalid`.
  @discardableResult
  public func enter(
    _ draft: BudgetEntryDraft, on id: ID<Project>, revision: Int? = nil, by doer: Doer,
    in tx: Transaction
  ) throws -> Project {
    let file = try standing(for: .edit, on: id, revision: revision, by: doer, in: tx)
    let before = try book(of: file, in: tx)
    let draft = try checked(draft, before, file.project)
    let entry = BudgetEntry(
      id: tx.newID(), project: id, draft, effective: draft.effective ?? today(tx.now),
      by: doer.person, at: tx.now)
    let after = BudgetBook(before.entries + [entry])
    if let source = after.overdrawn {
      throw Fault.invalid("amount", "budget.overdrawn", ["budget-row": source.rawValue])
    }
    try BudgetRows.insert(entry, in: tx)
    return try carry(
      after.carried(into: file.budget, after: before), of: file, reason: draft.reason,
      effective: entry.effective, verb: "budget",
      Payload().with("entry", entry.id).with("kind", draft.kind.rawValue)
        .with("source", draft.source.rawValue), by: doer, in: tx)
  }

  /// Puts the book's figures into the form in place of what was typed.
  ///
  /// - Throws: as `enter`; `budget.book-empty` (conflict).
  @discardableResult
  public func adoptBook(
    on id: ID<Project>, revision: Int? = nil, by doer: Doer, in tx: Transaction
  ) throws -> Project {
    let file = try standing(for: .edit, on: id, revision: revision, by: doer, in: tx)
    let book = try book(of: file, in: tx)
    guard !book.isEmpty else { throw Fault(.conflict, "budget.book-empty") }
    return try carry(
      book.adopted(into: file.budget), of: file, reason: "", effective: today(tx.now),
      verb: "budget-adopted", Payload(), by: doer, in: tx)
  }

  private func checked(
    _ draft: BudgetEntryDraft, _ book: BudgetBook, _ project: Project
  ) throws -> BudgetEntryDraft {
    var draft = draft
    var faults: [Fault.Field] = []
    if project.moneyUnit == nil { faults.append(.init("moneyUnit", "value.missing")) }
    if draft.source == .total { faults.append(.init("source", "budget.source-total")) }
    if draft.amount.isNone {
      faults.append(.init("amount", "value.missing"))
    } else if draft.amount.value == nil || draft.amount.text.count > 30 || draft.amount.isPercent {
      faults.append(.init("amount", "number.unreadable"))
    } else if draft.amount.value == 0 {
      faults.append(.init("amount", "number.zero"))
    }
    if let day = draft.effective, day.year != project.year, draft.kind == .change {
      faults.append(.init("effective", "day.outside-year", ["year": String(project.year)]))
    }
    if book.entries.count >= Self.mostEntries {
      faults.append(.init("amount", "value.many", ["limit": String(Self.mostEntries)]))
    }
    draft.reason =
      try TextCheck.collect(&faults) {
        try TextCheck.text("reason", draft.reason, atMost: ProjectDraftCheck.longestCell) ?? ""
      } ?? draft.reason
    draft.paper =
      try TextCheck.collect(&faults) {
        try TextCheck.line("paper", draft.paper, atMost: ProjectDraftCheck.longestName) ?? ""
      } ?? draft.paper
    if draft.kind == .change, draft.reason.isEmpty {
      faults.append(.init("reason", "value.missing"))
    }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    return draft
  }

  /// Writes the budget that follows, with its changes and all that is computed of it.
  private func carry(
    _ budget: EvaluationBudget, of file: ProjectFile, reason: String, effective: Day,
    verb: String, _ payload: Payload, by doer: Doer, in tx: Transaction
  ) throws -> Project {
    var draft = ProjectDraft(file)
    draft.budget = budget
    let form = draft.form(year: file.project.year)
    for change in form.budget.changes(from: file.budget) {
      try ProjectPartRows.insert(
        NewBudgetChange(
          row: change.row, column: change.column, before: change.before, after: change.after,
          origin: .computed, reason: reason, effective: effective, by: doer.person),
        of: file.project.id, in: tx)
    }
    try ProjectRows.write(form.budget, of: file.project.id, in: tx)
    var project = file.project
    project.total = form.total
    project.grade = form.grade
    try ProjectPartRows.note(.wrote, by: doer.person, in: project.id, tx)
    return try finish(project, verb: verb, payload, by: doer, in: tx)
  }
}
