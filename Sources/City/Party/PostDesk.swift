import Base
import Store

/// What administrators do with posts.
public struct PostDesk: Sendable {
  private let database: any Database

  public init(_ database: any Database) { self.database = database }

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
}
