import Base
import City
import Foundation

/// Makes the pages of a ranking out of the domain's values.
struct RankingBuilder {
  private let ranking: Ranking
  private let query: RankingQuery
  private let book: RatingBook

  init(_ ranking: Ranking, _ query: RankingQuery, _ book: RatingBook) {
    self.ranking = ranking
    self.query = query
    self.book = book
  }

  private var rating: Rating? { ranking.rating }

  /// What is ranked by, where that is a figure.
  private var figure: CaseFigure? {
    if case .figure(let figure) = ranking.question.by { figure } else { nil }
  }

  var table: RankingPage.Table {
    RankingPage.Table(
      measure: measure,
      explanation: figure.map { .key("figure.\($0.rawValue).formula") }
        ?? .key("rankings.score.lead"),
      notes: notes, terms: (rating?.terms ?? []).map(name), isRate: figure.map(hasParts) ?? false,
      volume: volume, rows: ranking.rows.map(row), mean: ranking.mean.map(shown))
  }

  private var measure: Phrase {
    figure.map { .key("figure.\($0.rawValue)") }
      ?? rating.map { .named($0.name, english: $0.english) } ?? .plain("")
  }

  private func name(_ term: RatingTerm) -> Phrase { .named(term.name, english: term.english) }

  private func hasParts(_ figure: CaseFigure) -> Bool {
    ![.count, .amount].contains(figure.measure)
  }

  /// Of a score, what the volume counts; a figure shows its own.
  private var volume: Phrase? {
    rating == nil ? nil : ranking.volume.map { .key("figure.\($0.rawValue)") }
  }

  private var notes: [Phrase] {
    var notes: [Phrase] = []
    if let code = ranking.question.kindOfOrganisation, let kind = book[class: code] {
      notes.append(
        .key("rankings.note.class", ["class": .named(kind.name, english: kind.english)]))
    }
    if let channel = rating?.channel {
      notes.append(
        .key("rankings.note.channel", ["channel": .key("channel.\(channel.rawValue)")]))
    }
    if ranking.minimum > 0 {
      let counted = ranking.volume.map { Phrase.key("figure.\($0.rawValue)") } ?? .plain("")
      notes.append(
        .key(
          rating == nil ? "rankings.note.minimum" : "rankings.note.minimum-of",
          ["count": .count(ranking.minimum), "figure": counted]))
    }
    if ranking.isBetterLow { notes.append(.key("rankings.note.low")) }
    if ranking.question.scope.due == .cohort { notes.append(.key("figures.due.cohort.lead")) }
    return notes
  }

  private func shown(_ amount: Decimal) -> Phrase {
    figure.map { .amount($0, amount) } ?? .plain(amount.printed(rating?.places ?? 2))
  }

  private func shown(_ value: FormulaValue) -> Phrase { value.number.map(shown) ?? .plain("—") }

  private func points(_ value: FormulaValue) -> Phrase {
    value.number.map { .plain($0.printed(2)) } ?? .plain("—")
  }

  private func row(_ row: RankingRow) -> RankingPage.Row {
    let own = query.own(row.holder, in: ranking)
    var shownRow = RankingPage.Row(
      rank: row.rank, name: row.holder.name, url: own.url, value: shown(row.value),
      points: row.terms.map(points), remark: remark(row))
    if rating != nil {
      shownRow.valueURL = query.score(of: row.holder)
      shownRow.volume = ranking.volume == nil ? nil : row.volume
    } else if let figure, let value = row.figures[figure] {
      (shownRow.part, shownRow.whole) = parts(value, own)
      if value.denominator == nil { shownRow.valueURL = own.cases(of: figure, isPart: true) }
    }
    return shownRow
  }

  private func parts(
    _ value: FigureValue, _ own: FiguresQuery
  ) -> (part: FiguresPage.Part?, whole: FiguresPage.Part?) {
    guard let denominator = value.denominator else { return (nil, nil) }
    let isShare = value.figure.measure == .rate && value.figure != .satisfiedRate
    return (
      isShare
        ? .init(count: value.numerator, url: own.cases(of: value.figure, isPart: true)) : nil,
      .init(count: denominator, url: own.cases(of: value.figure, isPart: false))
    )
  }

  private func remark(_ row: RankingRow) -> Phrase? {
    if let gap = row.value.gap { return Phrase(gap, in: book) }
    return row.rank == nil
      ? .key("rankings.too-few", ["count": .count(ranking.minimum)]) : nil
  }

  // MARK: - One score

  /// Nil where nobody of that code is ranked, or not by a score.
  func score(of code: String) -> ScorePage? {
    guard let rating, let row = ranking.rows.first(where: { $0.holder.code == code }) else {
      return nil
    }
    let own = query.own(row.holder, in: ranking)
    return ScorePage(
      rating: measure, name: row.holder.name, ranking: query.url,
      period: .plain("\(query.figures.from) – \(query.figures.to)"), score: shown(row.value),
      rank: row.rank.map { .key("rankings.rank-is", ["rank": .count($0)]) } ?? remark(row)
        ?? .plain("—"),
      notes: notes,
      terms: zip(rating.terms, row.terms).map { term, value in
        ScorePage.Term(
          name: name(term), formula: term.formula.text, points: points(value),
          reason: value.gap.map { Phrase($0, in: book) }, inputs: inputs(term.formula, row, own))
      })
  }

  private func inputs(
    _ formula: Formula, _ row: RankingRow, _ own: FiguresQuery
  ) -> [ScorePage.Input] {
    formula.figures.map { figure in
      let value = row.figures[figure] ?? FigureValue(figure: figure, numerator: 0, denominator: nil)
      let (part, whole) = parts(value, own)
      return ScorePage.Input(
        name: .key("figure.\(figure.rawValue)"), value: .amount(figure, value.amount),
        part: figure.measure == .count
          ? .init(count: value.numerator, url: own.cases(of: figure, isPart: true)) : part,
        whole: whole)
    }
      + formula.measures.map { code in
        ScorePage.Input(
          name: book.name(of: code),
          value: .plain(row.measures[code].map { "\($0)" } ?? "—"))
      }
  }
}
