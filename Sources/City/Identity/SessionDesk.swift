import Base
import Store

/// Signing in and out. No answer tells whether a name exists: unknown names take the same time and
/// are locked in the same way.
public struct SessionDesk: Sendable {
  let database: any Database
  let now: Now
  let mill: PasswordMill
  let known: KnownDoers

  /// Begins a session.
  ///
  /// - Parameter name: as typed; case, width and spaces around it do not matter.
  /// - Throws: `Fault` `sign-in.wrong`; `sign-in.locked` with `until`; `sign-in.busy`;
  ///   `input.invalid` with `value.missing` for an empty `name` or `password`.
  public func signIn(name typed: String, password: String) async throws -> NewSession {
    guard !SignInName.folded(typed).isEmpty else { throw Fault.invalid("name", "value.missing") }
    guard !password.isEmpty else { throw Fault.invalid("password", "value.missing") }
    guard let name = try? SignInName(typed) else { return try await refuse(password) }
    let present = now()
    let attempt = try await database.read { try PasswordTry.read(name, at: present, in: $0) }
    let checked = try await attempt.checked(password, by: mill)
    let renewed = try await rehashed(password, checked)
    let token = Secret.fresh()
    let outcome = try await database.write { tx in
      try Self.settle(checked, renewed: renewed, token: token, in: tx)
    }
    switch outcome {
    case .admitted(let session): return session
    case .refused(.locked(let until)): throw SignInFailures.fault(until)
    case .refused: throw Self.wrong
    }
  }

  /// Ends the session of a token; nothing happens when it has ended already.
  public func signOut(sessionToken token: String) async throws {
    let digest = Secret.digest(token)
    let person = try await database.write { tx in
      let person = try SessionRows.remove(digest, in: tx)
      if let person { try Self.note("person.sign-out", person, Payload(), tx) }
      return person
    }
    if let person { known.forget(person) }
  }

  /// Ends all sessions of the person who is signed in; returns how many there were.
  @discardableResult
  public func signOutEverywhere(by doer: Doer) async throws -> Int {
    guard let person = doer.person, doer.allowed == nil else {
      throw Fault(.forbidden, "person.own-only")
    }
    let count = try await database.write { tx in
      let count = try SessionRows.remove(of: person, in: tx)
      try Self.note("person.sign-out", person, Payload().with("everywhere", true), tx)
      return count
    }
    known.forget(person)
    return count
  }

  /// Who a session's token belongs to; nil when there is no such session any more.
  ///
  /// - Parameter isSeen: whether it shows that the person is there. What a page that stands open asks
  ///   by itself does not keep a session from ending.
  public func doer(sessionToken token: String, isSeen: Bool = true) async throws -> SignedIn? {
    guard token.utf8.count <= 100 else { return nil }
    let digest = Secret.digest(token)
    let present = now()
    let (remembered, generation) = known.sessions.find(digest, now: present)
    if let remembered { return remembered }
    let found = try await database.read { snapshot in
      try Self.load(digest, token: token, at: present, in: snapshot)
    }
    guard let (session, signedIn) = found else { return nil }
    let isToBeNoted = present >= session.seenAt + SessionLimits.seenStep
    if isSeen, isToBeNoted {
      // Nothing is lost when the writer is too busy for it: the next request asks again.
      try? await database.write { try SessionRows.touch(digest, in: $0) }
    }
    // Remembered, it would hide the next request that shows that the person is there.
    if !isSeen, isToBeNoted { return signedIn }
    known.sessions.keep(
      signedIn, of: session.person, for: digest,
      expiry: min(session.expiresAt, session.seenAt + SessionLimits.idle), now: present,
      since: generation)
    return signedIn
  }

  // MARK: - In a transaction

  enum Outcome: Sendable {
    case admitted(NewSession)
    case refused(PasswordTry.Verdict)
  }

  private static func settle(
    _ attempt: PasswordTry, renewed: PasswordHash?, token: String, in tx: Transaction
  ) throws -> Outcome {
    let verdict = try attempt.settle(in: tx)
    guard verdict == .right, let person = attempt.person else { return .refused(verdict) }
    if let renewed { try PersonRows.setPassword(renewed, of: person, in: tx) }
    let end = tx.now + SessionLimits.longest
    try SessionRows.add(Secret.digest(token), of: person, until: end, in: tx)
    try note("person.sign-in", person, Payload(), tx)
    return .admitted(NewSession(token: token, person: person, expiresAt: end))
  }

  private static func load(
    _ digest: [UInt8], token: String, at now: Moment, in snapshot: Snapshot
  ) throws -> (Session, SignedIn)? {
    guard let session = try SessionRows.find(digest, at: now, in: snapshot),
      let person = try PersonRows.find(session.person, in: snapshot),
      let doer = try Doer.load(person, at: now, in: snapshot)
    else { return nil }
    let csrf = Secret.derived(from: token, for: "csrf")
    return (
      session,
      SignedIn(person: person, doer: doer, csrf: csrf, expiresAt: session.expiresAt)
    )
  }

  private static func note(
    _ verb: String, _ person: ID<Person>, _ payload: Payload, _ tx: Transaction
  ) throws {
    try Ledger.append(
      verb, about: .person, person.raw, by: .person(person), payload: payload, in: tx)
  }

  // MARK: - Passwords

  static let wrong = Fault(.unauthenticated, "sign-in.wrong")

  /// The answer for a name that nobody can have, after the usual time.
  private func refuse(_ password: String) async throws -> NewSession {
    _ = try await mill.check(password, against: nil)
    throw Self.wrong
  }

  /// The password hashed anew, when it was right and its costs have risen since.
  private func rehashed(_ password: String, _ attempt: PasswordTry) async throws -> PasswordHash? {
    guard attempt.matches, let stored = attempt.stored, let hash = PasswordHash(stored),
      mill.isOutdated(hash)
    else { return nil }
    return try await mill.hash(password)
  }
}
