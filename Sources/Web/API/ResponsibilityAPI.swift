import Base
import City
import Hummingbird

/// The town's own rules of who answers for which kinds where, over JSON.
struct ResponsibilityAPI {
  let site: Site

  private var desk: ResponsibilityDesk { ResponsibilityDesk(site.centre.database) }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/responsibilities", use: list)
    api.put("/responsibilities", use: set)
    api.delete("/responsibilities", use: remove)
    api.get("/responsibilities/who", use: who)
  }

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let parties = try await site.directory().parties
    return try Answer.json(ResponsibilityList(parties.responsibilities, in: parties))
  }

  /// Who gets a case of a kind in an area or at a point, with every rule that is about it.
  @Sendable private func who(_ request: Request, _ context: SiteContext) async throws -> Response {
    _ = try context.requireDoer()
    return try Answer.json(try await WhoAnswer(Query(request), site.centre))
  }

  @Sendable private func set(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let asked = try Body.decode(ResponsibilityIn.self, from: try await Body.read(request))
    let draft = try asked.draft(try await site.directory())
    try await site.centre.requireKinds(startingWith: draft.kindPrefix)
    try await Fault.renaming(["kindPrefix": "kinds", "areaPath": "area"]) {
      try await desk.set(draft, by: doer)
    }
    let parties = try await site.directory().parties
    let made = parties.responsibilities.filter {
      $0.kindPrefix == draft.kindPrefix && $0.areaPath == draft.areaPath
    }
    return try Answer.json(ResponsibilityList(made, in: parties))
  }

  @Sendable private func remove(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.organisationManage)
    let query = Query(request)
    try query.requireOnce()
    let directory = try await site.directory()
    try await desk.remove(
      kindPrefix: query["kinds"] ?? "",
      areaPath: try query["area"].map { try directory.area($0).path } ?? "", by: doer)
    return Answer.nothing
  }
}
