import ArgumentParser
import Base
import City
import Paper
import Store

/// `chengyun organisation …`: the tree of organisations.
struct OrganisationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organisation",
    abstract: "Bring organisations in, add and list them, hand their work over, retire them.",
    subcommands: [
      Import.self, Add.self, List.self, OrganisationHandOverCommand.self,
      OrganisationRetireCommand.self,
    ])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring organisations in from CSV, whole or not at all.",
      discussion: """
        The columns are code, name, kind and, where wanted, parent and area. The same file again \
        changes nothing.
        """)

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Comma-separated text, plain or gzip, in UTF-8 or GB 18030.")
    var file: String
    @Flag(help: "Print the summary as one JSON object.")
    var json = false

    func run() async throws {
      let drafts = try OrganisationFile.drafts(in: TableReader(path: file))
      let opened = try await database.open(creating: true)
      let summary = try await OrganisationDesk(opened).load(drafts, by: .command)
      try opened.close()
      try Output.summary(summary, json: json)
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add one organisation.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Its code.")
    var code: String
    @Option(help: "What people call it.")
    var name: String
    @Option(help: "What sort of body it is.")
    var kind: OrganisationKind
    @Option(help: "The code of the organisation above.")
    var parent: String?
    @Option(help: "The code of the area that it looks after.")
    var area: String?

    func run() async throws {
      let opened = try await database.open(creating: true)
      _ = try await OrganisationDesk(opened).add(
        OrganisationDraft(code: code, name: name, kind: kind, parent: parent, area: area),
        by: .command)
      try opened.close()
      Output.line("done")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the tree of organisations.")

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Those that are no longer there, too.")
    var all = false
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let (parties, places) = try await database.openAsItIs().read {
        (try PartyMap(reading: $0), try PlaceMap(reading: $0))
      }
      var table = TextTable([.left, .left, .left, .left, .left])
      for organisation in parties.organisations where all || organisation.retiredAt == nil {
        let line = OrganisationLine(organisation, in: places)
        if json { try Output.json(line) } else { table.add(line.cells) }
      }
      table.lines.forEach(Output.line)
    }
  }
}

extension OrganisationKind: ExpressibleByArgument {}

extension Output {
  /// What an import of areas or organisations did.
  static func summary(_ summary: TreeImportSummary, json: Bool) throws {
    if json { return try Output.json(summary) }
    line(
      "\(summary.read) read, \(summary.added) added, \(summary.changed) changed, "
        + "\(summary.unchanged) unchanged")
  }
}

/// One line of a list of organisations.
private struct OrganisationLine: Encodable {
  let code: String
  let name: String
  let kind: String
  let path: String
  let area: String?
  let retired: Bool

  init(_ organisation: Organisation, in places: PlaceMap) {
    code = organisation.code
    name = organisation.name
    kind = organisation.kind.rawValue
    path = organisation.path
    area = organisation.area.flatMap { places[$0]?.code }
    retired = organisation.retiredAt != nil
  }

  var cells: [String] { [path, name, kind, area ?? "", retired ? "retired" : ""] }
}
