import Base
import City
import Paper

/// The figures of a period as a table that people open in a spreadsheet: names, formulas, and what
/// they are made of as numbers.
public struct FigureTable: Sendable {
  private let wording: Wording

  public init(_ wording: Wording) { self.wording = wording }

  /// - Parameters:
  ///   - from: the first day of the period.
  ///   - to: the last.
  /// - Throws: `table.unwritable`.
  public func write(
    _ values: [FigureValue], from: Day, to: Day, as format: TableWriter.Format, to path: String
  ) throws {
    let table = try TableWriter(
      path: path, as: format, name: wording.text("figures.title"),
      columns: Self.columns.map { .init(wording.text($0.key), width: $0.width) })
    try table.write(values.map { row($0, from: from, to: to) })
    try table.finish()
  }

  private static let columns: [(key: String, width: Int)] = [
    ("figures.from", 12), ("figures.to", 12), ("figures.figure", 24), ("figures.value", 12),
    ("figures.part", 12), ("figures.whole", 12), ("figures.formula", 60),
  ]

  private func row(_ value: FigureValue, from: Day, to: Day) -> [TableWriter.Cell] {
    let name = "figure.\(value.figure.rawValue)"
    return [
      .text(from.description), .text(to.description), .text(wording.text(name)), shown(value),
      part(value), value.denominator.map { .count($0) } ?? .empty,
      .text(wording.text("\(name).formula")),
    ]
  }

  private func shown(_ value: FigureValue) -> TableWriter.Cell {
    switch value.figure.measure {
    case .count: .count(value.numerator)
    case .rate: .text(wording.percentage(value.rate))
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
