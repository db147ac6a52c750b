import Base
import Store

/// Who should get a case, by the town's own rules first and the catalogue's after them.
extension CaseDesk {
  /// Nil when no rule names anybody who exists.
  public func proposal(for view: CaseView, in snapshot: some Querying) throws -> Proposal? {
    try whoGets(view.kind, areaPath: view.case.areaPath, in: snapshot).proposal
  }

  /// Whether a case may be sent to somebody: they belong there and are not barred.
  static func serves(
    _ person: ID<Person>, in organisation: Organisation, in snapshot: some Querying
  ) throws -> Bool {
    try member(person, of: organisation, in: snapshot) != nil
  }

  static func member(
    _ person: ID<Person>, of organisation: Organisation, in snapshot: some Querying
  ) throws -> Person? {
    guard let found = try PersonRows.find(person, in: snapshot),
      found.organisation == organisation.id, found.disabledAt == nil
    else { return nil }
    return found
  }
}
