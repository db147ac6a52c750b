import ArgumentParser
import Base
import City
import Web

/// `chengyun evaluation due`: what is late or due within a week in the projects of a database.
struct EvaluationDueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due",
    abstract: "List the steps of projects that are late, due within a week, or with a reviewer.",
    discussion: """
      With --fail the command ends with 1 where something is late, for use in a timer that sends \
      mail.
      """)

  @OptionGroup var database: DatabaseOptions
  @Option(help: "Only the projects of this year.")
  var year: Int?
  @Option(help: "The code of an organisation: it and all below it.")
  var organisation: String?
  @Flag(help: "Only what is late.")
  var overdue = false
  @Flag(help: "End with 1 where something is late.")
  var fail = false
  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let opened = try await database.open()
    let centre = try await Centre(
      database: opened, blobs: database.blobs, now: SystemClock.now)
    let path = try await organisation.asyncMap { code in
      let parties = try await centre.parties.value(from: opened)
      guard let found = parties.organisation(code: code) else {
        throw Fault.invalid("organisation", "organisation.unknown", ["organisation": code])
      }
      return found.path
    }
    let now = SystemClock.now()
    let found = try await opened.read { snapshot in
      try centre.projects.reminders(for: .command, now: now, in: snapshot).filter { reminder in
        (year.map { reminder.project.year == $0 } ?? true)
          && (path.map { reminder.project.organisationPath.hasPrefix($0) } ?? true)
          && (!overdue || reminder.isOverdue)
      }
    }
    try opened.close()
    if json {
      try Output.json(DueAnswer(due: found.map(DueAnswer.Line.init)))
    } else {
      try show(found)
    }
    if fail, found.contains(where: \.isOverdue) { throw ExitCode(1) }
  }

  private func show(_ reminders: [ProjectReminder]) throws {
    let wording = try Running.wording()
    guard !reminders.isEmpty else { return Output.line(wording.text("evaluation.due.none")) }
    var table = TextTable(Array(repeating: .left, count: 6))
    for reminder in reminders {
      let step =
        reminder.phase.map { wording.text("project.phase.\($0.rawValue)") }
        ?? reminder.rectification?.what ?? ""
      table.add([
        reminder.due?.day.description ?? "—",
        reminder.isOverdue ? wording.text("projects.due.overdue") : "", step,
        wording.text("life.state.\(reminder.state.rawValue)"), reminder.organisation,
        "\(reminder.project.year) \(reminder.project.name)",
      ])
    }
    table.lines.forEach(Output.line)
  }
}

extension Optional {
  fileprivate func asyncMap<Value>(
    _ transform: (Wrapped) async throws -> Value
  ) async rethrows -> Value? {
    guard let self else { return nil }
    return try await transform(self)
  }
}

/// What `evaluation due --json` prints.
private struct DueAnswer: Encodable {
  struct Line: Encodable {
    let project: String
    let name: String
    let year: Int
    let organisation: String
    let phase: String?
    let rectification: String?
    let state: String
    let due: Day?
    let isOverdue: Bool

    init(_ reminder: ProjectReminder) {
      project = reminder.project.id.description
      name = reminder.project.name
      year = reminder.project.year
      organisation = reminder.organisation
      phase = reminder.phase?.rawValue
      rectification = reminder.rectification?.what
      state = reminder.state.rawValue
      due = reminder.due?.day
      isOverdue = reminder.isOverdue
    }
  }

  let due: [Line]
}
