import Base
import City
import Foundation
import Paper

/// A ranking as a table that people open in a spreadsheet.
public struct RankingTable: Sendable {
  private let ranking: Ranking
  private let book: RatingBook
  private let wording: Wording
  private let from: Day
  private let to: Day

  /// - Parameters:
  ///   - book: where a measure of the town's own has its name.
  ///   - zone: the town's, by whose days the period is told.
  public init(_ ranking: Ranking, _ book: RatingBook, in zone: TimeZone, _ wording: Wording) {
    self.ranking = ranking
    self.book = book
    self.wording = wording
    from = ranking.question.scope.from.local(in: zone).day
    to = ranking.question.scope.before.local(in: zone).day + -1
  }

  /// The measure and the first and the last day, behind what it is.
  var name: String { "\(wording.text("rankings.title")) \(measure) \(from) \(to)" }

  /// What is ranked by, in words.
  public var measure: String {
    switch ranking.question.by {
    case .figure(let figure): wording.text("figure.\(figure.rawValue)")
    case .rating(let code):
      wording.text(
        ranking.rating.map { Phrase.named($0.name, english: $0.english) } ?? .plain(code))
    }
  }

  /// - Throws: `table.unwritable`.
  public func write(as format: TableWriter.Format, to path: String) throws {
    let terms = (ranking.rating?.terms ?? []).map {
      TableWriter.Column(wording.text(Phrase.named($0.name, english: $0.english)), width: 12)
    }
    let table = try TableWriter(
      path: path, as: format, name: wording.text("rankings.title"),
      columns: [
        .init(wording.text("figures.from"), width: 12),
        .init(wording.text("figures.to"), width: 12),
        .init(wording.text("rankings.rank"), width: 8),
        .init(wording.text("rankings.code"), width: 16),
        .init(wording.text("rankings.name"), width: 24), .init(measure, width: 14),
      ] + terms + [
        .init(wording.text("rankings.volume"), width: 12),
        .init(wording.text("rankings.remark"), width: 40),
      ])
    try table.write(ranking.rows.map(row))
    try table.finish()
  }

  private func row(_ row: RankingRow) -> [TableWriter.Cell] {
    [
      .text(from.description), .text(to.description), row.rank.map { .count($0) } ?? .empty,
      .text(row.holder.code), .text(row.holder.name), shown(row.value),
    ] + row.terms.map { $0.number.map { .decimal($0.printed(2)) } ?? .empty } + [
      .count(row.volume), .text(remark(row)),
    ]
  }

  private func shown(_ value: FormulaValue) -> TableWriter.Cell {
    guard let number = value.number else { return .text("—") }
    guard case .figure(let figure) = ranking.question.by else {
      return .decimal(number.printed(ranking.rating?.places ?? 2))
    }
    return .text(wording.text(.amount(figure, number)))
  }

  /// A line's value as people read it.
  public func text(_ value: FormulaValue) -> String {
    guard let number = value.number else { return "—" }
    guard case .figure(let figure) = ranking.question.by else {
      return number.printed(ranking.rating?.places ?? 2)
    }
    return wording.text(.amount(figure, number))
  }

  /// Why a line has no rank; empty where it has one.
  public func remark(_ row: RankingRow) -> String {
    if let gap = row.value.gap {
      return wording.text(Phrase(gap, in: book))
    }
    guard row.rank == nil else { return "" }
    return wording.text(.key("rankings.too-few", ["count": .count(ranking.minimum)]))
  }
}

extension Phrase {
  /// Why there is no value, with what is missing by its name.
  init(_ gap: FormulaGap, in book: RatingBook) {
    let name = gap.name.map { book.name(of: $0) } ?? .plain("")
    self = .key("formula.gap.\(gap.code)", ["name": name])
  }
}

extension RatingBook {
  /// What a formula names: a figure, or something measured beside cases.
  func name(of code: String) -> Phrase {
    if CaseFigure(rawValue: code) != nil { return .key("figure.\(code)") }
    if [RatingMeasure.area, RatingMeasure.people].contains(code) {
      return .key("rankings.measure.\(code)")
    }
    return measures.first { $0.code == code }.map { .named($0.name, english: $0.english) }
      ?? .plain(code)
  }
}
