import Base
import Store

/// A day by which something must be done, as it was set and as it counts.
public struct DueDay: Equatable, Sendable {
  /// As it was set.
  public let given: Day
  /// The next working day where that is none (民法典 art. 203); as set where the year's calendar is not
  /// published yet.
  public let day: Day

  public init(_ day: Day, _ calendar: WorkingCalendar) {
    given = day
    var moved = day
    // Two weeks are longer than any holiday.
    while calendar.isWorkingDay(moved) == false, moved - day < 14 { moved = moved + 1 }
    self.day = moved
  }

  public var isMoved: Bool { given != day }
}

/// One step of a project's year.
public struct LifeStep: Equatable, Sendable {
  /// How far a step is.
  public enum State: String, Sendable, CaseIterable, Codable {
    case done, waived
    /// The form went on without it.
    case skipped
    /// Its time has not come.
    case ahead
    /// May or must be done now, and nobody has begun.
    case open
    /// Being written.
    case draft
    /// With the department, or finance.
    case submitted, reviewed

    /// Somebody has to do something.
    public var isAwaited: Bool {
      switch self {
      case .open, .draft, .submitted, .reviewed: true
      case .done, .waived, .skipped, .ahead: false
      }
    }
  }

  public let phase: ProjectPhase
  public let state: State
  public let due: DueDay?
  public let doneAt: Moment?
  /// The right that the next move wants; nil where nothing is awaited.
  public let awaits: Right?
  /// What was approved is being changed.
  public let isReopened: Bool

  init(
    _ phase: ProjectPhase, _ state: State, due: DueDay?, doneAt: Moment? = nil,
    awaits: Right? = nil, isReopened: Bool = false
  ) {
    self.phase = phase
    self.state = state
    self.due = due
    self.doneAt = doneAt
    self.awaits = awaits
    self.isReopened = isReopened
  }

  /// Not done by its day. What is only being changed was done once.
  public func isOverdue(_ today: Day) -> Bool {
    state.isAwaited && !isReopened && (due.map { $0.day < today } ?? false)
  }

  /// Due within a week.
  public func isSoon(_ today: Day) -> Bool {
    guard state.isAwaited, !isReopened, let due else { return false }
    return due.day >= today && due.day - today <= ProjectLife.soon
  }
}

/// The year of one project as a line of steps, from its appraisal to the use of its result.
public struct ProjectLife: Equatable, Sendable {
  /// Days before the due day from which on people are reminded.
  public static let soon = 7

  public let steps: [LifeStep]

  /// - Parameter deadlines: of the project's year; the nearest organisation counts.
  init(
    _ project: Project, sheets: [SheetStanding], deadlines: [ProjectDeadline],
    calendar: WorkingCalendar
  ) {
    let byKind = Dictionary(grouping: sheets, by: \.kind)
    let deadlines = deadlines.filter { $0.year == project.year }
    steps = ProjectPhase.allCases.map { phase in
      let due = deadlines.nearest(phase, above: project.organisationPath).map {
        DueDay($0.due, calendar)
      }
      return switch phase {
      case .appraisal: Self.step(.appraisal, project, byKind, due)
      case .targets: Self.step(.targets, project, byKind, due)
      case .monitoring: Self.step(.monitoring, project, byKind, due)
      case .use: Self.step(.use, project, byKind, due)
      case .submission, .departmentReview, .financeReview, .publication:
        Self.step(phase, project, due)
      }
    }
  }

  public subscript(phase: ProjectPhase) -> LifeStep? { steps.first { $0.phase == phase } }

  /// The awaited step with the earliest day; without any day the form's own.
  public var next: LifeStep? {
    let awaited = steps.filter { $0.state.isAwaited && !$0.isReopened }
    let dated = awaited.filter { $0.due != nil }
    return dated.min { left, right in
      guard let mine = left.due, let other = right.due else { return false }
      return mine.day < other.day
    } ?? awaited.last
  }

  private static func step(
    _ kind: SheetKind, _ project: Project, _ sheets: [SheetKind: [SheetStanding]], _ due: DueDay?
  ) -> LifeStep {
    let rounds = (sheets[kind] ?? []).sorted { $0.round < $1.round }
    let settled = rounds.last { $0.state.isSettled }
    if let last = rounds.last, last.state.isSettled {
      return LifeStep(
        kind.phase, last.state == .waived ? .waived : .done, due: due, doneAt: last.settledAt)
    }
    let isTime = kind == .use ? project.state == .published : project.state == .draft
    guard let last = rounds.last else {
      guard !isTime else { return LifeStep(kind.phase, .open, due: due, awaits: .projectEdit) }
      return LifeStep(kind.phase, kind == .use ? .ahead : .skipped, due: due)
    }
    // A sheet that lies with its reviewers goes on until the form is published.
    let goesOn = isTime || (last.state != .draft && project.state != .published)
    guard goesOn else {
      return LifeStep(
        kind.phase, settled == nil ? .skipped : .done, due: due, doneAt: settled?.settledAt)
    }
    let state: LifeStep.State =
      switch last.state {
      case .submitted: .submitted
      case .reviewed: .reviewed
      default: .draft
      }
    return LifeStep(
      kind.phase, state, due: due, doneAt: settled?.settledAt,
      awaits: SheetFlow.awaited(kind, last.state), isReopened: settled != nil)
  }

  private static func step(
    _ phase: ProjectPhase, _ project: Project, _ due: DueDay?
  ) -> LifeStep {
    let order: [ProjectPhase] = [.submission, .departmentReview, .financeReview, .publication]
    let now = project.state.awaited.flatMap { order.firstIndex(of: $0) } ?? order.count
    let place = order.firstIndex(of: phase) ?? 0
    if place < now {
      let at =
        phase == .submission
        ? project.submittedAt : phase == .publication ? project.publishedAt : nil
      return LifeStep(phase, .done, due: due, doneAt: at)
    }
    guard place == now else { return LifeStep(phase, .ahead, due: due) }
    let right: Right =
      switch phase {
      case .departmentReview: .projectReview
      case .financeReview: .projectApprove
      default: .projectEdit
      }
    let state: LifeStep.State =
      switch phase {
      case .submission: .draft
      case .departmentReview: .submitted
      default: .reviewed
      }
    return LifeStep(phase, state, due: due, awaits: right)
  }
}

extension ProjectDesk {
  /// The year of a project that `doer` was let see.
  public func life(of file: ProjectFile, in snapshot: some Querying) throws -> ProjectLife {
    ProjectLife(
      file.project,
      sheets: try SheetRows.standings(of: [file.project.id], in: snapshot)[file.project.id] ?? [],
      deadlines: try ProjectPartRows.deadlines(of: file.project.year, in: snapshot),
      calendar: calendar)
  }
}
