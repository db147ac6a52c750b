import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Duty grids and who patrols them, over JSON.
struct DutyGridAPI {
  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/duty-grids", use: list)
    api.get("/duty-grids/at", use: at)
    api.post("/duty-grids/import", use: load)
    api.get("/duty-grids/{code}", use: show)
    api.put("/duty-grids/{code}", use: put)
    api.get("/duty-grids/{code}/boundary", use: boundary)
    api.put("/duty-grids/{code}/boundary", use: setBoundary)
    api.post("/duty-grids/{code}/retire", use: retire)
    api.post("/duty-grids/{code}/people", use: assign)
    api.delete("/duty-grids/{code}/people/{id}", use: release)
  }

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    return try Answer.json(try await entries(for: doer))
  }

  @Sendable private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
    try await answer(try context.parameters.require("code"), try context.requireDoer())
  }

  /// The grid at a place: of several the smallest; none outside of every grid.
  @Sendable private func at(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    try query.requireOnce()
    let point = try query.point()
    let map = try await site.centre.cases.duties.value(from: site.centre.database)
    guard let grid = map.grid(at: point) else {
      return try Answer.json(DutyGridList(dutyGrids: []))
    }
    return try Answer.json(try await entries(for: doer, only: grid.code))
  }

  @Sendable private func load(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let query = Query(request)
    try query.requireOnce()
    let drafts = try DutyGridDraft.drafts(
      in: try await FileBody.read(request), system: try query.system(),
      organisation: query["organisation"])
    let isDryRun = try query.flag("dryRun") ?? false
    let report = try await DutyGridDesk.bring(
      drafts, accepting: try query.flag("accept") ?? false, isDryRun: isDryRun, by: doer,
      into: site.centre.database)
    return try Answer.json(DutyGridImportOut(report, isDryRun: isDryRun))
  }

  @Sendable private func put(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let code = try context.parameters.require("code")
    let asked = try Body.decode(DutyGridIn.self, from: try await Body.read(request))
    let draft = asked.draft(code: code, in: try await site.directory())
    _ = try await DutyGridDesk.bring(
      [draft], accepting: asked.accept ?? false, isDryRun: false, by: doer,
      into: site.centre.database)
    return try await answer(code, doer)
  }

  // MARK: - Boundaries

  /// Of areas it is that of all of them.
  @Sendable private func boundary(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let code = try context.parameters.require("code")
    let map = try await site.centre.cases.duties.value(from: site.centre.database)
    guard let grid = map.grid(code: code), let shape = map.shape(of: grid.id) else {
      throw Fault(.missing, "duty-grid.missing")
    }
    let feature = GeoJSON.Feature(
      properties: ["code": grid.code, "name": grid.name], shape: shape)
    var headers = HTTPFields()
    headers[.contentType] = "application/geo+json"
    headers[.cacheControl] = "no-store"
    return Response(
      status: .ok, headers: headers,
      body: .init(byteBuffer: ByteBuffer(string: try GeoJSON.text([feature]))))
  }

  @Sendable private func setBoundary(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let code = try context.parameters.require("code")
    let query = Query(request)
    try query.requireOnce()
    let accepts = try query.flag("accept") ?? false
    let features = try GeoJSON.features(
      in: try await FileBody.read(request), system: try query.system())
    guard features.count == 1, let shape = features[0].shape else {
      throw Fault.invalid("features", "boundary.one", ["count": String(features.count)])
    }
    try await site.centre.database.write {
      try DutyGridDesk.setBoundary(shape, of: code, accepting: accepts, by: doer, in: $0)
    }
    return try await answer(code, doer)
  }

  // MARK: - Ends, and who patrols

  @Sendable private func retire(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let code = try context.parameters.require("code")
    try await site.centre.database.write { try DutyGridDesk.retire(code, by: doer, in: $0) }
    return Answer.nothing
  }

  @Sendable private func assign(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let code = try context.parameters.require("code")
    let asked = try Body.decode(DutyTurnIn.self, from: try await Body.read(request))
    let zone = site.centre.zone
    let from = try asked.from.map { try Day(given: $0, "from").start(in: zone) }
    let until = try asked.until.map { (try Day(given: $0, "until") + 1).start(in: zone) }
    try await site.centre.database.write {
      try DutyGridDesk.assign(
        asked.person, to: code, from: from, until: until, by: doer, in: $0)
    }
    return try await answer(code, doer)
  }

  @Sendable private func release(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let code = try context.parameters.require("code")
    let person = try CaseAPI.id(context, as: Person.self)
    try await site.centre.database.write {
      try DutyGridDesk.release(person, from: code, by: doer, in: $0)
    }
    return Answer.nothing
  }

  private func answer(_ code: String, _ doer: Doer) async throws -> Response {
    guard let found = try await entries(for: doer, only: code).dutyGrids.first else {
      throw Fault(.missing, "duty-grid.missing")
    }
    return try Answer.json(found)
  }

  /// Who patrols is for those who ask for checks and those who manage it.
  private func entries(for doer: Doer, only code: String? = nil) async throws -> DutyGridList {
    let now = site.centre.now()
    let zone = site.centre.zone
    let seesPeople = [Right.organisationManage, .personManage, .caseFile].contains(
      where: doer.holds)
    let found = try await site.centre.database.read {
      try DutyGridDesk.list(
        of: site.centre.cases.duties.value(in: $0), site.centre.parties.value(in: $0), at: now,
        only: code, in: $0)
    }
    return DutyGridList(dutyGrids: found.map { DutyGridOut($0, zone, seesPeople: seesPeople) })
  }
}
