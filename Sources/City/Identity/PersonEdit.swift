import Base
import Store

/// A change of some of the facts about a person.
public struct PersonEdit: Sendable {
  /// Nil keeps it.
  public var name: String?
  public var phone = Edit<String>.keep
  public var organisation = Edit<ID<Organisation>>.keep
  /// The code of a post.
  public var post = Edit<String>.keep
  public var validFrom = Edit<Moment>.keep
  public var validUntil = Edit<Moment>.keep

  public init() {}

  func applied(to facts: PersonFacts) -> PersonFacts {
    PersonFacts(
      name: name ?? facts.name, phone: phone.applied(to: facts.phone),
      organisation: organisation.applied(to: facts.organisation),
      post: post.applied(to: facts.post), validFrom: validFrom.applied(to: facts.validFrom),
      validUntil: validUntil.applied(to: facts.validUntil))
  }
}

extension PersonDesk {
  /// Changes some facts and leaves the others as they are, whoever changes them meanwhile.
  ///
  /// - Throws: `Fault` `person.missing`, and as `change(_:to:by:in:)`.
  public static func edit(
    _ id: ID<Person>, _ edit: PersonEdit, by doer: Doer, in tx: Transaction
  ) throws {
    let facts = PersonFacts(of: try managed(id, by: doer, in: tx))
    try change(id, to: edit.applied(to: facts), by: doer, in: tx)
  }

  /// The same in a transaction of its own.
  public func edit(_ id: ID<Person>, _ edit: PersonEdit, by doer: Doer) async throws {
    try await database.write { try Self.edit(id, edit, by: doer, in: $0) }
    known.forget(id)
  }

  /// The person with an id; see `find(_:by:in:)`.
  public func find(_ id: ID<Person>, by doer: Doer) async throws -> PersonEntry {
    try await database.read { try Self.find(id, by: doer, in: $0) }
  }
}
