import Base
import Foundation
import Store

/// Linking a case with another (关联), also as a repeat of it (重复投诉), and taking that back.
///
/// Neither case is changed by it otherwise: who has a form of the other one open can still send it.
/// Both timelines say it.
extension CaseChange {
  /// More that belong together are a matter of their own.
  static let mostLinks = 100

  mutating func link(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    let relation = try TextCheck.collect(&faults) {
      try input.choice("relation", input.relation, of: CaseRelation.self)
    }
    let other = try TextCheck.collect(&faults) { try unlinked(input) }
    let text = try TextCheck.collect(&faults) { try input.optional("text", input.text) }
    guard faults.isEmpty, let relation, let other else {
      throw Fault(.invalid, "input.invalid", fields: faults)
    }
    if let text, let text { try note(.link, text) }
    let link = CaseLink(
      id: tx.newID(), between: id, and: other, relation, by: doer.person, at: now)
    try CaseLinkRows.insert(link, in: tx)
    view.links.append(link)
    try Ledger.append(
      "case.linked", about: .case, other.raw, by: doer.actor,
      payload: Payload().with("other", id).with("relation", relation.rawValue), in: tx)
    payload = payload.with("other", other).with("relation", relation.rawValue)
  }

  /// The other case, to which this one is not linked yet.
  private func unlinked(_ input: MoveInput) throws -> ID<Case> {
    let other = try otherCase(input, rights: [.caseAccept, .caseDispatch]).case
    guard !view.links.contains(where: { $0.other(than: id) == other.id }) else {
      throw Fault.invalid("other", "link.already", ["number": other.number])
    }
    guard view.links.count < Self.mostLinks,
      try CaseLinkRows.count(of: other.id, in: tx) < Self.mostLinks
    else { throw Fault.invalid("other", "link.too-many", ["limit": String(Self.mostLinks)]) }
    return other.id
  }

  mutating func unlink(_ input: MoveInput) throws {
    let other = try otherCase(input, rights: [.caseAccept, .caseDispatch]).case
    guard let link = view.links.first(where: { $0.other(than: id) == other.id }) else {
      throw Fault(.conflict, "link.not-there", ["number": other.number])
    }
    if let text = try input.optional("text", input.text) { try note(.unlink, text) }
    try CaseLinkRows.delete(link.id, in: tx)
    view.links.removeAll { $0.id == link.id }
    try Ledger.append(
      "case.unlinked", about: .case, other.id.raw, by: doer.actor,
      payload: Payload().with("other", id).with("relation", link.relation.rawValue), in: tx)
    payload = payload.with("other", other.id).with("relation", link.relation.rawValue)
  }

  /// The other case of a move, by its number.
  ///
  /// - Parameter rights: one of which must reach it.
  /// - Throws: at `other`: `case.number-unknown`, also where `doer` may not read it, so that nobody
  ///   learns of it; `other.itself`; `other.beyond-scope`.
  func otherCase(_ input: MoveInput, rights: [Right]) throws -> CaseView {
    let written = try input.required("other", input.other)
    let number = written.precomposedStringWithCompatibilityMapping
    guard number.utf8.count <= 64, let found = try CaseRows.find(number: number, in: tx),
      let other = try desk.load(found.id, in: tx), other.isRead(by: doer)
    else {
      throw Fault.invalid("other", "case.number-unknown", ["number": String(number.prefix(32))])
    }
    guard other.case.id != id else { throw Fault.invalid("other", "other.itself") }
    guard rights.contains(where: { other.case.isWithin($0, of: doer) }) else {
      throw Fault.invalid("other", "other.beyond-scope", ["number": other.case.number])
    }
    return other
  }
}
