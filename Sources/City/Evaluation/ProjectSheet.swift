import Base
import Foundation
import Store

/// A paper of a project's year beside its self-evaluation form.
public enum SheetKind: String, Storable, CaseIterable, Codable {
  /// 事前绩效评估: before the budget.
  case appraisal
  /// 绩效目标申报: with the budget.
  case targets
  /// 绩效运行监控: in the year.
  case monitoring
  /// 结果应用: after the form is published.
  case use

  /// The step of the year that it is.
  public var phase: ProjectPhase {
    switch self {
    case .appraisal: .appraisal
    case .targets: .targets
    case .monitoring: .monitoring
    case .use: .use
    }
  }
}

extension ProjectPhase {
  /// The sheet that this step is; nil of the form's own.
  public var sheet: SheetKind? { SheetKind.allCases.first { $0.phase == self } }
}

/// How far a sheet has come.
public enum SheetState: String, Storable, CaseIterable, Codable {
  /// 编制中
  case draft
  /// 待审核
  case submitted
  /// 待财政审定: only targets are read twice.
  case reviewed
  /// 已审定
  case approved
  /// 免予
  case waived

  /// Nothing is to be done any more.
  public var isSettled: Bool { self == .approved || self == .waived }
}

/// What people do with a sheet. The raw value is the last part of the ledger's verb and of the URL.
public enum SheetMove: String, Storable, CaseIterable, Codable {
  case edit, submit, recall, review, approve
  case giveBack = "return"
  /// Begins another round after one was approved.
  case reopen
  case waive
}

/// One round of a sheet.
public struct ProjectSheet: Row, Equatable {
  public let id: ID<ProjectSheet>
  public let project: ID<Project>
  public let kind: SheetKind
  /// From 1.
  public let round: Int
  public internal(set) var state: SheetState
  public internal(set) var content: SheetContent
  public internal(set) var reason: String
  /// How often it was handed in.
  public internal(set) var version: Int
  /// Counts every change of this round; 0 of one that nobody has written anything in.
  public internal(set) var revision: Int
  public let createdAt: Moment
  public internal(set) var updatedAt: Moment
  public internal(set) var submittedBy: ID<Person>?
  public internal(set) var submittedAt: Moment?
  /// Who approved or waived it.
  public internal(set) var settledBy: ID<Person>?
  public internal(set) var settledAt: Moment?

  /// Of `project_sheet AS s`.
  static let columns: SQL = """
    s.id, s.project_id, s.kind, s.round, s.state, s.content, s.reason, s.version, s.revision,
    s.created_at, s.updated_at, s.submitted_by, s.submitted_at, s.settled_by, s.settled_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    project = try fields.next()
    kind = try fields.next()
    round = try fields.next()
    state = try fields.next()
    content = try SheetContent(kind, json: try fields.next())
    reason = try fields.next()
    version = try fields.next()
    revision = try fields.next()
    createdAt = try fields.next()
    updatedAt = try fields.next()
    submittedBy = try fields.next()
    submittedAt = try fields.next()
    settledBy = try fields.next()
    settledAt = try fields.next()
  }

  /// A round that is begun.
  init(
    id: ID<ProjectSheet>, project: ID<Project>, round: Int, content: SheetContent,
    reason: String = "", at: Moment
  ) {
    self.id = id
    self.project = project
    self.kind = content.kind
    self.round = round
    self.content = content
    self.reason = reason
    state = .draft
    version = 0
    revision = 0
    createdAt = at
    updatedAt = at
  }
}

/// How far one round of a sheet is, without what it says: lists of many projects need no more.
struct SheetStanding: Row, Equatable {
  let project: ID<Project>
  let kind: SheetKind
  let round: Int
  let state: SheetState
  let settledAt: Moment?

  init(_ fields: inout Fields) throws {
    project = try fields.next()
    kind = try fields.next()
    round = try fields.next()
    state = try fields.next()
    settledAt = try fields.next()
  }
}

/// That somebody had a part in a sheet.
struct SheetHand: Row, Equatable {
  let sheet: ID<ProjectSheet>
  let person: ID<Person>
  let part: ProjectPart

  init(_ fields: inout Fields) throws {
    sheet = try fields.next()
    person = try fields.next()
    part = try fields.next()
  }
}

/// What somebody said of a sheet.
public struct SheetWord: Row, Equatable {
  public let id: ID<SheetWord>
  public let sheet: ID<ProjectSheet>
  public let move: SheetMove
  public let author: ID<Person>?
  public let body: String
  public let at: Moment

  static let columns: SQL = "w.id, w.sheet_id, w.move, w.author_id, w.body, w.created_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    sheet = try fields.next()
    move = try fields.next()
    author = try fields.next()
    body = try fields.next()
    at = try fields.next()
  }
}

/// All rounds of one sheet of a project, and what decides over it.
public struct SheetFile: Sendable, Equatable {
  public let project: Project
  public let kind: SheetKind
  /// Oldest first.
  public let rounds: [ProjectSheet]
  let hands: [SheetHand]

  /// The round that is worked on; nil where nobody has begun.
  public var last: ProjectSheet? { rounds.last }
  public var state: SheetState { last?.state ?? .draft }
  /// The revision that a form carries.
  public var revision: Int { last?.revision ?? 0 }
  /// The last round that was approved: what is in force.
  public var approved: ProjectSheet? { rounds.last { $0.state == .approved } }

  /// Whether somebody had one of these parts in the round that is worked on.
  func had(_ parts: Set<ProjectPart>, _ doer: Doer) -> Bool {
    guard let person = doer.person, let last else { return false }
    return hands.contains {
      $0.sheet == last.id && $0.person == person && parts.contains($0.part)
    }
  }
}
