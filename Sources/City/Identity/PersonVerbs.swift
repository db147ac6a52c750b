import Base
import Store

/// The desk's verbs, each in a transaction of its own. Passwords are hashed before it begins.
extension PersonDesk {
  /// Adds somebody; without a password they cannot sign in until one is set.
  ///
  /// - Throws: as `add(_:password:by:in:)`, and `input.invalid` for the field `password`.
  @discardableResult
  public func add(
    _ new: NewPerson, password: String? = nil, by doer: Doer
  ) async throws -> ID<Person> {
    try doer.require(.personManage)
    var hash: PasswordHash?
    if let password {
      try PasswordRules.check(password, signIn: SignInName(new.signIn))
      hash = try await mill.hash(password)
    }
    return try await database.write { [hash] tx in
      try Self.add(new, password: hash, by: doer, in: tx)
    }
  }

  /// Changes a person's facts; see `change(_:to:by:in:)`.
  public func change(_ id: ID<Person>, to facts: PersonFacts, by doer: Doer) async throws {
    try await write(about: id) { try Self.change(id, to: facts, by: doer, in: $0) }
  }

  /// Sets somebody else's password and ends their sessions.
  ///
  /// - Throws: `Fault` `input.invalid` for the field `password`.
  public func setPassword(_ password: String, of id: ID<Person>, by doer: Doer) async throws {
    try doer.require(.personManage)
    let person = try await database.read { try PersonRows.find(id, in: $0) }
    guard let person else { throw Fault.missing("person") }
    try PasswordRules.check(password, signIn: SignInName(person.signIn))
    let hash = try await mill.hash(password)
    try await write(about: id) { try Self.setPassword(hash, of: id, by: doer, in: $0) }
  }

  /// Bars a person; see `disable(_:by:in:)`.
  public func disable(_ id: ID<Person>, by doer: Doer) async throws {
    try await write(about: id) { try Self.disable(id, by: doer, in: $0) }
  }

  /// Lets a person in again.
  public func enable(_ id: ID<Person>, by doer: Doer) async throws {
    try await write(about: id) { try Self.enable(id, by: doer, in: $0) }
  }

  /// Gives a role; see `grant(_:to:by:in:)`.
  @discardableResult
  public func grant(_ grant: Grant, to id: ID<Person>, by doer: Doer) async throws -> Bool {
    try await write(about: id) { try Self.grant(grant, to: id, by: doer, in: $0) }
  }

  /// Takes a role away; see `revoke(_:from:by:in:)`.
  public func revoke(_ grant: Grant, from id: ID<Person>, by doer: Doer) async throws {
    try await write(about: id) { try Self.revoke(grant, from: id, by: doer, in: $0) }
  }

  /// People within reach; see `list(_:by:in:)`.
  public func list(_ query: PersonQuery, by doer: Doer) async throws -> [PersonEntry] {
    try await database.read { try Self.list(query, by: doer, in: $0) }
  }

  /// The person with a sign-in name; see `find(signIn:by:in:)`.
  public func find(signIn: String, by doer: Doer) async throws -> PersonEntry {
    try await database.read { try Self.find(signIn: signIn, by: doer, in: $0) }
  }

  private func write<T: Sendable>(
    about id: ID<Person>, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let result = try await database.write(body)
    known.forget(id)
    return result
  }
}
