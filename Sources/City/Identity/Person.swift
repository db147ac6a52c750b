import Base
import Store

/// Somebody who works with the platform.
public struct Person: Row {
  public let id: ID<Person>
  /// The name they sign in with.
  public let signIn: String
  public let name: String
  public let phone: String?
  public let organisation: ID<Organisation>?
  public let post: String?
  public let disabledAt: Moment?

  static let columns: SQL = "id, sign_in, name, phone, organisation_id, post, disabled_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    signIn = try fields.next()
    name = try fields.next()
    phone = try fields.next()
    organisation = try fields.next()
    post = try fields.next()
    disabledAt = try fields.next()
  }
}
