import Base
import Store

/// Somebody leaves, and what was sent to them by name goes to others.
extension CaseDesk {
  /// The most cases that are handed over at once.
  public static let mostHandedOver = 500

  /// A case with something on which somebody has still to do something, by name.
  public struct PersonalWork: Sendable {
    public let line: CaseLine
    /// How many parts of it.
    public let parts: Int
  }

  /// What became of one case that was handed over.
  public struct HandedOver: Sendable, Equatable {
    public let id: ID<Case>
    public let number: String
    /// Nil: it is for the organisation that has the part.
    public let to: ID<Person>?
    /// Those that have a part now which nobody has by name.
    public var organisations: [ID<Organisation>] = []
  }

  /// The open cases of which parts wait for somebody by name, by clock; at most `mostHandedOver`.
  ///
  /// - Throws: `right.missing`, `person.missing`, for whoever does not manage them.
  public func work(
    of person: ID<Person>, by doer: Doer, in snapshot: some Querying
  ) throws -> [PersonalWork] {
    if doer.person != person { _ = try PersonDesk.find(person, by: doer, in: snapshot) }
    let ids = try Self.openCases(of: person, in: snapshot)
    guard !ids.isEmpty else { return [] }
    let lines: [CaseLine] = try snapshot.all(
      """
      SELECT \(CaseLine.columns) FROM case_file AS c WHERE c.id IN \(list: ids)
      ORDER BY c.queue_at, c.id
      """)
    let parts = Dictionary(
      grouping: try CasePartRows.assignments(of: ids, in: snapshot)
        .filter { $0.person == person && $0.isOwed }, by: \.caseID)
    return lines.map { PersonalWork(line: $0, parts: parts[$0.id]?.count ?? 0) }
  }

  /// Hands over everything that was sent to somebody by name and is not done: to one person, where they
  /// belong to the organisation that has the part, and to that organisation otherwise. Each case has an
  /// entry in the ledger. All of it or nothing.
  ///
  /// - Parameter heir: nil for the organisations alone.
  /// - Throws: `right.missing`, `person.out-of-reach`; `input.invalid` with `person.not-there` or
  ///   `person.same` at `to`.
  @discardableResult
  public func handOver(
    workOf person: ID<Person>, to heir: ID<Person>?, by doer: Doer, in tx: Transaction
  ) throws -> [HandedOver] {
    if doer.actor != .sweep(.validity) { _ = try PersonDesk.managed(person, by: doer, in: tx) }
    if let heir {
      guard heir != person else { throw Fault.invalid("to", "person.same") }
      guard let found = try PersonRows.find(heir, in: tx), found.disabledAt == nil else {
        throw Fault.invalid("to", "person.not-there")
      }
      guard try RoleRows.holds(.caseHandle, heir, in: tx) else {
        throw Fault.invalid("to", "absence.substitute-unfit")
      }
    }
    return try Self.openCases(of: person, in: tx).compactMap { id in
      guard let view = try load(id, in: tx) else { return nil }
      var change = CaseChange(view: view, desk: self, doer: doer, tx: tx)
      let (to, organisations) = try change.handOver(from: person, to: heir)
      return HandedOver(
        id: id, number: view.case.number, to: to, organisations: organisations)
    }
  }

  /// Bars somebody from signing in, and hands over what they had.
  ///
  /// - Returns: what was handed over.
  /// - Throws: as `handOver` and `PersonDesk.disable`; `person.has-work` where there is more than is
  ///   handed over at once.
  @discardableResult
  public func disable(
    _ person: ID<Person>, handingOverTo heir: ID<Person>?, by doer: Doer, in tx: Transaction
  ) throws -> [HandedOver] {
    let handed = try handOver(workOf: person, to: heir, by: doer, in: tx)
    try PersonDesk.disable(person, by: doer, in: tx)
    return handed
  }

  private static func openCases(
    of person: ID<Person>, in snapshot: some Querying
  ) throws -> [ID<Case>] {
    try snapshot.column(
      """
      SELECT DISTINCT case_id FROM case_assignment WHERE person_id = \(person) AND is_active = 1
        AND ended_at IS NULL AND state IN ('sent', 'taken', 'passed')
      ORDER BY case_id LIMIT \(mostHandedOver)
      """)
  }
}

extension Centre {
  /// Hands over what somebody has, and where they leave bars them, in one.
  ///
  /// - Parameter heir: nil for the organisations that have it.
  /// - Throws: as `CaseDesk.handOver` and `CaseDesk.disable`.
  @discardableResult
  public func leave(
    _ person: ID<Person>, handingOverTo heir: ID<Person>?, isBarred: Bool, by doer: Doer
  ) async throws -> [CaseDesk.HandedOver] {
    defer { identity.known.forget(person) }
    return try await database.write { tx in
      isBarred
        ? try cases.disable(person, handingOverTo: heir, by: doer, in: tx)
        : try cases.handOver(workOf: person, to: heir, by: doer, in: tx)
    }
  }
}

extension CaseChange {
  /// Gives the parts that somebody owes to another, or to their organisations.
  ///
  /// - Returns: who has them now, nil where an organisation has any of them; and these organisations.
  fileprivate mutating func handOver(
    from person: ID<Person>, to heir: ID<Person>?
  ) throws -> (ID<Person>?, [ID<Organisation>]) {
    var to = heir
    var organisations: [ID<Organisation>] = []
    let owed = view.parts.filter { $0.person == person && $0.isOwed }
    for part in owed {
      let list = CaseView.list(of: part.purpose)
      guard let index = view[keyPath: list].firstIndex(where: { $0.id == part.id }) else {
        continue
      }
      var next = heir
      if let heir,
        try PersonRows.find(heir, in: tx)?.organisation != part.organisation
      {
        next = nil
      }
      if next == nil {
        to = nil
        if !organisations.contains(part.organisation) { organisations.append(part.organisation) }
      }
      view[keyPath: list][index].person = next
      try CasePartRows.give(part.id, to: next, in: tx)
      if part.isLead, part.parent == nil, part.purpose == .handle { view.case.leadPerson = next }
    }
    payload = payload.with("from-person", person).with("to-person", to)
      .with("parts", codes: owed.map { String($0.id.raw) })
    try finishHandingOver()
    return (to, organisations)
  }
}

extension CaseView {
  /// Those who are away for whom `doer` makes a move; nobody where it is made by what is the doer's own.
  func behalf(of doer: Doer, making move: CaseMove) -> [ID<Person>] {
    guard !doer.standsFor.isEmpty else { return [] }
    let alone = doer.alone
    let rules = CaseFlow.rules.filter { $0.move == move }
    let isByScope = rules.contains { rule in
      switch rule.standing {
      case .scope, .scopeButNotHandler, .reader: CaseFlow.allows(rule, on: self, by: alone)
      case .holder, .lead, .leadEver, .checker, .sender: false
      }
    }
    guard !isByScope else { return [] }
    if CaseFlow.decisions.contains(move) {
      return Array(Set(rules.flatMap { reach.decides(doer, by: $0.right) })).sorted()
    }
    return Array(Set(rules.flatMap { reach.behalf(of: doer, by: $0.right) })).sorted()
  }
}
