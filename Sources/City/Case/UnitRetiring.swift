import Base
import Store

/// An organisation leaves, and nothing is left to nobody.
extension CaseDesk {
  /// Takes an organisation out of service, where it has no part of a case that is not over and no kind in
  /// force is answered for by it alone. What is asked is told in the order in which it is done: the work is
  /// handed over, then what hangs on it goes elsewhere, then others answer.
  ///
  /// - Throws: `organisation.has-work` with how many; what `OrganisationDesk.retire` throws;
  ///   `organisation.only-answer` with how many.
  public func retire(
    _ id: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try OrganisationDesk.reachable(id, by: doer, in: tx)
    if found.retiredAt == nil {
      let cases = try Self.cases(with: id, in: tx).count
      guard cases == 0 else {
        throw Fault(
          .conflict, "organisation.has-work", ["code": found.code, "count": String(cases)])
      }
      try OrganisationDesk.requireFree(found, in: tx)
      let alone = try kindsAnswered(by: found, in: tx)
      guard alone == 0 else {
        throw Fault(
          .conflict, "organisation.only-answer", ["code": found.code, "count": String(alone)])
      }
    }
    try OrganisationDesk.retire(id, by: doer, in: tx)
  }

  /// How many kinds in force would go to nobody somewhere: the catalogue names this organisation first, no
  /// other that is there, and the town has no rule of its own that covers the kind there.
  private func kindsAnswered(
    by organisation: Organisation, in snapshot: some Querying
  ) throws -> Int {
    let parties = try parties.value(in: snapshot)
    func isThere(_ rule: Responsibility) -> Bool {
      guard case .organisation(let code) = rule.unit else { return true }
      return code != organisation.code
        && parties.organisation(code: code).map { $0.retiredAt == nil } ?? false
    }
    return kinds.catalogue.kinds.count { kind in
      let own = kind.responsible.filter {
        !$0.helps && $0.unit == .organisation(organisation.code)
      }
      guard !own.isEmpty,
        parties.rules(kind: kind.code, areaPath: "").allSatisfy({
          $0.organisation == organisation.id
        })
      else { return false }
      return own.contains { rule in
        !kind.responsible.contains { $0.area == rule.area && !$0.helps && isThere($0) }
      }
    }
  }
}

extension Centre {
  /// See `CaseDesk.retire`.
  public func retire(_ id: ID<Organisation>, by doer: Doer) async throws {
    try await database.write { try cases.retire(id, by: doer, in: $0) }
  }
}
