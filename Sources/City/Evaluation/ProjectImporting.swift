import Base
import Foundation
import Store

/// Forms that were made elsewhere, and projects that go on from an earlier year.
extension ProjectDesk {
  /// Takes over forms that were read out of a document. What they print is kept as it is, and so is
  /// what could not be placed; forms that are totals of others of them become their parents.
  ///
  /// - Parameter year: of forms that say none.
  /// - Returns: the projects, in the forms' order.
  /// - Throws: `right.missing`; `input.invalid` naming `forms.2.project` and so on, with
  ///   `project.twice` where two of them are the same project.
  @discardableResult
  public func take(
    _ forms: [EvaluationForm], year: Int? = nil, for organisation: ID<Organisation>,
    by doer: Doer, in tx: Transaction
  ) throws -> [ID<Project>] {
    let owner = try owner(organisation, by: doer, in: tx)
    var faults: [Fault.Field] = []
    var ids: [ID<Project>] = []
    var batch = TakenNames()
    for (index, form) in forms.enumerated() {
      do {
        try batch.add(form, year: form.year ?? year)
        ids.append(try take(form, year: year, owner: owner.id, by: doer, in: tx))
      } catch let fault as Fault where !fault.fields.isEmpty {
        faults += fault.fields.map { .init("forms.\(index).\($0.name)", $0.code, $0.arguments) }
      }
    }
    guard faults.isEmpty else { throw Fault(.invalid, "input.invalid", fields: faults) }
    for branch in EvaluationTree(forms).branches {
      for child in branch.children {
        guard var project = try ProjectRows.find(ids[child], in: tx) else { continue }
        project.parent = ids[branch.parent]
        _ = try ProjectRows.update(project, from: project.revision, in: tx)
      }
    }
    return ids
  }

  /// Takes over forms in a transaction of its own.
  @discardableResult
  public func take(
    _ forms: [EvaluationForm], year: Int? = nil, for organisation: ID<Organisation>, by doer: Doer
  ) async throws -> [ID<Project>] {
    try await database.write { try take(forms, year: year, for: organisation, by: doer, in: $0) }
  }

  private func take(
    _ form: EvaluationForm, year: Int?, owner: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws -> ID<Project> {
    guard let year = form.year ?? year else { throw Fault.invalid("year", "value.missing") }
    try Self.check(year: year)
    var form = form
    // Numbers may be anything that a document prints; lengths are ours.
    var texts = ProjectDraft()
    texts.name = form.project
    texts.department = form.department
    texts.unit = form.unit
    texts.goal = form.goal
    texts.result = form.result
    texts.indicators = form.indicators.map { cells in
      var draft = IndicatorDraft()
      draft.cells = cells
      if draft.cells.name.isEmpty { draft.cells.name = "—" }
      draft.cells.weight = .none
      draft.cells.score = .none
      return draft
    }
    let checked = try ProjectDraftCheck.checked(texts, before: nil)
    var plain = form
    plain.project = checked.name
    let row = NewProjectRow(
      year: year, organisation: owner, form: plain, source: form.source, ordinal: form.ordinal,
      by: doer.person)
    let indicators = form.indicators.map { cells in
      var draft = IndicatorDraft()
      draft.cells = cells
      return draft
    }
    let id = try insert(
      row, indicators: indicators, origin: .imported, verb: "project.import", by: doer, in: tx)
    form.unplaced = form.unplaced.prefix(Self.mostUnplaced).map(\.shortened)
    try ProjectPartRows.keep(form, as: ProjectVersion.reading, of: id, by: doer.person, in: tx)
    return id
  }

  /// The most pieces without a place that are kept of a form; one with more is hardly a form.
  private static let mostUnplaced = 300

  /// Makes the next year's project of one: its name, goal, targets and weights, without figures of
  /// money, actual values and points.
  ///
  /// - Throws: `project.missing`, `right.missing`, `input.invalid` with `project.exists`.
  @discardableResult
  public func copy(
    _ id: ID<Project>, to year: Int, by doer: Doer, in tx: Transaction
  ) throws -> ID<Project> {
    let file = try view(id, by: doer, in: tx)
    let owner = try owner(file.project.organisation, by: doer, in: tx)
    try Self.check(year: year)
    var draft = ProjectDraft(file)
    draft.result = ""
    draft.budget = EvaluationBudget()
    draft.budget.total.weight = file.budget.total.weight
    for index in draft.indicators.indices {
      draft.indicators[index].cells.actual = ""
      draft.indicators[index].cells.score = .none
      draft.indicators[index].cells.reason = ""
      draft.indicators[index].remedy = ""
    }
    let above = try file.project.parent.flatMap { try ProjectRows.find($0, in: tx) }
    let parent = try above.flatMap {
      try ProjectRows.find(named: $0.name, year: year, of: owner.id, in: tx)
    }
    let row = NewProjectRow(
      year: year, organisation: owner.id, parent: parent, form: draft.form(year: year),
      sector: draft.sector, copiedFrom: id, by: doer.person)
    return try insert(
      row, indicators: draft.indicators, origin: .typed, verb: "project.copy", by: doer, in: tx)
  }

  /// Copies in a transaction of its own.
  @discardableResult
  public func copy(
    _ id: ID<Project>, to year: Int, by doer: Doer
  ) async throws -> ID<Project> {
    try await database.write { try copy(id, to: year, by: doer, in: $0) }
  }
}

/// The projects of the forms that are taken over together: a body has each name once in a year.
private struct TakenNames {
  private struct Name: Hashable {
    let project: String
    let year: Int?
  }

  private var first: [Name: EvaluationForm] = [:]

  /// - Throws: `input.invalid` with `project.twice` that says which form was the same project.
  mutating func add(_ form: EvaluationForm, year: Int?) throws {
    let project = form.project.trimmingCharacters(in: .whitespacesAndNewlines)
    let name = Name(project: project, year: year)
    guard let other = first[name], !project.isEmpty else {
      first[name] = form
      return
    }
    throw Fault.invalid(
      "name", "project.twice",
      [
        "file": other.source, "ordinal": String(other.ordinal),
        "unit": other.unit.isEmpty ? "—" : other.unit,
      ])
  }
}

extension UnplacedText {
  /// With no more text than a page can show.
  fileprivate var shortened: UnplacedText {
    UnplacedText(line: line, text: String(text.prefix(1000)), reason: reason)
  }
}
