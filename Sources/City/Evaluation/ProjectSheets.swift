import Base
import Foundation
import Store

/// The sheets of a project's year: written, handed in, reviewed, approved, begun anew.
extension ProjectDesk {
  /// All rounds of a sheet.
  ///
  /// - Throws: `project.missing`.
  public func sheet(
    _ kind: SheetKind, of id: ID<Project>, by doer: Doer, in snapshot: some Querying
  ) throws -> SheetFile {
    try sheet(kind, of: try view(id, by: doer, in: snapshot).project, in: snapshot)
  }

  func sheet(
    _ kind: SheetKind, of project: Project, in snapshot: some Querying
  ) throws -> SheetFile {
    let rounds = try SheetRows.rounds(of: project.id, kind, in: snapshot)
    let hands = try SheetRows.hands(of: rounds.map(\.id), in: snapshot)
    return SheetFile(project: project, kind: kind, rounds: rounds, hands: hands)
  }

  /// What was said of a sheet's rounds, and by whom.
  public func words(
    of file: SheetFile, in snapshot: some Querying
  ) throws -> (words: [SheetWord], people: [ID<Person>: String]) {
    let words = try SheetRows.words(of: file.rounds.map(\.id), in: snapshot)
    let people = Set(
      words.compactMap(\.author) + file.rounds.compactMap(\.submittedBy)
        + file.rounds.compactMap(\.settledBy))
    return (words, try ProjectPartRows.names(of: people.sorted(), in: snapshot))
  }

  /// Writes into a sheet; the first writing begins it.
  ///
  /// - Throws: `project.missing`, `sheet.stale`, what `SheetFlow.require` throws, `input.invalid` with
  ///   every field that is wrong.
  @discardableResult
  public func write(
    _ content: SheetContent, on id: ID<Project>, revision: Int? = nil, by doer: Doer,
    in tx: Transaction
  ) throws -> ProjectSheet {
    let file = try view(id, by: doer, in: tx)
    let sheet = try standing(.edit, content.kind, file.project, revision, by: doer, in: tx)
    var content = try SheetCheck.checked(content, of: file)
    try fill(&content, file, sheet, in: tx)
    var round = try sheet.last ?? begin(content, sheet, reason: "", in: tx)
    round.content = content
    try SheetRows.note(.wrote, by: doer.person, in: round.id, tx)
    return try finish(round, .edit, by: doer, in: tx)
  }

  /// Writes into a sheet in a transaction of its own.
  @discardableResult
  public func write(
    _ content: SheetContent, on id: ID<Project>, revision: Int? = nil, by doer: Doer
  ) async throws -> ProjectSheet {
    try await database.write { try write(content, on: id, revision: revision, by: doer, in: $0) }
  }

  /// Makes a move that needs nothing but words.
  ///
  /// - Parameter words: the reason of a return, of a waiver, and of changing what was approved (needed
  ///   but for another round of monitoring), or a remark.
  /// - Throws: `project.missing`, `sheet.stale`, what `SheetFlow.require` throws, `input.invalid` with
  ///   every gap of what is handed in.
  @discardableResult
  public func make(
    _ move: SheetMove, _ kind: SheetKind, words: String = "", on id: ID<Project>,
    revision: Int? = nil, by doer: Doer, in tx: Transaction
  ) throws -> ProjectSheet {
    let file = try view(id, by: doer, in: tx)
    let sheet = try standing(move, kind, file.project, revision, by: doer, in: tx)
    let words = try TextCheck.text("words", words, atMost: ProjectDraftCheck.longestCell)
    if words == nil, SheetFlow.wantsReason(move, on: kind) {
      throw Fault.invalid("words", "value.missing")
    }
    var round = try sheet.last ?? begin(SheetContent(kind), sheet, reason: "", in: tx)
    switch move {
    case .edit:
      throw Fault(
        .conflict, "sheet.move-not-now",
        ["sheet-move": move.rawValue, "sheet-state": round.state.rawValue])
    case .submit:
      let gaps = round.content.gaps(in: file, today: today(tx.now))
      guard gaps.isEmpty else { throw Fault(.invalid, "input.invalid", fields: gaps) }
      round.version += 1
      round.submittedBy = doer.person
      round.submittedAt = tx.now
      try SheetRows.note(.submitted, by: doer.person, in: round.id, tx)
    case .review: try SheetRows.note(.reviewed, by: doer.person, in: round.id, tx)
    case .approve, .waive:
      try SheetRows.note(.reviewed, by: doer.person, in: round.id, tx)
      round.settledBy = doer.person
      round.settledAt = tx.now
      if move == .waive { round.reason = words ?? "" }
    case .recall, .giveBack: break
    case .reopen:
      round = try begin(round.content.carriedOn, sheet, reason: words ?? "", in: tx)
    }
    if let words { try SheetRows.say(words, with: move, on: round.id, by: doer.person, in: tx) }
    if let end = SheetFlow.end(of: move, on: kind) { round.state = end }
    round = try finish(round, move, by: doer, in: tx)
    if move == .approve {
      try take(round, after: sheet.approved, into: file, by: doer, in: tx)
    }
    return round
  }

  /// Makes a move in a transaction of its own.
  @discardableResult
  public func make(
    _ move: SheetMove, _ kind: SheetKind, words: String = "", on id: ID<Project>,
    revision: Int? = nil, by doer: Doer
  ) async throws -> ProjectSheet {
    try await database.write {
      try make(move, kind, words: words, on: id, revision: revision, by: doer, in: $0)
    }
  }

  // MARK: - Parts of these

  private func standing(
    _ move: SheetMove, _ kind: SheetKind, _ project: Project, _ revision: Int?, by doer: Doer,
    in tx: Transaction
  ) throws -> SheetFile {
    let sheet = try sheet(kind, of: project, in: tx)
    if let revision, revision != sheet.revision {
      try SheetFlow.refuseStale(move, on: sheet, by: doer)
    }
    try SheetFlow.require(move, on: sheet, by: doer)
    return sheet
  }

  private func begin(
    _ content: SheetContent, _ sheet: SheetFile, reason: String, in tx: Transaction
  ) throws -> ProjectSheet {
    var round = ProjectSheet(
      id: tx.newID(), project: sheet.project.id, round: (sheet.last?.round ?? 0) + 1,
      content: content, reason: reason, at: tx.now)
    // A form that shows the round before must not be taken for one that shows this.
    round.revision = sheet.revision
    try SheetRows.insert(round, in: tx)
    return round
  }

  /// What the desk knows better than who writes.
  private func fill(
    _ content: inout SheetContent, _ file: ProjectFile, _ sheet: SheetFile, in tx: Transaction
  ) throws {
    switch content {
    case .appraisal(let one):
      if let document = one.document,
        try !ProjectPartRows.attachments(file.project.id, in: tx).contains(where: {
          $0.id == document
        })
      {
        throw Fault.invalid("document", "origin.document-missing")
      }
    case .targets(var one):
      let known = Set(
        file.indicators.map(\.id)
          + sheet.rounds.compactMap(\.content.targets).flatMap { $0.lines.compactMap(\.id) })
      var seen: Set<ID<ProjectIndicator>> = []
      for index in one.lines.indices {
        let id = one.lines[index].id
        guard let id, known.contains(id), seen.insert(id).inserted else {
          one.lines[index].id = tx.newID()
          continue
        }
      }
      content = .targets(one)
    case .monitoring(var one):
      let book = BudgetBook(try BudgetRows.entries(of: file.project.id, in: tx))
      one.adjusted = book.granted(in: file.budget, asOf: one.asOf)
      content = .monitoring(one)
    case .use(var one):
      let known = Set(try RectificationRows.all(of: file.project.id, in: tx).map(\.id))
      for index in one.items.indices {
        if let id = one.items[index].id, known.contains(id) { continue }
        one.items[index].id = tx.newID()
      }
      content = .use(one)
    }
  }

  private func finish(
    _ sheet: ProjectSheet, _ move: SheetMove, by doer: Doer, in tx: Transaction
  ) throws -> ProjectSheet {
    var sheet = sheet
    let revision = sheet.revision
    sheet.revision += 1
    sheet.updatedAt = tx.now
    guard try SheetRows.update(sheet, from: revision, in: tx) else {
      throw Fault(
        .conflict, "sheet.stale",
        ["sheet-state": sheet.state.rawValue, "revision": String(sheet.revision)])
    }
    try Ledger.append(
      "project.\(sheet.kind.rawValue).\(move.rawValue)", about: .project, sheet.project.raw,
      by: doer.actor,
      payload: Payload().with("round", Int64(sheet.round)).with("state", sheet.state.rawValue)
        .with("revision", Int64(sheet.revision)), in: tx)
    return sheet
  }
}

extension SheetContent {
  /// What the next round begins with: of monitoring only the lines, since their figures are of
  /// another day.
  fileprivate var carriedOn: SheetContent {
    guard case .monitoring(let before) = self else { return self }
    var next = MonitoringContent()
    next.lines = before.lines.map { line in
      var next = MonitoringLine(id: line.id)
      next.name = line.name
      next.target = line.target
      next.direction = line.direction
      return next
    }
    return .monitoring(next)
  }
}

extension EvaluationBudget {
  /// What there is to spend: the adjusted budget, or the opening one where nothing is adjusted yet.
  var granted: PrintedNumber { total.adjusted.isNone ? total.opening : total.adjusted }
}
