import Base
import City
import HTTPTypes
import Hummingbird

/// Open311 GeoReport v2, reading and writing, in XML and JSON alike.
///
/// Services are the kinds that residents may report, service requests the cases of kinds that are
/// published. A key is a token of ours; it stands in the head, or in the body of a report, and never in
/// an address. Source: https://wiki.open311.org/GeoReport_v2.
extension Site {
  func addOpen311(to group: RouterGroup<SiteContext>) {
    group.get("/open311/{file}") { request, context in
      let (name, format) = try Open311Format.split(try context.parameters.require("file"))
      guard name == "discovery" else { throw Fault(.missing, "page.missing") }
      return try Answer.open311(discovery(request), root: "discovery", as: format)
    }
    let v2 = group.group("/open311/v2")
    v2.get("/{file}") { request, context in
      let (name, format) = try Open311Format.split(try context.parameters.require("file"))
      let query = try Self.query(request)
      let owner = try await jurisdiction(query["jurisdiction_id"])
      switch name {
      case "services":
        let wording = renderer.wording(context.language)
        let services = services.map { Open311Service(kind: $0, wording: wording).summary }
        return try Answer.open311(
          .list(item: "service", services), root: "services", as: format)
      case "requests":
        var filter = try Open311Query.filter(query, now: centre.now())
        filter.ownerPath = owner
        return try await requests(filter, as: format, context)
      default: throw Fault(.missing, "page.missing")
      }
    }
    v2.get("/{file}/{item}") { request, context in
      let (name, format) = try Open311Format.split(try context.parameters.require("item"))
      let owner = try await jurisdiction(try Self.query(request)["jurisdiction_id"])
      switch try context.parameters.require("file") {
      case "services":
        guard let kind = services.first(where: { $0.code == name }) else {
          throw Self.unknown("service_code", name)
        }
        let service = Open311Service(kind: kind, wording: renderer.wording(context.language))
        return try Answer.open311(service.definition, root: "service_definition", as: format)
      case "requests":
        var filter = PublicFilter(from: centre.now(), before: centre.now())
        filter.numbers = [name]
        filter.ownerPath = owner
        return try await requests(filter, as: format, context, asked: name)
      // Every request has its number at once, which may be asked for as the token that it need not be.
      case "tokens": return try await token(name, as: format, context)
      default: throw Fault(.missing, "page.missing")
      }
    }
    v2.post("/{file}") { request, context in
      let (name, format) = try Open311Format.split(try context.parameters.require("file"))
      guard name == "requests" else { throw Fault(.missing, "page.missing") }
      return try await report(request, as: format, context)
    }
  }

  /// The kinds that residents may report, in the order of the catalogue.
  private var services: [CaseKind] { centre.kinds.catalogue.kinds.filter(\.isService) }

  /// - Throws: `open311.key-in-address`: addresses are kept in logs and histories, so no key belongs there.
  private static func query(_ request: Request) throws -> Query {
    let query = Query(request)
    guard query["api_key"] == nil else {
      throw Fault.invalid("api_key", "open311.key-in-address")
    }
    return query
  }

  /// The path of a centre by its code; needed where several centres stand side by side.
  ///
  /// - Throws: `input.invalid` where it is missing, and a missing thing where there is no such centre.
  private func jurisdiction(_ id: String?) async throws -> String? {
    let centres = try await centre.parties.value(from: centre.database).centres
    if let id {
      guard let found = centres.first(where: { $0.code == id }) else {
        throw Self.unknown("jurisdiction_id", id)
      }
      return found.path
    }
    let outermost = centres.filter { one in
      !centres.contains { $0.path != one.path && one.path.hasPrefix($0.path) }
    }
    guard outermost.count <= 1 else {
      throw Fault.invalid(
        "jurisdiction_id", "open311.jurisdiction",
        ["known": outermost.map(\.code).joined(separator: ", ")])
    }
    return nil
  }

  private static func unknown(_ field: String, _ value: String) -> Fault {
    Fault(
      .missing, "open311.unknown",
      fields: [Fault.Field(field, "open311.unknown", ["value": String(value.prefix(64))])])
  }

  private func discovery(_ request: Request) -> Open311Value {
    let host = request.head.authority ?? "localhost"
    let address = "\(settings.secureCookies ? "https" : "http")://\(host)"
    let wording = renderer.wording(.chinese)
    let changed = Open311Value.moment(startedAt)
    return .object([
      "changeset": changed,
      "contact": .text(wording.text(.key("open311.contact"))),
      "key_service": .text(wording.text(.key("open311.key-service"))),
      "endpoints": .list(
        item: "endpoint",
        [
          .object([
            "specification": .text("http://wiki.open311.org/GeoReport_v2"),
            "url": .text("\(address)/open311/v2"), "changeset": changed,
            "type": .text(settings.demonstration == nil ? "production" : "test"),
            "formats": .list(item: "format", [.text("text/xml"), .text("application/json")]),
          ])
        ]),
    ])
  }

  private func requests(
    _ filter: PublicFilter, as format: Open311Format, _ context: SiteContext,
    asked: String? = nil
  ) async throws -> Response {
    let cases = try await centre.cases.published(filter, to: context.doer)
    if let asked, cases.isEmpty { throw Self.unknown("service_request_id", asked) }
    let around = try await surroundings()
    let wording = renderer.wording(context.language)
    let requests = cases.map { Open311Request(file: $0, around: around, wording: wording).value }
    return try Answer.open311(
      .list(item: "request", requests), root: "service_requests", as: format)
  }

  private func token(
    _ token: String, as format: Open311Format, _ context: SiteContext
  ) async throws -> Response {
    var filter = PublicFilter(from: centre.now(), before: centre.now())
    filter.numbers = [token]
    guard let file = try await centre.cases.published(filter, to: context.doer).first else {
      throw Self.unknown("token", token)
    }
    let request = Open311Value.object([
      "service_request_id": .text(file.number), "token": .text(token),
    ])
    return try Answer.open311(
      .list(item: "request", [request]), root: "service_requests", as: format)
  }

  private func report(
    _ request: Request, as format: Open311Format, _ context: SiteContext
  ) async throws -> Response {
    let form = try await FormData.readKeyed(
      request, blobs: centre.blobs, mayKeepFiles: context.doer?.holds(.caseReport) ?? false)
    let doer = try await reporter(form, context)
    _ = try await jurisdiction(form.text("jurisdiction_id"))
    guard let code = form.text("service_code") else {
      throw Fault.invalid("service_code", "value.missing")
    }
    guard let kind = services.first(where: { $0.code == code }) else {
      throw Self.unknown("service_code", code)
    }
    let header = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
    do {
      try form.requireFiles()
      let file = try await centre.cases.report(
        try Open311Report.report(form, of: kind),
        attaching: form.files.map {
          NewAttachment(blob: $0.blob, name: $0.name, subject: .before)
        }, key: header.map { RequestKey(text: $0, digest: form.digest) }, by: doer
      ).case
      let made = Open311Value.object([
        "service_request_id": .text(file.number), "service_notice": .nothing,
        "account_id": .nothing,
      ])
      return try Answer.open311(
        .list(item: "request", [made]), root: "service_requests", as: format, status: .created)
    } catch let fault as Fault where fault.kind == .invalid {
      throw Open311Report.named(fault)
    }
  }

  /// Whom the key of a report acts for; one in the body counts before one in the head.
  ///
  /// - Throws: `token.unknown` for a key that is none, `open311.key` without one.
  private func reporter(_ form: FormData, _ context: SiteContext) async throws -> Doer {
    if let key = form.text("api_key") {
      guard let doer = try await centre.identity.tokens.doer(apiToken: key) else {
        throw Fault(.unauthenticated, "token.unknown")
      }
      return doer
    }
    // A browser's session is no key: any page of the world could send a form with it.
    guard let doer = context.doer, context.signedIn == nil else {
      throw Fault(.unauthenticated, "open311.key")
    }
    return doer
  }
}
