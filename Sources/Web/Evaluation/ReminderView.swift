import Base
import City

/// Something of a project that its reader has to do.
struct ReminderView: Sendable {
  var name: String
  var url: SiteURL
  var year: Int
  var organisation: String
  var what: Phrase
  var stage: Phrase
  var due: DueDay?
  var isOverdue = false
  var isSoon = false
}

extension ReminderView {
  init(_ reminder: ProjectReminder) {
    let project = reminder.project
    let sheet = reminder.phase?.sheet
    self.init(
      name: project.name,
      url: sheet.map { .sheet($0.rawValue, of: project.id) } ?? .project(project.id),
      year: project.year, organisation: reminder.organisation,
      what: reminder.rectification.map { .plain($0.what) }
        ?? .key("project.phase.\(reminder.phase?.rawValue ?? "")"),
      stage: reminder.rectification == nil
        ? .key("life.state.\(reminder.state.rawValue)") : .key("rectification.title"),
      due: reminder.due, isOverdue: reminder.isOverdue, isSoon: reminder.isSoon)
  }
}

extension ReminderView: Composed {
  var parts: [String: any Shown] {
    [
      "name": name, "url": url, "year": String(year), "organisation": organisation,
      "what": what, "stage": stage, "due": due?.day.description,
      "moved": due.flatMap { $0.isMoved ? Phrase.due($0) : nil }, "isOverdue": isOverdue,
      "isSoon": isSoon,
    ]
  }
}

/// The year of a project as a line of steps.
struct LifeView: Sendable {
  var steps: [Step]

  struct Step: Sendable {
    var phase: ProjectPhase
    var state: LifeStep.State
    var url: SiteURL?
    var due: DueDay?
    var doneAt: Moment?
    var isOverdue = false
    var isSoon = false
    var isReopened = false
  }
}

extension LifeView {
  init(_ life: ProjectLife, of project: ID<Project>, today: Day) {
    steps = life.steps.map { step in
      let sheet = step.phase.sheet
      return Step(
        phase: step.phase, state: step.state,
        url: step.state == .ahead ? nil : sheet.map { .sheet($0.rawValue, of: project) },
        due: step.due, doneAt: step.doneAt, isOverdue: step.isOverdue(today),
        isSoon: step.isSoon(today), isReopened: step.isReopened)
    }
  }
}

extension LifeView: Composed {
  var parts: [String: any Shown] {
    [
      "steps": steps.each { step in
        [
          "code": step.state.rawValue, "url": step.url,
          "label": Phrase.key("project.phase.\(step.phase.rawValue)"),
          "stateLabel": Phrase.key(
            step.isReopened ? "life.reopened" : "life.state.\(step.state.rawValue)"),
          "due": step.state.isAwaited || step.state == .ahead
            ? step.due.map { .due($0) }
            : nil
              as Phrase?,
          "doneAt": step.state == .done || step.state == .waived ? step.doneAt : nil,
          "isOverdue": step.isOverdue, "isSoon": step.isSoon,
        ]
      }
    ]
  }
}

/// What a form says otherwise than the papers of its year.
struct NoticeView: Composed {
  let notice: YearNotice

  init(_ notice: YearNotice) { self.notice = notice }

  var parts: [String: any Shown] {
    [
      "severity": notice.severity.rawValue, "text": Phrase.notice(notice),
      "weight": Phrase.key("finding.severity.\(notice.severity.rawValue)"),
    ]
  }
}
