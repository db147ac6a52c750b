import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The tree of areas and their boundaries over JSON.
struct AreaAPI {
  let site: Site

  private var desk: AreaDesk { AreaDesk(site.centre.database) }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/areas", use: list)
    api.post("/areas", use: create)
    api.get("/areas/at", use: at)
    api.post("/areas/import", use: load)
    api.patch("/areas/{id}", use: change)
    api.get("/areas/{id}/boundary", use: boundary)
    api.put("/areas/{id}/boundary", use: setBoundary)
    api.delete("/areas/{id}/boundary", use: removeBoundary)
  }

  private func places() async throws -> PlaceMap {
    try await site.centre.places.value(from: site.centre.database)
  }

  // MARK: - Reading

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    try Answer.json(AreaList(areas: try await places().areas.map(AreaOut.init)))
  }

  /// The areas at a place, the largest first; none outside of every boundary.
  @Sendable private func at(_ request: Request, _ context: SiteContext) async throws -> Response {
    let query = Query(request)
    try query.requireOnce()
    let grids = try await places().grids(at: try query.point())
    return try Answer.json(AreaList(areas: grids.areas.map(AreaOut.init)))
  }

  @Sendable private func boundary(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let places = try await places()
    let id = try CaseAPI.id(context, as: Area.self)
    guard let area = places[id], let shape = places.shape(of: id) else {
      throw Fault.missing("area")
    }
    let feature = GeoJSON.Feature(
      properties: ["code": area.code, "name": area.name], shape: shape)
    var headers = HTTPFields()
    headers[.contentType] = "application/geo+json"
    headers[.cacheControl] = "no-store"
    return Response(
      status: .ok, headers: headers,
      body: .init(byteBuffer: ByteBuffer(string: try GeoJSON.text([feature]))))
  }

  // MARK: - Changing

  @Sendable private func create(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.areaManage)
    let asked = try Body.decode(AreaIn.self, from: try await Body.read(request))
    return try await answer(try await desk.add(asked.draft, by: doer), status: .created)
  }

  @Sendable private func load(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.areaManage)
    let query = Query(request)
    try query.requireOnce()
    var options = AreaFile.Options()
    options.system = try query.system()
    options.codeProperty = query["codeProperty"] ?? options.codeProperty
    options.level = try query["level"].map {
      try CaseAPI.choice("level", $0, as: AreaLevel.self)
    }
    options.parent = query["parent"]
    let drafts = try AreaFile.drafts(in: try await FileBody.read(request), options: options)
    var bringing = AreaBringing.Options()
    bringing.isDryRun = try query.flag("dryRun") ?? false
    bringing.acceptsFindings = try query.flag("accept") ?? false
    bringing.movesCases = try query.flag("moveCases") ?? false
    let report = try await AreaBringing(site.centre.cases).bring(drafts, bringing, by: doer)
    return try Answer.json(AreaImportOut(report, isDryRun: bringing.isDryRun))
  }

  @Sendable private func change(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.areaManage)
    let id = try CaseAPI.id(context, as: Area.self)
    let asked = try Body.decode(AreaEditIn.self, from: try await Body.read(request))
    try await desk.rename(id, to: asked.name, by: doer)
    return try await answer(id)
  }

  @Sendable private func setBoundary(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.areaManage)
    let id = try CaseAPI.id(context, as: Area.self)
    let system = try Query(request).system()
    let features = try GeoJSON.features(in: try await FileBody.read(request), system: system)
    guard features.count == 1, let shape = features[0].shape else {
      throw Fault.invalid("features", "boundary.one", ["count": String(features.count)])
    }
    try await desk.setBoundary(shape, of: id, by: doer)
    return try await answer(id)
  }

  @Sendable private func removeBoundary(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let id = try CaseAPI.id(context, as: Area.self)
    try await desk.setBoundary(nil, of: id, by: try context.requireDoer())
    return try await answer(id)
  }

  private func answer(
    _ id: ID<Area>, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    guard let area = try await places()[id] else { throw Fault.missing("area") }
    return try Answer.json(AreaOut(area), status: status)
  }
}

extension Query {
  /// - Throws: `value.missing`, `value.number`, `value.range`.
  /// A place, as it was measured, in WGS-84.
  func point() throws -> Point {
    try system().wgs84(
      Point(
        latitude: try degrees("latitude", within: 90),
        longitude: try degrees("longitude", within: 180)))
  }

  private func degrees(_ name: String, within most: Int) throws -> Double {
    guard let text = self[name] else { throw Fault.invalid(name, "value.missing") }
    guard let number = Double(text), number.isFinite else {
      throw Fault.invalid(name, "value.number", ["value": String(text.prefix(32))])
    }
    guard abs(number) <= Double(most) else {
      throw Fault.invalid(
        name, "value.range", ["minimum": String(-most), "maximum": String(most)])
    }
    return number
  }

  /// How coordinates were measured; WGS-84 where it is not said.
  func system() throws -> CoordinateSystem {
    try self["system"].map { try CaseAPI.choice("system", $0, as: CoordinateSystem.self) } ?? .wgs84
  }
}
