import ArgumentParser
import Base
import City
import Foundation
import Store
import Web

/// `chengyun case figures --from DAY --to DAY`: the figures of case work, and the cases behind them.
struct CaseFiguresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Count the cases of a period.",
    discussion: "Both days belong to the period. A rate over nothing is null.")

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var bounds: FigureBounds
  @Option(
    help: """
      What the figures are compared with, between commas: \
      \(FigureRival.allCases.map(\.rawValue).joined(separator: ", ")); class goes with --organisation.
      """)
  var compare: String?
  @Option(help: ArgumentHelp("List the cases that this figure counts.", valueName: "figure"))
  var list: CaseFigure?
  @Option(
    help: ArgumentHelp(
      "Write the figures, or with --list the cases, to a file whose name ends with .xlsx or .csv.",
      valueName: "path"))
  var out: String?
  @Flag(help: "With --list: all cases that a rate is out of, not only those that count.")
  var whole = false
  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard list != nil || !whole else { throw ValidationError("--whole goes with --list.") }
    guard list == nil || compare == nil else {
      throw ValidationError("--compare is about figures; it does not go with --list.")
    }
    _ = try rivals()
    if let out { _ = try TableFile.format(of: out) }
  }

  func run() async throws {
    let opened = try await database.open()
    let centre = try await Centre(
      database: opened, blobs: database.blobs, now: SystemClock.now)
    let now = SystemClock.now()
    let scope = try await bounds.scope(centre)
    if let list {
      try await out == nil
        ? showCases(of: list, scope, centre, now: now) : writeCases(of: list, scope, centre)
    } else {
      let found = try await centre.ratings.compared(
        scope, with: try rivals(), by: .command, now: now)
      if let out {
        let table = FigureTable(of: scope, in: centre.zone, try Running.wording())
        try await TableFile.write(out) { try table.write(found, as: $0, to: $1) }
      }
      if let out, !json {
        Output.line("\(found.values.count) figures in \(out)")
      } else {
        try show(found)
      }
    }
    try opened.close()
  }

  private func rivals() throws -> Set<FigureRival> {
    Set(
      try (compare?.split(separator: ",") ?? []).map { name in
        guard let rival = FigureRival(rawValue: String(name)) else {
          throw ValidationError("--compare: there is no \(name).")
        }
        return rival
      })
  }

  // MARK: - Figures

  private func show(_ found: ComparedFigures) throws {
    let rivals = try rivals()
    if json {
      return try Output.json(
        found.values.map { FigureLine($0, found.with[$0.figure], rivals) })
    }
    let wording = try Running.wording()
    var keys = ["figures.figure", "figures.part", "figures.whole", "figures.value"]
    if rivals.contains(.year) { keys.append("figures.last-year") }
    if rivals.contains(.kind) { keys.append("figures.class-mean") }
    var table = TextTable([.left] + Array(repeating: .right, count: keys.count - 1))
    table.add(keys.map { wording.text($0) })
    for value in found.values {
      let with = found.with[value.figure]
      let line = FigureLine(value, with, rivals)
      var row = [
        wording.text("figure.\(value.figure.rawValue)"), line.numeratorText(wording),
        value.denominator.map(wording.text) ?? "",
        line.valueText(wording, value.figure.measure),
      ]
      if rivals.contains(.year) {
        row.append(wording.amount(value.figure, with?.lastYear?.amount))
      }
      if rivals.contains(.kind) {
        row.append(wording.amount(value.figure, with?.classMean?.amount))
      }
      table.add(row)
    }
    table.lines.forEach(Output.line)
  }

  // MARK: - Cases

  private func writeCases(
    of figure: CaseFigure, _ scope: FigureScope, _ centre: Centre
  ) async throws {
    guard let out else { return }
    let bar = ProgressBar()
    let counting = !whole
    let table = try await CaseTable(centre, try Running.wording())
    let count = try await TableFile.write(out) { format, path in
      try await table.write(
        figure, counting: counting, scope, as: format, to: path, by: .command
      ) { bar.show($0.done, of: $0.total, "\($0.done) cases") }
    }
    bar.end()
    try json
      ? Output.json(["cases": count]) : Output.line("\(count) cases in \(out)")
  }

  private func showCases(
    of figure: CaseFigure, _ scope: FigureScope, _ centre: Centre, now: Moment
  ) async throws {
    var cursor: CaseCursor?
    let counting = !whole
    repeat {
      let after = cursor
      let page = try await centre.database.read { snapshot in
        try centre.cases.lines(
          of: figure, counting: counting, scope, after: after, limit: CaseDesk.longestPage,
          by: .command, now: now, in: snapshot)
      }
      for line in page.lines {
        let shown = FigureCase(line)
        if json { try Output.json(shown) } else { Output.line(shown.text(in: centre.zone)) }
      }
      cursor = page.next
    } while cursor != nil
  }
}

extension CaseFigure: ExpressibleByArgument {}

/// One figure; what is not there is null.
private struct FigureLine: Encodable {
  let figure: String
  let numerator: Double
  let denominator: Int?
  let rate: Double?
  /// The mean of a time.
  let minutes: Int?
  /// Yuan as text.
  let amount: String?
  let with: FigureComparison?
  let rivals: Set<FigureRival>

  init(_ value: FigureValue, _ with: FigureComparison?, _ rivals: Set<FigureRival>) {
    self.with = with
    self.rivals = rivals
    figure = value.figure.rawValue
    // Answers at call-back have weights, kept in thousandths.
    numerator = Double(value.numerator) / (value.figure == .satisfiedRate ? 1000 : 1)
    denominator = value.denominator
    rate = value.rate
    minutes = value.minutes
    amount = value.yuan.map { $0.printed(2) }
  }

  func valueText(_ wording: Wording, _ measure: CaseFigure.Measure) -> String {
    switch measure {
    case .count, .amount: ""
    case .rate: wording.percentage(rate)
    case .time: wording.duration(minutes: minutes)
    }
  }

  func numeratorText(_ wording: Wording) -> String {
    if let amount { return amount }
    return numerator == numerator.rounded() ? wording.text(Int(numerator)) : "\(numerator)"
  }

  private enum Key: CodingKey {
    case figure, numerator, denominator, rate, minutes, amount, lastYear, classMean, classSize
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(figure, forKey: .figure)
    try values.encode(numerator, forKey: .numerator)
    try values.encode(denominator, forKey: .denominator)
    try values.encode(rate, forKey: .rate)
    try values.encode(minutes, forKey: .minutes)
    try values.encode(amount, forKey: .amount)
    if rivals.contains(.year) {
      try values.encode(with?.lastYear.map { FigureLine($0, nil, []) }, forKey: .lastYear)
    }
    if rivals.contains(.kind) {
      try values.encode((with?.classMean?.amount).map { "\($0)" }, forKey: .classMean)
      try values.encode(with?.classMean?.count, forKey: .classSize)
    }
  }
}

/// One case behind a figure.
private struct FigureCase: Encodable {
  let number: String
  let kind: String
  let channel: String
  let state: String
  let title: String
  let reportedAt: Moment
  let dueAt: Moment?
  let closedAt: Moment?

  init(_ line: CaseLine) {
    number = line.number
    kind = line.kind
    channel = line.channel.rawValue
    state = line.state.rawValue
    title = line.title
    reportedAt = line.reportedAt
    dueAt = line.wholeDueAt
    closedAt = line.closedAt
  }

  func text(in zone: TimeZone) -> String {
    let times = [reportedAt, dueAt, closedAt].map { $0?.local(in: zone).description ?? "-" }
    return ([number, state, kind] + times + [title]).joined(separator: "\t")
  }
}
