import Base
import City
import HTTPTypes
import Hummingbird
import NIOCore

/// Forms as documents: one, a list's in one file, and a published one for everybody.
extension Site {
  func addPrinting(to group: RouterGroup<SiteContext>) {
    group.get("/projects/print") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      let format = try Self.format(parameters)
      let filter = try await projectFilter(ProjectsQuery { parameters[$0] })
      let now = centre.now()
      let (year, forms) = try await centre.database.read { snapshot in
        let lines = try centre.projects.lines(filter, by: doer, now: now, in: snapshot)
        return (lines.year, try centre.projects.forms(of: lines, in: snapshot))
      }
      guard !forms.isEmpty else { throw Fault(.missing, "print.nothing") }
      let parties = try await centre.parties.value(from: centre.database)
      let body = filter.organisationPath.flatMap { path in
        parties.organisations.first { $0.path == path }?.name
      }
      let title = "\(body ?? "")\(year)年度"
      let collection = EvaluationCollection(title: title, forms)
      return try await printed("\(title)绩效自评汇编", format) { try collection.bytes(as: format) }
    }
    group.get("/projects/{id}/print") { request, context in
      let doer = try context.requireSignedIn().doer
      let id = try CaseAPI.id(context, as: Project.self)
      let format = try Self.format(Query(request))
      let file = try await centre.database.read {
        try centre.projects.view(id, by: doer, in: $0)
      }
      return try await printed(file.form, format)
    }
  }

  func addPublishedPrinting(to group: RouterGroup<SiteContext>) {
    group.get("/published/{id}/print") { request, context in
      let id = try CaseAPI.id(context, as: Project.self)
      let format = try Self.format(Query(request))
      let file = try await centre.database.read { try centre.projects.published(id, in: $0) }
      return try await printed(file.form, format)
    }
  }

  private static func format(_ query: Query) throws -> EvaluationPrint.Format {
    try CaseAPI.choice("as", query["as"] ?? "pdf", as: EvaluationPrint.Format.self)
  }

  private func printed(
    _ form: EvaluationForm, _ format: EvaluationPrint.Format
  ) async throws -> Response {
    try await printed(form.project, format) { try EvaluationPrint.bytes([form], as: format) }
  }

  /// A document that is made while few others are.
  func printed(
    _ name: String, _ format: EvaluationPrint.Format,
    _ make: @escaping @Sendable () throws -> [UInt8]
  ) async throws -> Response {
    let bytes = try await printGate.pass { try await BlockingWork.run(make) }
    // HTML is for the screen and its own print.
    var response = Answer.document(
      ByteBuffer(bytes: bytes), named: name, ending: format.rawValue, as: format.mediaType,
      isShown: format == .html)
    if format == .html {
      // It stands for itself: its own style and nothing else.
      response.headers[.contentSecurityPolicy] =
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals; frame-ancestors 'none'"
    }
    return response
  }
}

/// Where a form or a list of forms can be had as a document.
struct PrintLinks: Composed {
  let url: SiteURL

  var parts: [String: any Shown] {
    [
      "formats": EvaluationPrint.Format.allCases.reversed().each {
        [
          "url": url.with([("as", $0.rawValue)]), "label": Phrase.key("print.\($0.rawValue)"),
          "isPage": $0 == .html,
        ]
      }
    ]
  }
}
