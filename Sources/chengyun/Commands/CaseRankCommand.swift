import ArgumentParser
import Base
import City
import Foundation
import Web

/// `chengyun case rank --by FIGURE --from DAY --to DAY`: organisations, areas or people in order.
struct CaseRankCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank",
    abstract: "Rank organisations, areas or people by a figure or a composite score.",
    discussion: """
      Those with fewer cases than --minimum, or of whom there is no value, are listed and not ranked. \
      Equals share a rank. Composite scores are listed by `chengyun rating show`.
      """)

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var bounds: FigureBounds
  @Option(help: "The code of a figure or of a composite score.")
  var by: String
  @Option(
    help: "Who: \(FigureGroup.allCases.map(\.rawValue).joined(separator: ", ")).")
  var over: FigureGroup?
  @Option(name: .customLong("class"), help: "The code of a class of organisations.")
  var kind: String?
  @Option(
    help: "The level of areas: \(AreaLevel.allCases.map(\.rawValue).joined(separator: ", ")).")
  var level: AreaLevel?
  @Option(help: "The least cases of who is ranked.")
  var minimum: Int?
  @Option(
    help: ArgumentHelp(
      "Write the ranking to a file whose name ends with .xlsx or .csv.", valueName: "path"))
  var out: String?
  @Flag(help: "Print one JSON object a line.")
  var json = false

  func validate() throws {
    if let minimum, minimum < 0 { throw ValidationError("--minimum is at least 0.") }
    if let out { _ = try TableFile.format(of: out) }
  }

  func run() async throws {
    let opened = try await database.open()
    let centre = try await Centre(
      database: opened, blobs: database.blobs, now: SystemClock.now)
    var question = RankingQuestion(by: .init(by), try await bounds.scope(centre))
    question.group = over ?? .organisation
    question.kindOfOrganisation = kind
    question.level = level ?? .villageGrid
    question.minimum = minimum
    let ranking = try await centre.ratings.ranking(question, by: .command, now: SystemClock.now())
    let book = try await centre.database.read {
      try centre.ratings.shelf(by: .command, in: $0).book
    }
    let table = RankingTable(ranking, book, in: centre.zone, try Running.wording())
    if let out {
      try await TableFile.write(out) { try table.write(as: $0, to: $1) }
    }
    if let out, !json {
      Output.line("\(ranking.rows.count) lines in \(out)")
    } else {
      try show(ranking, table)
    }
    try opened.close()
  }

  private func show(_ ranking: Ranking, _ table: RankingTable) throws {
    if json {
      for row in ranking.rows { try Output.json(RankLine(row, table)) }
      return
    }
    let wording = try Running.wording()
    var text = TextTable([.right, .left, .left, .right, .right, .left])
    text.add(
      ["rankings.rank", "rankings.code", "rankings.name"].map { wording.text($0) }
        + [table.measure, wording.text("rankings.volume"), wording.text("rankings.remark")])
    for row in ranking.rows {
      text.add([
        row.rank.map { String($0) } ?? "—", row.holder.code, row.holder.name,
        table.text(row.value), wording.text(row.volume), table.remark(row),
      ])
    }
    text.lines.forEach(Output.line)
  }
}

/// One line of a ranking; what is not there is null.
private struct RankLine: Encodable {
  let row: RankingRow
  let table: RankingTable

  init(_ row: RankingRow, _ table: RankingTable) {
    self.row = row
    self.table = table
  }

  private enum Key: CodingKey { case rank, code, name, value, volume, terms, remark }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(row.rank, forKey: .rank)
    try values.encode(row.holder.code, forKey: .code)
    try values.encode(row.holder.name, forKey: .name)
    try values.encode(row.value.number.map { "\($0)" }, forKey: .value)
    try values.encode(row.volume, forKey: .volume)
    try values.encode(row.terms.map { $0.number.map { "\($0)" } }, forKey: .terms)
    try values.encode(table.remark(row), forKey: .remark)
  }
}

extension FigureGroup: ExpressibleByArgument {}
