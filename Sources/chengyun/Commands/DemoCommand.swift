import ArgumentParser
import Base
import Town

/// `chengyun demo`: makes the demonstration town.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Make the demonstration town in a new database.")

  @OptionGroup var database: DatabaseOptions

  @Option(help: "Another seed makes another town.")
  var seed = DemoTown.usualSeed

  @Flag(help: "Two weeks instead of a whole year.")
  var small = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let town = DemoTown(database: database, isSmall: small, seed: seed)
    let summary = try await town.make()
    if json {
      try Output.json(
        Made(cases: summary.cases, open: summary.open, entries: summary.entries))
    } else {
      Output.line(
        "\(summary.cases) cases (\(summary.open) open), \(summary.entries) ledger entries, "
          + "\(summary.people) people")
      Output.line(town.signInTable)
    }
  }

  private struct Made: Encodable {
    let cases: Int
    let open: Int
    let entries: Int
  }
}
