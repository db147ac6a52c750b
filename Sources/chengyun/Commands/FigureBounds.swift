import ArgumentParser
import Base
import City
import Web

/// Which cases figures and rankings are about.
struct FigureBounds: ParsableArguments {
  @Option(help: "The first day, as 2024-01-31.")
  var from: Day
  @Option(help: "The last day.")
  var to: Day
  @Option(
    help: """
      What is due in the period: by its deadline (deadline, the default), or by when it was filed \
      (cohort).
      """)
  var due: DueReading?
  @Option(help: "The code of an area: it and all below it.")
  var area: String?
  @Option(
    help: "The code of the organisation that leads; of a ranking, below which or whose people.")
  var organisation: String?
  @Option(help: "The id of the person who leads.")
  var person: String?
  @Option(help: "The code of a kind.")
  var kind: String?
  @Option(help: "One of \(Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
  var channel: Channel?

  func validate() throws {
    guard from <= to else { throw ValidationError("--to is before --from.") }
  }

  /// - Throws: `input.invalid` naming what is wrong.
  func scope(_ centre: Centre) async throws -> FigureScope {
    try await FigureTable.scope(
      [
        "from": from.description, "to": to.description, "due": due?.rawValue, "area": area,
        "organisation": organisation, "person": person, "kind": kind,
        "channel": channel?.rawValue,
      ].compactMapValues { $0 }, centre)
  }
}

extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(written: argument) }
}
extension Channel: ExpressibleByArgument {}
extension DueReading: ExpressibleByArgument {}
