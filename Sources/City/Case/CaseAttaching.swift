import Base
import Foundation
import Store

/// Files of a case.
extension CaseDesk {
  /// The most files of one case.
  public static let mostAttachments = 50

  /// Attaches a kept file; the same file for the same purpose again is the one that is there.
  ///
  /// - Throws: `case.missing`, `case.over`, `attachment.many`, `input.invalid` for its name, or with
  ///   `evidence.paper` for a paper where photographs or films belong.
  @discardableResult
  public func attach(
    _ blob: Blob, named name: String, as subject: EvidenceRule.Subject, to id: ID<Case>,
    for move: CaseMove? = nil, by doer: Doer, in tx: Transaction
  ) throws -> ID<CaseAttachment> {
    let view = try view(id, by: doer, in: tx)
    // Grounds of an appeal may come when it is closed.
    guard view.case.state.isOpen || move == .appeal else {
      throw Fault(.conflict, "case.over", ["state": view.case.state.rawValue])
    }
    guard subject == .document || !blob.isPaper else {
      throw Fault.invalid("attachments", "evidence.paper", ["subject": subject.rawValue])
    }
    let there = try CaseNoteRows.attachments(id, in: tx)
    if let same = there.first(where: { $0.digest == blob.digest && $0.subject == subject }) {
      return same.id
    }
    guard there.count < Self.mostAttachments else {
      throw Fault(.invalid, "attachment.many", ["limit": String(Self.mostAttachments)])
    }
    let plain = try TextCheck.line("name", name, atMost: 200) ?? "file"
    try BlobRows.insert(blob, in: tx)
    let attachment: ID<CaseAttachment> = tx.newID()
    try CaseNoteRows.attach(
      blob, as: attachment, to: id, named: plain, subject: subject, by: doer.person, in: tx)
    try Ledger.append(
      "case.attach", about: .case, id.raw, by: doer.actor,
      payload: Payload().with("attachment", attachment).with("digest", blob.digest)
        .with("subject", subject.rawValue), in: tx)
    return attachment
  }

  /// A file's row, if `doer` may read the case that it belongs to.
  public func attachment(
    _ id: ID<CaseAttachment>, by doer: Doer, in snapshot: some Querying
  ) throws -> CaseAttachment {
    guard let found = try CaseNoteRows.attachment(id, in: snapshot) else {
      throw Fault.missing("attachment")
    }
    _ = try shown(found.caseID, by: doer, in: snapshot)
    return found
  }
}
