import Base
import Store

/// Merging a case into another open one (合并), and parting them again.
///
/// What is merged waits for nobody: its clocks end undone and its pending parts are withdrawn. Its
/// files and its caller stay its own, and are seen from the other case. Parting puts everything back as
/// it was, deadlines too: time has gone on for the caller, and so it has for the clocks.
extension CaseChange {
  /// The most cases that are part of one.
  static let mostMerged = 50

  mutating func merge(_ input: MoveInput) throws {
    var faults: [Fault.Field] = []
    let target = try TextCheck.collect(&faults) { try openTarget(of: input) }
    let text = try TextCheck.collect(&faults) { try input.optional("text", input.text) }
    guard faults.isEmpty, let target else { throw Fault(.invalid, "input.invalid", fields: faults) }
    if let text, let text { try note(.merge, text) }
    let merge = CaseMerge(
      id: tx.newID(), of: view.case, into: target.case.id, kept: try setAside(), by: doer.person,
      at: now)
    try CaseMergeRows.insert(merge, in: tx)
    view.merges.append(merge)
    view.case.state = .merged
    // It is over by itself, though it was never closed as done.
    view.case.closedAt = now
    payload = payload.with("other", target.case.id)
    try raise(target)
    try Ledger.append(
      "case.merged-in", about: .case, target.case.id.raw, by: doer.actor,
      payload: Payload().with("other", id), in: tx)
  }

  /// An open case that is itself part of none.
  private func openTarget(of input: MoveInput) throws -> CaseView {
    let target = try otherCase(input, rights: [.caseDispatch])
    let number = target.case.number
    // Also where it is part of this one: there is no circle.
    guard target.mergedInto == nil else {
      throw Fault.invalid("other", "merge.into-merged", ["number": number])
    }
    guard target.case.state.isOpen else {
      throw Fault.invalid(
        "other", "merge.into-over", ["number": number, "state": target.case.state.rawValue])
    }
    guard target.mergedHere.count < Self.mostMerged else {
      throw Fault.invalid("other", "merge.too-many", ["limit": String(Self.mostMerged)])
    }
    if let revision = input.otherRevision, revision != target.case.revision {
      throw Fault(.conflict, "case.other-stale", ["number": number])
    }
    return target
  }

  /// Ends what runs and what is pending, and says what it was.
  private mutating func setAside() throws -> CaseMerge.Kept {
    var kept = CaseMerge.Kept()
    for index in view.clocks.indices where view.clocks[index].stoppedAt == nil {
      kept.clocks.append(view.clocks[index].id)
      view.clocks[index].stoppedAt = now
      try CasePartRows.update(view.clocks[index], in: tx)
    }
    for part in view.assignments where part.isOwed {
      kept.parts.append(CaseMerge.Kept.Part(id: part.id, state: part.state))
      try update(part) {
        $0.state = .withdrawn
        $0.endedAt = $1
      }
    }
    return kept
  }

  mutating func unmerge(_ input: MoveInput) throws {
    guard let merge = view.mergedInto else { return }
    if let text = try input.optional("text", input.text) { try note(.unmerge, text) }
    let clocks = Set(merge.kept.clocks)
    for index in view.clocks.indices where clocks.contains(view.clocks[index].id) {
      view.clocks[index].stoppedAt = nil
      try CasePartRows.update(view.clocks[index], in: tx)
    }
    for kept in merge.kept.parts {
      guard let part = view.assignments.first(where: { $0.id == kept.id }) else { continue }
      try update(part) { part, _ in
        part.state = kept.state
        part.endedAt = nil
      }
    }
    try CaseMergeRows.end(merge.id, by: doer.person, in: tx)
    view.merges.removeAll { $0.id == merge.id }
    view.case.state = merge.state
    view.case.closedAt = nil
    payload = payload.with("other", merge.into)
    guard let target = try desk.load(merge.into, in: tx) else { return }
    try raise(target)
    try Ledger.append(
      "case.unmerged", about: .case, merge.into.raw, by: doer.actor,
      payload: Payload().with("other", id), in: tx)
  }

  /// Whoever has a form of the other case open has not seen what belongs to it now, and is to look
  /// first.
  private func raise(_ other: CaseView) throws {
    var file = other.case
    file.revision += 1
    file.updatedAt = now
    guard try CaseRows.update(file, from: other.case.revision, in: tx) else {
      throw Fault(.conflict, "case.stale", ["state": file.state.rawValue])
    }
  }
}
