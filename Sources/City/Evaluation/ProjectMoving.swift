import Base
import Store

/// The life of a form: handed in, reviewed, given back, published; and what is said about it.
extension ProjectDesk {
  /// Makes a move that needs nothing but words.
  ///
  /// - Parameter words: the reason of a return (needed), what goes with a submission (needed where the
  ///   form contradicts itself), or a remark.
  /// - Throws: `project.missing`, `project.stale`, what `ProjectFlow.require` throws, and
  ///   `input.invalid`.
  @discardableResult
  public func make(
    _ move: ProjectMove, words: String = "", on id: ID<Project>, revision: Int? = nil,
    by doer: Doer, in tx: Transaction
  ) throws -> Project {
    let file = try standing(for: move, on: id, revision: revision, by: doer, in: tx)
    let words = try TextCheck.text("words", words, atMost: ProjectDraftCheck.longestCell)
    var project = file.project
    var payload = Payload()
    switch move {
    case .submit:
      try requireComplete(file, words, in: tx)
      project.version += 1
      project.submittedBy = doer.person
      project.submittedAt = tx.now
      try ProjectPartRows.note(.submitted, by: doer.person, in: id, tx)
      payload = payload.with("version", Int64(project.version))
    case .reviewDepartment, .reviewFinance:
      try ProjectPartRows.note(.reviewed, by: doer.person, in: id, tx)
    case .giveBack:
      guard words != nil else { throw Fault.invalid("words", "value.missing") }
    case .publish: project.publishedAt = tx.now
    case .discard:
      if try ProjectRows.hasParts(id, in: tx) {
        throw Fault(.conflict, "project.has-parts")
      }
    case .recall: break
    case .comment:
      return try comment(words, on: file.project, about: nil, by: doer, in: tx)
    case .edit, .attach:
      // These bring more than words, and have verbs of their own.
      throw Fault(
        .conflict, "project.move-not-now",
        ["act": move.rawValue, "stage": project.state.rawValue])
    }
    if let words {
      try say(words, with: move, on: id, about: nil, by: doer, in: tx)
    }
    if let end = ProjectFlow.end(of: move) { project.state = end }
    project = try finish(project, move, payload, by: doer, in: tx)
    if move == .submit { try ProjectPartRows.freeze(file.form, of: project, in: tx) }
    return project
  }

  /// Says something about one indicator, or about the project as a whole.
  ///
  /// - Throws: as `make`; `indicator.missing`.
  public func comment(
    _ words: String, on id: ID<Project>, about indicator: ID<ProjectIndicator>?, by doer: Doer,
    in tx: Transaction
  ) throws {
    let file = try standing(for: .comment, on: id, revision: nil, by: doer, in: tx)
    if let indicator, !file.indicators.contains(where: { $0.id == indicator }) {
      throw Fault.missing("indicator")
    }
    let words = try TextCheck.text("words", words, atMost: ProjectDraftCheck.longestCell)
    try comment(words, on: file.project, about: indicator, by: doer, in: tx)
  }

  /// Makes a move in a transaction of its own.
  @discardableResult
  public func make(
    _ move: ProjectMove, words: String = "", on id: ID<Project>, revision: Int? = nil,
    by doer: Doer
  ) async throws -> Project {
    try await database.write {
      try make(move, words: words, on: id, revision: revision, by: doer, in: $0)
    }
  }

  /// A comment changes no form: its entry stands alone.
  @discardableResult
  private func comment(
    _ words: String?, on project: Project, about indicator: ID<ProjectIndicator>?, by doer: Doer,
    in tx: Transaction
  ) throws -> Project {
    guard let words else { throw Fault.invalid("words", "value.missing") }
    let comment = try say(
      words, with: .comment, on: project.id, about: indicator, by: doer, in: tx)
    try Ledger.append(
      "project.comment", about: .project, project.id.raw, by: doer.actor,
      payload: Payload().with("comment", comment).with("indicator", indicator), in: tx)
    return project
  }

  @discardableResult
  private func say(
    _ words: String, with move: ProjectMove, on id: ID<Project>,
    about indicator: ID<ProjectIndicator>?, by doer: Doer, in tx: Transaction
  ) throws -> ID<ProjectComment> {
    let comment: ID<ProjectComment> = tx.newID()
    try ProjectPartRows.insert(
      comment, words, on: id, indicator: indicator, with: move, by: doer.person, in: tx)
    return comment
  }

  /// What a form must have before others are asked to read it.
  private func requireComplete(
    _ file: ProjectFile, _ words: String?, in tx: Transaction
  ) throws {
    let form = file.form
    let missing = form.missing
    guard missing.isEmpty else {
      throw Fault(
        .invalid, "input.invalid", fields: missing.map { .init($0, "value.missing") })
    }
    let settings = try settings(of: file.project, in: tx)
    let errors = EvaluationCheck.check([form], settings: settings)[0].findings
      .filter { $0.severity == .error }
    if !errors.isEmpty, words == nil {
      throw Fault.invalid(
        "words", "project.errors-unexplained", ["count": String(errors.count)])
    }
    let notices = try notices(of: file, in: tx).filter { $0.severity == .warning }
    if !notices.isEmpty, words == nil {
      throw Fault.invalid(
        "words", "project.departures-unexplained", ["count": String(notices.count)])
    }
  }
}

extension EvaluationForm {
  /// The fields without which a form says nothing, by their names in a draft.
  var missing: [String] {
    var names: [String] = []
    if moneyUnit == nil { names.append("moneyUnit") }
    if goal.isEmpty { names.append("goal") }
    if result.isEmpty { names.append("result") }
    for column in [EvaluationBudgetRow.Column.adjusted, .executed]
    where budget.total[column].isEmpty {
      names.append("budget.total.\(column.rawValue)")
    }
    if indicators.isEmpty { names.append("indicators") }
    for (index, indicator) in indicators.enumerated() {
      if indicator.level1.isEmpty { names.append("indicators.\(index).level1") }
      if indicator.target.isEmpty { names.append("indicators.\(index).target") }
      if indicator.actual.isEmpty { names.append("indicators.\(index).actual") }
      if indicator.weight.isEmpty { names.append("indicators.\(index).weight") }
      if indicator.score.isEmpty { names.append("indicators.\(index).score") }
    }
    return names
  }
}
