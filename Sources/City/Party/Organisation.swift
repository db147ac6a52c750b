import Base
import Store

/// What sort of body an organisation is.
public enum OrganisationKind: String, Storable, CaseIterable, Codable {
  /// 城运中心
  case centre
  /// 处置部门
  case unit
  /// 村居委
  case village
  case contractor
}

/// One node of the organisation tree.
public struct Organisation: Row, Hashable {
  public let id: ID<Organisation>
  public let parent: ID<Organisation>?
  public let code: String
  public let name: String
  public let kind: OrganisationKind
  /// The codes from the root, each ended by `/`: a subtree is a prefix.
  public let path: String
  /// Where it is responsible, for a village committee.
  public let area: ID<Area>?
  public let retiredAt: Moment?

  static let columns: SQL = "id, parent_id, code, name, kind, path, area_id, retired_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    parent = try fields.next()
    code = try fields.next()
    name = try fields.next()
    kind = try fields.next()
    path = try fields.next()
    area = try fields.next()
    retiredAt = try fields.next()
  }
}
