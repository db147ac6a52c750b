import Base
import Store

/// A fiscal project of one year, with what its form says outside its tables.
public struct Project: Row, Equatable {
  public let id: ID<Project>
  public let year: Int
  public let organisation: ID<Organisation>
  /// Where the organisation stands now.
  public let organisationPath: String
  /// The project that this one is a part of.
  public internal(set) var parent: ID<Project>?
  public internal(set) var name: String
  /// 主管部门
  public internal(set) var department: String
  /// 实施单位
  public internal(set) var unit: String
  /// A sector of the indicator library; nil when none is chosen.
  public internal(set) var sector: String?
  public internal(set) var moneyUnit: MoneyUnit?
  public internal(set) var state: ProjectState
  public internal(set) var goal: String
  public internal(set) var result: String
  public internal(set) var total: EvaluationTotal
  public internal(set) var grade: String
  /// The file it was read from, and which form of it from 1.
  public let source: String?
  public let ordinal: Int?
  /// The project of an earlier year that it was made from.
  public let copiedFrom: ID<Project>?
  /// The number of the last submission; 0 before the first.
  public internal(set) var version: Int
  public let createdBy: ID<Person>?
  public let createdAt: Moment
  public internal(set) var submittedBy: ID<Person>?
  public internal(set) var submittedAt: Moment?
  public internal(set) var publishedAt: Moment?
  /// Counts every change; a form carries the one its reader saw.
  public internal(set) var revision: Int
  public internal(set) var updatedAt: Moment

  /// Of `project AS p JOIN organisation AS o`.
  static let columns: SQL = """
    p.id, p.year, p.organisation_id, o.path, p.parent_id, p.name, p.department, p.unit, p.sector,
    p.money_unit, p.state, p.goal, p.result, p.total_weight, p.total_score, p.grade, p.source,
    p.ordinal, p.copied_from, p.version, p.created_by, p.created_at, p.submitted_by, p.submitted_at,
    p.published_at, p.revision, p.updated_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    year = try fields.next()
    organisation = try fields.next()
    organisationPath = try fields.next()
    parent = try fields.next()
    name = try fields.next()
    department = try fields.next()
    unit = try fields.next()
    sector = try fields.next()
    moneyUnit = try fields.next()
    state = try fields.next()
    goal = try fields.next()
    result = try fields.next()
    total = EvaluationTotal(weight: try fields.next(), score: try fields.next())
    grade = try fields.next()
    source = try fields.next()
    ordinal = try fields.next()
    copiedFrom = try fields.next()
    version = try fields.next()
    createdBy = try fields.next()
    createdAt = try fields.next()
    submittedBy = try fields.next()
    submittedAt = try fields.next()
    publishedAt = try fields.next()
    revision = try fields.next()
    updatedAt = try fields.next()
  }

  /// Whether a right reaches it.
  func isWithin(_ right: Right, of doer: Doer) -> Bool {
    doer.may(right, organisationPath: organisationPath, areaPath: "")
  }
}

/// Where an actual value comes from.
public struct FigureSource: Equatable, Sendable {
  public var origin: FigureOrigin
  /// Who typed it, or who brought it in.
  public var by: ID<Person>?
  public var at: Moment
  /// The document of a figure from outside.
  public var document: ID<ProjectAttachment>?
}

/// One indicator of a project's form.
public struct ProjectIndicator: Row, Equatable {
  public let id: ID<ProjectIndicator>
  public let project: ID<Project>
  /// From 0.
  public internal(set) var place: Int
  /// Its cells; `reason` without the remedy.
  public internal(set) var cells: EvaluationIndicator
  /// 改进措施
  public internal(set) var remedy: String
  /// Which way is better, where the target's sign does not say.
  public internal(set) var direction: ScoreDirection?
  public internal(set) var source: FigureSource

  static let columns: SQL = """
    i.id, i.project_id, i.place, i.level1, i.level2, i.name, i.target, i.actual, i.weight, i.score,
    i.reason, i.remedy, i.direction, i.origin, i.origin_by, i.origin_at, i.origin_attachment_id
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    place = try fields.next()
    cells = EvaluationIndicator(
      level1: try fields.next(), level2: try fields.next(), name: try fields.next(),
      target: try fields.next(), actual: try fields.next(), weight: try fields.next(),
      score: try fields.next(), reason: try fields.next())
    remedy = try fields.next()
    direction = try fields.next()
    source = FigureSource(
      origin: try fields.next(), by: try fields.next(), at: try fields.next(),
      document: try fields.next())
  }

  init(
    id: ID<ProjectIndicator>, project: ID<Project>, place: Int, cells: EvaluationIndicator,
    remedy: String = "", direction: ScoreDirection? = nil, source: FigureSource
  ) {
    self.id = id
    self.project = project
    self.place = place
    self.cells = cells
    self.remedy = remedy
    self.direction = direction
    self.source = source
  }

  /// As a form has it: reason and remedy in one cell.
  public var printed: EvaluationIndicator {
    var printed = cells
    printed.reason = Self.joined(cells.reason, remedy)
    return printed
  }

  static func joined(_ reason: String, _ remedy: String) -> String {
    guard !reason.isEmpty, !remedy.isEmpty else { return reason + remedy }
    return reason + (reason.last.map { "。；，.;".contains($0) } == true ? "" : "；") + remedy
  }
}

/// A project with its whole form and what decides over it.
public struct ProjectFile: Sendable, Equatable {
  public internal(set) var project: Project
  public internal(set) var budget: EvaluationBudget
  public internal(set) var indicators: [ProjectIndicator]
  let hands: [ProjectHand]

  /// The form as it would be printed now.
  public var form: EvaluationForm {
    var form = EvaluationForm(source: project.source ?? "", ordinal: project.ordinal ?? 1)
    form.year = project.year
    form.project = project.name
    form.department = project.department
    form.unit = project.unit
    form.moneyUnit = project.moneyUnit
    form.budget = budget
    form.goal = project.goal
    form.result = project.result
    form.indicators = indicators.map(\.printed)
    form.total = project.total
    form.grade = project.grade
    return form
  }

  /// Whether somebody had one of these parts in it.
  func had(_ parts: Set<ProjectPart>, _ doer: Doer) -> Bool {
    guard let person = doer.person else { return false }
    return hands.contains { $0.person == person && parts.contains($0.part) }
  }
}

/// That somebody had a part in a form.
struct ProjectHand: Row, Equatable {
  let project: ID<Project>
  let person: ID<Person>
  let part: ProjectPart

  init(_ fields: inout Fields) throws {
    project = try fields.next()
    person = try fields.next()
    part = try fields.next()
  }
}

extension MoneyUnit: Storable {}
extension ScoreDirection: Storable {}

extension PrintedNumber: Storable {
  /// As printed.
  public var stored: Value { .text(text) }
  public static func read(_ fields: Fields, at index: Int) throws -> Self {
    PrintedNumber(String.read(fields, at: index))
  }
}
