import Base
import City
import Foundation

/// A sheet with all its rounds.
struct SheetOut: Encodable {
  struct Round: Encodable {
    let round: Int
    let state: String
    let reason: String
    let content: ContentOut
    let submittedAt: Moment?
    let settledAt: Moment?
  }

  struct Warning: Encodable {
    let code: String
    let severity: String
    let message: String
  }

  let kind: String
  let state: String
  let revision: Int
  let moves: [String]
  let rounds: [Round]
  let warnings: [Warning]

  init(_ sheet: SheetFile, _ doer: Doer, in wording: Wording) {
    kind = sheet.kind.rawValue
    state = sheet.state.rawValue
    revision = sheet.revision
    moves = SheetFlow.moves(on: sheet, by: doer).map(\.rawValue)
    rounds = sheet.rounds.map {
      Round(
        round: $0.round, state: $0.state.rawValue, reason: $0.reason,
        content: ContentOut(content: $0.content), submittedAt: $0.submittedAt,
        settledAt: $0.settledAt)
    }
    warnings = (sheet.last?.content.monitoring?.warnings(year: sheet.project.year) ?? []).map {
      Warning(
        code: $0.code.rawValue, severity: $0.severity.rawValue, message: wording.text(.warning($0)))
    }
  }
}

/// What a sheet says, without a word about its kind.
struct ContentOut: Encodable {
  let content: SheetContent

  func encode(to encoder: any Encoder) throws {
    switch content {
    case .appraisal(let one): try one.encode(to: encoder)
    case .targets(let one): try one.encode(to: encoder)
    case .monitoring(let one): try one.encode(to: encoder)
    case .use(let one): try one.encode(to: encoder)
    }
  }
}

/// A sheet as it is written: the members of its kind, and the revision that the caller has seen.
protocol SheetIn: JSONBody {
  associatedtype Content: Decodable
  static var kind: SheetKind { get }
  var content: Content { get }
  var revision: Int? { get }
}

extension SheetIn {
  static var keys: Set<String> {
    Set(["content", "revision"] + SheetContent.keys(of: kind).map { "content.\($0)" })
  }
  static var expected: [String: JSONExpected] { ["revision": .whole] }
}

struct AppraisalIn: SheetIn {
  static let kind = SheetKind.appraisal
  let content: AppraisalContent
  let revision: Int?
}

struct TargetsIn: SheetIn {
  static let kind = SheetKind.targets
  let content: TargetsContent
  let revision: Int?
}

struct MonitoringIn: SheetIn {
  static let kind = SheetKind.monitoring
  let content: MonitoringContent
  let revision: Int?
}

struct UseIn: SheetIn {
  static let kind = SheetKind.use
  let content: UseContent
  let revision: Int?
}

extension SheetKind {
  /// Reads a body of this kind.
  func read(_ data: Data) throws -> (content: SheetContent, revision: Int?) {
    switch self {
    case .appraisal:
      let read = try Body.decode(AppraisalIn.self, from: data)
      return (.appraisal(read.content), read.revision)
    case .targets:
      let read = try Body.decode(TargetsIn.self, from: data)
      return (.targets(read.content), read.revision)
    case .monitoring:
      let read = try Body.decode(MonitoringIn.self, from: data)
      return (.monitoring(read.content), read.revision)
    case .use:
      let read = try Body.decode(UseIn.self, from: data)
      return (.use(read.content), read.revision)
    }
  }
}

/// What the caller has to do.
struct ReminderList: Encodable {
  let reminders: [ReminderOut]
}

/// One thing to do.
struct ReminderOut: Encodable {
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
    rectification = reminder.rectification?.id.description
    state = reminder.state.rawValue
    due = reminder.due?.day
    isOverdue = reminder.isOverdue
  }
}

/// The days of a year.
struct DeadlineList: Encodable {
  struct Line: Encodable {
    let organisationPath: String
    let phase: String
    let due: Day
    let counts: Day
  }

  let year: Int
  let deadlines: [Line]

  init(year: Int, _ all: [ProjectDeadline], _ calendar: WorkingCalendar) {
    self.year = year
    deadlines = all.map {
      Line(
        organisationPath: $0.organisationPath, phase: $0.phase.rawValue, due: $0.due,
        counts: DueDay($0.due, calendar).day)
    }
  }
}

/// A year's days for one organisation; a step that is not there has none of its own.
struct DeadlinesIn: JSONBody {
  let year: Int
  let organisation: String
  let days: [String: Day]

  static let keys: Set<String> = Set(
    ["year", "organisation", "days"] + ProjectPhase.allCases.map { "days.\($0.rawValue)" })
  static let expected: [String: JSONExpected] = ["year": .whole]
}
