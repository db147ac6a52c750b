import Base
import City
import HTTPTypes
import Hummingbird
import Paper

/// The tree of organisations over JSON.
struct OrganisationAPI {
  let site: Site

  private var desk: OrganisationDesk { OrganisationDesk(site.centre.database) }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/organisations", use: list)
    api.post("/organisations", use: create)
    api.post("/organisations/import", use: load)
    api.patch("/organisations/{id}", use: change)
    api.post("/organisations/{id}/hand-over", use: handOver)
    api.post("/organisations/{id}/retire", use: retire)
  }

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let directory = try await site.directory()
    return try Answer.json(
      OrganisationList(
        organisations: directory.parties.organisations.map {
          OrganisationOut($0, in: directory.places)
        }))
  }

  @Sendable private func create(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let asked = try Body.decode(OrganisationIn.self, from: try await Body.read(request))
    return try await answer(try await desk.add(asked.draft, by: doer), status: .created)
  }

  @Sendable private func load(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let input = try ByteInput(
      bytes: try await FileBody.sent(request), limit: FileBody.longestUnpacked)
    let drafts = try OrganisationFile.drafts(in: try TableReader(input))
    return try Answer.json(try await desk.load(drafts, by: doer))
  }

  @Sendable private func change(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let id = try CaseAPI.id(context, as: Organisation.self)
    let asked = try Body.decode(OrganisationEditIn.self, from: try await Body.read(request))
    try await desk.edit(id, try asked.edit(try await site.directory()), by: doer)
    return try await answer(id)
  }

  /// What an organisation has goes to another, and where it leaves it is retired, in one.
  @Sendable private func handOver(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let id = try CaseAPI.id(context, as: Organisation.self)
    let asked = try Body.decode(UnitHandOverIn.self, from: try await Body.read(request))
    let heir = try await site.directory().organisation(asked.to, field: "to")
    let handed = try await site.centre.handOver(
      workOf: id, to: heir.id, retiring: asked.retire ?? false, by: doer)
    return try Answer.json(UnitHandOverOut(handed))
  }

  @Sendable private func retire(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let id = try CaseAPI.id(context, as: Organisation.self)
    try await site.centre.retire(id, by: try context.requireDoer())
    return try await answer(id)
  }

  private func answer(
    _ id: ID<Organisation>, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let directory = try await site.directory()
    guard let found = directory.parties[id] else { throw Fault.missing("organisation") }
    return try Answer.json(OrganisationOut(found, in: directory.places), status: status)
  }
}
