import Base
import City
import Foundation
import Hummingbird

/// Projects and their forms.
extension Site {
  func addProjects(to group: RouterGroup<SiteContext>) {
    group.get("/projects") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      return try await page(
        try await projectsPage(ProjectsQuery { parameters[$0] }, doer), request, context)
    }
    group.post("/projects/deadlines") { request, context in
      try await setDeadline(request, context)
    }
    group.get("/projects/new") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(try await newProjectPage(doer), request, context)
    }
    group.post("/projects/new") { request, context in try await makeProject(request, context) }
    addReading(to: group)
    addRules(to: group)
    addPrinting(to: group)
    addYear(to: group)
    addSheets(to: group)
    group.get("/projects/years/{id}") { request, context in
      let doer = try context.requireSignedIn().doer
      let id = try CaseAPI.id(context, as: Organisation.self)
      let years = try await centre.database.read { snapshot in
        try centre.projects.years(of: id, by: doer, in: snapshot)
      }
      return try await page(ProjectYearsPage(years), request, context)
    }
    group.get("/projects/{id}") { request, context in
      let doer = try context.requireSignedIn().doer
      let detail = try await projectDetail(try CaseAPI.id(context, as: Project.self), doer)
      return try await page(ProjectPageBuilder(detail, doer).page, request, context)
    }
    addEditing(to: group)
    group.get("/projects/{id}/compare") { request, context in
      let doer = try context.requireSignedIn().doer
      let detail = try await projectDetail(try CaseAPI.id(context, as: Project.self), doer)
      let parameters = Query(request)
      return try await page(
        CompareFormsPage(
          detail, before: parameters["before"].flatMap(Int.init),
          after: parameters["after"].flatMap(Int.init)), request, context)
    }
    group.post("/projects/{id}/{move}") { request, context in
      try await moveProject(request, context)
    }
    group.get("/project-files/{id}") { _, context in
      try await projectFile(
        try CaseAPI.id(context, as: ProjectAttachment.self), by: try context.requireDoer())
    }
  }

  /// A published form is everybody's.
  func addPublished(to group: RouterGroup<SiteContext>) {
    group.get("/published/{id}") { request, context in
      let id = try CaseAPI.id(context, as: Project.self)
      let file = try await centre.database.read { try centre.projects.published(id, in: $0) }
      return try await page(
        PublishedFormPage(form: file.form, print: .printPublished(id)), request, context)
    }
    addPublishedPrinting(to: group)
  }

  // MARK: - List

  private func projectsPage(_ asked: ProjectsQuery, _ doer: Doer) async throws -> ProjectsPage {
    let wanted = try await projectFilter(asked)
    let parties = try await centre.parties.value(from: centre.database)
    let now = centre.now()
    let (lines, owners, deadlines, reminders) = try await centre.database.read { snapshot in
      let lines = try centre.projects.lines(wanted, by: doer, now: now, in: snapshot)
      return (
        lines, try centre.projects.owners(by: doer, in: snapshot),
        try centre.projects.deadlines(of: lines.year, by: doer, in: snapshot),
        try centre.projects.reminders(for: doer, now: now, in: snapshot)
      )
    }
    var query = asked
    query.year = String(lines.year)
    let seen = Set(lines.lines.map(\.project.organisation))
    let bodies = parties.organisations.filter { seen.contains($0.id) }
    var page = ProjectsPage(
      query: query, years: Set(lines.years + [lines.year]).sorted(by: >),
      organisations: parties.organisations.filter {
        $0.retiredAt == nil && doer.may(.projectRead, organisationPath: $0.path, areaPath: "")
      }.map { .init(value: $0.code, label: .plain($0.name)) },
      rows: lines.lines.map(ProjectsPage.Row.init))
    page.money = lines.money
    page.isCut = lines.isCut
    page.reminders = reminders.map(ReminderView.init)
    page.mayMake = !owners.isEmpty
    page.bodies = bodies.map { .init(name: $0.name, url: .projectYears($0.id)) }
    page.deadlines = deadlines.map {
      .init(organisation: parties[$0.organisation]?.name ?? "", phase: $0.phase, due: $0.due)
    }
    if doer.holds(.projectApprove) { page.deadlineForm = .deadline(lines.year, owners) }
    return page
  }

  /// - Throws: `input.invalid` that names the parameter.
  func projectFilter(_ asked: ProjectsQuery) async throws -> ProjectFilter {
    var filter = ProjectFilter()
    filter.text = asked.text
    filter.onlyOverdue = asked.due == "overdue"
    filter.onlySoon = asked.due == "soon"
    if !asked.phase.isEmpty {
      filter.phase = try CaseAPI.choice("phase", asked.phase, as: ProjectPhase.self)
    }
    if !asked.year.isEmpty {
      guard let year = Int(asked.year) else { throw Fault.invalid("year", "year.range") }
      filter.year = year
    }
    if !asked.state.isEmpty {
      filter.states = [try CaseAPI.choice("state", asked.state, as: ProjectState.self)]
    }
    if !asked.findings.isEmpty {
      filter.severity = try CaseAPI.choice("findings", asked.findings, as: Finding.Severity.self)
    }
    let parties = try await centre.parties.value(from: centre.database)
    if !asked.organisation.isEmpty {
      guard let body = parties.organisation(code: asked.organisation) else {
        throw Fault.invalid(
          "organisation", "organisation.unknown", ["organisation": asked.organisation])
      }
      filter.organisationPath = body.path
    }
    return filter
  }

  private func setDeadline(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    let phase = try CaseAPI.choice("phase", data.plain("phase"), as: ProjectPhase.self)
    guard let year = Int(data.plain("year")) else { throw Fault.invalid("year", "year.range") }
    guard let organisation = ID<Organisation>(data.plain("organisation")) else {
      throw Fault.invalid("organisation", "organisation.unknown", ["organisation": "—"])
    }
    let due = try data.day("due")
    try await centre.database.write { tx in
      try centre.projects.setDeadline(
        due, for: phase, year: year, of: organisation, by: doer, in: tx)
    }
    return Answer.redirect(
      .projects.with([("year", String(year))]), done: "project-deadline")
  }

  // MARK: - New

  private func newProjectPage(_ doer: Doer) async throws -> NewProjectPage {
    try doer.require(.projectEdit)
    let owners = try await centre.database.read { try centre.projects.owners(by: doer, in: $0) }
    let year = centre.now().local(in: centre.zone).day.year
    return NewProjectPage(form: .newProject(year, owners))
  }

  private func makeProject(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    do {
      guard let year = Int(data.plain("year")) else { throw Fault.invalid("year", "year.range") }
      guard let owner = ID<Organisation>(data.plain("organisation")) else {
        throw Fault.invalid("organisation", "value.missing")
      }
      var draft = ProjectDraft()
      draft.name = data.plain("name")
      let parties = try await centre.parties.value(from: centre.database)
      draft.unit = parties[owner]?.name ?? ""
      draft.sector = data.text("sector")
      let id = try await centre.projects.add(draft, year: year, for: owner, by: doer)
      return Answer.redirect(.editProject(id), done: "project-add")
    } catch let fault as Fault where fault.kind == .invalid {
      var page = try await newProjectPage(doer)
      page.errors = ErrorSummary(fault, in: page.form)
      page.form = page.form.returned(fault, typed: data.values)
      return try await self.page(page, request, context, status: .unprocessableContent)
    }
  }

  // MARK: - Moves

  private func moveProject(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Project.self)
    let name = try context.parameters.require("move")
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    if name == "copy" { return try await copyProject(id, data, doer) }
    guard let move = ProjectMove(rawValue: name), move != .edit else {
      throw Fault(.missing, "page.missing")
    }
    do {
      try data.requireFiles()
      try await make(move, on: id, data, Self.key(data, request), doer)
      return Answer.redirect(move == .discard ? .projects : .project(id), done: "project-\(name)")
    } catch let fault as Fault where fault.kind == .invalid {
      var page = ProjectPageBuilder(try await projectDetail(id, doer), doer).page
      page.put(fault, typed: data.values, in: move)
      if page.errors == nil {
        page.errors = ErrorSummary(
          lead: Phrase(fault), lines: fault.fields.map { .init(text: .projectFault($0)) })
      }
      return try await self.page(page, request, context, status: .unprocessableContent)
    }
  }

  private func make(
    _ move: ProjectMove, on id: ID<Project>, _ data: FormData, _ key: RequestKey?, _ doer: Doer
  ) async throws {
    let revision = data.text("revision").flatMap(Int.init)
    let indicator = data.text("indicator").flatMap { ID<ProjectIndicator>($0) }
    let words = data.plain("words")
    switch move {
    case .attach:
      guard !data.files.isEmpty else { throw Fault.invalid("files", "value.missing") }
      let files = data.files
      try await centre.projects.once(key, on: id, by: doer) { tx in
        for file in files {
          try centre.projects.attach(
            file.blob, named: file.name, to: id, indicator: indicator, by: doer, in: tx)
        }
      }
    case .comment:
      try await centre.projects.once(key, on: id, by: doer) { tx in
        try centre.projects.comment(words, on: id, about: indicator, by: doer, in: tx)
      }
    default:
      try await centre.projects.once(key, on: id, by: doer) { tx in
        try centre.projects.make(
          move, words: words, on: id, revision: revision, by: doer, in: tx)
      }
    }
  }

  private func copyProject(
    _ id: ID<Project>, _ data: FormData, _ doer: Doer
  ) async throws -> Response {
    guard let year = Int(data.plain("year")) else { throw Fault.invalid("year", "year.range") }
    let copy = try await centre.projects.copy(id, to: year, by: doer)
    return Answer.redirect(.editProject(copy), done: "project-copy")
  }
}
