import Base
import City
import Foundation
import Hummingbird

/// Composite scores over JSON: what is in force, checking files and putting them in force.
struct RatingAPI {
  let site: Site

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/ratings", use: show)
    api.put("/ratings", use: install)
    api.post("/ratings/check", use: check)
  }

  @Sendable private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
    let doer = try context.requireDoer()
    let shelf = try await site.centre.database.read {
      try site.centre.ratings.shelf(by: doer, in: $0)
    }
    return try Answer.json(RatingBookOut(shelf.book, shelf.files))
  }

  @Sendable private func check(_ request: Request, _ context: SiteContext) async throws -> Response
  {
    try context.requireDoer().require(.catalogueManage)
    return try Answer.json(RatingBookOut(try RatingBook.read(try await files(request))))
  }

  /// No files bring back what ships.
  @Sendable private func install(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    try doer.require(.catalogueManage)
    let files = try await files(request)
    return try Answer.json(
      RatingBookOut(try await site.centre.ratings.install(files, by: doer), files))
  }

  private func files(_ request: Request) async throws -> [NamedFile] {
    let buffer = try await request.collected(upTo: CatalogueAPI.longest)
    let asked = try Body.decode(CatalogueFiles.self, from: Data(buffer: buffer))
    return asked.files.isEmpty ? [] : try asked.named
  }
}

/// What is in force: the classes of organisations, what is measured beside cases, and the scores.
struct RatingBookOut: Encodable {
  struct Class: Encodable {
    let code: String
    let name: String
    let english: String
  }

  struct Score: Encodable {
    struct Term: Encodable {
      let name: String
      let english: String
      let formula: String
    }

    let code: String
    let name: String
    let english: String
    let over: String
    let terms: [Term]
  }

  let classes: [Class]
  let measures: [Class]
  let ratings: [Score]
  /// Their text by their name; none while what ships is in force.
  let files: [String: String]

  init(_ book: RatingBook, _ files: [NamedFile] = []) {
    classes = book.classes.map { Class(code: $0.code, name: $0.name, english: $0.english) }
    measures = book.measures.map { Class(code: $0.code, name: $0.name, english: $0.english) }
    ratings = book.ratings.map { rating in
      Score(
        code: rating.code, name: rating.name, english: rating.english,
        over: rating.group.rawValue,
        terms: rating.terms.map {
          Score.Term(name: $0.name, english: $0.english, formula: $0.formula.text)
        })
    }
    self.files = Dictionary(
      files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }, uniquingKeysWith: { $1 })
  }
}
