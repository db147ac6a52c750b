import Base
import City
import Foundation
import HTTPTypes
import Hummingbird

/// People, their roles and their tokens over JSON, and what everybody does about themselves.
struct PersonAPI {
  let site: Site

  private var people: PersonDesk { site.centre.identity.people }

  /// The desk's names of fields, as bodies have them.
  private static let names = [
    "sign-in": "signIn", "expires": "expiresAt", "valid-from": "validFrom",
    "valid-until": "validUntil",
  ]

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/people", use: list)
    api.post("/people", use: create)
    api.get("/people/{id}", use: show)
    api.patch("/people/{id}", use: change)
    api.post("/people/{id}/password", use: setPassword)
    api.post("/people/{id}/disable", use: disable)
    api.post("/people/{id}/enable") { try await act($0, $1) { try await $0.enable($1, by: $2) } }
    api.post("/people/{id}/roles", use: grant)
    api.delete("/people/{id}/roles", use: revoke)
    api.get("/people/{id}/tokens", use: tokens)
    api.post("/people/{id}/tokens", use: addToken)
    api.delete("/tokens/{id}", use: revokeToken)
    api.post("/me/password", use: changeOwnPassword)
    api.post("/me/sign-out-everywhere", use: signOutEverywhere)
  }

  // MARK: - People

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.personManage)
    let directory = try await site.directory()
    let query = try Query(request).people(directory)
    // One more than the page tells whether there is another.
    var found = try await people.list(query.beyond, by: doer)
    let isMore = found.count > query.limit
    found = Array(found.prefix(query.limit))
    return try Answer.json(
      PersonList(
        people: found.map { PersonOut($0, in: directory.parties, site.centre.zone) },
        next: isMore ? found.last.map { NameCursor(name: $0.person.signIn).text } : nil))
  }

  @Sendable private func create(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.personManage)
    let asked = try Body.decode(PersonIn.self, from: try await Body.read(request))
    let new = try asked.person(try await site.directory(), site.centre.zone)
    let id = try await Fault.renaming(Self.names) {
      try await people.add(new, password: asked.password, by: doer)
    }
    var response = try await answer(id, doer, status: .created)
    response.headers[.location] = "/api/v1/people/\(id)"
    return response
  }

  @Sendable private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
    try await answer(try CaseAPI.id(context, as: Person.self), try context.requireDoer())
  }

  @Sendable private func change(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    try doer.require(.personManage)
    let asked = try Body.decode(PersonEditIn.self, from: try await Body.read(request))
    let edit = try asked.edit(try await site.directory(), site.centre.zone)
    return try await Fault.renaming(Self.names) {
      try await act(request, context) { try await $0.edit($1, edit, by: $2) }
    }
  }

  /// Where something is still open, it says to whom it goes.
  @Sendable private func disable(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let body = try await Body.read(request)
    let asked = body.isEmpty ? nil : try Body.decode(DisableIn.self, from: body).handOverTo
    guard let asked else {
      return try await act(request, context) { try await $0.disable($1, by: $2) }
    }
    let heir = ID<Person>(asked)
    guard heir != nil || asked == "organisation" else {
      throw Fault.invalid("handOverTo", "value.id")
    }
    return try await Fault.renaming(["to": "handOverTo"]) {
      try await act(request, context) { _, id, doer in
        try await site.centre.leave(id, handingOverTo: heir, isBarred: true, by: doer)
      }
    }
  }

  @Sendable private func setPassword(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Person.self)
    // Asked before the body is looked at, and before anything is hashed.
    _ = try await people.find(id, by: doer)
    let asked = try Body.decode(PasswordIn.self, from: try await Body.read(request))
    try await people.setPassword(asked.password, of: id, by: doer)
    return Answer.nothing
  }

  /// Does something about a person and answers with them as they then are.
  private func act(
    _ request: Request, _ context: SiteContext,
    _ verb: (PersonDesk, ID<Person>, Doer) async throws -> Void
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Person.self)
    try await verb(people, id, doer)
    return try await answer(id, doer)
  }

  private func answer(
    _ id: ID<Person>, _ doer: Doer, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let entry = try await people.find(id, by: doer)
    let parties = try await site.centre.parties.value(from: site.centre.database)
    return try Answer.json(PersonOut(entry, in: parties, site.centre.zone), status: status)
  }

  // MARK: - Roles

  @Sendable private func grant(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    try context.requireDoer().require(.personManage)
    let asked = try Body.decode(RoleIn.self, from: try await Body.read(request))
    let grant = try await site.directory().grant(asked)
    return try await act(request, context) { _ = try await $0.grant(grant, to: $1, by: $2) }
  }

  @Sendable private func revoke(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    try context.requireDoer().require(.personManage)
    let query = Query(request)
    try query.requireOnce()
    guard let role = query["role"] else { throw Fault.invalid("role", "value.missing") }
    let grant = try await site.directory().grant(
      RoleIn(role: role, organisation: query["organisation"], area: query["area"]))
    return try await act(request, context) { try await $0.revoke(grant, from: $1, by: $2) }
  }

  // MARK: - Tokens

  @Sendable private func tokens(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let found = try await site.centre.identity.tokens.list(
      of: try CaseAPI.id(context, as: Person.self), by: try context.requireDoer())
    return try Answer.json(TokenList(tokens: found.map(TokenOut.init)))
  }

  @Sendable private func addToken(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Person.self)
    try doer.require(.tokenOwn)
    let asked = try Body.decode(TokenIn.self, from: try await Body.read(request))
    let token = try await Fault.renaming(Self.names) {
      try await site.centre.identity.tokens.add(try asked.request(for: id), by: doer)
    }
    return try Answer.json(TokenMade(token), status: .created)
  }

  @Sendable private func revokeToken(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    try await site.centre.identity.tokens.revoke(
      try CaseAPI.id(context, as: APIToken.self), by: try context.requireDoer())
    return Answer.nothing
  }

  // MARK: - Oneself

  @Sendable private func changeOwnPassword(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    guard let session = context.sessionToken, doer.allowed == nil else {
      throw Fault(.forbidden, "person.own-only")
    }
    let asked = try Body.decode(OwnPasswordIn.self, from: try await Body.read(request))
    try await people.changeOwnPassword(
      old: asked.old, new: asked.new, keeping: session, by: doer)
    return Answer.nothing
  }

  @Sendable private func signOutEverywhere(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let ended = try await site.centre.identity.sessions.signOutEverywhere(
      by: try context.requireDoer())
    return try Answer.json(SessionsEnded(ended: ended))
  }
}
