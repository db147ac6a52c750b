import Base
import City

/// The organisations and areas that bodies and queries name, by code or by path.
struct Directory {
  let parties: PartyMap
  let places: PlaceMap

  /// - Throws: `organisation.unknown` at `field`.
  func organisation(_ given: String, field: String = "organisation") throws -> Organisation {
    let found =
      given.hasSuffix("/")
      ? parties.organisation(path: given) : parties.organisation(code: given)
    guard let found else {
      throw Fault.invalid(
        field, "organisation.unknown", ["organisation": String(given.prefix(64))])
    }
    return found
  }

  /// - Throws: `area.unknown` at `field`.
  func area(_ given: String, field: String = "area") throws -> Area {
    let found = given.hasSuffix("/") ? places.area(path: given) : places.area(code: given)
    guard let found else {
      throw Fault.invalid(field, "area.unknown", ["area": String(given.prefix(64))])
    }
    return found
  }

  /// A role over a scope; without an organisation or an area it is everywhere.
  ///
  /// - Parameter place: what stands before the names of the fields.
  func grant(_ given: RoleIn, at place: String = "") throws -> Grant {
    let role = try CaseAPI.choice(place + "role", given.role, as: Role.self)
    return Grant(
      role: role,
      organisationPath: try given.organisation.map {
        try organisation($0, field: place + "organisation").path
      } ?? "",
      areaPath: try given.area.map { try area($0, field: place + "area").path } ?? "")
  }
}

extension Centre {
  func directory() async throws -> Directory {
    Directory(
      parties: try await parties.value(from: database),
      places: try await places.value(from: database))
  }
}

extension Site {
  func directory() async throws -> Directory { try await centre.directory() }
}
