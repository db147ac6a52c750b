import Base
import City
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Cases over JSON, under `/api/v1`.
struct CaseAPI {
  let site: Site

  private var desk: CaseDesk { site.centre.cases }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.post("/cases", use: create)
    api.get("/cases", use: list)
    api.post("/phone-digests", use: phoneDigest)
    api.get("/cases/export", use: export)
    api.post("/cases/duplicates", use: duplicatesOfReport)
    api.get("/cases/{id}", use: show)
    api.post("/cases/{id}/moves/{move}", use: move)
    api.post("/cases/{id}/attachments", use: attach)
    api.post("/cases/{id}/reporter", use: openReporter)
    api.post("/cases/{id}/parties", use: openParties)
    api.post("/cases/{id}/agreement", use: agreement)
    api.get("/cases/{id}/ledger", use: ledger)
    api.get("/cases/{id}/duplicates", use: duplicates)
    api.get("/attachments/{id}", use: attachment)
    api.get("/kinds", use: kinds)
    api.get("/me", use: me)
  }

  // MARK: - Making and moving

  @Sendable private func create(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    let body = try await Body.read(request)
    let report = try Body.decode(CaseReport.self, from: body)
    let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
    let (file, isNew) = try await desk.report(
      report, key: key.map { RequestKey(text: $0, digest: Array(SHA256.hash(data: body))) },
      by: doer)
    var response = try Answer.json(CaseOut(file), status: isNew ? .created : .ok)
    response.headers[.location] = "/api/v1/cases/\(file.id)"
    return response
  }

  /// By what the cases of a telephone number are found, since the number is not to stand in an address.
  @Sendable private func phoneDigest(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    try context.requireDoer().require(.personalRead)
    let asked = try Body.decode(PhoneAsked.self, from: try await Body.read(request))
    guard let phone = desk.phone(searched: asked.phone) else {
      throw Fault.invalid("phone", "phone.unreadable", ["example": "13800001234"])
    }
    return try Answer.json(PhoneDigestOut(phone: phone.description))
  }

  @Sendable private func move(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    guard let move = CaseMove(rawValue: try context.parameters.require("move")) else {
      throw Fault(.missing, "move.unknown")
    }
    let body = try await Body.read(request)
    let asked = body.isEmpty ? MoveRequest() : try Body.decode(MoveRequest.self, from: body)
    let file = try await desk.make(
      move, asked.input, on: id, revision: asked.revision, by: doer)
    return try Answer.json(CaseOut(file))
  }

  @Sendable private func attach(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    let query = Query(request)
    let name = query["name"] ?? "file"
    let subject = try query["subject"].map {
      try Self.choice("subject", $0, as: EvidenceRule.Subject.self)
    }
    // Whether it may be attached at all is asked before anything is kept.
    try await desk.requireReading(id, by: doer)
    let buffer = try await request.collected(upTo: BlobStore.largest)
    let blob = try site.centre.blobs.keep(Array(buffer.readableBytesView))
    let attachment = try await desk.attach(
      NewAttachment(
        blob: blob, name: name, subject: subject ?? (blob.isPaper ? .document : .before)), to: id,
      by: doer)
    return try Answer.json(
      AttachmentMade(id: attachment.description, digest: blob.digest, mediaType: blob.mediaType),
      status: .created)
  }

  @Sendable private func openReporter(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    return try Answer.json(try await desk.openReporter(of: id, by: doer))
  }

  @Sendable private func openParties(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    return try Answer.json(MediationOut(try await desk.openMediation(of: id, by: doer)))
  }

  @Sendable private func agreement(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    let format = try Self.choice("as", Query(request)["as"] ?? "pdf", as: PrintFormat.self)
    return try await site.openAgreement(id, format, doer)
  }

  // MARK: - Reading

  @Sendable private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    let limit = try query.whole("limit", 1...CaseDesk.longestPage) ?? 50
    let lines = try await desk.lines(
      try await query.filter(site.centre), after: try query.cursor(), limit: limit, by: doer)
    return try Answer.json(CaseList(lines))
  }

  @Sendable private func export(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    return try await site.exported(try await query.filter(site.centre), query, doer, context)
  }

  @Sendable private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    return try Answer.json(CaseDetailOut(try await desk.detail(of: id, by: doer), doer: doer))
  }

  @Sendable private func ledger(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    return try Answer.json(EntryList(try await desk.detail(of: id, by: doer).entries))
  }

  @Sendable private func duplicates(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let id = try Self.id(context, as: Case.self)
    let found = try await desk.duplicates(of: id, by: doer)
    return try Answer.json(DuplicateList(duplicates: found.map(DuplicateOut.init)))
  }

  @Sendable private func duplicatesOfReport(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let report = try Body.decode(CaseReport.self, from: try await Body.read(request))
    let found = try await desk.duplicates(of: report, by: doer)
    return try Answer.json(DuplicateList(duplicates: found.map(DuplicateOut.init)))
  }

  @Sendable private func attachment(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    try await site.attachment(
      try Self.id(context, as: CaseAttachment.self), by: try context.requireDoer())
  }

  @Sendable private func kinds(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let catalogue = site.centre.kinds.catalogue
    return try Answer.json(KindList(version: catalogue.version, kinds: catalogue.kinds))
  }

  @Sendable private func me(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    return try Answer.json(
      Me(
        person: doer.person?.description, csrf: context.signedIn?.csrf,
        rights: Right.allCases.filter(doer.holds).map(\.rawValue)))
  }

  // MARK: - Parameters

  static func id<Subject>(_ context: SiteContext, as type: Subject.Type) throws -> ID<Subject> {
    guard let id = ID<Subject>(try context.parameters.require("id")) else {
      throw Fault(.missing, "page.missing")
    }
    return id
  }

  /// - Throws: `value.unknown` with what would be right.
  static func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ value: String, as type: Choice.Type
  ) throws -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: value) else {
      throw Fault.invalid(
        name, "value.unknown",
        [
          "value": String(value.prefix(64)),
          "known": Choice.allCases.map(\.rawValue).joined(separator: ", "),
        ])
    }
    return choice
  }
}
