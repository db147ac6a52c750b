import ArgumentParser
import Base
import City
import Foundation
import Paper
import Store
import Web

/// `chengyun duty-grid …`: what patrollers walk, and who.
struct DutyGridCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duty-grid", abstract: "Bring duty grids in, list them, and say who patrols them.",
    subcommands: [Import.self, List.self, Assign.self, Release.self, Retire.self])

  struct Import: AsyncParsableCommand {
    private static let limit = 80 << 20

    static let configuration = CommandConfiguration(
      abstract: "Bring duty grids in from GeoJSON, whole or not at all.",
      discussion: """
        Each feature has the properties code, name, organisation and, where it has no geometry, areas: \
        the codes of the areas that it consists of, parted by spaces. The same file again changes \
        nothing. Boundaries that cross themselves or overlap another duty grid by more than 0.1 % are \
        refused unless --accept.
        """)

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "GeoJSON, plain or gzip.")
    var file: String
    @Option(help: "How its coordinates were measured.")
    var system = CoordinateSystem.wgs84
    @Option(help: "The code of the organisation of those that name none.")
    var organisation: String?
    @Flag(help: "Change nothing; say what would happen.")
    var dryRun = false
    @Flag(help: "Bring in what is found wrong too.")
    var accept = false
    @Flag(help: "Print the summary as one JSON object.")
    var json = false

    func run() async throws {
      let input = try ByteInput(path: file, limit: Self.limit)
      var bytes: [UInt8] = []
      while case let piece = try input.read(), !piece.isEmpty { bytes += piece }
      let drafts = try DutyGridDraft.drafts(in: bytes, system: system, organisation: organisation)
      let opened = try await database.open()
      let report = try await DutyGridDesk.bring(
        drafts, accepting: accept, isDryRun: dryRun, by: .command, into: opened)
      try opened.close()
      let said = DutyGridImportOut(report, isDryRun: dryRun)
      if json { try Output.json(said) } else { said.lines.forEach(Output.line) }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the duty grids with who patrols them now or will.")

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let database = try await database.openAsItIs()
      let zone = try await TownZone.load(from: database)
      let found = try await database.read {
        try DutyGridDesk.list(at: SystemClock.now(), in: $0)
      }
      var table = TextTable([.left, .left, .left, .left, .left])
      for line in found.map({ DutyGridLine($0, zone) }) {
        if json { try Output.json(line) } else { table.add(line.cells) }
      }
      table.lines.forEach(Output.line)
    }
  }

  struct Assign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say who patrols a duty grid.",
      discussion: "They are a patroller of the grid's organisation, or of one below it.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The grid's code.")
    var code: String
    @Argument(help: "The name they sign in with.")
    var signIn: String
    @Option(help: "The first day, such as 2026-11-21; from now on without it.")
    var from: Day?
    @Option(help: "The last day; without an end when it is not given.")
    var until: Day?

    func run() async throws {
      let database = try await database.open()
      let zone = try await TownZone.load(from: database)
      try await database.write { tx in
        let person = try PersonDesk.find(signIn: signIn, by: .command, in: tx).person.id
        try DutyGridDesk.assign(
          person, to: code, from: from?.start(in: zone),
          until: until.map { ($0 + 1).start(in: zone) },
          by: .command, in: tx)
      }
      Output.line("done")
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End now that somebody patrols a duty grid.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The grid's code.")
    var code: String
    @Argument(help: "The name they sign in with.")
    var signIn: String

    func run() async throws {
      try await database.open().write { tx in
        let person = try PersonDesk.find(signIn: signIn, by: .command, in: tx).person.id
        try DutyGridDesk.release(person, from: code, by: .command, in: tx)
      }
      Output.line("done")
    }
  }

  struct Retire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a duty grid out of service; nobody patrols it then.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The grid's code.")
    var code: String

    func run() async throws {
      try await database.open().write { try DutyGridDesk.retire(code, by: .command, in: $0) }
      Output.line("done")
    }
  }
}

/// One line of a list of duty grids.
private struct DutyGridLine: Encodable {
  let code: String
  let name: String
  let organisation: String
  let areas: [String]
  let people: [Patrol]

  struct Patrol: Encodable {
    let signIn: String
    let name: String
    let from: String
    /// The last day; not there without an end.
    let until: String?

    var words: String { "\(signIn) from \(from)" + (until.map { " to \($0)" } ?? "") }
  }

  init(_ entry: DutyGridDesk.Entry, _ zone: TimeZone) {
    code = entry.grid.code
    name = entry.grid.name
    organisation = entry.organisation
    areas = entry.areas
    people = entry.people.map { patrol in
      Patrol(
        signIn: patrol.signIn, name: patrol.name,
        from: patrol.turn.from.local(in: zone).day.description,
        until: patrol.turn.until.map {
          Moment(milliseconds: $0.milliseconds - 1).local(in: zone).day.description
        })
    }
  }

  var cells: [String] {
    [
      code, name, organisation, areas.isEmpty ? "own boundary" : areas.joined(separator: " "),
      people.isEmpty ? "nobody patrols it" : people.map(\.words).joined(separator: ", "),
    ]
  }
}
