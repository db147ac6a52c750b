import Base
import City
import Foundation
import Hummingbird
import NIOCore
import Paper

/// Past cases out of a file, over the API.
struct ImportAPI {
  /// Bytes of a file as it is sent.
  static let longest = 256 << 20
  /// Rejected rows that are listed.
  static let mostListed = 1000

  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    group.post("/api/v1/imports", use: load)
  }

  @Sendable private func load(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    guard doer.may(.caseImport, organisationPath: "", areaPath: ""), let person = doer.person else {
      throw Fault(.forbidden, "right.missing", ["right": Right.caseImport.rawValue])
    }
    let query = Query(request)
    try query.requireOnce()
    guard let name = query["map"] else { throw Fault.invalid("map", "value.missing") }
    let map = try Self.map(name)
    let out = try await site.importGate.pass {
      let file = try await ReceivedFile(
        request, limit: Self.longest, at: try site.centre.blobs.draft())
      defer { file.remove() }
      // The file may ask for kinds and organisations that are not there, so the house acts.
      return try await Self.run(
        try CaseImport.open(path: file.path, as: map),
        CaseImport(map, desk: site.centre.cases, by: .importer(person)))
    }
    return try Answer.json(out)
  }

  /// - Throws: `value.unknown` with the names that there are.
  private static func map(_ name: String) throws -> ImportMap {
    guard ImportMap.shippedNames.contains(name) else {
      throw Fault.invalid(
        "map", "value.unknown",
        [
          "value": String(name.prefix(64)),
          "known": ImportMap.shippedNames.joined(separator: ", "),
        ])
    }
    return try ImportMap.shipped(name)
  }

  private static func run(
    _ reader: TableReader, _ cases: CaseImport
  ) async throws -> ImportOut {
    var rows: [ImportOut.Row] = []
    let summary = try await cases.run(
      reader, rejected: { if rows.count < mostListed { rows.append(ImportOut.Row($0)) } })
    return ImportOut(summary: summary, rows: rows)
  }
}

/// What came of a file.
struct ImportOut: Encodable {
  let summary: ImportSummary
  /// The first that were not taken.
  let rows: [Row]

  /// A row that was not taken.
  struct Row: Encodable {
    let row: Int
    let line: Int
    let code: String
    let errors: [Detail]?

    struct Detail: Encodable {
      let field: String
      let code: String
    }

    init(_ rejected: RejectedRow) {
      row = rejected.row.ordinal
      line = rejected.row.line
      code = rejected.fault.code
      let fields = rejected.fault.fields
      errors = fields.isEmpty ? nil : fields.map { Detail(field: $0.name, code: $0.code) }
    }
  }
}

/// A body that was written to a file of ours, since it may be larger than what memory is for.
struct ReceivedFile: Sendable {
  private let url: URL

  var path: String { url.path }

  /// - Throws: `body.large`; nothing is left behind then.
  init(_ request: Request, limit: Int, at url: URL) async throws {
    self.url = url
    let fault = Fault(.tooLarge, "body.large", ["limit": String(limit)])
    try request.refuse(longerThan: limit, as: fault)
    let manager = FileManager.default
    guard
      manager.createFile(
        atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let handle = FileHandle(forWritingAtPath: url.path)
    else { throw Fault(.unavailable, "attachment.disk") }
    do {
      var total = 0
      for try await chunk in request.body {
        total += chunk.readableBytes
        guard total <= limit else { throw fault }
        try handle.write(contentsOf: Data(buffer: chunk))
      }
      try handle.close()
    } catch {
      try? handle.close()
      try? manager.removeItem(at: url)
      throw error
    }
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
