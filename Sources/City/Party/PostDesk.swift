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

  /// Adds a post, or gives it another name.
  public func put(code: String, name: String, by doer: Doer) async throws {
    try await database.write { try Self.put(code: code, name: name, by: doer, in: $0) }
  }

  /// Adds a post or gives it another name.
  ///
  /// - Throws: `input.invalid` with `value.missing`, `code.invalid` or `value.long`;
  ///   `right.missing`.
  public static func put(
    code: String, name: String, by doer: Doer, in tx: Transaction
  ) throws {
    try doer.requireOrganisations(under: "")
    try Code.faults(code: code, name: name).throwIfAny("input.invalid")
    let old = try OrganisationRows.posts(in: tx).first { $0.code == code }
    guard old?.name != name else { return }
    let id = old?.id ?? tx.newID()
    if old == nil {
      try OrganisationRows.insert(Post(id: id, code: code, name: name), in: tx)
    } else {
      try OrganisationRows.rename(id, to: name, in: tx)
    }
    try Ledger.append(
      old == nil ? "post.add" : "post.rename", about: .post, id.raw, by: doer.actor,
      payload: Payload().with("code", code), in: tx)
    try Edition.renew(.party, in: tx)
  }
}
