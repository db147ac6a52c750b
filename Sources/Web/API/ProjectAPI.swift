import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Projects and their year over JSON.
struct ProjectAPI {
  let site: Site

  private var desk: ProjectDesk { site.centre.projects }
  private var centre: Centre { site.centre }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/projects", use: list)
    api.get("/projects/due", use: due)
    api.get("/projects/deadlines", use: deadlines)
    api.put("/projects/deadlines", use: setDeadlines)
    api.get("/projects/{id}", use: show)
    api.post("/projects/{id}/moves/{move}", use: move)
    api.get("/projects/{id}/sheets/{kind}", use: sheet)
    api.put("/projects/{id}/sheets/{kind}", use: write)
    api.post("/projects/{id}/sheets/{kind}/moves/{move}", use: moveSheet)
    api.get("/projects/{id}/budget", use: book)
    api.post("/projects/{id}/budget", use: enter)
    api.post("/projects/{id}/attachments", use: attach)
    api.post("/projects/{id}/scores", use: bring)
    api.post("/rectifications/{id}", use: mark)
  }

  // MARK: - Reading

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    var filter = ProjectFilter()
    filter.year = try query.whole("year", 2000...2100)
    filter.text = query["text"] ?? ""
    filter.states = try query["state"].map {
      [try CaseAPI.choice("state", $0, as: ProjectState.self)]
    } ?? []
    filter.phase = try query["phase"].map {
      try CaseAPI.choice("phase", $0, as: ProjectPhase.self)
    }
    switch try query["due"].map({ try CaseAPI.choice("due", $0, as: DueTime.self) }) {
    case .overdue: filter.onlyOverdue = true
    case .soon: filter.onlySoon = true
    case nil: break
    }
    if let code = query["organisation"] {
      filter.organisationPath = try await organisation(code).path
    }
    let (wanted, now) = (filter, site.centre.now())
    let lines = try await centre.database.read {
      try desk.lines(wanted, by: doer, now: now, in: $0)
    }
    return try Answer.json(ProjectList(lines))
  }

  @Sendable private func due(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let now = site.centre.now()
    let reminders = try await centre.database.read {
      try desk.reminders(for: doer, now: now, in: $0)
    }
    return try Answer.json(ReminderList(reminders: reminders.map(ReminderOut.init)))
  }

  @Sendable private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
    try await answer(
      try CaseAPI.id(context, as: Project.self), try context.requireDoer(), context)
  }

  @Sendable private func sheet(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    try await answer(
      try Site.kind(context), of: try CaseAPI.id(context, as: Project.self),
      try context.requireDoer(), context)
  }

  @Sendable private func book(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Project.self)
    return try Answer.json(
      try await centre.database.read { snapshot in
        let file = try desk.view(id, by: doer, in: snapshot)
        return BudgetBookOut(
          try desk.book(of: file, in: snapshot), revision: file.project.revision)
      })
  }

  // MARK: - Changing

  @Sendable private func move(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Project.self)
    guard let move = ProjectMove(rawValue: try context.parameters.require("move")),
      ![.edit, .attach].contains(move)
    else { throw Fault(.missing, "move.unknown") }
    let asked = try await words(request)
    try await desk.make(
      move, words: asked?.words ?? "", on: id, revision: asked?.revision, by: doer)
    if move == .discard { return Answer.nothing }
    return try await answer(id, doer, context)
  }

  @Sendable private func write(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Project.self)
    let kind = try Site.kind(context)
    let read = try kind.read(try await Body.read(request))
    try await desk.write(read.content, on: id, revision: read.revision, by: doer)
    return try await answer(kind, of: id, doer, context)
  }

  @Sendable private func moveSheet(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Project.self)
    let kind = try Site.kind(context)
    guard let move = SheetMove(rawValue: try context.parameters.require("move")), move != .edit
    else { throw Fault(.missing, "move.unknown") }
    let asked = try await words(request)
    try await desk.make(
      move, kind, words: asked?.words ?? "", on: id, revision: asked?.revision, by: doer)
    return try await answer(kind, of: id, doer, context)
  }

  @Sendable private func enter(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Project.self)
    let asked = try Body.decode(BudgetEntryIn.self, from: try await Body.read(request))
    let draft = try asked.draft
    let book = try await centre.database.write { tx in
      try desk.enter(draft, on: id, revision: asked.revision, by: doer, in: tx)
      let file = try desk.view(id, by: doer, in: tx)
      return BudgetBookOut(try desk.book(of: file, in: tx), revision: file.project.revision)
    }
    return try Answer.json(book, status: .created)
  }

  @Sendable private func attach(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Project.self)
    let query = Query(request)
    let name = query["name"] ?? "file"
    let indicator = try query["indicator"].map { text in
      guard let id = ID<ProjectIndicator>(text) else { throw Fault.missing("indicator") }
      return id
    }
    // Whether it may be attached at all is asked before anything is kept.
    _ = try await centre.database.read { try desk.view(id, by: doer, in: $0) }
    try doer.require(.projectEdit)
    let buffer = try await request.collected(upTo: BlobStore.largest)
    let blob = try site.centre.blobs.keep(Array(buffer.readableBytesView))
    let attachment = try await centre.database.write { tx in
      try desk.attach(blob, named: name, to: id, indicator: indicator, by: doer, in: tx)
    }
    return try Answer.json(
      AttachmentMade(id: attachment.description, digest: blob.digest, mediaType: blob.mediaType),
      status: .created)
  }

  @Sendable private func bring(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Project.self)
    let asked = try Body.decode(OutsideScoreIn.self, from: try await Body.read(request))
    let draft = try asked.draft
    try await centre.database.write { tx in
      _ = try desk.bring(draft, to: id, revision: asked.revision, by: doer, in: tx)
    }
    return try await answer(id, doer, context, status: .created)
  }

  @Sendable private func mark(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try CaseAPI.id(context, as: Rectification.self)
    let asked = try Body.decode(RectificationIn.self, from: try await Body.read(request))
    let project = try await centre.database.write { tx in
      try desk.mark(id, done: asked.done, words: asked.words, by: doer, in: tx)
      return try desk.rectification(id, by: doer, in: tx).project
    }
    return try await answer(project, doer, context)
  }

  // MARK: - The year's days

  @Sendable private func deadlines(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let asked = try Query(request).whole("year", 2000...2100)
    return try await answer(
      year: asked ?? site.centre.now().local(in: site.centre.zone).day.year, doer)
  }

  @Sendable private func setDeadlines(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.projectApprove)
    let asked = try Body.decode(DeadlinesIn.self, from: try await Body.read(request))
    let owner = try await organisation(asked.organisation)
    let days = try Dictionary(
      uniqueKeysWithValues: asked.days.map {
        (try CaseAPI.choice("days", $0.key, as: ProjectPhase.self), $0.value)
      })
    try await centre.database.write { tx in
      try desk.setYear(days, year: asked.year, of: owner.id, by: doer, in: tx)
    }
    return try await answer(year: asked.year, doer)
  }

  // MARK: - Answers

  private func answer(
    _ id: ID<Project>, _ doer: Doer, _ context: SiteContext, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let detail = try await site.projectDetail(id, doer)
    return try Answer.json(
      ProjectOut(detail, doer, in: site.renderer.wording(context.language)), status: status)
  }

  private func answer(
    _ kind: SheetKind, of id: ID<Project>, _ doer: Doer, _ context: SiteContext
  ) async throws -> Response {
    let sheet = try await centre.database.read { try desk.sheet(kind, of: id, by: doer, in: $0) }
    return try Answer.json(
      SheetOut(sheet, doer, in: site.renderer.wording(context.language)))
  }

  private func answer(year: Int, _ doer: Doer) async throws -> Response {
    let all = try await centre.database.read { try desk.deadlines(of: year, by: doer, in: $0) }
    return try Answer.json(DeadlineList(year: year, all, desk.calendar))
  }

  private func words(_ request: Request) async throws -> WordsIn? {
    let body = try await Body.read(request)
    return body.isEmpty ? nil : try Body.decode(WordsIn.self, from: body)
  }

  private func organisation(_ code: String) async throws -> Organisation {
    let parties = try await site.centre.parties.value(from: centre.database)
    guard let found = parties.organisation(code: code) else {
      throw Fault.invalid("organisation", "organisation.unknown", ["organisation": code])
    }
    return found
  }
}
