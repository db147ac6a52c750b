import Base
import City
import Foundation
import HTTPTypes
import Hummingbird

/// Cases that were handled on the spot, over the API: a form with a part `report` in JSON and the
/// photographs beside it, since neither is worth anything without the other.
struct OnTheSpotAPI {
  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    group.post("/api/v1/cases/on-the-spot", use: create)
  }

  @Sendable private func create(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let doer = try context.requireDoer()
    // Nobody who may not report makes us keep files.
    try doer.require(.caseOnTheSpot)
    try doer.require(.caseReport)
    let form = try await FormData.readParts(request, blobs: site.centre.blobs)
    try form.requireFiles()
    let asked = try Self.report(in: form)
    let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
    let (file, isNew) = try await site.centre.cases.handleOnTheSpot(
      asked.report, feedback: asked.text, fields: asked.report.fields,
      evidence: try Self.evidence(in: form),
      key: key.map { RequestKey(text: $0, digest: form.digest) }, by: doer)
    var response = try Answer.json(CaseOut(file), status: isNew ? .created : .ok)
    response.headers[.location] = "/api/v1/cases/\(file.id)"
    return response
  }

  private static func report(in form: FormData) throws -> OnTheSpotIn {
    if let other = form.values.keys.sorted().first(where: { $0 != "report" }) {
      throw Fault.invalid(String(other.prefix(64)), "key.unknown", ["known": Self.known])
    }
    let given = form.values["report"] ?? []
    guard let text = given.first else { throw Fault.invalid("report", "value.missing") }
    guard given.count == 1 else { throw Fault.invalid("report", "value.repeated") }
    return try Body.decode(OnTheSpotIn.self, from: Data(text.utf8))
  }

  private static func evidence(in form: FormData) throws -> [NewAttachment] {
    try form.files.map { file in
      guard let subject = EvidenceRule.Subject(rawValue: file.field) else {
        throw Fault.invalid(String(file.field.prefix(64)), "key.unknown", ["known": Self.known])
      }
      return NewAttachment(blob: file.blob, name: file.name, subject: subject)
    }
  }

  private static let known =
    (["report"] + EvidenceRule.Subject.allCases.map(\.rawValue)).joined(separator: ", ")
}

/// A report with what was done about it.
struct OnTheSpotIn: JSONBody {
  let report: CaseReport
  let text: String

  static let keys = CaseReport.keys.union(["text"])
  static let expected = CaseReport.expected

  private enum Key: CodingKey { case text }

  init(from decoder: any Decoder) throws {
    report = try CaseReport(from: decoder)
    text = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .text)
  }
}
