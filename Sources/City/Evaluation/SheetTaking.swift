import Base
import Foundation
import Store

/// What follows when a sheet is approved: the form begins with the targets, and what is to be put
/// right is kept watch over.
extension ProjectDesk {
  /// - Parameter before: the round that was in force.
  func take(
    _ sheet: ProjectSheet, after before: ProjectSheet?, into file: ProjectFile, by doer: Doer,
    in tx: Transaction
  ) throws {
    switch sheet.content {
    case .appraisal, .monitoring: return
    case .targets(let targets):
      guard file.project.state == .draft else { return }
      try take(targets, after: before?.content.targets, into: file, by: doer, in: tx)
    case .use(let use): try keep(use.items, of: file.project.id, in: tx)
    }
  }

  /// A cell follows what was approved, unless somebody typed another one since: that stays, and
  /// shows as a departure.
  private func take(
    _ targets: TargetsContent, after before: TargetsContent?, into file: ProjectFile,
    by doer: Doer, in tx: Transaction
  ) throws {
    var draft = ProjectDraft(file)
    let old = Dictionary(
      (before?.lines ?? []).compactMap { line in line.id.map { ($0, line) } },
      uniquingKeysWith: { first, _ in first })
    let gone = Set(old.keys).subtracting(targets.lines.compactMap(\.id))
    draft.indicators.removeAll { line in
      // What already has a figure is for people to take out.
      line.id.map(gone.contains) ?? false && line.cells.actual.isEmpty
    }
    var added: [ProjectIndicator] = []
    for line in targets.lines {
      guard let id = line.id else { continue }
      if let place = draft.indicators.firstIndex(where: { $0.id == id }) {
        draft.indicators[place].follow(line, after: old[id])
      } else {
        added.append(
          ProjectIndicator(
            id: id, project: file.project.id, place: draft.indicators.count + added.count,
            cells: line.cells, direction: line.direction,
            source: FigureSource(origin: .typed, by: doer.person, at: tx.now, document: nil)))
      }
    }
    if draft.goal.isEmpty || draft.goal == before?.goal { draft.goal = targets.goal }
    draft.indicators += added.map(IndicatorDraft.init)
    let form = draft.form(year: file.project.year)
    for indicator in added { try ProjectRows.insert(indicator, in: tx) }
    var taken = file
    taken.indicators += added
    try write(draft.indicators, of: taken, by: doer, in: tx)
    var project = file.project
    project.goal = draft.goal
    project.total = form.total
    project.grade = form.grade
    try finish(
      project, verb: "targets-taken", Payload().with("indicators", Int64(targets.lines.count)),
      by: doer, in: tx)
  }

  /// Those that are done stay so; what is no longer asked for and not done is taken out.
  private func keep(_ items: [UseItem], of id: ID<Project>, in tx: Transaction) throws {
    let there = try RectificationRows.all(of: id, in: tx)
    let wanted = Set(items.compactMap(\.id))
    for one in there where one.doneOn == nil && !wanted.contains(one.id) {
      try RectificationRows.remove(one.id, in: tx)
    }
    for (place, item) in items.enumerated() {
      guard let item = Rectification(item, of: id, place: place) else { continue }
      if there.contains(where: { $0.id == item.id }) {
        try RectificationRows.update(item, in: tx)
      } else {
        try RectificationRows.insert(item, in: tx)
      }
    }
  }
}

extension IndicatorDraft {
  fileprivate mutating func follow(_ line: TargetLine, after before: TargetLine?) {
    func follows<Value: Equatable>(_ own: Value, _ old: Value?) -> Bool {
      before == nil || own == old
    }
    if follows(cells.level1, before?.level1) { cells.level1 = line.level1 }
    if follows(cells.level2, before?.level2) { cells.level2 = line.level2 }
    if follows(cells.name, before?.name) { cells.name = line.name }
    if follows(cells.target, before?.target) { cells.target = line.target }
    if follows(cells.weight, before?.weight) { cells.weight = line.weight }
    if follows(direction, before?.direction) { direction = line.direction }
  }
}

/// That an approved target became another, by another approval.
public struct TargetChange: Equatable, Sendable {
  /// What of an indicator was changed.
  public enum Field: String, Sendable, CaseIterable, Codable {
    case target, weight, added, removed
  }

  public let indicator: ID<ProjectIndicator>
  public let name: String
  public let field: Field
  public let before: String
  public let after: String
  public let reason: String
  public let at: Moment?
  public let by: ID<Person>?
}

extension SheetFile {
  /// What has been changed of targets since they were first approved, oldest first.
  public var targetChanges: [TargetChange] {
    let approved = rounds.filter { $0.state == .approved }
    return zip(approved, approved.dropFirst()).flatMap { old, new in
      Self.changes(old.content.targets?.lines ?? [], new)
    }
  }

  private static func changes(_ old: [TargetLine], _ sheet: ProjectSheet) -> [TargetChange] {
    let new = sheet.content.targets?.lines ?? []
    func change(
      _ line: TargetLine, _ field: TargetChange.Field, _ before: String, _ after: String
    ) -> TargetChange? {
      line.id.map {
        TargetChange(
          indicator: $0, name: line.name, field: field, before: before, after: after,
          reason: sheet.reason, at: sheet.settledAt, by: sheet.settledBy)
      }
    }
    var changes: [TargetChange?] = []
    for line in new {
      guard let before = old.first(where: { $0.id == line.id }) else {
        changes.append(change(line, .added, "", line.target))
        continue
      }
      if before.target != line.target {
        changes.append(change(line, .target, before.target, line.target))
      }
      if before.weight.value != line.weight.value {
        changes.append(change(line, .weight, before.weight.text, line.weight.text))
      }
    }
    for line in old where !new.contains(where: { $0.id == line.id }) {
      changes.append(change(line, .removed, line.target, ""))
    }
    return changes.compactMap(\.self)
  }
}
