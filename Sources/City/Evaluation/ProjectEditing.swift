import Base
import Foundation
import Store

/// Making and changing forms.
extension ProjectDesk {
  /// Makes a project of a body, with what is known of its form.
  ///
  /// - Throws: `right.missing`; `input.invalid`, with `project.exists` for a name that the body's year
  ///   has already.
  @discardableResult
  public func add(
    _ draft: ProjectDraft, year: Int, for organisation: ID<Organisation>, by doer: Doer,
    in tx: Transaction
  ) throws -> ID<Project> {
    let owner = try owner(organisation, by: doer, in: tx)
    let draft = try ProjectDraftCheck.checked(draft, before: nil)
    try Self.check(year: year)
    let parent = try parent(draft.parent, of: nil, year: year, owner: owner.id, in: tx)
    let row = NewProjectRow(
      year: year, organisation: owner.id, parent: parent, form: draft.form(year: year),
      sector: draft.sector, by: doer.person)
    return try insert(
      row, indicators: draft.indicators, origin: .typed, verb: "project.add", by: doer, in: tx)
  }

  /// Changes a form as a whole.
  ///
  /// - Throws: `project.missing`, `project.stale`, what `ProjectFlow.require` throws, and
  ///   `input.invalid` with every field that is wrong.
  @discardableResult
  public func edit(
    _ id: ID<Project>, _ draft: ProjectDraft, revision: Int? = nil, by doer: Doer,
    in tx: Transaction
  ) throws -> Project {
    let file = try standing(for: .edit, on: id, revision: revision, by: doer, in: tx)
    var draft = try ProjectDraftCheck.checked(draft, before: file)
    draft.budget.follow(file.budget)
    var project = file.project
    if draft.name != project.name {
      try refuseTaken(draft.name, project.year, project.organisation, in: tx)
    }
    project.parent = try parent(
      draft.parent, of: file.project, year: project.year, owner: project.organisation, in: tx)
    let form = draft.form(year: project.year)
    try writeBudget(form.budget, of: file, draft, origin: .typed, by: doer, in: tx)
    try write(draft.indicators, of: file, by: doer, in: tx)
    project.name = draft.name
    project.department = draft.department
    project.unit = draft.unit
    project.sector = draft.sector
    project.moneyUnit = draft.moneyUnit
    project.goal = draft.goal
    project.result = draft.result
    project.total = form.total
    project.grade = form.grade
    try ProjectPartRows.note(.wrote, by: doer.person, in: id, tx)
    return try finish(
      project, .edit, Payload().with("indicators", Int64(draft.indicators.count)), by: doer, in: tx)
  }

  /// Makes a project in a transaction of its own.
  @discardableResult
  public func add(
    _ draft: ProjectDraft, year: Int, for organisation: ID<Organisation>, by doer: Doer
  ) async throws -> ID<Project> {
    try await database.write { try add(draft, year: year, for: organisation, by: doer, in: $0) }
  }

  /// Changes a form in a transaction of its own.
  @discardableResult
  public func edit(
    _ id: ID<Project>, _ draft: ProjectDraft, revision: Int? = nil, by doer: Doer
  ) async throws -> Project {
    try await database.write { try edit(id, draft, revision: revision, by: doer, in: $0) }
  }

  // MARK: - Parts of these

  static func check(year: Int) throws {
    guard (2000...2100).contains(year) else { throw Fault.invalid("year", "year.range") }
  }

  func refuseTaken(
    _ name: String, _ year: Int, _ owner: ID<Organisation>, in tx: Transaction
  ) throws {
    if try ProjectRows.find(named: name, year: year, of: owner, in: tx) != nil {
      throw Fault.invalid("name", "project.exists", ["year": String(year)])
    }
  }

  /// The row of a new project, with its budget, its indicators and its entry.
  func insert(
    _ row: NewProjectRow, indicators: [IndicatorDraft], origin: FigureOrigin, verb: String,
    by doer: Doer, in tx: Transaction
  ) throws -> ID<Project> {
    try refuseTaken(row.form.project, row.year, row.organisation, in: tx)
    let id: ID<Project> = tx.newID()
    try ProjectRows.insert(row, id: id, in: tx)
    try ProjectRows.write(row.form.budget, of: id, in: tx)
    for (place, draft) in indicators.enumerated() {
      let source = FigureSource(origin: origin, by: doer.person, at: tx.now, document: nil)
      try ProjectRows.insert(
        ProjectIndicator(
          id: tx.newID(), project: id, place: place, cells: draft.cells, remedy: draft.remedy,
          direction: draft.direction, source: source), in: tx)
    }
    try ProjectPartRows.note(.wrote, by: doer.person, in: id, tx)
    try Ledger.append(
      verb, about: .project, id.raw, by: doer.actor,
      payload: Payload().with("organisation", row.organisation).with("year", Int64(row.year))
        .with("indicators", Int64(indicators.count)).with("from", row.copiedFrom), in: tx)
    if let file = try load(id, in: tx) { try SavedRows.keep(file, in: tx) }
    return id
  }

  /// - Throws: `input.invalid` with `project.parent-unknown`, or `project.parent-itself` where the
  ///   tree would close in a ring.
  func parent(
    _ parent: ID<Project>?, of project: Project?, year: Int, owner: ID<Organisation>,
    in tx: Transaction
  ) throws -> ID<Project>? {
    guard let parent, parent != project?.parent else { return parent }
    guard let found = try ProjectRows.find(parent, in: tx), found.year == year,
      found.organisation == owner, found.state != .discarded
    else { throw Fault.invalid("parent", "project.parent-unknown") }
    var above: Project? = found
    while let one = above {
      if one.id == project?.id { throw Fault.invalid("parent", "project.parent-itself") }
      above = try one.parent.flatMap { try ProjectRows.find($0, in: tx) }
    }
    return parent
  }

  private func writeBudget(
    _ budget: EvaluationBudget, of file: ProjectFile, _ draft: ProjectDraft, origin: FigureOrigin,
    by doer: Doer, in tx: Transaction
  ) throws {
    let changes = budget.changes(from: file.budget)
    let unexplained = changes.contains { $0.column != .executed && !$0.before.isNone }
    if unexplained && draft.budgetReason.isEmpty {
      throw Fault.invalid("budgetReason", "budget.reason-missing")
    }
    for change in changes {
      try ProjectPartRows.insert(
        NewBudgetChange(
          row: change.row, column: change.column, before: change.before, after: change.after,
          origin: origin, reason: draft.budgetReason,
          effective: draft.budgetDay ?? today(tx.now), by: doer.person), of: file.project.id,
        in: tx)
    }
    try ProjectRows.write(budget, of: file.project.id, in: tx)
  }

  func write(
    _ drafts: [IndicatorDraft], of file: ProjectFile, by doer: Doer, in tx: Transaction
  ) throws {
    let old = Dictionary(uniqueKeysWithValues: file.indicators.map { ($0.id, $0) })
    let documents = Set(
      try ProjectPartRows.attachments(file.project.id, in: tx).map(\.id))
    for (place, draft) in drafts.enumerated() {
      let before = draft.id.flatMap { old[$0] }
      let source = try source(
        of: draft, before, documents, "indicators.\(place)", by: doer, in: tx)
      let indicator = ProjectIndicator(
        id: before?.id ?? tx.newID(), project: file.project.id, place: place, cells: draft.cells,
        remedy: draft.remedy, direction: draft.direction, source: source)
      if before == nil {
        try ProjectRows.insert(indicator, in: tx)
      } else if before != indicator {
        try ProjectRows.update(indicator, in: tx)
      }
    }
    let kept = Set(drafts.compactMap(\.id))
    for gone in file.indicators where !kept.contains(gone.id) {
      try ProjectRows.remove(gone.id, in: tx)
    }
  }

  /// Where an actual value comes from now: from outside if a document says so, from whoever typed
  /// it if it changed, and otherwise from where it came.
  private func source(
    of draft: IndicatorDraft, _ before: ProjectIndicator?, _ documents: Set<ID<ProjectAttachment>>,
    _ field: String, by doer: Doer, in tx: Transaction
  ) throws -> FigureSource {
    let isSame = before.map { $0.cells.actual == draft.cells.actual } ?? false
    if draft.origin == .outside {
      guard let document = draft.document, documents.contains(document) else {
        throw Fault.invalid("\(field).document", "origin.document-missing")
      }
      if let before, isSame, before.source.document == document { return before.source }
      return FigureSource(origin: .outside, by: doer.person, at: tx.now, document: document)
    }
    if let before, isSame, before.source.origin != .outside { return before.source }
    return FigureSource(origin: .typed, by: doer.person, at: tx.now, document: nil)
  }
}

extension EvaluationBudget {
  /// Lets totals that were the sum of their sources stay so when only the sources were changed.
  mutating func follow(_ before: EvaluationBudget) {
    for column in [EvaluationBudgetRow.Column.opening, .adjusted, .executed] {
      guard total[column] == before.total[column], sum(column) != before.sum(column),
        before.sum(column)?.value == before.total[column].value
      else { continue }
      total[column] = sum(column) ?? .none
    }
  }

  /// The amounts that are not what they were, however they are written.
  func changes(from before: EvaluationBudget) -> [AmountChange] {
    EvaluationBudgetRow.Name.allCases.flatMap { row in
      [EvaluationBudgetRow.Column.opening, .adjusted, .executed].compactMap { column in
        let (old, new) = (before[row][column], self[row][column])
        let same = old.value == new.value && (old.value != nil || old.isNone == new.isNone)
        return same ? nil : AmountChange(row: row, column: column, before: old, after: new)
      }
    }
  }
}

/// One amount of a budget that became another.
struct AmountChange: Equatable {
  let row: EvaluationBudgetRow.Name
  let column: EvaluationBudgetRow.Column
  let before: PrintedNumber
  let after: PrintedNumber
}
