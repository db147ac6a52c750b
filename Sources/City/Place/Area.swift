import Base
import Store

/// The levels of the area tree, from the top.
public enum AreaLevel: String, Storable, CaseIterable, Codable {
  case city, district, town
  /// 片区网格
  case areaGrid = "area-grid"
  /// 村居网格
  case villageGrid = "village-grid"
  case unitGrid = "unit-grid"
}

/// One node of the area tree. Its boundary is read apart, because it is long.
public struct Area: Row, Hashable {
  public let id: ID<Area>
  public let parent: ID<Area>?
  public let level: AreaLevel
  public let code: String
  public let name: String
  /// The codes from the root, each ended by `/`: a subtree is a prefix.
  public let path: String

  static let columns: SQL = "id, parent_id, level, code, name, path"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    parent = try fields.next()
    level = try fields.next()
    code = try fields.next()
    name = try fields.next()
    path = try fields.next()
  }
}
