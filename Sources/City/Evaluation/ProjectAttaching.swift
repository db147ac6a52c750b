import Base
import Foundation
import Store

/// Evidence: files that prove an indicator's figure, or belong to a project as a whole.
extension ProjectDesk {
  /// The most files of one project.
  public static let mostAttachments = 200

  /// Attaches a kept file; the same file for the same indicator again is the one that is there.
  ///
  /// - Throws: `project.missing`, what `ProjectFlow.require` throws, `indicator.missing`,
  ///   `attachment.many`, `input.invalid` for its name.
  @discardableResult
  public func attach(
    _ blob: Blob, named name: String, to id: ID<Project>, indicator: ID<ProjectIndicator>? = nil,
    by doer: Doer, in tx: Transaction
  ) throws -> ID<ProjectAttachment> {
    let file = try standing(for: .attach, on: id, revision: nil, by: doer, in: tx)
    if let indicator, !file.indicators.contains(where: { $0.id == indicator }) {
      throw Fault.missing("indicator")
    }
    let there = try ProjectPartRows.attachments(id, in: tx)
    if let same = there.first(where: { $0.digest == blob.digest && $0.indicator == indicator }) {
      return same.id
    }
    guard there.count < Self.mostAttachments else {
      throw Fault(.invalid, "attachment.many", ["limit": String(Self.mostAttachments)])
    }
    let plain = try TextCheck.line("name", name, atMost: 200) ?? "file"
    try BlobRows.insert(blob, in: tx)
    let attachment: ID<ProjectAttachment> = tx.newID()
    try ProjectPartRows.attach(
      blob, as: attachment, to: id, indicator: indicator, named: plain, by: doer.person, in: tx)
    try Ledger.append(
      "project.attach", about: .project, id.raw, by: doer.actor,
      payload: Payload().with("attachment", attachment).with("digest", blob.digest)
        .with("indicator", indicator), in: tx)
    return attachment
  }

  /// A file's row, if `doer` may read the project that it belongs to.
  ///
  /// - Throws: `attachment.missing`, `project.missing`.
  public func attachment(
    _ id: ID<ProjectAttachment>, by doer: Doer, in snapshot: some Querying
  ) throws -> ProjectAttachment {
    guard let found = try ProjectPartRows.attachment(id, in: snapshot) else {
      throw Fault.missing("attachment")
    }
    _ = try view(found.project, by: doer, in: snapshot)
    return found
  }
}
