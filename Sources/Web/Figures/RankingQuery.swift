import Base
import City

/// What a ranking is asked for, as it stands in the address.
struct RankingQuery: Sendable, Equatable {
  /// The period and what is narrowed, as the figures have them.
  var figures: FiguresQuery
  var by = ""
  var over = ""
  /// The code of a class of organisations.
  var kind = ""
  var level = ""
  var minimum = ""

  init(_ value: (String) -> String?) {
    func text(_ name: String) -> String { String((value(name) ?? "").prefix(200)) }
    figures = FiguresQuery(value)
    (by, over, kind) = (text("by"), text("over"), text("class"))
    (level, minimum) = (text("level"), text("minimum"))
    if by.isEmpty { by = CaseFigure.closingOnTime.rawValue }
  }

  var parameters: [(String, String?)] {
    [("by", by), ("over", over), ("class", kind), ("level", level), ("minimum", minimum)]
      + figures.parameters
  }

  var url: SiteURL { .rankings.with(parameters) }

  var exportURL: SiteURL { .exportRankings.with(parameters) }

  /// What one composite score is put together from.
  func score(of holder: RankingHolder) -> SiteURL {
    .score.with(parameters + [("holder", holder.code)])
  }

  /// - Throws: `input.invalid` naming what is wrong.
  func question(_ centre: Centre) async throws -> RankingQuestion {
    try await Query(
      Dictionary(parameters.map { ($0, $1 ?? "") }, uniquingKeysWith: { first, _ in first })
    ).rankingQuestion(centre)
  }

  /// The figures of one of them alone, as the ranking counted them.
  func own(_ holder: RankingHolder, in ranking: Ranking) -> FiguresQuery {
    var query = figures
    query.organisation = ""
    switch holder.key {
    case .organisation: query.organisation = holder.code
    case .area: query.area = holder.code
    case .person: query.person = holder.code
    }
    query.channel = ranking.question.scope.channel?.rawValue ?? ""
    query.due = ranking.question.scope.due == .deadline ? "" : DueReading.cohort.rawValue
    return query
  }
}
