import Base
import City

/// What the page of a case offers to those who send their part on to the level below.
extension CasePageBuilder {
  /// The organisation whose part the reader may pass on.
  var heldBy: ID<Organisation>? {
    detail.view.parts(of: doer, right: .caseDispatch, in: [.sent, .taken]).first?.organisation
  }

  /// Nil where there is nobody to send it to.
  var passOn: CasePage.Move? {
    let view = detail.view
    guard let part = view.parts(of: doer, right: .caseDispatch, in: [.sent, .taken]).first,
      let own = around.parties[part.organisation]
    else { return nil }
    // Who still has a part cannot get another.
    let taken = Set(view.assignments.filter(\.isOwed).map(\.organisation))
    let below = around.parties.subtree(own.path).filter {
      $0.id != own.id && $0.retiredAt == nil && !taken.contains($0.id)
    }.map { Field.Option(value: $0.code, label: .plain($0.name)) }
    let people =
      part.isPersonal(among: view.assignments)
      ? []
      : colleagues.map {
        Field.Option(value: $0.id.description, label: .plain($0.name))
      }
    guard !below.isEmpty || !people.isEmpty else { return nil }
    let due = view.clock(of: part)?.dueAt.flatMap { $0 >= around.now ? $0 : nil }
    return forms.passOn(below: below, people: people, helpers: below, own: due)
  }

  /// What those fed back to whom the reader passed it on, to be taken over.
  var feedbackBelow: CaseNote? {
    detail.view.parts(of: doer, in: [.taken]).compactMap {
      detail.view.feedback(to: $0, among: detail.parts.notes)
    }.first
  }
}
