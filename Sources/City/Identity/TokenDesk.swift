import Base
import Foundation
import Store

/// A token that is asked for.
public struct TokenRequest: Equatable, Sendable {
  public var person: ID<Person>
  /// What it is for, in the person's own words.
  public var name: String
  /// Some of what the person's roles give.
  public var rights: Set<Right>
  public var expiresAt: Moment

  public init(person: ID<Person>, name: String, rights: Set<Right>, expiresAt: Moment) {
    self.person = person
    self.name = name
    self.rights = rights
    self.expiresAt = expiresAt
  }
}

/// API tokens: made by the person themselves, or for them on the server's own machine.
public struct TokenDesk: Sendable {
  let database: any Database
  let now: Now
  let known: KnownDoers

  private static let prefix = "cy_"

  // MARK: - Verbs in a transaction

  /// Makes a token.
  ///
  /// - Throws: `Fault` `right.missing`, `token.own-only`, `person.missing`; `input.invalid` for
  ///   `name` (`value.missing`, `value.long`, `token.many`), `rights` (`value.missing`,
  ///   `right.not-held`), `expires` (`moment.past`, `moment.far`).
  public static func add(
    _ request: TokenRequest, by doer: Doer, in tx: Transaction
  ) throws -> NewToken {
    try add(request, text: prefix + Secret.fresh(), by: doer, in: tx)
  }

  static func add(
    _ request: TokenRequest, text: String, by doer: Doer, in tx: Transaction
  ) throws -> NewToken {
    try doer.require(.tokenOwn)
    let isOwn = doer.person == request.person && doer.allowed == nil
    guard isOwn || doer.isHouse else { throw Fault(.forbidden, "token.own-only") }
    let request = try checked(request, in: tx)
    let id = tx.newID(APIToken.self)
    try TokenRows.add(id, Secret.digest(text), request, in: tx)
    let payload = Payload().with("person", request.person).with("expires", request.expiresAt)
      .with("rights", codes: request.rights.map(\.rawValue).sorted())
    try Ledger.append(
      "token.add", about: .token, id.raw, by: doer.actor, payload: payload, in: tx)
    return NewToken(id: id, text: text, expiresAt: request.expiresAt)
  }

  /// Ends a token: one's own, or that of somebody whom one manages. Returns whose it was.
  ///
  /// - Throws: `Fault` `token.missing`.
  @discardableResult
  public static func revoke(
    _ id: ID<APIToken>, by doer: Doer, in tx: Transaction
  ) throws -> ID<Person> {
    guard doer.holds(.tokenOwn) || doer.holds(.personManage) else {
      throw Fault(.forbidden, "right.missing", ["right": Right.tokenOwn.rawValue])
    }
    guard let token = try TokenRows.find(id, in: tx) else { throw Fault.missing("token") }
    if doer.person != token.person {
      guard doer.holds(.personManage) else { throw Fault.missing("token") }
      _ = try PersonDesk.managed(token.person, by: doer, in: tx)
    }
    guard try TokenRows.revoke(id, in: tx) else { return token.person }
    try Ledger.append(
      "token.revoke", about: .token, id.raw, by: doer.actor,
      payload: Payload().with("person", token.person), in: tx)
    return token.person
  }

  /// A person's tokens, newest first, those that ended lately too.
  ///
  /// - Throws: `Fault` `right.missing`; `person.missing` when there is none within reach.
  public static func list(
    of person: ID<Person>, by doer: Doer, in snapshot: some Querying
  ) throws -> [APIToken] {
    if doer.person != person { _ = try PersonDesk.find(person, by: doer, in: snapshot) }
    return try TokenRows.list(of: person, in: snapshot)
  }

  private static func checked(_ request: TokenRequest, in tx: Transaction) throws -> TokenRequest {
    var request = request
    request.name = request.name.trimmingCharacters(in: .whitespacesAndNewlines)
    try checkName(request.name)
    guard request.expiresAt > tx.now else { throw Fault.invalid("expires", "moment.past") }
    guard request.expiresAt <= tx.now + TokenLimits.longest else {
      throw Fault.invalid("expires", "moment.far")
    }
    guard try PersonRows.find(request.person, in: tx) != nil else { throw Fault.missing("person") }
    try checkRights(request, in: tx)
    let live = try TokenRows.countLive(of: request.person, at: tx.now, in: tx)
    guard live < TokenLimits.mostPerPerson else {
      throw Fault.invalid("name", "token.many", ["limit": String(TokenLimits.mostPerPerson)])
    }
    return request
  }

  private static func checkName(_ name: String) throws {
    guard !name.isEmpty else { throw Fault.invalid("name", "value.missing") }
    guard name.count <= TokenLimits.longestName, name.utf8.count <= TokenLimits.longestName * 8
    else {
      let bounds = ["length": String(name.count), "limit": String(TokenLimits.longestName)]
      throw Fault.invalid("name", "value.long", bounds)
    }
  }

  /// A token never carries the right to make tokens, so that it cannot outlive its expiry.
  private static func checkRights(_ request: TokenRequest, in tx: Transaction) throws {
    guard !request.rights.isEmpty else { throw Fault.invalid("rights", "value.missing") }
    let roles = try RoleRows.grants(of: request.person, in: tx).map(\.role)
    let held = roles.reduce(into: Set<Right>()) { $0.formUnion($1.rights) }
      .subtracting([.tokenOwn])
    let excess = request.rights.subtracting(held).map(\.rawValue).sorted()
    if let first = excess.first {
      throw Fault.invalid("rights", "right.not-held", ["right": first])
    }
  }

  // MARK: - Each in a transaction of its own

  /// Makes a token; its text is shown once. See `add(_:by:in:)`.
  public func add(_ request: TokenRequest, by doer: Doer) async throws -> NewToken {
    let text = Self.prefix + Secret.fresh()
    return try await database.write { try Self.add(request, text: text, by: doer, in: $0) }
  }

  /// Ends a token; see `revoke(_:by:in:)`.
  public func revoke(_ id: ID<APIToken>, by doer: Doer) async throws {
    known.forget(try await database.write { try Self.revoke(id, by: doer, in: $0) })
  }

  /// A person's tokens; see `list(of:by:in:)`.
  public func list(of person: ID<Person>, by doer: Doer) async throws -> [APIToken] {
    try await database.read { try Self.list(of: person, by: doer, in: $0) }
  }

  /// Who a token acts for, with the rights it carries; nil when it is not known or has ended.
  public func doer(apiToken text: String) async throws -> Doer? {
    guard text.hasPrefix(Self.prefix), text.utf8.count <= 100 else { return nil }
    let digest = Secret.digest(text)
    let present = now()
    let (remembered, generation) = known.tokens.find(digest, now: present)
    if let remembered { return remembered }
    let found = try await database.read { snapshot -> (APIToken, Doer)? in
      guard let token = try TokenRows.find(digest, at: present, in: snapshot),
        let doer = try Doer.load(
          token.person, allowed: token.rights, at: present, in: snapshot)
      else { return nil }
      return (token, doer)
    }
    guard let (token, doer) = found else { return nil }
    known.tokens.keep(
      doer, of: token.person, for: digest, expiry: token.expiresAt, now: present,
      since: generation)
    return doer
  }
}
