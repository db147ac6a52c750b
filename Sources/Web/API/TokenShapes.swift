import Base
import City

/// A token as it is listed, without its text.
struct TokenOut: Encodable {
  let id: String
  let name: String
  let rights: [String]
  let createdAt: Moment
  let expiresAt: Moment
  let revokedAt: Moment?

  init(_ token: APIToken) {
    id = token.id.description
    name = token.name
    rights = token.rights.map(\.rawValue).sorted()
    createdAt = token.createdAt
    expiresAt = token.expiresAt
    revokedAt = token.revokedAt
  }
}

struct TokenList: Encodable {
  let tokens: [TokenOut]
}

/// A token that has just been made: the one time that its text is told.
struct TokenMade: Encodable {
  let id: String
  let token: String
  let expiresAt: Moment

  init(_ token: NewToken) {
    id = token.id.description
    self.token = token.text
    expiresAt = token.expiresAt
  }
}

/// A token that is asked for.
struct TokenIn: JSONBody {
  let name: String
  let rights: [String]
  let expiresAt: Moment

  static let keys: Set<String> = ["name", "rights", "expiresAt"]
  static let expected: [String: JSONExpected] = ["expiresAt": .moment]

  func request(for person: ID<Person>) throws -> TokenRequest {
    let rights = try rights.enumerated().map { index, right in
      try CaseAPI.choice("rights[\(index)]", right, as: Right.self)
    }
    return TokenRequest(person: person, name: name, rights: Set(rights), expiresAt: expiresAt)
  }
}
