import Base
import City

/// Another case that is linked to the one that is shown.
struct LinkOut: Encodable {
  let relation: String
  /// Whether the other case was reported before this one: of a repeat the one that is repeated.
  let isEarlier: Bool
  let linkedAt: Moment
  let `case`: CaseLineOut

  init(_ linked: CaseCompany.Linked) {
    relation = linked.relation.rawValue
    isEarlier = linked.isEarlier
    linkedAt = linked.linkedAt
    self.case = CaseLineOut(linked.line)
  }
}

/// A case that may be about the same matter.
struct DuplicateOut: Encodable {
  let metres: Int?
  let days: Int
  let isSameKind: Bool
  let words: [String]
  let `case`: CaseLineOut

  init(_ duplicate: CaseDuplicate) {
    metres = duplicate.metres
    days = duplicate.days
    isSameKind = duplicate.isSameKind
    words = duplicate.words
    self.case = CaseLineOut(duplicate.line)
  }
}

struct DuplicateList: Encodable {
  let duplicates: [DuplicateOut]
}

/// A case that is part of the one that is shown.
struct MergedOut: Encodable {
  let `case`: CaseLineOut
  let reporter: Reporter?
  let attachments: [AttachmentOut]

  init(_ merged: CaseCompany.Merged) {
    self.case = CaseLineOut(merged.line)
    reporter = merged.reporter?.masked
    attachments = merged.attachments.map(AttachmentOut.init)
  }
}

/// That a case went to a platform above or below.
struct TransferOut: Encodable {
  let direction: String
  let platform: String
  let sentAt: Moment
  let backAt: Moment?

  init(_ transfer: CaseTransfer) {
    direction = transfer.direction.rawValue
    platform = transfer.platform
    sentAt = transfer.sentAt
    backAt = transfer.backAt
  }
}
