import Base
import City
import Foundation
import Hummingbird

/// What a project's year has beside its form and its sheets: the budget book, scores from outside, what
/// is to be put right, and the year's days.
extension Site {
  func addYear(to group: RouterGroup<SiteContext>) {
    group.get("/projects/dates") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(try await datesPage(Query(request), doer), request, context)
    }
    group.post("/projects/dates") { request, context in try await setDates(request, context) }
    group.get("/projects/{id}/budget") { request, context in
      let doer = try context.requireSignedIn().doer
      let detail = try await projectDetail(try CaseAPI.id(context, as: Project.self), doer)
      return try await page(BudgetBookPage(detail, doer), request, context)
    }
    group.post("/projects/{id}/budget") { request, context in
      try await enterBudget(request, context)
    }
    group.post("/projects/{id}/budget/adopt") { request, context in
      let doer = try context.requireSignedIn().doer
      let id = try CaseAPI.id(context, as: Project.self)
      let data = try await FormData.read(request, context: context, blobs: centre.blobs)
      try await centre.database.write { tx in
        try centre.projects.adoptBook(
          on: id, revision: data.text("revision").flatMap(Int.init), by: doer, in: tx)
      }
      return Answer.redirect(.budget(id), done: "project-budget")
    }
    group.post("/projects/{id}/scores") { request, context in
      try await bringScore(request, context)
    }
    group.post("/rectifications/{id}") { request, context in
      try await markRectification(request, context)
    }
  }

  private func enterBudget(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Project.self)
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    do {
      var draft = BudgetEntryDraft()
      draft.kind = try CaseAPI.choice("kind", data.plain("kind"), as: BudgetEntry.Kind.self)
      draft.source = try CaseAPI.choice(
        "source", data.plain("source"), as: EvaluationBudgetRow.Name.self)
      draft.amount = PrintedNumber(data.plain("amount"))
      draft.reason = data.plain("reason")
      draft.paper = data.plain("paper")
      draft.effective = try data.day("effective")
      let entry = draft
      try await centre.projects.once(Self.key(data, request), on: id, by: doer) { tx in
        try centre.projects.enter(
          entry, on: id, revision: data.text("revision").flatMap(Int.init), by: doer, in: tx)
      }
      return Answer.redirect(.budget(id), done: "project-budget")
    } catch let fault as Fault where fault.kind == .invalid || fault.code == "project.stale" {
      var page = BudgetBookPage(try await projectDetail(id, doer), doer)
      if let form = page.entry {
        page.errors = ErrorSummary(fault, in: form)
        page.entry = form.returned(fault, typed: data.values)
      }
      return try await self.page(page, request, context, status: fault.status)
    }
  }

  private func bringScore(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Project.self)
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    do {
      try data.requireFiles()
      var draft = OutsideScoreDraft()
      draft.kind = try CaseAPI.choice("kind", data.plain("kind"), as: OutsideScore.Kind.self)
      draft.indicator = data.text("indicator").flatMap { ID($0) }
      draft.giver = data.plain("giver")
      draft.score = PrintedNumber(data.plain("score"))
      draft.unit = data.plain("unit")
      draft.outOf = PrintedNumber(data.plain("outOf"))
      draft.mean = PrintedNumber(data.plain("mean"))
      draft.day = try data.day("day")
      draft.words = data.plain("words")
      draft.document = data.text("document").flatMap { ID($0) }
      let score = draft
      let files = data.files
      try await centre.projects.once(Self.key(data, request), on: id, by: doer) { tx in
        var score = score
        if let file = files.first {
          score.document = try centre.projects.attach(
            file.blob, named: file.name, to: id, indicator: score.indicator, by: doer, in: tx)
        }
        try centre.projects.bring(
          score, to: id, revision: data.text("revision").flatMap(Int.init), by: doer, in: tx)
      }
      return Answer.redirect(.project(id), done: "project-outside-score")
    } catch let fault as Fault where fault.kind == .invalid || fault.code == "project.stale" {
      var page = ProjectPageBuilder(try await projectDetail(id, doer), doer).page
      if let form = page.scoreForm {
        page.errors = ErrorSummary(fault, in: form)
        page.scoreForm = form.returned(fault, typed: data.values)
        page.isScoreOpen = true
      }
      return try await self.page(page, request, context, status: fault.status)
    }
  }

  private func markRectification(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Rectification.self)
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    let project = try await centre.database.read {
      try centre.projects.rectification(id, by: doer, in: $0).project
    }
    do {
      let day = try data.day("day")
      try await centre.database.write { tx in
        try centre.projects.mark(id, done: day, words: data.plain("words"), by: doer, in: tx)
      }
      return Answer.redirect(.project(project), done: "project-rectification")
    } catch let fault as Fault where fault.kind == .invalid {
      var page = ProjectPageBuilder(try await projectDetail(project, doer), doer).page
      page.put(fault, typed: data.values, at: id)
      return try await self.page(page, request, context, status: fault.status)
    }
  }

  // MARK: - The year's days

  private func datesPage(
    _ query: Query, _ doer: Doer, typed: FormData? = nil, fault: Fault? = nil
  ) async throws -> YearDatesPage {
    try doer.require(.projectRead)
    let parties = try await centre.parties.value(from: centre.database)
    let seen = parties.organisations.filter {
      $0.retiredAt == nil && [.centre, .unit, .village].contains($0.kind)
        && doer.may(.projectRead, organisationPath: $0.path, areaPath: "")
    }
    let now = centre.now().local(in: centre.zone).day.year
    let year = try query.whole("year", 2000...2100) ?? now
    guard
      let owner = query["organisation"].flatMap({ code in seen.first { $0.code == code } })
        ?? seen.first
    else { throw Fault(.forbidden, "right.missing", ["right": Right.projectRead.rawValue]) }
    if let asked = query["organisation"], asked != owner.code {
      throw Fault.invalid("organisation", "organisation.unknown", ["organisation": asked])
    }
    let all = try await centre.database.read {
      try centre.projects.deadlines(of: year, by: doer, in: $0)
    }
    return YearDatesPage(
      year: year, owner: owner, organisations: seen, deadlines: all,
      calendar: centre.projects.calendar,
      maySet: doer.may(.projectApprove, organisationPath: owner.path, areaPath: ""),
      typed: typed?.values, fault: fault)
  }

  private func setDates(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    let query = Query(request)
    do {
      guard let year = Int(data.plain("year")) else { throw Fault.invalid("year", "year.range") }
      guard let organisation = ID<Organisation>(data.plain("organisation")) else {
        throw Fault.invalid("organisation", "organisation.unknown", ["organisation": "—"])
      }
      var days: [ProjectPhase: Day] = [:]
      for phase in ProjectPhase.allCases { days[phase] = try data.day(phase.rawValue) }
      let wanted = days
      try await centre.database.write { tx in
        try centre.projects.setYear(wanted, year: year, of: organisation, by: doer, in: tx)
      }
      return Answer.redirect(
        SiteURL.yearDates.with([
          ("year", String(year)), ("organisation", query["organisation"]),
        ]), done: "project-deadline")
    } catch let fault as Fault where fault.kind == .invalid {
      return try await page(
        try await datesPage(query, doer, typed: data, fault: fault), request, context,
        status: fault.status)
    }
  }
}
