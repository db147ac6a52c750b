import Base
import City
import Hummingbird

extension Site {
  func addRankings(to group: RouterGroup<SiteContext>) {
    group.get("/rankings") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      return try await filtered(request, context) {
        try await rankingPage(RankingQuery { parameters[$0] }, doer, wrong: $0)
      }
    }
    group.get("/rankings/score") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      return try await page(
        try await scorePage(
          RankingQuery { parameters[$0] }, holder: parameters["holder"] ?? "", doer), request,
        context)
    }
    group.get("/rankings/export") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      var query = RankingQuery { parameters[$0] }
      query.figures = try filled(query.figures, try await surroundings())
      return try await exported(try await query.question(centre), parameters, doer, context)
    }
  }

  /// A ranking as a file.
  func exported(
    _ question: RankingQuestion, _ query: Query, _ doer: Doer, _ context: SiteContext
  ) async throws -> Response {
    let ranking = try await centre.ratings.ranking(question, by: doer, now: centre.now())
    let book = try await centre.database.read { try centre.ratings.shelf(by: doer, in: $0).book }
    let file = RankingTable(ranking, book, in: centre.zone, renderer.wording(context.language))
    return try await table(file.name, query) { try file.write(as: $0, to: $1) }
  }

  private func rankingPage(
    _ asked: RankingQuery, _ doer: Doer, wrong: Fault?
  ) async throws -> RankingPage {
    let around = try await surroundings()
    var query = asked
    if wrong == nil { query.figures = try filled(asked.figures, around) }
    let book = try await centre.database.read {
      try centre.ratings.shelf(by: doer, in: $0).book
    }
    var page = RankingPage(
      query: query,
      choices: RankingPage.Choices(
        areas: around.areaOptions, organisations: around.leaderOptions,
        kinds: Field.Group.kinds(around.catalogue.kinds),
        kindWords: .kindWords(around.catalogue.version), channels: Channel.allCases,
        classes: book.classes.map {
          Field.Option(value: $0.code, label: .named($0.name, english: $0.english))
        },
        ratings: book.ratings.map {
          Field.Option(value: $0.code, label: .named($0.name, english: $0.english))
        }))
    page.wrong = wrong
    guard wrong == nil else { return page }
    let question = try await query.question(centre)
    // Whose people, is the reader's to say first.
    let group = book[rating: query.by]?.group ?? question.group
    guard group != .person || question.scope.organisation != nil else {
      page.query.over = group.rawValue
      return page
    }
    let ranking = try await centre.ratings.ranking(question, by: doer, now: around.now)
    // The form shows what the score itself decides.
    page.query.over = ranking.question.group.rawValue
    page.query.kind = ranking.question.kindOfOrganisation ?? ""
    page.table = RankingBuilder(ranking, query, book).table
    return page
  }

  private func scorePage(
    _ asked: RankingQuery, holder: String, _ doer: Doer
  ) async throws -> ScorePage {
    let around = try await surroundings()
    var query = asked
    query.figures = try filled(asked.figures, around)
    let book = try await centre.database.read {
      try centre.ratings.shelf(by: doer, in: $0).book
    }
    let ranking = try await centre.ratings.ranking(
      try await query.question(centre), by: doer, now: around.now)
    guard let page = RankingBuilder(ranking, query, book).score(of: holder) else {
      throw Fault(.missing, "page.missing")
    }
    return page
  }
}
