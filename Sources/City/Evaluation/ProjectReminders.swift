import Base
import Store

/// Something of a project that somebody has to do.
public struct ProjectReminder: Equatable, Sendable {
  public let project: Project
  public let organisation: String
  /// The step; nil of something to be put right.
  public let phase: ProjectPhase?
  public let rectification: Rectification?
  /// How far the step is.
  public let state: LifeStep.State
  public let due: DueDay?
  public let isOverdue: Bool
  public let isSoon: Bool
}

extension ProjectDesk {
  /// The most reminders of one answer.
  public static let mostReminders = 500
  /// Projects of so many years are looked through.
  private static let yearsBack = 3

  /// What `doer` has to do in projects: what lies with them to be reviewed, and what they make that is
  /// due within a week or late. Late first, then by day.
  ///
  /// - Throws: `right.missing`.
  public func reminders(
    for doer: Doer, now: Moment, in snapshot: Snapshot
  ) throws -> [ProjectReminder] {
    try doer.require(.projectRead)
    let today = today(now)
    let scope = ProjectScope.condition(doer, right: .projectRead)
    let projects = try ProjectRows.all(
      where: "p.year >= \(today.year - Self.yearsBack) AND \(scope)", limit: Self.mostLines,
      in: snapshot)
    let ids = projects.map(\.id)
    let standings = try SheetRows.standings(of: ids, in: snapshot)
    let items = try RectificationRows.open(of: ids, in: snapshot)
    var deadlines: [Int: [ProjectDeadline]] = [:]
    for year in Set(projects.map(\.year)) {
      deadlines[year] = try ProjectPartRows.deadlines(of: year, in: snapshot)
    }
    var steps: [ID<Project>: [LifeStep]] = [:]
    for project in projects {
      let life = ProjectLife(
        project, sheets: standings[project.id] ?? [], deadlines: deadlines[project.year] ?? [],
        calendar: calendar)
      let near = life.steps.filter { step in
        step.isWorthSaying(today)
          && step.awaits.map { project.isWithin($0, of: doer) } ?? false
      }
      if !near.isEmpty { steps[project.id] = near }
    }
    // Who had a part in what matters only where something is to be said.
    let near = steps.keys.sorted()
    let sheets = try SheetRows.unsettled(of: near, in: snapshot)
    let hands = try ProjectPartRows.hands(of: near, in: snapshot)
    let sheetHands = Dictionary(
      grouping: try SheetRows.hands(
        of: sheets.values.flatMap { $0 }.map(\.id), in: snapshot),
      by: \.sheet)
    let parties = try parties.value(in: snapshot)
    var found: [ProjectReminder] = []
    for project in projects {
      let rounds = sheets[project.id] ?? []
      let name = parties[project.organisation]?.name ?? ""
      let file = ProjectFile(
        project: project, budget: EvaluationBudget(), indicators: [],
        hands: hands[project.id] ?? [])
      for step in steps[project.id] ?? [] {
        let sheet = step.phase.sheet.map { kind in
          let mine = rounds.filter { $0.kind == kind }
          return SheetFile(
            project: project, kind: kind, rounds: mine,
            hands: mine.last.flatMap { sheetHands[$0.id] } ?? [])
        }
        guard step.waits(for: doer, file, sheet) else { continue }
        found.append(
          ProjectReminder(
            project: project, organisation: name, phase: step.phase, rectification: nil,
            state: step.state, due: step.due, isOverdue: step.isOverdue(today),
            isSoon: step.isSoon(today)))
      }
      for item in items[project.id] ?? [] where project.isWithin(.projectEdit, of: doer) {
        let due = DueDay(item.due, calendar)
        guard due.day - today <= ProjectLife.soon else { continue }
        found.append(
          ProjectReminder(
            project: project, organisation: name, phase: nil, rectification: item, state: .open,
            due: due, isOverdue: due.day < today, isSoon: due.day >= today))
      }
    }
    return Array(found.sorted(by: Self.isBefore).prefix(Self.mostReminders))
  }

  private static func isBefore(_ left: ProjectReminder, _ right: ProjectReminder) -> Bool {
    if left.isOverdue != right.isOverdue { return left.isOverdue }
    let far = Day(number: .max)
    let (mine, other) = (left.due?.day ?? far, right.due?.day ?? far)
    return mine == other ? left.project.id < right.project.id : mine < other
  }
}

extension LifeStep {
  /// What lies with reviewers always; what is being made only when its day is near.
  fileprivate func isWorthSaying(_ today: Day) -> Bool {
    state == .submitted || state == .reviewed || isReopened || isOverdue(today) || isSoon(today)
  }

  /// Whether the next move is one that `doer` may make, who has the right that it wants.
  fileprivate func waits(for doer: Doer, _ file: ProjectFile, _ sheet: SheetFile?) -> Bool {
    if let sheet {
      let moves = SheetFlow.moves(on: sheet, by: doer)
      return state == .submitted || state == .reviewed
        ? moves.contains(.approve) || moves.contains(.review) : moves.contains(.edit)
    }
    let moves = ProjectFlow.moves(on: file, by: doer)
    return switch phase {
    case .departmentReview: moves.contains(.reviewDepartment)
    case .financeReview: moves.contains(.reviewFinance)
    case .publication: moves.contains(.publish)
    default: moves.contains(.edit)
    }
  }
}
