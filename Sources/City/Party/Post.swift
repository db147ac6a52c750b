import Base
import Store

/// What somebody is in an organisation (岗位): `handler`, `intake`, `duty`. Kinds and people name it
/// by its code.
public struct Post: Row, Hashable {
  public let id: ID<Post>
  public let code: String
  public let name: String

  static let columns: SQL = "id, code, name"

  init(id: ID<Post>, code: String, name: String) {
    self.id = id
    self.code = code
    self.name = name
  }

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    code = try fields.next()
    name = try fields.next()
  }
}
