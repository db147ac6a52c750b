import Base
import Store

/// One matter that was reported and must be handled.
public struct Case: Row, Equatable {
  public let id: ID<Case>
  /// What people call it by: the day of its report and a count, `240131-00042`.
  public let number: String
  public var kind: String
  /// The kind as it was when the case was filed.
  public var kindVersion: ID<CaseKind>
  public let channel: Channel
  public var state: CaseState
  /// Where it stood before it was suspended.
  public var resumeState: CaseState?
  public var title: String
  public var description: String
  /// Checked answers to the kind's fields, as stored JSON.
  public var fields: String
  /// Salts the digests of texts that the ledger carries.
  public let salt: [UInt8]
  public var area: ID<Area>?
  public var areaPath: String
  public var organisationPath: String
  public var place: String
  /// WGS-84 degrees.
  public var latitude: Double?
  public var longitude: Double?
  /// The system the coordinates came in.
  public var coordinates: String?
  public var isUrgent: Bool
  public var isConfidential: Bool
  public let externalSource: String?
  public let externalID: String?
  /// What an import last brought, to see whether it changed.
  public var externalDigest: [UInt8]?
  public let reportedBy: ID<Person>?
  public let reportedAt: Moment
  public var acceptedAt: Moment?
  public var filedAt: Moment?
  public var dispatchedAt: Moment?
  public var takenAt: Moment?
  public var handledAt: Moment?
  public var verifiedAt: Moment?
  public var closedAt: Moment?
  public var contactedAt: Moment?
  public var calledBackAt: Moment?
  /// Answered at call-back.
  public var isResolved: Bool?
  /// 1 very dissatisfied … 5 very satisfied.
  public var satisfaction: Int?
  public var leadOrganisation: ID<Organisation>?
  public var leadPerson: ID<Person>?
  public var handledBy: ID<Person>?
  /// The deadline of the step it is in.
  public var dueAt: Moment?
  /// The deadline of the whole case.
  public var wholeDueAt: Moment?
  /// A code of how it ended, where one was given.
  public var outcome: String?
  public var returnCount: Int
  public var reworkCount: Int
  public var extensionCount: Int
  public var reopenCount: Int
  /// Rises with every change: what a stale form is told by.
  public internal(set) var revision: Int
  public internal(set) var updatedAt: Moment
  /// When somebody answered the last check on the spot, and what; no result while one is asked for.
  public var checkedAt: Moment?
  public var checkResult: SpotCheckResult?
  /// Since when it waits for an arbitrator.
  public var arbitrationAt: Moment?
  /// When an arbitrator decided last.
  public var arbitratedAt: Moment?
  /// Who may not return it, because an arbitrator sent it to them.
  public var arbitratedTo: ID<Organisation>?
  /// Whether a unit wants not to be scored by it, and what became of that.
  public var appeal: AppealState?
  /// Since when it is in neither part of any rate (剔除).
  public var excludedAt: Moment?

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    number = try fields.next()
    kind = try fields.next()
    kindVersion = try fields.next()
    channel = try fields.next()
    state = try fields.next()
    resumeState = try fields.next()
    title = try fields.next()
    description = try fields.next()
    self.fields = try fields.next()
    salt = try fields.next()
    area = try fields.next()
    areaPath = try fields.next()
    organisationPath = try fields.next()
    place = try fields.next()
    latitude = try fields.next()
    longitude = try fields.next()
    coordinates = try fields.next()
    isUrgent = try fields.next()
    isConfidential = try fields.next()
    externalSource = try fields.next()
    externalID = try fields.next()
    externalDigest = try fields.next()
    reportedBy = try fields.next()
    reportedAt = try fields.next()
    acceptedAt = try fields.next()
    filedAt = try fields.next()
    dispatchedAt = try fields.next()
    takenAt = try fields.next()
    handledAt = try fields.next()
    verifiedAt = try fields.next()
    closedAt = try fields.next()
    contactedAt = try fields.next()
    calledBackAt = try fields.next()
    isResolved = try fields.next()
    satisfaction = try fields.next()
    leadOrganisation = try fields.next()
    leadPerson = try fields.next()
    handledBy = try fields.next()
    dueAt = try fields.next()
    wholeDueAt = try fields.next()
    outcome = try fields.next()
    returnCount = try fields.next()
    reworkCount = try fields.next()
    extensionCount = try fields.next()
    reopenCount = try fields.next()
    revision = try fields.next()
    updatedAt = try fields.next()
    checkedAt = try fields.next()
    checkResult = try fields.next()
    arbitrationAt = try fields.next()
    arbitratedAt = try fields.next()
    arbitratedTo = try fields.next()
    appeal = try fields.next()
    excludedAt = try fields.next()
  }

  static let columns: SQL = """
    id, number, kind, kind_version, channel, state, resume_state, title, description, fields, salt,
    area_id, area_path, organisation_path, place, latitude, longitude, coordinates, is_urgent,
    is_confidential, external_source, external_id, external_digest, reported_by, reported_at,
    accepted_at, filed_at, dispatched_at, taken_at, handled_at, verified_at, closed_at,
    contacted_at, called_back_at, is_resolved, satisfaction, lead_organisation_id, lead_person_id,
    handled_by, due_at, whole_due_at, outcome, return_count, rework_count, extension_count,
    reopen_count, revision, updated_at, checked_at, check_result, arbitration_at, arbitrated_at,
    arbitrated_to, appeal, excluded_at
    """
}

extension Channel: Storable {}
