import Base
import Foundation
import Store

/// A change of one amount of a project's budget.
public struct BudgetChange: Row, Equatable {
  public let id: ID<BudgetChange>
  public let project: ID<Project>
  public let row: EvaluationBudgetRow.Name
  public let column: EvaluationBudgetRow.Column
  public let before: PrintedNumber
  public let after: PrintedNumber
  public let origin: FigureOrigin
  public let reason: String
  /// The day as of which it holds.
  public let effective: Day
  public let by: ID<Person>?
  public let at: Moment

  static let columns: SQL = """
    id, project_id, source, figure, amount_before, amount_after, origin, reason, effective_on,
    changed_by, changed_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    row = try fields.next()
    column = try fields.next()
    before = try fields.next()
    after = try fields.next()
    origin = try fields.next()
    reason = try fields.next()
    effective = try fields.next()
    by = try fields.next()
    at = try fields.next()
  }
}

/// The form as it was handed in once, or as it was read out of a document.
public struct ProjectVersion: Row, Equatable {
  /// The number of the form as it was read in, with what could not be placed.
  static let reading = 0

  public let project: ID<Project>
  /// Of a submission from 1.
  public let number: Int
  public let form: EvaluationForm
  public let submittedBy: ID<Person>?
  public let submittedAt: Moment

  static let columns: SQL = "project_id, number, form, submitted_by, submitted_at"

  public init(_ fields: inout Fields) throws {
    project = try fields.next()
    number = try fields.next()
    let text: String = try fields.next()
    form = try JSONDecoder().decode(EvaluationForm.self, from: Data(text.utf8))
    submittedBy = try fields.next()
    submittedAt = try fields.next()
  }
}

/// What somebody said about a project, or about one of its indicators.
public struct ProjectComment: Row, Equatable {
  public let id: ID<ProjectComment>
  public let project: ID<Project>
  public let indicator: ID<ProjectIndicator>?
  /// The move that it came with.
  public let move: ProjectMove
  public let author: ID<Person>?
  public let body: String
  public let at: Moment

  static let columns: SQL = "id, project_id, indicator_id, move, author_id, body, created_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    indicator = try fields.next()
    move = try fields.next()
    author = try fields.next()
    body = try fields.next()
    at = try fields.next()
  }
}

/// A file that proves a figure.
public struct ProjectAttachment: Row, Equatable {
  public let id: ID<ProjectAttachment>
  public let project: ID<Project>
  /// Nil for the project as a whole.
  public let indicator: ID<ProjectIndicator>?
  /// SHA-256 in hexadecimal.
  public let digest: String
  public let name: String
  /// Bytes.
  public let size: Int
  public let mediaType: String
  public let addedBy: ID<Person>?
  public let addedAt: Moment

  /// Of `project_attachment AS a JOIN blob AS b`.
  static let columns: SQL = """
    a.id, a.project_id, a.indicator_id, a.digest, a.name, b.size, b.media_type, a.added_by, a.added_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    indicator = try fields.next()
    digest = try fields.next()
    name = try fields.next()
    size = try fields.next()
    mediaType = try fields.next()
    addedBy = try fields.next()
    addedAt = try fields.next()
  }
}

/// Until when the forms of a year must have come how far, below one organisation.
public struct ProjectDeadline: Row, Equatable {
  public let organisation: ID<Organisation>
  public let organisationPath: String
  public let year: Int
  public let phase: ProjectPhase
  public let due: Day

  /// Of `project_deadline AS d JOIN organisation AS o`.
  static let columns: SQL = "d.organisation_id, o.path, d.year, d.phase, d.due_on"

  public init(_ fields: inout Fields) throws {
    organisation = try fields.next()
    organisationPath = try fields.next()
    year = try fields.next()
    phase = try fields.next()
    due = try fields.next()
  }
}

extension [ProjectDeadline] {
  /// What the nearest organisation at or above a path has set for a step.
  public func nearest(_ phase: ProjectPhase, above path: String) -> ProjectDeadline? {
    filter { $0.phase == phase && path.hasPrefix($0.organisationPath) }
      .max { $0.organisationPath.utf8.count < $1.organisationPath.utf8.count }
  }
}

extension EvaluationBudgetRow.Name: Storable {}
extension EvaluationBudgetRow.Column: Storable {}
