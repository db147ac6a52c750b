import Base
import City
import Foundation

/// A year's projects.
struct ProjectList: Encodable {
  let year: Int
  let years: [Int]
  let projects: [ProjectLineOut]

  init(_ lines: ProjectLines) {
    year = lines.year
    years = lines.years
    projects = lines.lines.map(ProjectLineOut.init)
  }
}

/// One line of a list of projects.
struct ProjectLineOut: Encodable {
  let id: String
  let parent: String?
  let name: String
  let organisation: String
  let organisationPath: String
  let state: String
  let moneyUnit: String?
  let adjusted: String
  let executed: String
  let score: String
  let grade: String
  let nextPhase: String?
  let nextDue: Day?
  let isOverdue: Bool
  let errors: Int
  let warnings: Int

  init(_ line: ProjectLine) {
    let project = line.project
    id = project.id.description
    parent = project.parent?.description
    name = project.name
    organisation = line.organisation
    organisationPath = project.organisationPath
    state = project.state.rawValue
    moneyUnit = project.moneyUnit?.rawValue
    adjusted = line.budget.adjusted.text
    executed = line.budget.executed.text
    score = project.total.score.text
    grade = project.grade
    nextPhase = line.next?.phase.rawValue
    nextDue = line.due
    isOverdue = line.isOverdue
    errors = line.count(.error)
    warnings = line.count(.warning)
  }
}

/// A project with its year.
struct ProjectOut: Encodable {
  struct Step: Encodable {
    let phase: String
    let state: String
    let due: Day?
    let dueAsSet: Day?
    let doneAt: Moment?
    let isOverdue: Bool
  }

  struct Notice: Encodable {
    let code: String
    let severity: String
    let message: String
  }

  struct Score: Encodable {
    let id: String
    let kind: String
    let giver: String
    let score: String
    let unit: String
    let outOf: String
    let mean: String
    let day: Day
    let indicator: String?
    let document: String
  }

  struct Item: Encodable {
    let id: String
    let what: String
    let responsible: String
    let due: Day
    let doneOn: Day?
    let doneWords: String
  }

  struct Indicator: Encodable {
    let id: String
    let level1: String
    let level2: String
    let name: String
    let target: String
    let actual: String
    let weight: String
    let score: String
    let origin: String
  }

  let id: String
  let year: Int
  let name: String
  let organisationPath: String
  let parent: String?
  let state: String
  let moneyUnit: String?
  let goal: String
  let result: String
  let budget: EvaluationBudget
  let indicators: [Indicator]
  let score: String
  let grade: String
  let version: Int
  let revision: Int
  let moves: [String]
  let life: [Step]
  let notices: [Notice]
  let scores: [Score]
  let rectifications: [Item]

  init(_ detail: ProjectDetail, _ doer: Doer, in wording: Wording) {
    let project = detail.file.project
    id = project.id.description
    year = project.year
    name = project.name
    organisationPath = project.organisationPath
    parent = project.parent?.description
    state = project.state.rawValue
    moneyUnit = project.moneyUnit?.rawValue
    goal = project.goal
    result = project.result
    budget = detail.file.budget
    indicators = detail.file.indicators.map {
      Indicator(
        id: $0.id.description, level1: $0.cells.level1, level2: $0.cells.level2,
        name: $0.cells.name, target: $0.cells.target, actual: $0.cells.actual,
        weight: $0.cells.weight.text, score: $0.cells.score.text,
        origin: $0.source.origin.rawValue)
    }
    score = project.total.score.text
    grade = project.grade
    version = project.version
    revision = project.revision
    moves = ProjectFlow.moves(on: detail.file, by: doer).map(\.rawValue)
    life = detail.year.life.steps.map {
      Step(
        phase: $0.phase.rawValue, state: $0.state.rawValue, due: $0.due?.day,
        dueAsSet: $0.due?.given, doneAt: $0.doneAt, isOverdue: $0.isOverdue(detail.today))
    }
    notices = detail.year.notices.map {
      Notice(
        code: $0.code.rawValue, severity: $0.severity.rawValue, message: wording.text(.notice($0)))
    }
    scores = detail.year.scores.map {
      Score(
        id: $0.id.description, kind: $0.kind.rawValue, giver: $0.giver, score: $0.score.text,
        unit: $0.unit, outOf: $0.outOf.text, mean: $0.mean.text, day: $0.day,
        indicator: $0.indicator?.description, document: $0.document.description)
    }
    rectifications = detail.year.rectifications.map {
      Item(
        id: $0.id.description, what: $0.what, responsible: $0.responsible, due: $0.due,
        doneOn: $0.doneOn, doneWords: $0.doneWords)
    }
  }
}

/// A move of the form or of a sheet as it is asked for.
struct WordsIn: JSONBody {
  let words: String?
  let revision: Int?

  static let keys: Set<String> = ["words", "revision"]
  static let expected: [String: JSONExpected] = ["revision": .whole]
}

/// An entry of a budget book as it is asked for.
struct BudgetEntryIn: JSONBody {
  let kind: String
  let source: String
  let amount: PrintedNumber
  let reason: String?
  let paper: String?
  let effective: Day?
  let revision: Int?

  static let keys: Set<String> = [
    "kind", "source", "amount", "reason", "paper", "effective", "revision",
  ]
  static let expected: [String: JSONExpected] = ["revision": .whole]

  var draft: BudgetEntryDraft {
    get throws {
      var draft = BudgetEntryDraft()
      draft.kind = try CaseAPI.choice("kind", kind, as: BudgetEntry.Kind.self)
      draft.source = try CaseAPI.choice("source", source, as: EvaluationBudgetRow.Name.self)
      draft.amount = amount
      draft.reason = reason ?? ""
      draft.paper = paper ?? ""
      draft.effective = effective
      return draft
    }
  }
}

/// A budget book with what each entry made of its source.
struct BudgetBookOut: Encodable {
  struct Line: Encodable {
    let id: String
    let kind: String
    let source: String
    let amount: String
    let before: String
    let after: String
    let total: String
    let reason: String
    let paper: String
    let effective: Day
    let enteredAt: Moment
  }

  let revision: Int
  let entries: [Line]

  init(_ book: BudgetBook, revision: Int) {
    self.revision = revision
    entries = book.lines.map {
      Line(
        id: $0.entry.id.description, kind: $0.entry.kind.rawValue,
        source: $0.entry.source.rawValue, amount: $0.entry.amount.text, before: "\($0.before)",
        after: "\($0.after)", total: "\($0.total)", reason: $0.entry.reason,
        paper: $0.entry.paper, effective: $0.entry.effective, enteredAt: $0.entry.at)
    }
  }
}

/// A score from outside as it is brought.
struct OutsideScoreIn: JSONBody {
  let kind: String
  let giver: String
  let score: PrintedNumber
  let unit: String?
  let outOf: PrintedNumber?
  let mean: PrintedNumber?
  let day: Day
  let words: String?
  let document: ID<ProjectAttachment>
  let indicator: ID<ProjectIndicator>?
  let revision: Int?

  static let keys: Set<String> = [
    "kind", "giver", "score", "unit", "outOf", "mean", "day", "words", "document", "indicator",
    "revision",
  ]
  static let expected: [String: JSONExpected] = [
    "revision": .whole, "document": .id, "indicator": .id,
  ]

  var draft: OutsideScoreDraft {
    get throws {
      var draft = OutsideScoreDraft()
      draft.kind = try CaseAPI.choice("kind", kind, as: OutsideScore.Kind.self)
      draft.giver = giver
      draft.score = score
      draft.unit = unit ?? "分"
      draft.outOf = outOf ?? .none
      draft.mean = mean ?? .none
      draft.day = day
      draft.words = words ?? ""
      draft.document = document
      draft.indicator = indicator
      return draft
    }
  }
}

/// That something was put right, or was not.
struct RectificationIn: JSONBody {
  /// Null takes the mark away.
  let done: Day?
  let words: String

  static let keys: Set<String> = ["done", "words"]
  static let expected: [String: JSONExpected] = [:]
}
