import Base
import Store

/// What somebody is in an organisation (岗位): `handler`, `intake`, `duty`. Kinds and people name it
/// by its code.
public struct Post: Row, Hashable {
  public let id: ID<Post>
  public let code: String
  public let name: String
  /// From when to when it is given to people; nil for always.
  public let validFrom: Moment?
  public let validUntil: Moment?

  /// Whether it is given to people at a moment.
  public func isGiven(at now: Moment) -> Bool {
    (validFrom.map { $0 <= now } ?? true) && (validUntil.map { now < $0 } ?? true)
  }

  static let columns: SQL = "id, code, name, valid_from, valid_until"

  init(
    id: ID<Post>, code: String, name: String, validFrom: Moment? = nil, validUntil: Moment? = nil
  ) {
    self.id = id
    self.code = code
    self.name = name
    self.validFrom = validFrom
    self.validUntil = validUntil
  }

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    code = try fields.next()
    name = try fields.next()
    validFrom = try fields.next()
    validUntil = try fields.next()
  }
}
