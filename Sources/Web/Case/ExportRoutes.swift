import Base
import City
import Foundation
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
      var wanted = try filter(query, try await surroundings())
      wanted.ids = try parameters.cases()
      return try await exported(wanted, parameters, doer, context)
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
    let day = centre.now().local(in: centre.zone).day
    return try await exported(.key("queue.title"), day, query, doer, context) {
      try await $0.write(filter, as: $1, to: $2, by: doer, progress: $3)
    }
  }

  /// The cases behind a figure.
  ///
  /// - Throws: `right.missing`, `period.backwards`, `export.too-many`.
  func exported(
    _ figure: CaseFigure, counting: Bool, _ scope: FigureScope, _ query: Query, _ doer: Doer,
    _ context: SiteContext
  ) async throws -> Response {
    let day = (scope.before.local(in: centre.zone).day + -1)
    return try await exported(.key("figure.\(figure.rawValue)"), day, query, doer, context) {
      try await $0.write(
        figure, counting: counting, scope, as: $1, to: $2, by: doer, progress: $3)
    }
  }

  private func exported(
    _ name: Phrase, _ day: Day, _ query: Query, _ doer: Doer, _ context: SiteContext,
    _ write: (CaseTable, TableWriter.Format, String, (CaseTable.Progress) -> Void) async throws ->
      Int
  ) async throws -> Response {
    let watch = ExportWatch.Key(doer, query)
    defer { if let watch { exports[watch] = nil } }
    let wording = renderer.wording(context.language)
    return try await table("\(wording.text(name)) \(day)", query) { format, path in
      _ = try await write(try await CaseTable(centre, wording), format, path) {
        if let watch { exports[watch] = $0 }
      }
    }
  }

  /// A file that is written for this answer only.
  ///
  /// - Parameter query: of the address; `as` says which kind of file, a workbook without it.
  func table(
    _ name: String, _ query: Query,
    _ write: (TableWriter.Format, _ path: String) async throws -> Void
  ) async throws -> Response {
    let format = try CaseAPI.choice("as", query["as"] ?? "xlsx", as: TableWriter.Format.self)
    let bytes = try await exportGate.pass {
      let file = try centre.blobs.draft()
      defer { try? FileManager.default.removeItem(at: file) }
      try await write(format, file.path)
      return try Data(contentsOf: file)
    }
    return Answer.document(
      ByteBuffer(data: bytes), named: name, ending: format.rawValue, as: format.mediaType)
  }
}

/// Where a list can be had as a file.
struct ExportLinks: Composed {
  let url: SiteURL
  /// Where it is asked how far the file is.
  var watch: SiteURL?

  var parts: [String: any Shown] {
    [
      "formats": TableWriter.Format.allCases.reversed().each {
        [
          "url": url.with([("as", $0.rawValue)]), "watch": watch,
          "label": Phrase.key("export.\($0.rawValue)"),
        ]
      }
    ]
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
