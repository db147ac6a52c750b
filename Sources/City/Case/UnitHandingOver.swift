import Base
import Store

/// An organisation leaves, and its parts of cases go to another, which takes its place in them.
extension CaseDesk {
  /// What became of the cases that were handed over at once.
  public struct UnitHandOver: Sendable, Equatable {
    public let cases: [Line]
    /// How many cases are still to be handed over.
    public let left: Int

    /// One case.
    public struct Line: Sendable, Equatable {
      public let id: ID<Case>
      public let number: String
      /// False where the heir had a part that takes it in: what was handed over has ended, and who sent it
      /// has it again.
      public let isTaken: Bool
    }
  }

  /// Hands over the parts that an organisation has in cases that are not over, those too that it has fed
  /// back, since they may come back to it: `mostHandedOver` cases at most, the oldest first. The parts keep
  /// their clocks and what was done; nobody of the heir is named. Each case has an entry in the ledger, and
  /// so has the organisation. All of it or nothing.
  ///
  /// - Throws: `organisation.missing`, `right.missing`; `input.invalid` with `organisation.unknown`,
  ///   `organisation.same` or `organisation.retired` at `to`.
  @discardableResult
  public func handOver(
    workOf id: ID<Organisation>, to heir: ID<Organisation>, by doer: Doer, in tx: Transaction
  ) throws -> UnitHandOver {
    let from = try OrganisationDesk.reachable(id, by: doer, in: tx)
    guard let to = try OrganisationRows.organisation(heir, in: tx) else {
      throw Fault.invalid("to", "organisation.unknown", ["organisation": heir.description])
    }
    try doer.requireOrganisations(under: to.path)
    guard to.id != from.id else { throw Fault.invalid("to", "organisation.same") }
    guard to.retiredAt == nil else {
      throw Fault.invalid("to", "organisation.retired", ["code": to.code])
    }
    let all = try Self.cases(with: id, in: tx)
    guard !all.isEmpty else { return UnitHandOver(cases: [], left: 0) }
    let lines: [UnitHandOver.Line] = try all.prefix(Self.mostHandedOver).compactMap { id in
      guard let view = try load(id, in: tx) else { return nil }
      var change = CaseChange(view: view, desk: self, doer: doer, tx: tx)
      let isTaken = try change.handOver(from: from, to: to)
      return UnitHandOver.Line(id: id, number: view.case.number, isTaken: isTaken)
    }
    try OrganisationDesk.record(
      "organisation.hand-over", from.id,
      Payload().with("code", from.code).with("to", to.code).with("cases", Int64(lines.count)),
      by: doer, in: tx)
    return UnitHandOver(cases: lines, left: all.count - lines.count)
  }

  /// The cases that are not over, or may come back, in which an organisation has a part.
  static func cases(
    with organisation: ID<Organisation>, in snapshot: some Querying
  ) throws -> [ID<Case>] {
    try snapshot.column(
      """
      SELECT DISTINCT a.case_id FROM case_assignment AS a JOIN case_file AS c ON c.id = a.case_id
      WHERE a.organisation_id = \(organisation) AND a.ended_at IS NULL
        AND a.state IN \(CaseAssignment.seen) AND c.state NOT IN ('closed', 'void')
      ORDER BY a.case_id
      """)
  }
}

extension Centre {
  /// Hands over what an organisation has, and where it leaves retires it, in one; not while some is left.
  ///
  /// - Throws: as the function of `CaseDesk` and, where it leaves, `CaseDesk.retire`.
  @discardableResult
  public func handOver(
    workOf id: ID<Organisation>, to heir: ID<Organisation>, retiring: Bool, by doer: Doer
  ) async throws -> CaseDesk.UnitHandOver {
    try await database.write { tx in
      let handed = try cases.handOver(workOf: id, to: heir, by: doer, in: tx)
      if retiring, handed.left == 0 { try cases.retire(id, by: doer, in: tx) }
      return handed
    }
  }
}

extension CaseChange {
  /// Gives the parts of an organisation to another.
  ///
  /// - Returns: whether it has them now; false where one of them has ended.
  fileprivate mutating func handOver(
    from: Organisation, to heir: Organisation
  ) throws -> Bool {
    let words = CaseNoteRows.words(of: view.case, parts: view.parts)
    let owned = view.parts.filter { $0.organisation == from.id && $0.isCurrent }
    // Who has a case that stands still, or that all have fed back, is not sent away from it.
    let runs = view.case.state == .dispatched || view.case.state == .handling
    var isTaken = true
    for part in owned {
      guard let part = view.parts.first(where: { $0.id == part.id }), part.isCurrent else {
        continue
      }
      if runs, part.purpose == .handle, try givesWay(part, to: heir) {
        isTaken = false
        continue
      }
      if runs, part.isLead { try makeRoom(for: part, of: heir) }
      try give(part, to: heir)
    }
    if runs { try settle() }
    try CaseNoteRows.index(
      CaseNoteRows.words(of: view.case, parts: view.parts), of: id, replacing: words, in: tx)
    payload = payload.with("from-unit", from.code).with("to-unit", heir.code)
      .with("parts", codes: owned.map { String($0.id.raw) })
    try finishHandingOver()
    return isTaken
  }

  /// Ends a part where the heir sent it, by itself or through others, or leads it or helps beside it: nobody
  /// sends to themselves. Who sent it has it again.
  private mutating func givesWay(
    _ part: CaseAssignment, to heir: Organisation
  ) throws -> Bool {
    let isAbove = view.chain(part).dropFirst().contains { $0.organisation == heir.id }
    let isBeside =
      !part.isLead
      && view.sending(of: part).contains { $0.id != part.id && $0.organisation == heir.id }
    guard isAbove || isBeside else { return false }
    guard part.isOwed else {
      try update(part) { $0.endedAt = $1 }
      return true
    }
    if part.isLead, let above = view.above(part) {
      try recall(from: above)
    } else {
      try take(back: part)
    }
    return true
  }

  /// The heir helped beside a part that it leads from now on: its own help ends.
  private mutating func makeRoom(for part: CaseAssignment, of heir: Organisation) throws {
    for helper in view.sending(of: part)
    where helper.id != part.id && helper.purpose == part.purpose
      && helper.organisation == heir.id
    {
      if helper.isOwed {
        try take(back: helper)
      } else {
        try update(helper) { $0.endedAt = $1 }
      }
    }
  }

  private mutating func give(_ part: CaseAssignment, to heir: Organisation) throws {
    let list = CaseView.list(of: part.purpose)
    guard let index = view[keyPath: list].firstIndex(where: { $0.id == part.id }) else { return }
    view[keyPath: list][index].organisation = heir.id
    view[keyPath: list][index].organisationPath = heir.path
    view[keyPath: list][index].person = nil
    try CasePartRows.give(part.id, to: heir, in: tx)
    guard part.purpose == .handle, part.isLead, part.parent == nil else { return }
    if view.case.arbitratedTo == part.organisation { view.case.arbitratedTo = heir.id }
    view.case.leadOrganisation = heir.id
    view.case.leadPerson = nil
  }
}
