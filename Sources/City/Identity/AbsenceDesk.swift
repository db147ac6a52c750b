import Base
import Foundation
import Store

/// What is done about people who are away: by themselves, and by who manages people.
public struct AbsenceDesk: Sendable {
  /// Days of one absence.
  public static let longest = 366

  let database: any Database
  let known: KnownDoers
  let now: Now

  /// An absence with the names that a page shows.
  public struct Entry: Sendable {
    public let absence: Absence
    public let personName: String
    public let personSignIn: String
    public let substituteName: String?
    /// Whether who was to stand in may not sign in any more: nobody does then.
    public let isSubstituteGone: Bool
  }

  /// Enters an absence. One's own, with a substitute of one's own organisation or below; of others who
  /// manages people.
  ///
  /// - Throws: `right.missing`, `person.out-of-reach`; `input.invalid` with `person.unknown`, `absence.order`,
  ///   `absence.past`, `absence.long`, `absence.overlaps`, `absence.self`, `absence.substitute-unknown`,
  ///   `absence.substitute-elsewhere`, `absence.substitute-unfit`, `absence.cycle` or, of others,
  ///   `absence.cycle-of-others`.
  @discardableResult
  public static func enter(
    _ draft: AbsenceDraft, zone: TimeZone, by doer: Doer, in tx: Transaction
  ) throws -> ID<Absence> {
    guard try PersonRows.find(draft.person, in: tx) != nil || !doer.holds(.personManage) else {
      throw Fault.invalid("person", "person.unknown")
    }
    let person = try managed(draft.person, by: doer, in: tx)
    // What is past stays as it was.
    let from = max(draft.from.start(in: zone), tx.now)
    let until = (draft.until + 1).start(in: zone)
    var faults = dayFaults(draft, until: until, now: tx.now)
    if faults.isEmpty,
      try !AbsenceRows.overlapping(of: draft.person, from, until, in: tx).isEmpty
    {
      faults.append(.init("from", "absence.overlaps"))
    }
    if let substitute = draft.substitute,
      let fault = try fault(of: substitute, for: person, from, until, by: doer, in: tx)
    {
      faults.append(fault)
    }
    try faults.throwIfAny("input.invalid")
    let id = tx.newID(Absence.self)
    try AbsenceRows.insert(draft, id, from, until, by: doer.person, in: tx)
    try PersonDesk.note(
      "person.absence", draft.person,
      Payload().with("absence", id).with("substitute", draft.substitute).with("from", from)
        .with("until", until).with("reason", draft.reason.rawValue), doer, tx)
    return id
  }

  /// Ends an absence now; one that is still to come does not come.
  ///
  /// - Throws: `absence.missing`, `absence.over`, `right.missing`.
  public static func end(_ id: ID<Absence>, by doer: Doer, in tx: Transaction) throws {
    guard let absence = try AbsenceRows.find(id, in: tx) else { throw Fault.missing("absence") }
    _ = try managed(absence.person, by: doer, in: tx)
    guard absence.until > tx.now else { throw Fault(.conflict, "absence.over") }
    try AbsenceRows.end(id, at: max(absence.from, tx.now), in: tx)
    try PersonDesk.note(
      "person.absence-end", absence.person,
      Payload().with("absence", id).with("substitute", absence.substitute)
        .with("planned", absence.until), doer, tx)
  }

  /// Those of a person, and those in which they stand in for others, that are not over.
  public static func mine(
    _ person: ID<Person>, at now: Moment, in snapshot: some Querying
  ) throws -> (own: [Entry], others: [Entry]) {
    (
      try entries(
        AbsenceRows.coming(of: "person_id = \(person)", at: now, in: snapshot), in: snapshot),
      try entries(
        AbsenceRows.coming(of: "substitute_id = \(person)", at: now, in: snapshot), in: snapshot)
    )
  }

  /// Those within reach that are not over, the first to begin first. At most 500.
  ///
  /// - Throws: `right.missing` for who does not manage people.
  public static func list(
    by doer: Doer, at now: Moment, in snapshot: some Querying
  ) throws -> [Entry] {
    try doer.require(.personManage)
    let reach = doer.grants(holding: .personManage).map { grant -> SQL in
      Subtree.holds("COALESCE(o.path, '')", grant.organisationPath)
    }
    let people: SQL = """
      person_id IN (SELECT p.id FROM person AS p LEFT JOIN organisation AS o
        ON o.id = p.organisation_id WHERE \(reach.joined(" OR ")))
      """
    return try entries(AbsenceRows.coming(of: people, at: now, in: snapshot), in: snapshot)
  }

  /// Who may stand in for somebody, by name: enabled people who handle cases, or send them on or decide over
  /// them as that person does; of the same organisation or below it where it is oneself who asks. Of who manages
  /// people, all who do any of it. At most 200.
  public static func candidates(
    for person: Person, by doer: Doer, in snapshot: some Querying
  ) throws -> [Person] {
    let own = try RoleRows.rights(of: person.id, in: snapshot)
    let rights =
      doer.holds(.personManage) ? actingRights : actingRights.intersection(own.union([.caseHandle]))
    let roles = Role.allCases.filter { !$0.rights.isDisjoint(with: rights) }
    let path = try PersonRows.place(of: person.organisation, in: snapshot).organisationPath
    let within = Subtree.holds(
      "o.path", doer.holds(.personManage) ? "" : path.isEmpty ? "/" : path)
    let found: [Person] = try snapshot.all(
      """
      SELECT p.id, p.sign_in, p.name, p.phone, p.organisation_id, p.post, p.disabled_at,
        p.valid_from, p.valid_until
      FROM person AS p JOIN organisation AS o ON o.id = p.organisation_id
      WHERE p.disabled_at IS NULL AND p.id <> \(person.id) AND \(within) AND p.id IN (
        SELECT person_id FROM role_grant WHERE role IN \(list: roles))
      ORDER BY p.name, p.id LIMIT 200
      """)
    return found
  }

  // MARK: - Guards

  /// The person, where it is the doer, or one that the doer manages.
  private static func managed(
    _ id: ID<Person>, by doer: Doer, in tx: Transaction
  ) throws -> Person {
    guard doer.person == id, doer.allowed == nil || doer.holds(.caseHandle) else {
      return try PersonDesk.managed(id, by: doer, in: tx)
    }
    guard let person = try PersonRows.find(id, in: tx) else { throw Fault.missing("person") }
    return person
  }

  private static func dayFaults(
    _ draft: AbsenceDraft, until: Moment, now: Moment
  ) -> [Fault.Field] {
    if draft.until < draft.from { return [.init("until", "absence.order")] }
    if until <= now { return [.init("until", "absence.past")] }
    guard draft.until - draft.from < longest else {
      return [.init("until", "absence.long", ["limit": String(longest)])]
    }
    return []
  }

  private static func fault(
    of substitute: ID<Person>, for person: Person, _ from: Moment, _ until: Moment, by doer: Doer,
    in tx: Transaction
  ) throws -> Fault.Field? {
    guard substitute != person.id else { return .init("substitute", "absence.self") }
    guard let found = try PersonRows.find(substitute, in: tx), found.disabledAt == nil else {
      return .init("substitute", "absence.substitute-unknown")
    }
    let path = try PersonRows.place(of: found.organisation, in: tx).organisationPath
    let own = try PersonRows.place(of: person.organisation, in: tx).organisationPath
    // Nobody hands their cases out of the house by themselves.
    guard doer.person != person.id || (!own.isEmpty && path.hasPrefix(own)) else {
      return .init("substitute", "absence.substitute-elsewhere")
    }
    guard try isFit(substitute, for: person.id, in: tx) else {
      return .init("substitute", "absence.substitute-unfit")
    }
    return try leads(
      from: substitute, to: person.id, from, until, AbsenceRows.longestChain, in: tx)
      ? .init("substitute", doer.person == person.id ? "absence.cycle" : "absence.cycle-of-others")
      : nil
  }

  /// Whether somebody handles cases, or sends them on or decides over them as who is away does.
  private static func isFit(
    _ substitute: ID<Person>, for person: ID<Person>, in tx: Transaction
  ) throws -> Bool {
    let rights = try RoleRows.rights(of: substitute, in: tx)
    if rights.contains(.caseHandle) { return true }
    return try !rights.intersection(RoleRows.rights(of: person, in: tx))
      .isDisjoint(with: actingRights)
  }

  /// The rights in which one may stand in for another.
  static let actingRights: Set<Right> = [
    .caseHandle, .caseDispatch, .caseSupervise, .caseArbitrate, .caseExtendFurther,
  ]

  /// Whether at some time between two moments the substitutes of one person lead to another.
  private static func leads(
    from person: ID<Person>, to wanted: ID<Person>, _ from: Moment, _ until: Moment, _ steps: Int,
    in tx: Transaction
  ) throws -> Bool {
    guard steps > 0 else { return true }
    return try AbsenceRows.overlapping(of: person, from, until, in: tx).contains { absence in
      guard let next = absence.substitute else { return false }
      return try next == wanted
        || leads(
          from: next, to: wanted, max(from, absence.from), min(until, absence.until), steps - 1,
          in: tx)
    }
  }

  private static func entries(
    _ absences: [Absence], in snapshot: some Querying
  ) throws -> [Entry] {
    let people = try PersonRows.names(
      of: absences.flatMap { [$0.person, $0.substitute].compactMap { $0 } }, in: snapshot)
    return absences.map { absence in
      Entry(
        absence: absence, personName: people[absence.person]?.name ?? "",
        personSignIn: people[absence.person]?.signIn ?? "",
        substituteName: absence.substitute.flatMap { people[$0]?.name },
        isSubstituteGone: absence.substitute.map { people[$0]?.disabledAt != nil } ?? false)
    }
  }
}

extension PersonDesk {
  /// The facts about oneself.
  public static func myself(_ id: ID<Person>, in snapshot: some Querying) throws -> Person? {
    try PersonRows.find(id, in: snapshot)
  }
}

extension AbsenceDesk {
  /// The verbs, each in a transaction of its own.
  @discardableResult
  public func enter(
    _ draft: AbsenceDraft, zone: TimeZone, by doer: Doer
  ) async throws -> ID<Absence> {
    defer { known.forgetAll() }
    return try await database.write { try Self.enter(draft, zone: zone, by: doer, in: $0) }
  }

  /// See the function of the same name.
  public func end(_ id: ID<Absence>, by doer: Doer) async throws {
    defer { known.forgetAll() }
    try await database.write { try Self.end(id, by: doer, in: $0) }
  }

  /// See the function of the same name.
  public func mine(_ person: ID<Person>) async throws -> (own: [Entry], others: [Entry]) {
    let now = now()
    return try await database.read { try Self.mine(person, at: now, in: $0) }
  }

  /// See the function of the same name.
  public func list(by doer: Doer) async throws -> [Entry] {
    let now = now()
    return try await database.read { try Self.list(by: doer, at: now, in: $0) }
  }
}
