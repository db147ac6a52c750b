import Base
import City
import Foundation
import Hummingbird

/// Checking catalogues of case kinds and putting them in force, over JSON.
struct CatalogueAPI {
  /// Bytes of all files together, as JSON.
  static let longest = 8 << 20
  static let mostFiles = 200

  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.post("/catalogue/check", use: check)
    api.put("/catalogue", use: install)
  }

  @Sendable private func check(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    let catalogue = try await read(request, by: try context.requireDoer())
    return try Answer.json(CatalogueOut(catalogue))
  }

  @Sendable private func install(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let catalogue = try await read(request, by: doer)
    let desk = CatalogueDesk(database: site.centre.database, shelf: site.centre.kinds)
    let changed = try await desk.install(catalogue, by: doer)
    return try Answer.json(CatalogueOut(catalogue, changed: changed))
  }

  /// - Throws: `catalogue.invalid` with every mistake, named `FILE:LINE key.path`.
  private func read(_ request: Request, by doer: Doer) async throws -> Catalogue {
    try doer.require(.catalogueManage)
    let buffer = try await request.collected(upTo: Self.longest)
    let files = try Body.decode(CatalogueFiles.self, from: Data(buffer: buffer)).named
    return try Catalogue.read(files, knowing: Centre.knownNames)
  }
}

/// Files of one catalogue: their text by their name.
struct CatalogueFiles: JSONBody {
  let files: [String: String]

  static let keys: Set<String> = ["files"]
  static let expected: [String: JSONExpected] = [:]
  /// Names are the caller's own.
  static let openKeys: Set<String> = ["files"]

  private static let longestName = 200

  /// By name, so that the same files are always read in the same order.
  var named: [NamedFile] {
    get throws {
      guard !files.isEmpty else { throw Fault.invalid("files", "value.missing") }
      guard files.count <= CatalogueAPI.mostFiles else {
        throw Fault.invalid("files", "files.many", ["limit": String(CatalogueAPI.mostFiles)])
      }
      return try files.sorted { $0.key < $1.key }.map { name, text in
        guard !name.isEmpty, name.utf8.count <= Self.longestName else {
          throw Fault.invalid("files", "file-name.length", ["limit": String(Self.longestName)])
        }
        return NamedFile(name: name, text: text)
      }
    }
  }
}

/// What a catalogue is.
struct CatalogueOut: Encodable {
  let version: String
  let kinds: Int
  let classes: Int
  /// How many kinds are new or changed; only when it was put in force.
  let changed: Int?

  init(_ catalogue: Catalogue, changed: Int? = nil) {
    version = catalogue.version
    kinds = catalogue.kinds.count
    classes = catalogue.classes.count
    self.changed = changed
  }
}
