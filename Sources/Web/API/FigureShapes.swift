import Base
import City
import Foundation

struct FigureList: Encodable {
  let figures: [FigureOut]
  /// The class whose means stand there.
  let `class`: String?

  init(_ found: ComparedFigures, _ rivals: Set<FigureRival>) {
    figures = found.values.map { FigureOut($0, found.with[$0.figure], rivals) }
    self.class = found.kind?.code
  }
}

/// A figure; the rate is null over nothing.
struct FigureOut: Encodable {
  private let value: FigureValue
  private let with: FigureComparison?
  private let rivals: Set<FigureRival>

  init(_ value: FigureValue, _ with: FigureComparison? = nil, _ rivals: Set<FigureRival> = []) {
    self.value = value
    self.with = with
    self.rivals = rivals
  }

  private enum Key: CodingKey {
    case figure, numerator, denominator, rate, minutes, amount, lastYear, classMean, classSize
  }

  /// Nothing is said as `null`, never left out: a rate over nothing is a fact. What was not asked for is
  /// left out.
  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(value.figure.rawValue, forKey: .figure)
    try values.encode(value.numerator, forKey: .numerator)
    try values.encode(value.denominator, forKey: .denominator)
    try values.encode(value.rate, forKey: .rate)
    try values.encode(value.minutes, forKey: .minutes)
    try values.encode(value.yuan.map { $0.printed(2) }, forKey: .amount)
    if rivals.contains(.year) {
      try values.encode(with?.lastYear.map { FigureOut($0) }, forKey: .lastYear)
    }
    if rivals.contains(.kind) {
      try values.encode((with?.classMean?.amount).map { "\($0)" }, forKey: .classMean)
      try values.encode(with?.classMean?.count, forKey: .classSize)
    }
  }
}

/// A ranking. Amounts are decimal texts: counts, shares of 1, minutes or points.
struct RankingOut: Encodable {
  struct Row: Encodable {
    let code: String
    let name: String
    let rank: Int?
    let value: String?
    /// Why there is no value.
    let reason: Gap?
    let volume: Int
    let figures: [FigureOut]
    let terms: [Term]

    private enum Key: CodingKey { case code, name, rank, value, reason, volume, figures, terms }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(code, forKey: .code)
      try values.encode(name, forKey: .name)
      try values.encode(rank, forKey: .rank)
      try values.encode(value, forKey: .value)
      try values.encode(reason, forKey: .reason)
      try values.encode(volume, forKey: .volume)
      try values.encode(figures, forKey: .figures)
      try values.encode(terms, forKey: .terms)
    }
  }

  struct Term: Encodable {
    let name: String
    let formula: String
    let points: String?
    let reason: Gap?

    private enum Key: CodingKey { case name, formula, points, reason }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(name, forKey: .name)
      try values.encode(formula, forKey: .formula)
      try values.encode(points, forKey: .points)
      try values.encode(reason, forKey: .reason)
    }
  }

  struct Gap: Encodable {
    let code: String
    /// The figure or measure that it is about.
    let about: String?

    init(_ gap: FormulaGap) {
      code = gap.code
      about = gap.name
    }

    private enum Key: CodingKey { case code, about }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(code, forKey: .code)
      try values.encode(about, forKey: .about)
    }
  }

  let by: String
  let over: String
  let `class`: String?
  let level: String?
  let channel: String?
  let minimum: Int
  let volume: String?
  let mean: String?
  let rows: [Row]

  init(_ ranking: Ranking) {
    by = ranking.question.by.code
    over = ranking.question.group.rawValue
    self.class = ranking.question.kindOfOrganisation
    level = ranking.question.group == .area ? ranking.question.level.rawValue : nil
    channel = ranking.question.scope.channel?.rawValue
    minimum = ranking.minimum
    volume = ranking.volume?.rawValue
    mean = ranking.mean.map { "\($0)" }
    rows = ranking.rows.map { row in
      Row(
        code: row.holder.code, name: row.holder.name, rank: row.rank,
        value: row.value.number.map { "\($0)" }, reason: row.value.gap.map(Gap.init),
        volume: row.volume,
        figures: CaseFigure.allCases.compactMap { row.figures[$0] }.map { FigureOut($0) },
        terms: zip(ranking.rating?.terms ?? [], row.terms).map { term, value in
          Term(
            name: term.name, formula: term.formula.text, points: value.number.map { "\($0)" },
            reason: value.gap.map(Gap.init))
        })
    }
  }

  private enum Key: CodingKey {
    case by, over, `class`, level, channel, minimum, volume, mean, rows
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(by, forKey: .by)
    try values.encode(over, forKey: .over)
    try values.encode(self.class, forKey: .class)
    try values.encode(level, forKey: .level)
    try values.encode(channel, forKey: .channel)
    try values.encode(minimum, forKey: .minimum)
    try values.encode(volume, forKey: .volume)
    try values.encode(mean, forKey: .mean)
    try values.encode(rows, forKey: .rows)
  }
}
