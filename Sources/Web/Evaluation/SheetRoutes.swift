import Base
import City
import Foundation
import Hummingbird

/// The sheets of a project's year.
extension Site {
  func addSheets(to group: RouterGroup<SiteContext>) {
    group.get("/projects/{id}/sheets/{kind}") { request, context in
      let doer = try context.requireSignedIn().doer
      let builder = try await sheetBuilder(context, doer)
      return try await page(builder.page, request, context)
    }
    group.post("/projects/{id}/sheets/{kind}") { request, context in
      try await saveSheet(request, context)
    }
    group.post("/projects/{id}/sheets/{kind}/{move}") { request, context in
      try await moveSheet(request, context)
    }
  }

  static func kind(_ context: SiteContext) throws -> SheetKind {
    guard let kind = SheetKind(rawValue: try context.parameters.require("kind")) else {
      throw Fault(.missing, "page.missing")
    }
    return kind
  }

  /// Of a form that carries one: where it was sent, and all that was.
  static func key(_ data: FormData, _ request: Request) -> RequestKey? {
    data.text("submission").map {
      RequestKey(text: $0, digest: data.digest + Array(request.uri.path.utf8))
    }
  }

  private func sheetBuilder(_ context: SiteContext, _ doer: Doer) async throws -> SheetPageBuilder {
    let kind = try Self.kind(context)
    let detail = try await projectDetail(try CaseAPI.id(context, as: Project.self), doer)
    guard let sheet = detail.year.sheets[kind] else { throw Fault(.missing, "page.missing") }
    let (words, people) = try await centre.database.read {
      try centre.projects.words(of: sheet, in: $0)
    }
    return SheetPageBuilder(
      detail: detail, sheet: sheet, words: words, people: people, doer: doer)
  }

  private func saveSheet(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Project.self)
    let kind = try Self.kind(context)
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    let revision = data.text("revision").flatMap(Int.init)
    var typed = SheetContent(kind)
    do {
      typed = try SheetContent(kind, data)
      try data.requireFiles()
      let content = typed
      let files = data.files
      try await centre.projects.once(Self.key(data, request), on: id, by: doer) { tx in
        var content = content
        if let file = files.first, case .appraisal(var one) = content {
          one.document = try centre.projects.attach(
            file.blob, named: file.name, to: id, by: doer, in: tx)
          content = .appraisal(one)
        }
        try centre.projects.write(content, on: id, revision: revision, by: doer, in: tx)
      }
      return Answer.redirect(.sheet(kind.rawValue, of: id), done: "project-sheet")
    } catch let fault as Fault where fault.kind == .invalid || fault.code == "sheet.stale" {
      let builder = try await sheetBuilder(context, doer)
      return try await page(
        builder.returned(typed, fault), request, context, status: fault.status)
    }
  }

  private func moveSheet(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let id = try CaseAPI.id(context, as: Project.self)
    let kind = try Self.kind(context)
    guard let move = SheetMove(rawValue: try context.parameters.require("move")), move != .edit
    else { throw Fault(.missing, "page.missing") }
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    do {
      try await centre.projects.once(Self.key(data, request), on: id, by: doer) { tx in
        try centre.projects.make(
          move, kind, words: data.plain("words"), on: id,
          revision: data.text("revision").flatMap(Int.init), by: doer, in: tx)
      }
      return Answer.redirect(.sheet(kind.rawValue, of: id), done: "project-sheet")
    } catch let fault as Fault where fault.kind == .invalid {
      let builder = try await sheetBuilder(context, doer)
      var page = builder.page
      page.put(fault, typed: data.values, in: move)
      // What is missing of the sheet itself leads to its own form.
      if fault.fields.contains(where: { $0.name != "words" }), var form = page.form {
        page.errors = form.summary(fault)
        form.put(fault)
        form.wasReturned = false
        page.form = form
      }
      return try await self.page(page, request, context, status: fault.status)
    }
  }
}
