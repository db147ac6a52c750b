import Base
import City
import Foundation
import Hummingbird
import NIOCore

/// The editor: its page, what it sends, and what it asks while somebody types.
extension Site {
  func addEditing(to group: RouterGroup<SiteContext>) {
    group.get("/projects/{id}/edit") { request, context in
      let doer = try context.requireSignedIn().doer
      let detail = try await projectDetail(try CaseAPI.id(context, as: Project.self), doer)
      guard ProjectFlow.moves(on: detail.file, by: doer).contains(.edit) else {
        return Answer.redirect(.project(detail.file.project.id))
      }
      return try await page(
        try await editor(detail, ProjectDraft(detail.file)), request, context)
    }
    group.post("/projects/{id}/edit") { request, context in
      try await save(request, context)
    }
    group.post("/projects/{id}/check") { request, context in
      let doer = try context.requireSignedIn().doer
      let data = try await FormData.read(request, context: context, blobs: centre.blobs)
      let id = try CaseAPI.id(context, as: Project.self)
      // Asked at every pause of whoever types: no more is read than this needs.
      let (file, settings) = try await centre.database.read { snapshot in
        let file = try centre.projects.view(id, by: doer, in: snapshot)
        return (file, try centre.projects.settings(of: file.project, in: snapshot))
      }
      let draft = try ProjectDraft(data, over: file)
      let form = draft.form(year: file.project.year)
      return try Answer.json(
        CheckedDraft(
          draft, form, settings.found(in: form), in: renderer.wording(context.language)))
    }
  }

  /// A project with what its pages show.
  func projectDetail(_ id: ID<Project>, _ doer: Doer) async throws -> ProjectDetail {
    let parties = try await centre.parties.value(from: centre.database)
    let now = centre.now()
    let today = now.local(in: centre.zone).day
    let desk = centre.projects
    return try await centre.database.read { snapshot in
      let file = try desk.view(id, by: doer, in: snapshot)
      return ProjectDetail(
        file: file, parts: try desk.parts(of: file, in: snapshot),
        findings: try desk.findings(of: file, in: snapshot),
        muted: try desk.mutedFindings(of: file, in: snapshot),
        settings: try desk.settings(of: file.project, in: snapshot),
        year: try desk.yearParts(of: file, in: snapshot), today: today,
        calendar: desk.calendar, parties: parties)
    }
  }

  private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Project.self)
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    let revision = data.text("revision").flatMap(Int.init)
    let file = try await centre.database.read {
      try centre.projects.view(id, by: doer, in: $0)
    }
    let draft = try ProjectDraft(data, over: file)
    do {
      try await centre.projects.edit(id, draft, revision: revision, by: doer)
      let next: SiteURL = data.text("then") == "stay" ? .editProject(id) : .project(id)
      return Answer.redirect(next, done: "project-edit")
    } catch let fault as Fault where fault.kind == .invalid || fault.code == "project.stale" {
      let detail = try await projectDetail(id, doer)
      var merge: FormMerge?
      if fault.code == "project.stale", let seen = revision {
        merge = try await centre.database.read {
          try centre.projects.merge(draft, over: seen, onto: detail.file, in: $0)
        }
      }
      var page = try await editor(detail, merge?.draft ?? draft)
      page.fault = fault
      page.merge = merge
      // What was only refused stands on the form it was typed over, whoever has saved since.
      if merge == nil, let revision { page.revision = String(revision) }
      // What was typed stands on the newest form now, and can be saved once it has been looked at.
      return try await self.page(page, request, context, status: fault.status)
    }
  }

  private func editor(_ detail: ProjectDetail, _ draft: ProjectDraft) async throws
    -> EditProjectPage
  {
    let project = detail.file.project
    let parents = try await centre.database.read { snapshot in
      try centre.projects.possibleParents(
        of: project, year: project.year, organisation: project.organisation, in: snapshot)
    }
    let isAsStored = draft == ProjectDraft(detail.file)
    let form = draft.form(year: project.year)
    return EditProjectPage(
      name: project.name, action: .editProject(project.id), check: .checkProject(project.id),
      back: .project(project.id), revision: String(project.revision), draft: draft,
      form: isAsStored ? detail.file.form : form,
      findings: isAsStored ? detail.findings : detail.settings.found(in: form),
      documents: detail.parts.attachments.map { .init(id: $0.id.description, name: $0.name) },
      parents: parents.map { .init(id: $0.id.description, name: $0.name) },
      notices: isAsStored ? detail.year.notices : [],
      unplaced: project.version == 0 ? detail.parts.reading?.form.unplaced ?? [] : [])
  }

  /// A file of evidence, for those who may read the project.
  func projectFile(_ id: ID<ProjectAttachment>, by doer: Doer) async throws -> Response {
    let row = try await centre.database.read { snapshot in
      try centre.projects.attachment(id, by: doer, in: snapshot)
    }
    return try file(row.digest, named: row.name, as: row.mediaType)
  }
}

/// What the editor's script is told while somebody types.
struct CheckedDraft: Encodable {
  struct Said: Encodable {
    let spot: String
    let severity: String
    let weight: String
    let text: String
  }

  struct Proposed: Encodable {
    let points: String?
    let why: String
  }

  let rate: String
  let budgetScore: String
  let totalWeight: String
  let totalScore: String
  let grade: String
  let indicators: [Proposed]
  let findings: [Said]

  init(
    _ draft: ProjectDraft, _ form: EvaluationForm, _ found: [Finding], in wording: Wording
  ) {
    rate = form.budget.total.rate.text
    budgetScore = form.budget.total.score.text
    totalWeight = form.total.weight.text
    totalScore = form.total.score.text
    grade = form.grade
    indicators = draft.indicators.map { line in
      let proposal = ScoreProposal(line.cells, direction: line.direction)
      return Proposed(
        points: proposal.points.map { $0.plain(2) }, why: wording.text(.proposal(proposal)))
    }
    findings = found.map { finding in
      Said(
        spot: FormSpot(finding.place).id ?? "at-whole", severity: finding.severity.rawValue,
        weight: wording.text(.key("finding.severity.\(finding.severity.rawValue)")),
        text: wording.text(.finding(finding)))
    }
  }
}
