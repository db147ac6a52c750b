import Base
import Store

/// One organisation's part in a case.
public struct CaseAssignment: Row, Equatable {
  public let id: ID<CaseAssignment>
  public let caseID: ID<Case>
  /// The part that was passed on to it; nil where the case's own dispatcher sent it.
  public let parent: ID<CaseAssignment>?
  public let isLead: Bool
  public internal(set) var organisation: ID<Organisation>
  public internal(set) var organisationPath: String
  public internal(set) var person: ID<Person>?
  public var state: AssignmentState
  public var dueAt: Moment?
  public let sentAt: Moment
  public var takenAt: Moment?
  public var handledAt: Moment?
  /// Who fed it back.
  public var handledBy: ID<Person>?
  public var endedAt: Moment?
  public let purpose: AssignmentPurpose

  static let columns: SQL = """
    id, case_id, parent_id, is_lead, organisation_id, organisation_path, person_id, state, due_at,
    sent_at, taken_at, handled_at, handled_by, ended_at, purpose
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    caseID = try fields.next()
    parent = try fields.next()
    isLead = try fields.next()
    organisation = try fields.next()
    organisationPath = try fields.next()
    person = try fields.next()
    state = try fields.next()
    dueAt = try fields.next()
    sentAt = try fields.next()
    takenAt = try fields.next()
    handledAt = try fields.next()
    handledBy = try fields.next()
    endedAt = try fields.next()
    purpose = try fields.next()
  }

  init(
    id: ID<CaseAssignment>, caseID: ID<Case>, isLead: Bool, organisation: Organisation,
    person: ID<Person>?, sentAt: Moment, purpose: AssignmentPurpose = .handle,
    below parent: ID<CaseAssignment>? = nil
  ) {
    self.id = id
    self.caseID = caseID
    self.parent = parent
    self.isLead = isLead
    self.organisation = organisation.id
    organisationPath = organisation.path
    self.person = person
    state = .sent
    self.sentAt = sentAt
    self.purpose = purpose
  }
}

/// One running or ended clock of a case.
public struct CaseClock: Row, Equatable {
  public let id: ID<CaseClock>
  public let caseID: ID<Case>
  public let step: ClockStep
  public internal(set) var assignment: ID<CaseAssignment>?
  /// Nil for a deadline that was given from outside.
  public internal(set) var limit: TimeLimit?
  public internal(set) var calendar: String?
  /// What the deadline was put off by, in order.
  public var extensions: [TimeLimit]
  public internal(set) var startedAt: Moment
  /// Before any extension.
  public var originalDueAt: Moment?
  public var dueAt: Moment?
  /// The year whose holidays are not published, when the deadline depends on it.
  public var missingYear: Int?
  public var stoppedAt: Moment?
  /// Whether the step was done; a clock may also end because a case was returned or void.
  public var isDone: Bool
  /// How far below the case's own dispatcher: 0 for what the whole case is asked, 1 for what was
  /// passed on once.
  public internal(set) var level: Int
  /// The clock of the level above, after which it is not due.
  public internal(set) var within: ID<CaseClock>?

  static let columns: SQL = """
    id, case_id, step, assignment_id, time_limit, calendar, extensions, started_at,
    original_due_at, due_at, missing_year, stopped_at, is_done, level, within_id
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    caseID = try fields.next()
    step = try fields.next()
    assignment = try fields.next()
    limit = try fields.next(String?.self).flatMap { TimeLimit($0) }
    calendar = try fields.next()
    extensions = try fields.next(String.self).split(separator: ";").compactMap {
      TimeLimit(String($0))
    }
    startedAt = try fields.next()
    originalDueAt = try fields.next()
    dueAt = try fields.next()
    missingYear = try fields.next()
    stoppedAt = try fields.next()
    isDone = try fields.next()
    level = try fields.next()
    within = try fields.next()
  }

  init(
    id: ID<CaseClock>, caseID: ID<Case>, step: ClockStep, assignment: ID<CaseAssignment>? = nil,
    limit: TimeLimit?, calendar: String?, startedAt: Moment
  ) {
    self.id = id
    self.caseID = caseID
    self.step = step
    self.assignment = assignment
    self.limit = limit
    self.calendar = calendar
    extensions = []
    self.startedAt = startedAt
    isDone = false
    level = 0
  }

  /// Whether it was, or at `now` is, past its deadline; nil when it has none.
  public func isLate(at now: Moment) -> Bool? {
    dueAt.map { (stoppedAt ?? now) > $0 }
  }
}

extension ClockStep: Storable {}

/// A time during which a case's clocks stood still (挂账).
public struct CasePause: Row, Equatable {
  public let id: ID<CasePause>
  /// A code of the kind's pause reasons.
  public let reason: String
  public let approver: ID<Person>?
  public let startedAt: Moment
  /// When it ends by itself.
  public let untilAt: Moment
  public let endedAt: Moment?

  static let columns: SQL = "id, reason, approver_id, started_at, until_at, ended_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    reason = try fields.next()
    approver = try fields.next()
    startedAt = try fields.next()
    untilAt = try fields.next()
    endedAt = try fields.next()
  }

  var interval: Pause { Pause(from: startedAt, to: endedAt, reason: reason) }
}

/// A request for more time, and what became of it.
public struct CaseExtension: Row, Equatable {
  public let id: ID<CaseExtension>
  public let limit: String
  public let askedBy: ID<Person>?
  public let askedAt: Moment
  public let decidedAt: Moment?
  public let isGranted: Bool?
  /// Whether it is for more than a dispatcher grants.
  public let isFurther: Bool

  static let columns: SQL = """
    id, time_limit, asked_by, asked_at, decided_at, is_granted, is_further
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    limit = try fields.next()
    askedBy = try fields.next()
    askedAt = try fields.next()
    decidedAt = try fields.next()
    isGranted = try fields.next()
    isFurther = try fields.next()
  }
}

/// What somebody wrote with a move.
public struct CaseNote: Row, Equatable {
  public let id: ID<CaseNote>
  public let move: CaseMove
  public let author: ID<Person>?
  public let body: String
  public let factFinding: String?
  public let claimFinding: String?
  public let createdAt: Moment

  static let columns: SQL = """
    id, move, author_id, body, fact_finding, claim_finding, created_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    move = try fields.next()
    author = try fields.next()
    body = try fields.next()
    factFinding = try fields.next()
    claimFinding = try fields.next()
    createdAt = try fields.next()
  }
}

/// A file that belongs to a case.
public struct CaseAttachment: Row, Equatable {
  public let id: ID<CaseAttachment>
  public let caseID: ID<Case>
  /// SHA-256 of the content, hexadecimal: its name among the blobs.
  public let digest: String
  public let name: String
  public let mediaType: String
  public let size: Int
  public let subject: EvidenceRule.Subject
  public let addedBy: ID<Person>?
  public let addedAt: Moment

  static let columns: SQL = """
    case_attachment.id, case_id, case_attachment.digest, name, media_type, size, subject, added_by,
    added_at
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    caseID = try fields.next()
    digest = try fields.next()
    name = try fields.next()
    mediaType = try fields.next()
    size = try fields.next()
    subject = try fields.next()
    addedBy = try fields.next()
    addedAt = try fields.next()
  }
}

extension EvidenceRule.Subject: Storable {}
