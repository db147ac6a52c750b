import Base
import Store

/// An organisation leaves, and nothing is left to nobody.
extension CaseDesk {
  /// Takes an organisation out of service, where it has no open part of a case and no kind in force is
  /// answered for by it alone.
  ///
  /// - Throws: what `OrganisationDesk.retire` throws; `organisation.has-work`, `organisation.only-answer` with
  ///   how many.
  public func retire(
    _ id: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws {
    let found = try OrganisationDesk.reachable(id, by: doer, in: tx)
    if found.retiredAt == nil {
      let cases = try Self.openCases(of: id, in: tx)
      guard cases == 0 else {
        throw Fault(
          .conflict, "organisation.has-work", ["code": found.code, "count": String(cases)])
      }
      let alone = try kindsAnswered(by: found, in: tx)
      guard alone == 0 else {
        throw Fault(
          .conflict, "organisation.only-answer", ["code": found.code, "count": String(alone)])
      }
    }
    try OrganisationDesk.retire(id, by: doer, in: tx)
  }

  private static func openCases(
    of id: ID<Organisation>, in snapshot: some Querying
  ) throws -> Int {
    try snapshot.value(
      """
      SELECT COUNT(DISTINCT case_id) FROM case_assignment WHERE organisation_id = \(id)
        AND is_active = 1 AND ended_at IS NULL AND state IN ('sent', 'taken', 'passed')
      """) ?? 0
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
