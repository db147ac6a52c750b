import Base
import City
import Hummingbird

/// Figures and rankings over JSON, under `/api/v1`.
struct FigureAPI {
  let site: Site

  private var desk: CaseDesk { site.centre.cases }

  func add(to group: RouterGroup<SiteContext>) {
    let api = group.group("/api/v1")
    api.get("/figures", use: figures)
    api.get("/figures/{figure}/cases", use: cases)
    api.get("/figures/{figure}/cases/export", use: export)
    api.get("/rankings", use: ranking)
    api.get("/rankings/export", use: exportRanking)
  }

  @Sendable private func figures(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    let rivals = try (query["compare"]?.split(separator: ",") ?? []).map {
      try CaseAPI.choice("compare", String($0), as: FigureRival.self)
    }
    let found = try await site.centre.ratings.compared(
      try await query.figureScope(site.centre), with: Set(rivals), by: doer,
      now: site.centre.now())
    return try Answer.json(FigureList(found, Set(rivals)))
  }

  @Sendable private func cases(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    let (figure, part) = try asked(query, context)
    let limit = try query.whole("limit", 1...CaseDesk.longestPage) ?? 50
    let lines = try await desk.lines(
      of: figure, counting: part == .counted, try await query.figureScope(site.centre),
      after: try query.cursor(), limit: limit, by: doer, now: site.centre.now())
    return try Answer.json(CaseList(lines))
  }

  @Sendable private func export(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let query = Query(request)
    let (figure, part) = try asked(query, context)
    return try await site.exported(
      figure, counting: part == .counted, try await query.figureScope(site.centre), query, doer,
      context)
  }

  private func asked(
    _ query: Query, _ context: SiteContext
  ) throws -> (CaseFigure, FigurePart) {
    (
      try CaseAPI.choice(
        "figure", try context.parameters.require("figure"), as: CaseFigure.self),
      try CaseAPI.choice("part", query["part"] ?? "counted", as: FigurePart.self)
    )
  }

  // MARK: - Rankings

  @Sendable private func ranking(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let doer = try context.requireDoer()
    let question = try await Query(request).rankingQuestion(site.centre)
    let ranking = try await site.centre.ratings.ranking(
      question, by: doer, now: site.centre.now())
    return try Answer.json(RankingOut(ranking))
  }

  @Sendable private func exportRanking(
    _ request: Request, _ context: SiteContext
  ) async throws -> Response {
    let query = Query(request)
    return try await site.exported(
      try await query.rankingQuestion(site.centre), query, try context.requireDoer(), context)
  }
}

extension Query {
  /// `by` is a figure or a composite score; `over`, `class`, `level` and `minimum` say who is ranked.
  func rankingQuestion(_ centre: Centre) async throws -> RankingQuestion {
    let scope = try await figureScope(centre)
    guard let by = self["by"] else { throw Fault.invalid("by", "value.missing") }
    var question = RankingQuestion(by: .init(by), scope)
    question.group =
      try self["over"].map { try CaseAPI.choice("over", $0, as: FigureGroup.self) } ?? .organisation
    question.kindOfOrganisation = self["class"]
    question.level =
      try self["level"].map { try CaseAPI.choice("level", $0, as: AreaLevel.self) } ?? .villageGrid
    question.minimum = try whole("minimum", 0...1_000_000_000)
    return question
  }
}

/// Which cases of a figure are listed.
enum FigurePart: String, CaseIterable {
  case counted, all
}
