import Base
import Store

/// What is done about people. `Right.personManage` is needed, within reach of the person and of
/// every role they hold; the ledger holds ids, codes and paths, never names or phone numbers.
public struct PersonDesk: Sendable {
  let database: any Database
  let now: Now
  let mill: PasswordMill
  let known: KnownDoers

  // MARK: - Verbs in a transaction

  /// Adds somebody with their roles.
  ///
  /// - Throws: `Fault` `right.missing`; `input.invalid` for the fields `sign-in`, `name`, `phone`,
  ///   `organisation`, `post`, `role`, `area`.
  @discardableResult
  public static func add(
    _ new: NewPerson, password: PasswordHash? = nil, by doer: Doer, in tx: Transaction
  ) throws -> ID<Person> {
    try doer.require(.personManage)
    let signIn = try SignInName(new.signIn)
    let facts = try checked(new.facts, by: doer, in: tx)
    try RoleRules.check(new.grants.map(\.role))
    for grant in new.grants { try check(grant, by: doer, in: tx) }
    let id = tx.newID(Person.self)
    guard try PersonRows.add(id, signIn, facts, password: password, in: tx) else {
      throw Fault.invalid("sign-in", "sign-in.taken")
    }
    try note("person.add", id, Payload().with("organisation", facts.organisation), doer, tx)
    for grant in new.grants { try give(grant, to: id, by: doer, in: tx) }
    return id
  }

  /// Changes a person's name, phone, organisation or post.
  public static func change(
    _ id: ID<Person>, to facts: PersonFacts, by doer: Doer, in tx: Transaction
  ) throws {
    let before = PersonFacts(of: try managed(id, by: doer, in: tx))
    let after = try checked(facts, by: doer, in: tx)
    let changed = before.differences(from: after)
    guard !changed.isEmpty else { return }
    if changed.contains("organisation") { try requireNoWork(of: id, in: tx) }
    try PersonRows.update(id, after, in: tx)
    var payload = Payload().with("fields", codes: changed)
    if changed.contains("organisation") {
      // What they hold goes on as it is, and is somebody's to take away.
      let own = try PersonRows.place(of: after.organisation, in: tx).organisationPath
      let staying = try RoleRows.grants(of: id, in: tx).filter { $0.isElsewhere(from: own) }
      payload = payload.with("organisation", after.organisation)
      if !staying.isEmpty {
        payload = payload.with(
          "roles-elsewhere", codes: staying.map { "\($0.role.rawValue) \($0.organisationPath)" })
      }
    }
    try note("person.change", id, payload, doer, tx)
  }

  /// Gives a person another password and ends their sessions.
  public static func setPassword(
    _ hash: PasswordHash, of id: ID<Person>, by doer: Doer, in tx: Transaction
  ) throws {
    let person = try managed(id, by: doer, in: tx)
    try PersonRows.setPassword(hash, of: id, in: tx)
    try SessionRows.remove(of: id, in: tx)
    try FailureRows.forget(SignInName(person.signIn), in: tx)
    try note("person.password", id, Payload(), doer, tx)
  }

  /// Bars a person from signing in and ends their sessions; tokens stop with them.
  ///
  /// - Throws: `Fault` `administrator.last` for the last administrator of a sort; `person.has-work` while
  ///   something was sent to them by name that is not done: see `CaseDesk.handOver`.
  public static func disable(_ id: ID<Person>, by doer: Doer, in tx: Transaction) throws {
    let person = try managed(id, by: doer, in: tx)
    if person.disabledAt == nil { try requireNoWork(of: id, in: tx) }
    let changed = try keepingAnAdministrator(in: tx) {
      try PersonRows.setDisabled(true, id, in: tx)
    }
    guard changed else { return }
    try SessionRows.remove(of: id, in: tx)
    try note("person.disable", id, Payload(), doer, tx)
  }

  /// Lets a person who was disabled sign in again.
  public static func enable(_ id: ID<Person>, by doer: Doer, in tx: Transaction) throws {
    let person = try managed(id, by: doer, in: tx)
    if let end = person.validUntil, end <= tx.now { throw Fault(.conflict, "person.over") }
    guard try PersonRows.setDisabled(false, id, in: tx) else { return }
    try note("person.enable", id, Payload(), doer, tx)
  }

  // MARK: - Questions

  /// People within reach, by sign-in name; page on with `PersonQuery.after`.
  public static func list(
    _ query: PersonQuery, by doer: Doer, in snapshot: some Querying
  ) throws -> [PersonEntry] {
    try doer.require(.personManage)
    let reach = doer.grants(holding: .personManage)
    let people = try PersonRows.list(query, reach: reach, in: snapshot)
    let grants = try RoleRows.grants(of: people.map(\.id), in: snapshot)
    return people.map { PersonEntry(person: $0, grants: grants[$0.id] ?? []) }
  }

  /// The person with a sign-in name, as typed.
  ///
  /// - Throws: `Fault` `person.missing` when there is none within reach.
  public static func find(
    signIn: String, by doer: Doer, in snapshot: some Querying
  ) throws -> PersonEntry {
    try doer.require(.personManage)
    return try entry(PersonRows.find(SignInName(signIn), in: snapshot), by: doer, in: snapshot)
  }

  /// The person with an id.
  ///
  /// - Throws: `Fault` `person.missing` when there is none within reach.
  public static func find(
    _ id: ID<Person>, by doer: Doer, in snapshot: some Querying
  ) throws -> PersonEntry {
    try doer.require(.personManage)
    return try entry(PersonRows.find(id, in: snapshot), by: doer, in: snapshot)
  }

  private static func entry(
    _ person: Person?, by doer: Doer, in snapshot: some Querying
  ) throws -> PersonEntry {
    guard let person else { throw Fault.missing("person") }
    let place = try PersonRows.place(of: person.organisation, in: snapshot)
    guard
      doer.may(
        .personManage, organisationPath: place.organisationPath, areaPath: place.areaPath)
    else { throw Fault.missing("person") }
    return PersonEntry(
      person: person, grants: try RoleRows.grants(of: person.id, in: snapshot))
  }

  // MARK: - Guards

  /// The person, when the doer reaches where they belong and everything that they hold: whoever
  /// could take over an account must not rise by it.
  static func managed(
    _ id: ID<Person>, by doer: Doer, in tx: Transaction
  ) throws -> Person {
    try doer.require(.personManage)
    guard let person = try PersonRows.find(id, in: tx) else { throw Fault.missing("person") }
    try requireReach(of: try PersonRows.place(of: person.organisation, in: tx), by: doer)
    for grant in try RoleRows.grants(of: id, in: tx) { try requireReach(of: grant, by: doer) }
    return person
  }

  /// - Throws: `person.has-work`.
  static func requireNoWork(of id: ID<Person>, in tx: Transaction) throws {
    let count = try PersonRows.openParts(of: id, in: tx)
    guard count == 0 else {
      throw Fault(.conflict, "person.has-work", ["count": String(count)])
    }
  }

  private static func requireReach(of place: PersonPlace, by doer: Doer) throws {
    guard
      doer.may(
        .personManage, organisationPath: place.organisationPath, areaPath: place.areaPath)
    else { throw Fault(.forbidden, "person.out-of-reach") }
  }

  static func requireReach(of grant: Grant, by doer: Doer) throws {
    guard
      doer.may(
        .personManage, organisationPath: grant.organisationPath, areaPath: grant.areaPath)
    else { throw Fault(.forbidden, "person.out-of-reach") }
  }

  private static func checked(
    _ facts: PersonFacts, by doer: Doer, in tx: Transaction
  ) throws -> PersonFacts {
    let facts = try facts.checked()
    let place = try PersonRows.place(of: facts.organisation, in: tx)
    if let id = facts.organisation, place.organisation == nil {
      throw Fault.invalid(
        "organisation", "organisation.unknown", ["organisation": id.description])
    }
    try requireReach(of: place, by: doer)
    if let post = facts.post {
      guard try PersonRows.holds(post: post, at: tx.now, in: tx) else {
        throw Fault.invalid("post", "post.unknown", ["post": post.brief])
      }
    }
    return facts
  }

  static func note(
    _ verb: String, _ id: ID<Person>, _ payload: Payload, _ doer: Doer, _ tx: Transaction
  ) throws {
    try Ledger.append(verb, about: .person, id.raw, by: doer.actor, payload: payload, in: tx)
  }
}

extension PersonFacts {
  /// The codes of the facts that differ.
  fileprivate func differences(from other: PersonFacts) -> [String] {
    [
      ("name", name == other.name), ("phone", phone == other.phone),
      ("organisation", organisation == other.organisation), ("post", post == other.post),
      ("valid-from", validFrom == other.validFrom),
      ("valid-until", validUntil == other.validUntil),
    ].filter { !$0.1 }.map(\.0)
  }
}
