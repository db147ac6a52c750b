import Base
import City

/// Who has the case, how far each of them is, and what those who are done fed back.
extension CasePageBuilder {
  var assignments: [CasePage.Assignment] {
    // Who was asked to look stands before the tree of those who handle it.
    let parts = detail.view.checks.map { (part: $0, level: 0) } + detail.view.tree
    let own = Set(
      detail.view.parts(of: doer, in: [.sent, .taken, .passed, .handled]).map(\.id))
    return parts.map { part, level in
      var shown = CasePage.Assignment(
        unit: unit(of: part), person: part.person.flatMap { detail.people[$0] },
        isLead: part.isLead, isCheck: part.purpose == .check, state: part.state,
        since: part.endedAt ?? part.handledAt ?? part.takenAt ?? part.sentAt, level: level,
        sender: detail.view.above(part).map(unit), clock: face(part))
      shown.isOwn = own.contains(part.id)
      guard part.purpose == .handle, let handled = part.handledAt else { return shown }
      // A feedback, and what was attached to it, is of one moment and one person.
      shown.feedback =
        detail.parts.notes.last {
          $0.move == .feedBack && $0.author == part.handledBy && $0.createdAt == handled
        }?.body
      shown.photos = detail.parts.attachments.filter {
        $0.addedBy == part.handledBy && $0.addedAt == handled
      }.map(photo)
      return shown
    }
  }

  func unit(of part: CaseAssignment) -> String {
    around.parties[part.organisation]?.name ?? ""
  }

  /// How a part stands to its own deadline; nothing where it was given or taken back.
  private func face(_ part: CaseAssignment) -> ClockFace? {
    guard part.state != .returned, part.state != .withdrawn else { return nil }
    if let handled = part.handledAt {
      return part.dueAt.map { Surroundings.stopped(handled, due: $0) }
    }
    if file.state == .suspended { return ClockFace(phase: .paused) }
    return part.dueAt.map(around.running)
  }
}
