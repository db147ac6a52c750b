import Base
import City
import HTTPTypes
import Hummingbird
import NIOCore

/// Who the parties of a mediation are, and its agreement as a document.
extension Site {
  func addMediation(to group: RouterGroup<SiteContext>) {
    group.post("/cases/{id}/open-parties") { request, context in
      let doer = try context.requireSignedIn().doer
      _ = try await FormData.read(request, context: context, blobs: centre.blobs)
      let id = try CaseAPI.id(context, as: Case.self)
      let opened = try await centre.cases.openMediation(of: id, by: doer)
      let detail = try await centre.cases.detail(of: id, by: doer)
      return try await page(
        try await casePage(detail, doer, parties: opened), request, context)
    }
    // An address that is only opened shows no names, so that no link writes into the ledger.
    group.get("/cases/{id}/agreement") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await maskedAgreement(request, context, doer)
    }
    group.post("/cases/{id}/agreement") { request, context in
      let doer = try context.requireSignedIn().doer
      let form = try await FormData.read(request, context: context, blobs: centre.blobs)
      let format = try CaseAPI.choice("as", form.text("as") ?? "pdf", as: PrintFormat.self)
      return try await openAgreement(try CaseAPI.id(context, as: Case.self), format, doer)
    }
  }

  /// With names masked.
  func maskedAgreement(
    _ request: Request, _ context: SiteContext, _ doer: Doer
  ) async throws -> Response {
    let id = try CaseAPI.id(context, as: Case.self)
    let format = try CaseAPI.choice("as", Query(request)["as"] ?? "html", as: PrintFormat.self)
    let view = try await centre.database.read { try centre.cases.view(id, by: doer, in: $0) }
    guard let mediation = view.mediation else { throw Fault(.missing, "mediation.not") }
    let paper = try CaseAgreement(view.case, mediation.masked, in: centre.zone)
    return try await printed("\(paper.title) \(view.case.number)", format) {
      try paper.bytes(as: format)
    }
  }

  /// With names; who opened them is in the ledger.
  func openAgreement(
    _ id: ID<Case>, _ format: PrintFormat, _ doer: Doer
  ) async throws -> Response {
    let (file, mediation) = try await centre.database.write { tx in
      let opened = try centre.cases.openMediation(of: id, by: doer, in: tx)
      return (try centre.cases.view(id, by: doer, in: tx).case, opened)
    }
    let paper = try CaseAgreement(file, mediation, in: centre.zone)
    return try await printed("\(paper.title) \(file.number)", format) {
      try paper.bytes(as: format)
    }
  }
}
