import Base
import City
import Store
import TestSupport

/// A rectangle as an area; degrees north of 31 and east of 121.
func square(_ south: Double, _ west: Double, _ north: Double, _ east: Double) -> MultiPolygon {
  MultiPolygon([
    Polygon(outer: [
      point(south, west), point(south, east), point(north, east), point(north, west),
    ])
  ])
}

func point(_ north: Double, _ east: Double) -> Point {
  Point(latitude: 31 + north, longitude: 121 + east)
}

/// A district with a town of two villages side by side; the first has a unit grid.
let sampleAreas = [
  AreaDraft(code: "d", name: "汀海区", level: .district, shape: square(0, 0, 1, 1)),
  AreaDraft(
    code: "t", name: "云浦镇", level: .town, parent: "d", shape: square(0.1, 0.1, 0.5, 0.9)),
  AreaDraft(
    code: "v1", name: "汇龙村", level: .villageGrid, parent: "t",
    shape: square(0.1, 0.1, 0.5, 0.5)),
  AreaDraft(
    code: "v2", name: "芦汀村", level: .villageGrid, parent: "t",
    shape: square(0.1, 0.5, 0.5, 0.9)),
  AreaDraft(
    code: "u1", name: "汇龙村第一网格", level: .unitGrid, parent: "v1",
    shape: square(0.1, 0.1, 0.3, 0.5)),
]

extension Database {
  /// The map as a reader sees it now.
  func places() async throws -> PlaceMap { try await read { try PlaceMap(reading: $0) } }

  func party() async throws -> PartyMap { try await read { try PartyMap(reading: $0) } }

  /// The verbs of the ledger, oldest first, each with its payload.
  func ledger() async throws -> [String] {
    try await read { snapshot in
      try Ledger.entries(after: 0, limit: 100, in: snapshot).map { "\($0.verb) \($0.payload)" }
    }
  }
}

/// Somebody with one role over the given subtrees.
func doer(_ role: Role, organisations: String = "", areas: String = "") -> Doer {
  Doer(
    person: ID(7),
    grants: [Grant(role: role, organisationPath: organisations, areaPath: areas)])
}

/// What `body` throws, in short: the fault's code, and its fields as `name code`.
func fault(_ body: () async throws -> Void) async -> [String] {
  do {
    try await body()
    return []
  } catch let fault as Fault {
    return [fault.code] + fault.fields.map { "\($0.name) \($0.code)" }
  } catch {
    return ["\(error)"]
  }
}
