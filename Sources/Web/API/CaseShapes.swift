import Base
import City
import Foundation

extension CaseReport: JSONBody {
  static let expected: [String: JSONExpected] = [
    "channel": .choice(Channel.allCases.map(\.rawValue)),
    "coordinates": .choice(CoordinateSystem.allCases.map(\.rawValue)),
    "reportedAt": .moment, "dueAt": .moment,
  ]
}

/// A move as it is asked for: the input, and the revision that the caller has seen.
struct MoveRequest: JSONBody {
  var revision: Int?
  var input = MoveInput()

  static let keys: Set<String> = [
    "revision", "text", "organisation", "person", "people", "helpers", "limit", "reason", "until",
    "approver", "reached", "factFinding", "claimFinding", "fields", "conditions", "outcome",
    "resolved", "justified", "finding", "satisfaction", "kind", "title", "description", "place",
    "area", "latitude", "longitude", "other", "relation", "otherRevision", "direction", "platform",
    "side", "name", "phone", "address", "party", "heldAt", "next", "mediators", "present",
    "agreement", "amount", "performBy", "facts", "terms",
  ]
  static let expected: [String: JSONExpected] = [
    "otherRevision": .whole, "revision": .whole, "satisfaction": .whole, "until": .moment,
    "person": .id, "people": .id, "approver": .id, "party": .id, "heldAt": .moment, "next": .moment,
    "performBy": .day,
    "finding": .choice(CaseFinding.Kind.allCases.map(\.rawValue)),
  ]

  init() {}

  init(from decoder: any Decoder) throws {
    enum Key: CodingKey { case revision }
    revision = try decoder.container(keyedBy: Key.self).decodeIfPresent(Int.self, forKey: .revision)
    input = try MoveInput(from: decoder)
  }
}

/// A case as the API shows it, without anybody's personal data.
struct CaseOut: Encodable {
  let id: String
  let number: String
  let kind: String
  let channel: String
  let state: String
  let title: String
  let description: String
  let place: String
  let area: String?
  let latitude: Double?
  let longitude: Double?
  let isUrgent: Bool
  let isConfidential: Bool
  let externalSource: String?
  let externalID: String?
  let reportedAt: Moment
  let acceptedAt: Moment?
  let filedAt: Moment?
  let dispatchedAt: Moment?
  let takenAt: Moment?
  let handledAt: Moment?
  let verifiedAt: Moment?
  let closedAt: Moment?
  let contactedAt: Moment?
  let calledBackAt: Moment?
  let isResolved: Bool?
  let satisfaction: Int?
  let leadOrganisation: String?
  let leadPerson: String?
  let dueAt: Moment?
  let wholeDueAt: Moment?
  let outcome: String?
  let checkedAt: Moment?
  let checkResult: String?
  /// Since when it waits for an arbitrator, and when one decided last.
  let arbitrationAt: Moment?
  let arbitratedAt: Moment?
  let appeal: String?
  /// Since when it is in neither part of any rate.
  let excludedAt: Moment?
  let returnCount: Int
  let reworkCount: Int
  let extensionCount: Int
  let reopenCount: Int
  let revision: Int

  init(_ file: Case) {
    id = file.id.description
    number = file.number
    kind = file.kind
    channel = file.channel.rawValue
    state = file.state.rawValue
    title = file.title
    description = file.description
    place = file.place
    area = file.area?.description
    latitude = file.latitude
    longitude = file.longitude
    isUrgent = file.isUrgent
    isConfidential = file.isConfidential
    externalSource = file.externalSource
    externalID = file.externalID
    reportedAt = file.reportedAt
    acceptedAt = file.acceptedAt
    filedAt = file.filedAt
    dispatchedAt = file.dispatchedAt
    takenAt = file.takenAt
    handledAt = file.handledAt
    verifiedAt = file.verifiedAt
    closedAt = file.closedAt
    contactedAt = file.contactedAt
    calledBackAt = file.calledBackAt
    isResolved = file.isResolved
    satisfaction = file.satisfaction
    leadOrganisation = file.leadOrganisation?.description
    leadPerson = file.leadPerson?.description
    dueAt = file.dueAt
    wholeDueAt = file.wholeDueAt
    outcome = file.outcome
    checkedAt = file.checkedAt
    checkResult = file.checkResult?.rawValue
    arbitrationAt = file.arbitrationAt
    arbitratedAt = file.arbitratedAt
    appeal = file.appeal?.rawValue
    excludedAt = file.excludedAt
    returnCount = file.returnCount
    reworkCount = file.reworkCount
    extensionCount = file.extensionCount
    reopenCount = file.reopenCount
    revision = file.revision
  }
}

/// One line of a list.
struct CaseLineOut: Encodable {
  let id: String
  let number: String
  let kind: String
  let channel: String
  let state: String
  let title: String
  let place: String
  let area: String?
  let leadOrganisation: String?
  let isUrgent: Bool
  let reportedAt: Moment
  let closedAt: Moment?
  let dueAt: Moment?
  let wholeDueAt: Moment?
  let revision: Int

  init(_ line: City.CaseLine) {
    id = line.id.description
    number = line.number
    kind = line.kind
    channel = line.channel.rawValue
    state = line.state.rawValue
    title = line.title
    place = line.place
    area = line.area?.description
    leadOrganisation = line.leadOrganisation?.description
    isUrgent = line.isUrgent
    reportedAt = line.reportedAt
    closedAt = line.closedAt
    dueAt = line.dueAt
    wholeDueAt = line.wholeDueAt
    revision = line.revision
  }
}

struct CaseList: Encodable {
  let cases: [CaseLineOut]
  /// Cursors of the pages after and before this one.
  let next: String?
  let previous: String?

  init(_ lines: CaseLines) {
    cases = lines.lines.map(CaseLineOut.init)
    next = lines.next?.description
    previous = lines.previous?.description
  }
}

/// A case with its parts, and what the caller may do next.
struct CaseDetailOut: Encodable {
  let `case`: CaseOut
  let fields: [String: FieldInput]
  let reporter: Reporter?
  let clocks: [ClockOut]
  let assignments: [AssignmentOut]
  /// Who was asked to look on the spot.
  let checks: [AssignmentOut]
  let notes: [NoteOut]
  let attachments: [AttachmentOut]
  let findings: [FindingOut]
  let moves: [String]
  /// The code of the duty grid in which it lies.
  let dutyGrid: String?
  let links: [LinkOut]
  /// How many linked cases the caller may not see.
  let hiddenLinks: Int
  /// The case that it is part of, where the caller may see it.
  let mergedInto: CaseLineOut?
  let merged: [MergedOut]
  let transfers: [TransferOut]
  /// Of a kind that is mediated, with names masked.
  let mediation: MediationOut?

  init(_ detail: CaseDetail, doer: Doer) {
    let (view, parts) = (detail.view, detail.parts)
    self.case = CaseOut(view.case)
    fields = Dictionary(
      uniqueKeysWithValues: parts.fields.map { code, value in
        let isPersonal = view.kind.field(code)?.personal ?? false
        return (code, isPersonal ? .text("****") : value.input)
      })
    reporter = parts.reporter?.masked
    clocks = view.clocks.map { ClockOut($0, explanation: parts.explanations[$0.id]) }
    dutyGrid = detail.dutyGrid?.code
    assignments = view.assignments.map(AssignmentOut.init)
    checks = view.checks.map(AssignmentOut.init)
    notes = parts.notes.map(NoteOut.init)
    attachments = parts.attachments.map(AttachmentOut.init)
    findings = parts.findings.map(FindingOut.init)
    moves = CaseFlow.moves(on: view, by: doer).map(\.rawValue)
    links = detail.company.links.map(LinkOut.init)
    hiddenLinks = detail.company.hiddenLinks
    mergedInto = detail.company.into.map(CaseLineOut.init)
    merged = detail.company.merged.map(MergedOut.init)
    transfers = detail.transfers.map(TransferOut.init)
    mediation = view.mediation.map { MediationOut($0.masked) }
  }
}

struct ClockOut: Encodable {
  let step: String
  let level: Int
  let assignment: String?
  let limit: String?
  let calendar: String?
  let startedAt: Moment
  let originalDueAt: Moment?
  let dueAt: Moment?
  let missingYear: Int?
  let stoppedAt: Moment?
  let isDone: Bool
  /// Why this deadline: all time from the start to it, counted or not.
  let spans: [SpanOut]

  struct SpanOut: Encodable {
    let from: Moment
    let to: Moment
    let isCounted: Bool
    let reason: String
    let name: String?
  }

  init(_ clock: CaseClock, explanation: Explanation?) {
    step = clock.step.rawValue
    level = clock.level
    assignment = clock.assignment?.description
    limit = clock.limit?.description
    calendar = clock.calendar
    startedAt = clock.startedAt
    originalDueAt = clock.originalDueAt
    dueAt = clock.dueAt
    missingYear = clock.missingYear
    stoppedAt = clock.stoppedAt
    isDone = clock.isDone
    spans = (explanation?.spans ?? []).map {
      SpanOut(
        from: $0.start, to: $0.end, isCounted: $0.reason.isCounted, reason: $0.reason.code,
        name: $0.reason.name)
    }
  }
}

struct AssignmentOut: Encodable {
  let id: String
  let parent: String?
  let organisation: String
  let person: String?
  let isLead: Bool
  let state: String
  let sentAt: Moment
  let takenAt: Moment?
  let handledAt: Moment?
  let dueAt: Moment?

  init(_ part: CaseAssignment) {
    id = part.id.description
    parent = part.parent?.description
    organisation = part.organisation.description
    person = part.person?.description
    isLead = part.isLead
    state = part.state.rawValue
    sentAt = part.sentAt
    takenAt = part.takenAt
    handledAt = part.handledAt
    dueAt = part.dueAt
  }
}

struct NoteOut: Encodable {
  let id: String
  let move: String
  let author: String?
  let body: String
  let factFinding: String?
  let claimFinding: String?
  let createdAt: Moment

  init(_ note: CaseNote) {
    id = note.id.description
    move = note.move.rawValue
    author = note.author?.description
    body = note.body
    factFinding = note.factFinding
    claimFinding = note.claimFinding
    createdAt = note.createdAt
  }
}

struct AttachmentOut: Encodable {
  let id: String
  let name: String
  let mediaType: String
  let size: Int
  let subject: String
  let addedAt: Moment

  init(_ attachment: CaseAttachment) {
    id = attachment.id.description
    name = attachment.name
    mediaType = attachment.mediaType
    size = attachment.size
    subject = attachment.subject.rawValue
    addedAt = attachment.addedAt
  }
}

/// What was found about how a case was reported or served.
struct FindingOut: Encodable {
  let id: String
  let finding: String
  let organisation: String?
  let foundBy: String?
  let foundAt: Moment

  init(_ finding: CaseFinding) {
    id = finding.id.description
    self.finding = finding.finding.rawValue
    organisation = finding.organisation?.description
    foundBy = finding.foundBy?.description
    foundAt = finding.foundAt
  }
}

struct AttachmentMade: Encodable {
  let id: String
  let digest: String
  let mediaType: String
}
