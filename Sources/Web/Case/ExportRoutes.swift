import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Paper
import Synchronization

/// Lists of cases as files.
extension Site {
  func addExport(to group: RouterGroup<SiteContext>) {
    group.get("/cases/export") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      let query = QueueQuery { parameters[$0] }
      return try await exported(
        try filter(query, try await surroundings()), parameters, doer, context)
    }
    group.get("/cases/export/progress") { request, context in
      let doer = try context.requireSignedIn().doer
      let watch = ExportWatch.Key(doer, Query(request))
      guard let progress = watch.flatMap({ exports[$0] }) else {
        throw Fault(.missing, "export.unknown")
      }
      return try Answer.json(ExportProgressOut(done: progress.done, total: progress.total))
    }
  }

  /// - Throws: `right.missing`, `export.too-many`, `export.runs`.
  func exported(
    _ filter: CaseFilter, _ query: Query, _ doer: Doer, _ context: SiteContext
  ) async throws -> Response {
    let format = try CaseAPI.choice("as", query["as"] ?? "xlsx", as: TableWriter.Format.self)
    let watch = ExportWatch.Key(doer, query)
    let wording = renderer.wording(context.language)
    let bytes = try await exportGate.pass {
      let file = try centre.blobs.draft()
      defer {
        try? FileManager.default.removeItem(at: file)
        if let watch { exports[watch] = nil }
      }
      try await CaseTable(centre, wording).write(filter, as: format, to: file.path, by: doer) {
        if let watch { exports[watch] = $0 }
      }
      return try Data(contentsOf: file)
    }
    let day = centre.now().local(in: centre.zone).day
    var headers = HTTPFields()
    headers[.contentType] = format.mediaType
    headers[.cacheControl] = "private, no-store"
    headers[.contentDisposition] =
      "attachment; filename*=UTF-8''"
      + SiteURL.encoded("\(wording.text("queue.title")) \(day).\(format.rawValue)")
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(data: bytes)))
  }
}

/// How far the exports are that this process makes, for the pages that wait for them.
final class ExportWatch: Sendable {
  /// What a page called its export. Nobody sees that of another person.
  struct Key: Hashable, Sendable {
    private let person: ID<Person>?
    private let name: String

    /// Nil where the page does not ask.
    init?(_ doer: Doer, _ query: Query) {
      guard let name = query["watch"], name.utf8.count <= 64 else { return nil }
      (person, self.name) = (doer.person, name)
    }
  }

  private let running = Mutex<[Key: CaseTable.Progress]>([:])

  subscript(key: Key) -> CaseTable.Progress? {
    get { running.withLock { $0[key] } }
    set { running.withLock { $0[key] = newValue } }
  }
}

private struct ExportProgressOut: Encodable {
  let done: Int
  let total: Int
}
