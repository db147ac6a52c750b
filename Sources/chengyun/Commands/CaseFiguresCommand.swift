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
  @Option(help: "The first day, as 2024-01-31.")
  var from: Day
  @Option(help: "The last day.")
  var to: Day
  @Option(help: "The code of an area: it and all below it.")
  var area: String?
  @Option(help: "The code of the organisation that leads.")
  var organisation: String?
  @Option(help: "The code of a kind.")
  var kind: String?
  @Option(
    help: "One of \(Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
  var channel: Channel?
  @Option(help: ArgumentHelp("List the cases that this figure counts.", valueName: "figure"))
  var list: CaseFigure?
  @Option(
    help: ArgumentHelp(
      "Write the figures to a file whose name ends with .xlsx or .csv.", valueName: "path"))
  var out: String?
  @Flag(help: "With --list: all cases that a rate is out of, not only those that count.")
  var whole = false
  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard from <= to else { throw ValidationError("--to is before --from.") }
    guard list != nil || !whole else { throw ValidationError("--whole goes with --list.") }
    guard list == nil || out == nil else {
      throw ValidationError("--out writes figures; a list of cases is written by case export.")
    }
    if let out { _ = try TableFile.format(of: out) }
  }

  func run() async throws {
    let opened = try await database.open()
    let centre = try await Centre(
      database: opened, blobs: database.blobs, now: SystemClock.now)
    let now = SystemClock.now()
    if let kind { try await centre.requireKind(kind) }
    let scope = try await opened.read { try self.scope(centre, in: $0) }
    if let list {
      try await showCases(of: list, scope, centre, now: now)
    } else {
      let values = try await opened.read {
        try centre.cases.figures(scope, by: .command, now: now, in: $0)
      }
      if let out {
        let table = FigureTable(of: scope, in: centre.zone, try Running.wording())
        try await TableFile.write(out) { try table.write(values, as: $0, to: $1) }
      }
      if let out, !json {
        Output.line("\(values.count) figures in \(out)")
      } else {
        try show(values)
      }
    }
    try opened.close()
  }

  private func scope(_ centre: Centre, in snapshot: Snapshot) throws -> FigureScope {
    var scope = FigureScope(
      from: from.start(in: centre.zone), before: (to + 1).start(in: centre.zone))
    if let area {
      guard let found = try centre.places.value(in: snapshot).area(code: area) else {
        throw Fault.invalid("area", "area.unknown", ["area": area])
      }
      scope.areaPath = found.path
    }
    if let organisation {
      let parties = try centre.parties.value(in: snapshot)
      guard let found = parties.organisation(code: organisation) else {
        throw Fault.invalid(
          "organisation", "organisation.unknown", ["organisation": organisation])
      }
      scope.organisation = found.id
    }
    scope.kind = kind
    scope.channel = channel
    return scope
  }

  // MARK: - Figures

  private func show(_ values: [FigureValue]) throws {
    if json { return try Output.json(values.map(FigureLine.init)) }
    let wording = try Running.wording()
    var table = TextTable([.left, .right, .right, .right])
    table.add(
      ["figures.figure", "figures.part", "figures.whole", "figures.value"].map {
        wording.text($0)
      })
    for value in values {
      let line = FigureLine(value)
      table.add([
        wording.text("figure.\(value.figure.rawValue)"), line.numeratorText(wording),
        value.denominator.map(wording.text) ?? "",
        line.valueText(wording, value.figure.measure),
      ])
    }
    table.lines.forEach(Output.line)
  }

  // MARK: - Cases

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

extension Day: ExpressibleByArgument {}
extension Channel: ExpressibleByArgument {}
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

  init(_ value: FigureValue) {
    figure = value.figure.rawValue
    // Answers at call-back have weights, kept in thousandths.
    numerator = Double(value.numerator) / (value.figure == .satisfiedRate ? 1000 : 1)
    denominator = value.denominator
    rate = value.rate
    minutes = value.minutes
    amount = value.amount.map { $0.printed(2) }
  }

  func valueText(_ wording: Wording, _ measure: CaseFigure.Measure) -> String {
    switch measure {
    case .count: ""
    case .rate: wording.percentage(rate)
    case .amount: ""
    case .time: wording.duration(minutes: minutes)
    }
  }

  func numeratorText(_ wording: Wording) -> String {
    if let amount { return amount }
    return numerator == numerator.rounded() ? wording.text(Int(numerator)) : "\(numerator)"
  }

  private enum Key: CodingKey { case figure, numerator, denominator, rate, minutes, amount }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(figure, forKey: .figure)
    try values.encode(numerator, forKey: .numerator)
    try values.encode(denominator, forKey: .denominator)
    try values.encode(rate, forKey: .rate)
    try values.encode(minutes, forKey: .minutes)
    try values.encode(amount, forKey: .amount)
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
