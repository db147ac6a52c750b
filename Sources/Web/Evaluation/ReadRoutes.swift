import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Reading in documents with forms.
extension Site {
  func addReading(to group: RouterGroup<SiteContext>) {
    group.get("/projects/read") { request, context in
      let doer = try context.requireSignedIn().doer
      return try await page(try await readPage(doer), request, context)
    }
    group.post("/projects/read") { request, context in try await read(request, context) }
    group.post("/projects/take") { request, context in try await take(request, context) }
  }

  private func readPage(_ doer: Doer) async throws -> ReadFormsPage {
    try doer.require(.projectEdit)
    let owners = try await centre.database.read { try centre.projects.owners(by: doer, in: $0) }
    return ReadFormsPage(
      owners: owners.map { .init(value: $0.id.description, label: .plain($0.name)) })
  }

  private func read(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    var page = try await readPage(doer)
    do {
      let document = try await UploadedDocument.read(request, context: context)
      page.file = document.name
      page.forms = EvaluationCheck.check(
        try EvaluationReading.read(document.bytes, named: document.name))
      page.source = EvaluationReading.lines(of: document.bytes)
      page.json = try Self.json(page.forms)
      return try await self.page(page, request, context)
    } catch let fault as Fault
      where [.invalid, .tooLarge, .unavailable].contains(fault.kind)
    {
      page.fault = fault
      return try await self.page(page, request, context, status: fault.status)
    }
  }

  private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireSignedIn().doer
    let data = try await FormData.read(request, context: context, blobs: centre.blobs)
    var page = try await readPage(doer)
    do {
      // The forms come back with the page; a reader may type any of them anyway.
      let read = try EvaluationReading.read(
        [UInt8](data.plain("forms").utf8), named: data.plain("file"))
      page.forms = EvaluationCheck.check(read)
      page.file = data.text("file") ?? "—"
      page.json = try Self.json(page.forms)
      page.year = data.plain("year")
      let wanted = Set(data.list("take").compactMap(Int.init))
      let chosen = read.indices.filter(wanted.contains).map { read[$0] }
      guard !chosen.isEmpty else { throw Fault.invalid("take", "value.missing") }
      guard let owner = ID<Organisation>(data.plain("organisation")) else {
        throw Fault.invalid("organisation", "value.missing")
      }
      try await centre.projects.take(
        chosen, year: Int(page.year), for: owner, by: doer)
      let year = chosen.compactMap(\.year).first.map(String.init) ?? page.year
      return Answer.redirect(.projects.with([("year", year)]), done: "project-import")
    } catch let fault as Fault where fault.kind == .invalid {
      page.fault = fault
      return try await self.page(page, request, context, status: fault.status)
    }
  }

  private static func json(_ forms: [EvaluationForm]) throws -> String {
    let bare = forms.map { form in
      var form = form
      form.findings = []
      return form
    }
    return String(decoding: try JSONEncoder().encode(bare), as: UTF8.self)
  }
}

/// The one document of a form, whatever its kind: it is read and not kept.
struct UploadedDocument {
  let name: String
  let bytes: [UInt8]

  /// - Throws: `csrf.missing`, `value.missing` for no document, faults of the multipart form.
  static func read(_ request: Request, context: SiteContext) async throws -> UploadedDocument {
    guard let signedIn = context.signedIn else {
      throw Fault(.unauthenticated, "sign-in.needed")
    }
    let limit = EvaluationReading.largestFile
    try request.refuse(
      longerThan: limit + 65_536,
      as: Fault(.tooLarge, "multipart.too-large", ["limit": String(limit)]))
    var parser = try MultipartParser(
      contentType: request.headers[.contentType] ?? "",
      limits: .init(total: limit + 65_536, file: limit))
    var part: MultipartPart?
    var bytes: [UInt8] = []
    var csrf = ""
    var found: UploadedDocument?
    for try await chunk in request.body {
      for event in try parser.feed(Array(chunk.readableBytesView)) {
        switch event {
        case .partBegan(let began):
          part = began
          bytes = []
        case .bytes(let more): bytes += more
        case .partEnded:
          if part?.name == "csrf" { csrf = String(decoding: bytes, as: UTF8.self) }
          if let name = part?.fileName, !name.isEmpty {
            found = UploadedDocument(name: String(name.prefix(200)), bytes: bytes)
          }
          part = nil
        case .ended: break
        }
      }
    }
    try parser.finish()
    guard signedIn.accepts(csrf: csrf) else { throw Fault(.forbidden, "csrf.missing") }
    guard let found else { throw Fault.invalid("file", "value.missing") }
    return found
  }
}
