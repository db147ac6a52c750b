import Base
import Store

/// What patrollers walk (责任网格): across the tree of areas, with a boundary of its own or of areas.
public struct DutyGrid: Row, Hashable {
  public let id: ID<DutyGrid>
  public let code: String
  public let name: String
  /// Whose patrollers walk it.
  public let organisation: ID<Organisation>
  public let retiredAt: Moment?

  static let columns: SQL = "id, code, name, organisation_id, retired_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    code = try fields.next()
    name = try fields.next()
    organisation = try fields.next()
    retiredAt = try fields.next()
  }
}

/// That somebody patrols a duty grid for a time.
public struct DutyTurn: Row, Equatable {
  public let id: ID<DutyTurn>
  public let grid: ID<DutyGrid>
  public let person: ID<Person>
  public let from: Moment
  /// The first moment at which they do not any more; nil for no end.
  public let until: Moment?

  static let columns: SQL = "id, grid_id, person_id, from_at, until_at"

  public init(_ fields: inout Fields) throws {
    id = try fields.next()
    grid = try fields.next()
    person = try fields.next()
    from = try fields.next()
    until = try fields.next()
  }

  /// Whether it holds at a moment.
  public func holds(at now: Moment) -> Bool { from <= now && (until.map { now < $0 } ?? true) }
}

/// A duty grid as somebody describes it.
public struct DutyGridDraft: Equatable, Sendable {
  public var code: String
  public var name: String
  /// The code of the organisation whose patrollers walk it.
  public var organisation: String
  /// A boundary of its own takes the place of areas; nil with no areas keeps what is stored.
  public var shape: MultiPolygon?
  /// The codes of the areas that it consists of, in place of a boundary.
  public var areas: [String]

  public init(
    code: String, name: String, organisation: String, shape: MultiPolygon? = nil,
    areas: [String] = []
  ) {
    self.code = code
    self.name = name
    self.organisation = organisation
    self.shape = shape
    self.areas = areas
  }

  var hasExtent: Bool { shape != nil || !areas.isEmpty }

  /// Reads duty grids from GeoJSON: features with the properties `code`, `name`, `organisation` and, where
  /// they have no geometry, `areas`: codes parted by spaces or commas.
  ///
  /// - Parameter organisation: of those that name none.
  /// - Throws: the faults of `GeoJSON.features`.
  public static func drafts(
    in bytes: some Collection<UInt8>, system: CoordinateSystem = .wgs84,
    organisation: String? = nil
  ) throws -> [DutyGridDraft] {
    try GeoJSON.features(in: bytes, system: system).map { feature in
      DutyGridDraft(
        code: feature.properties["code"] ?? "", name: feature.properties["name"] ?? "",
        organisation: feature.properties["organisation"] ?? organisation ?? "",
        shape: feature.shape,
        areas: (feature.properties["areas"] ?? "").split { $0 == "," || $0 == " " }
          .map(String.init))
    }
  }
}
