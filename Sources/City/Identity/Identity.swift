import Base
import Store

/// The desks about people and how they prove who they are. They share what is remembered of
/// callers, so one value serves the whole process.
public struct Identity: Sendable {
  public let people: PersonDesk
  public let sessions: SessionDesk
  public let tokens: TokenDesk
  public let absences: AbsenceDesk
  let known: KnownDoers
  private let database: any Database

  /// How many passwords are hashed, or wait for it.
  public var passwordsInLine: Int { sessions.mill.count }

  public init(
    database: any Database, now: @escaping Now, passwordCost: PasswordCost = .present
  ) {
    let mill = PasswordMill(cost: passwordCost)
    let known = KnownDoers()
    self.known = known
    self.database = database
    people = PersonDesk(database: database, now: now, mill: mill, known: known)
    sessions = SessionDesk(database: database, now: now, mill: mill, known: known)
    tokens = TokenDesk(database: database, now: now, known: known)
    absences = AbsenceDesk(database: database, known: known, now: now)
  }
}

extension Identity {
  /// Takes what callers have asked of this node out of the buckets that the nodes share; see
  /// `SharedRate`.
  ///
  /// - Returns: for each use, what its bucket now holds, in thousandths of a request.
  public func settle(_ uses: [RateUse]) async throws -> [Int64] {
    try await database.write { try SharedRate.settle(uses, in: $0) }
  }
}

/// What this process remembers of its callers.
struct KnownDoers: Sendable {
  let sessions = DoerCache<SignedIn>()
  let tokens = DoerCache<Doer>()

  /// Called after every change of what a person is or may do.
  func forget(_ person: ID<Person>) {
    sessions.forget(person)
    tokens.forget(person)
  }

  /// Called when what many are or may do has changed.
  func forgetAll() {
    sessions.forgetAll()
    tokens.forgetAll()
  }
}

extension Doer {
  /// A person as the one who acts, with what they hold now; nil when there is no such enabled person.
  ///
  /// - Parameters:
  ///   - allowed: the rights of an API token; nil for all that the roles give.
  ///   - now: when; nil without those for whom they stand in.
  public static func load(
    _ id: ID<Person>, allowed: Set<Right>? = nil, at now: Moment? = nil,
    in snapshot: some Querying
  ) throws -> Doer? {
    guard let person = try PersonRows.find(id, in: snapshot) else { return nil }
    return try load(person, allowed: allowed, at: now, in: snapshot)
  }

  static func load(
    _ person: Person, allowed: Set<Right>? = nil, at now: Moment? = nil,
    in snapshot: some Querying
  ) throws -> Doer? {
    guard person.disabledAt == nil else { return nil }
    return Doer(
      person: person.id, grants: try RoleRows.grants(of: person.id, in: snapshot),
      organisation: try PersonRows.place(of: person.organisation, in: snapshot).organisation,
      allowed: allowed,
      standsFor: try now.map {
        try AbsenceRows.standIns(of: person.id, at: $0, in: snapshot)
      } ?? [])
  }
}
