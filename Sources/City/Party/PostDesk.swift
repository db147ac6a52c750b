import Base
import Store

/// What administrators do with posts.
public struct PostDesk: Sendable {
  private let database: any Database

  public init(_ database: any Database) { self.database = database }

  /// The post with a code.
  public static func find(_ code: String, in snapshot: some Querying) throws -> Post? {
    try OrganisationRows.post(code, in: snapshot)
  }

  /// By code.
  public func all() async throws -> [Post] {
    try await database.read { try OrganisationRows.posts(in: $0) }
  }

  /// Adds a post, or gives it another name and time.
  public func put(
    code: String, name: String, validFrom: Moment? = nil, validUntil: Moment? = nil, by doer: Doer
  ) async throws {
    try await database.write {
      try Self.put(
        code: code, name: name, validFrom: validFrom, validUntil: validUntil, by: doer, in: $0)
    }
  }

  /// Adds a post or gives it another name, and says from when to when it is given to people. Who has it
  /// keeps it after its end.
  ///
  /// - Throws: `input.invalid` with `value.missing`, `code.invalid`, `value.long` or `absence.order`;
  ///   `right.missing`.
  public static func put(
    code: String, name: String, validFrom: Moment? = nil, validUntil: Moment? = nil,
    by doer: Doer, in tx: Transaction
  ) throws {
    try doer.requireOrganisations(under: "")
    try Code.faults(code: code, name: name).throwIfAny("input.invalid")
    if let validFrom, let validUntil, validUntil <= validFrom {
      throw Fault.invalid("valid-until", "absence.order")
    }
    let old = try OrganisationRows.posts(in: tx).first { $0.code == code }
    let post = Post(
      id: old?.id ?? tx.newID(), code: code, name: name, validFrom: validFrom,
      validUntil: validUntil)
    guard old != post else { return }
    if old == nil {
      try OrganisationRows.insert(post, in: tx)
    } else {
      try OrganisationRows.update(post, in: tx)
    }
    let isNamed = old.map { $0.name == name } ?? false
    try Ledger.append(
      old == nil ? "post.add" : isNamed ? "post.validity" : "post.rename", about: .post,
      post.id.raw, by: doer.actor,
      payload: Payload().with("code", code).with("from", validFrom).with("until", validUntil),
      in: tx)
    try Edition.renew(.party, in: tx)
  }

  /// Adds a post that is not there yet; see `put`.
  ///
  /// - Throws: `post.exists`, and what `put` throws.
  public static func add(
    code: String, name: String, validFrom: Moment? = nil, validUntil: Moment? = nil,
    by doer: Doer, in tx: Transaction
  ) throws {
    try doer.requireOrganisations(under: "")
    guard try OrganisationRows.post(code, in: tx) == nil else {
      throw Fault(.conflict, "post.exists", ["code": code.brief])
    }
    try put(
      code: code, name: name, validFrom: validFrom, validUntil: validUntil, by: doer, in: tx)
  }

  /// Lets a post be given until a moment; one that is still to come, never. Who has it keeps it.
  ///
  /// - Parameter end: nil for now.
  /// - Throws: `post.missing`; `post.over`, where it ended before; `right.missing`.
  public static func end(
    code: String, at end: Moment? = nil, by doer: Doer, in tx: Transaction
  ) throws {
    try doer.requireOrganisations(under: "")
    guard let post = try OrganisationRows.post(code, in: tx) else { throw Fault.missing("post") }
    if let until = post.validUntil, until <= tx.now {
      throw Fault(.conflict, "post.over", ["code": code.brief])
    }
    let until = max(end ?? tx.now, post.validFrom ?? tx.now)
    guard until != post.validUntil else { return }
    try OrganisationRows.update(
      Post(
        id: post.id, code: post.code, name: post.name, validFrom: post.validFrom,
        validUntil: until), in: tx)
    try Ledger.append(
      "post.end", about: .post, post.id.raw, by: doer.actor,
      payload: Payload().with("code", code).with("until", until), in: tx)
    try Edition.renew(.party, in: tx)
  }

  /// See the function of the same name.
  public func add(
    code: String, name: String, validFrom: Moment? = nil, validUntil: Moment? = nil, by doer: Doer
  ) async throws {
    try await database.write {
      try Self.add(
        code: code, name: name, validFrom: validFrom, validUntil: validUntil, by: doer, in: $0)
    }
  }

  /// See the function of the same name.
  public func end(code: String, at end: Moment? = nil, by doer: Doer) async throws {
    try await database.write { try Self.end(code: code, at: end, by: doer, in: $0) }
  }

  /// Those whose codes come after one, with how many people have each.
  ///
  /// - Parameter after: the last code of the page before; empty for the first page.
  public func list(after code: String = "", limit: Int) async throws -> [(post: Post, people: Int)]
  {
    try await database.read { snapshot in
      let counts = try OrganisationRows.peopleOfPosts(in: snapshot)
      return try OrganisationRows.posts(in: snapshot).filter { $0.code > code }.prefix(limit)
        .map { ($0, counts[$0.code] ?? 0) }
    }
  }
}
