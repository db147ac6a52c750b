import ArgumentParser
import Base
import City
import Foundation
import Store
import Web

/// `chengyun responsible …`: who answers for which kinds where, before what the catalogue says.
struct ResponsibleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "responsible", abstract: "Say who answers for which kinds where.",
    subcommands: [Set.self, Remove.self, List.self, Who.self])

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make an organisation answer for kinds in an area.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var matter: MatterOptions
    @Argument(help: "The code of the organisation.")
    var organisation: String
    @Option(help: "Who gets the case: the name they sign in with.")
    var person: String?

    func run() async throws {
      let opened = try await database.open()
      let centre = try await Centre(
        database: opened, blobs: database.blobs, now: SystemClock.now)
      try await centre.requireKinds(startingWith: matter.kinds)
      let people = centre.identity.people
      let who: ID<Person>? =
        if let person { try await people.find(signIn: person, by: .command).person.id } else { nil }
      try await ResponsibilityDesk(opened).set(
        ResponsibilityDraft(
          kindPrefix: matter.kinds, areaPath: try await matter.areaPath(in: opened),
          organisation: organisation, person: who), by: .command)
      try opened.close()
      Output.line("done")
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the rule for exactly these kinds and this area away.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var matter: MatterOptions

    func run() async throws {
      let opened = try await database.open()
      try await ResponsibilityDesk(opened).remove(
        kindPrefix: matter.kinds, areaPath: try await matter.areaPath(in: opened), by: .command)
      try opened.close()
      Output.line("done")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show all rules.")

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let parties = try await database.openAsItIs().read { try PartyMap(reading: $0) }
      try RuleLine.tell(parties.responsibilities, of: parties, json: json)
    }
  }

  struct Who: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show who gets a case, and every rule that is about it.",
      discussion: "Without --area and --at the case is nowhere in particular.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The code of a kind.")
    var kind: String
    @Option(help: "The code of the area that holds the place.")
    var area: String?
    @Option(help: ArgumentHelp("The place itself, in WGS-84.", valueName: "latitude,longitude"))
    var at: String?
    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
      guard area == nil || at == nil else { throw ValidationError("Either --area or --at.") }
    }

    func run() async throws {
      let opened = try await database.open()
      let centre = try await Centre(
        database: opened, blobs: database.blobs, now: SystemClock.now)
      var values = ["kind": kind, "area": area ?? ""]
      if let at {
        let parts = at.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2 else { throw ValidationError("--at is latitude,longitude.") }
        (values["latitude"], values["longitude"]) = (parts[0], parts[1])
      }
      let answer = try await WhoAnswer(values, centre)
      try json ? Output.json(answer) : tell(answer)
      try opened.close()
    }

    private func tell(_ answer: WhoAnswer) throws {
      Output.line("area     \(answer.area ?? "-")")
      Output.line("lead     \(answer.lead ?? "nobody: it is dispatched by hand")")
      if let person = answer.person { Output.line("person   \(person)") }
      if answer.isPersonGone {
        Output.line("person   not there any more; left to the organisation")
      }
      if !answer.helpers.isEmpty {
        Output.line("helpers  \(answer.helpers.joined(separator: ", "))")
      }
      var table = TextTable([.left, .left, .left, .left, .left])
      for rule in answer.rules {
        table.add([
          rule.outcome, rule.source, rule.kinds ?? "every kind", rule.area ?? "everywhere",
          rule.organisation ?? "the organisation of the \(rule.level ?? "")",
        ])
      }
      table.lines.forEach(Output.line)
    }
  }
}

/// Kinds and an area.
struct MatterOptions: ParsableArguments {
  @Option(help: "The start of the kinds' codes, or a whole code; every kind without it.")
  var kinds = ""
  @Option(help: "The code of an area: it and all below it; everywhere without it.")
  var area = ""

  func areaPath(in database: any Database) async throws -> String {
    guard !area.isEmpty else { return "" }
    guard let found = try await database.read({ try PlaceMap(reading: $0) }).area(code: area) else {
      throw Fault.invalid("area", "area.unknown", ["area": area])
    }
    return found.path
  }
}

/// One rule as it is shown.
private struct RuleLine: Encodable {
  let kinds: String
  let area: String
  let organisation: String
  let person: String?

  static func tell(_ rules: [ResponsibilityRule], of parties: PartyMap, json: Bool) throws {
    var table = TextTable([.left, .left, .left, .left])
    for rule in rules {
      let line = RuleLine(
        kinds: rule.kindPrefix, area: rule.areaPath,
        organisation: parties[rule.organisation]?.code ?? "", person: rule.person?.description)
      if json { try Output.json(line) } else { table.add(line.cells) }
    }
    table.lines.forEach(Output.line)
  }

  var cells: [String] {
    [
      kinds.isEmpty ? "every kind" : kinds, area.isEmpty ? "everywhere" : area, organisation,
      person ?? "",
    ]
  }
}
