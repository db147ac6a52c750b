import Base
import City
import Foundation
import Paper

/// The figures of a period as a table that people open in a spreadsheet: names, formulas, and what
/// they are made of as numbers.
public struct FigureTable: Sendable {
  private let wording: Wording
  private let from: Day
  private let to: Day
  private let due: DueReading

  /// - Parameter zone: the town's, by whose days the period is told.
  public init(of scope: FigureScope, in zone: TimeZone, _ wording: Wording) {
    self.wording = wording
    due = scope.due
    from = scope.from.local(in: zone).day
    to = scope.before.local(in: zone).day + -1
  }

  /// The cases that the names and values of the API's `GET /api/v1/figures` narrow.
  ///
  /// - Throws: `input.invalid` naming what is wrong.
  public static func scope(
    _ values: [String: String], _ centre: Centre
  ) async throws -> FigureScope {
    try await Query(values).figureScope(centre)
  }

  /// The first and the last day, behind what it is.
  var name: String { "\(wording.text("figures.title")) \(from) \(to)" }

  /// - Throws: `table.unwritable`.
  public func write(
    _ found: ComparedFigures, as format: TableWriter.Format, to path: String
  ) throws {
    let table = try TableWriter(
      path: path, as: format, name: wording.text("figures.title"),
      columns: Self.columns.map { .init(wording.text($0.key), width: $0.width) })
    try table.write(found.values.map { row($0, found.with[$0.figure]) })
    try table.finish()
  }

  private static let columns: [(key: String, width: Int)] = [
    ("figures.from", 12), ("figures.to", 12), ("figures.figure", 24), ("figures.value", 12),
    ("figures.part", 12), ("figures.whole", 12), ("figures.last-year", 14),
    ("figures.class-mean", 14), ("figures.due", 12), ("figures.formula", 60),
  ]

  private func row(_ value: FigureValue, _ with: FigureComparison?) -> [TableWriter.Cell] {
    let name = "figure.\(value.figure.rawValue)"
    return [
      .text(from.description), .text(to.description), .text(wording.text(name)), shown(value),
      part(value), value.denominator.map { .count($0) } ?? .empty,
      against(value, with?.lastYear.map(\.amount)), against(value, with?.classMean.map(\.amount)),
      .text(wording.text("figures.due.\(due.rawValue)")),
      .text(wording.text("\(name).formula")),
    ]
  }

  /// What it is compared with; empty where that was not asked.
  private func against(_ value: FigureValue, _ amount: Decimal??) -> TableWriter.Cell {
    amount.map { .text(wording.text(.amount(value.figure, $0))) } ?? .empty
  }

  private func shown(_ value: FigureValue) -> TableWriter.Cell {
    switch value.figure.measure {
    case .count: .count(value.numerator)
    case .rate: .text(wording.percentage(value.rate))
    case .amount: .decimal(value.yuan?.printed(2) ?? "0.00")
    case .time: .text(wording.duration(minutes: value.minutes))
    }
  }

  /// What of the whole counts; weighted answers are kept in thousandths.
  private func part(_ value: FigureValue) -> TableWriter.Cell {
    guard value.denominator != nil, value.figure.measure == .rate else { return .empty }
    return value.figure == .satisfiedRate
      ? .decimal("\(Double(value.numerator) / 1000)") : .count(value.numerator)
  }
}
