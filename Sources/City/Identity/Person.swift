import Base
import Foundation
import Store

/// Somebody who works with the platform.
public struct Person: Row, Hashable {
  public let id: ID<Person>
  /// The name they sign in with.
  public let signIn: String
  public let name: String
  public let phone: String?
  public let organisation: ID<Organisation>?
  /// The code of their post.
  public let post: String?
  public let disabledAt: Moment?
  /// From when to when they belong here; nil for always.
  public let validFrom: Moment?
  public let validUntil: Moment?

  static let columns: SQL = """
    id, sign_in, name, phone, organisation_id, post, disabled_at, valid_from, valid_until
    """

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    signIn = try fields.next()
    name = try fields.next()
    phone = try fields.next()
    organisation = try fields.next()
    post = try fields.next()
    disabledAt = try fields.next()
    validFrom = try fields.next()
    validUntil = try fields.next()
  }
}

/// What is written about a person and may change.
public struct PersonFacts: Equatable, Sendable {
  public var name: String
  public var phone: String?
  public var organisation: ID<Organisation>?
  /// The code of a post.
  public var post: String?
  /// When they begin and end here: outside of it they cannot sign in, and are sent nothing.
  public var validFrom: Moment?
  public var validUntil: Moment?

  public init(
    name: String, phone: String? = nil, organisation: ID<Organisation>? = nil,
    post: String? = nil, validFrom: Moment? = nil, validUntil: Moment? = nil
  ) {
    self.name = name
    self.phone = phone
    self.organisation = organisation
    self.post = post
    self.validFrom = validFrom
    self.validUntil = validUntil
  }

  init(of person: Person) {
    self.init(
      name: person.name, phone: person.phone, organisation: person.organisation,
      post: person.post, validFrom: person.validFrom, validUntil: person.validUntil)
  }
}

/// Somebody to be added.
public struct NewPerson: Equatable, Sendable {
  /// As typed; kept as `SignInName` folds it.
  public var signIn: String
  public var facts: PersonFacts
  public var grants: [Grant]

  public init(signIn: String, facts: PersonFacts, grants: [Grant] = []) {
    self.signIn = signIn
    self.facts = facts
    self.grants = grants
  }
}

extension PersonFacts {
  static let longestName = 50

  /// The facts as they are kept: without spaces around them, an empty text as none.
  ///
  /// - Throws: `Fault` `input.invalid` with `value.missing`, `value.long`, `value.control` or
  ///   `phone.unreadable`.
  func checked() throws -> PersonFacts {
    let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !name.isEmpty else { throw Fault.invalid("name", "value.missing") }
    guard name.count <= Self.longestName, name.utf8.count <= Self.longestName * 8 else {
      let bounds = ["length": String(name.count), "limit": String(Self.longestName)]
      throw Fault.invalid("name", "value.long", bounds)
    }
    guard name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else {
      throw Fault.invalid("name", "value.control")
    }
    if let validFrom, let validUntil, validUntil <= validFrom {
      throw Fault.invalid("valid-until", "absence.order")
    }
    return PersonFacts(
      name: name, phone: try phone.flatMap(Self.phone), organisation: organisation,
      post: post.flatMap { $0.isEmpty ? nil : $0 }, validFrom: validFrom, validUntil: validUntil)
  }

  /// 5–20 digits with the usual signs between them; nil when nothing was typed.
  private static func phone(_ typed: String) throws -> String? {
    let folded = typed.precomposedStringWithCompatibilityMapping
      .trimmingCharacters(in: .whitespacesAndNewlines)
    if folded.isEmpty { return nil }
    let digits = folded.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard (5...20).contains(digits), folded.utf8.count <= 32,
      folded.allSatisfy({ "0123456789+-() ".contains($0) })
    else { throw Fault.invalid("phone", "phone.unreadable", ["example": "021-39300000"]) }
    return folded
  }
}
