import ArgumentParser
import Base
import City
import Foundation
import Paper
import Store
import Web

/// `chengyun area …`: the tree of areas and their boundaries.
struct AreaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "area", abstract: "Bring areas in, list them, and find those at a place.",
    subcommands: [Import.self, Check.self, List.self, At.self])

  /// A file of areas, and how it is to be read.
  struct FileOptions: ParsableArguments {
    /// More than GeoJSON may have, so that the fault is its own.
    private static let limit = 80 << 20

    @Argument(help: "GeoJSON, plain or gzip.")
    var file: String
    @Option(help: "How its coordinates were measured.")
    var system = CoordinateSystem.wgs84
    @Option(help: "The property that holds the code.")
    var codeProperty = "code"
    @Option(help: "The level of all its features.")
    var level: AreaLevel?
    @Option(help: "The code of the parent of those that name none.")
    var parent: String?

    func drafts() throws -> [AreaDraft] {
      var options = AreaFile.Options()
      options.system = system
      options.codeProperty = codeProperty
      options.level = level
      options.parent = parent
      let input = try ByteInput(path: file, limit: Self.limit)
      var bytes: [UInt8] = []
      while case let piece = try input.read(), !piece.isEmpty { bytes += piece }
      return try AreaFile.drafts(in: bytes, options: options)
    }

    func bring(
      _ drafts: [AreaDraft], into database: any Database, _ options: AreaBringing.Options,
      json: Bool
    ) async throws -> AreaBringing.Report {
      let centre = try await Centre(
        database: database, blobs: FileManager.default.temporaryDirectory, now: SystemClock.now)
      let report = try await AreaBringing(centre.cases).bring(drafts, options, by: .command)
      let said = AreaImportOut(report, isDryRun: options.isDryRun)
      if json { try Output.json(said) } else { said.lines.forEach(Output.line) }
      return report
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring areas in from GeoJSON, whole or not at all.",
      discussion: """
        Each feature has the properties code, name, level and, but for roots, parent. The same file \
        again changes nothing. Boundaries that cross themselves, or that stick out of the area above or \
        overlap another of their level by more than 0.1 %, are refused unless --accept. Running cases \
        keep their area unless --move-cases.
        """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var file: FileOptions
    @Flag(help: "Change nothing; say what would happen.")
    var dryRun = false
    @Flag(help: "Bring in what is found wrong too.")
    var accept = false
    @Flag(help: "Give running cases that lie elsewhere then the area in which they lie.")
    var moveCases = false
    @Flag(help: "Print the summary as one JSON object.")
    var json = false

    func run() async throws {
      let drafts = try file.drafts()
      let opened = try await database.open(creating: !dryRun)
      var options = AreaBringing.Options()
      options.isDryRun = dryRun
      options.acceptsFindings = accept
      options.movesCases = moveCases
      _ = try await file.bring(drafts, into: opened, options, json: json)
      try opened.close()
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Look a file of areas through beside those that are there; change nothing.",
      discussion: "Ends with 1 where something is wrong beyond the tolerance of 0.1 %.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var file: FileOptions
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
      let drafts = try file.drafts()
      let opened = try await database.open()
      var options = AreaBringing.Options()
      options.isDryRun = true
      let report = try await file.bring(drafts, into: opened, options, json: json)
      try opened.close()
      if report.findings.contains(where: { !$0.isTolerated }) { throw ExitCode(1) }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the tree of areas.")

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let map = try await AreaCommand.map(database)
      try AreaCommand.tell(map.areas, of: map, json: json)
    }
  }

  struct At: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the areas at a place, the largest first.",
      discussion: "Ends with 1 when the place is outside of every boundary.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Degrees, from -90 to 90.")
    var latitude: Double
    @Argument(help: "Degrees, from -180 to 180.")
    var longitude: Double
    @Option(help: "How the place was measured.")
    var system = CoordinateSystem.wgs84
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func validate() throws {
      guard (-90...90).contains(latitude) else {
        throw ValidationError("the latitude \(latitude) is not between -90 and 90")
      }
      guard (-180...180).contains(longitude) else {
        throw ValidationError("the longitude \(longitude) is not between -180 and 180")
      }
    }

    func run() async throws {
      let map = try await AreaCommand.map(database)
      let point = system.wgs84(Point(latitude: latitude, longitude: longitude))
      let grids = map.grids(at: point)
      guard !grids.isEmpty else {
        throw CommandFailure("\(latitude), \(longitude) is outside of every boundary")
      }
      try AreaCommand.tell(grids.areas[...], of: map, json: json)
    }
  }

  static func map(_ database: DatabaseOptions) async throws -> PlaceMap {
    try await database.openAsItIs().read { try PlaceMap(reading: $0) }
  }

  private static func tell(
    _ areas: some Collection<Area>, of map: PlaceMap, json: Bool
  ) throws {
    var table = TextTable([.left, .left, .left, .left])
    for area in areas {
      let line = AreaLine(area, of: map)
      if json { try Output.json(line) } else { table.add(line.cells) }
    }
    table.lines.forEach(Output.line)
  }
}

extension AreaLevel: ExpressibleByArgument {}
extension CoordinateSystem: ExpressibleByArgument {}

/// One line of a list of areas.
private struct AreaLine: Encodable {
  let code: String
  let name: String
  let level: String
  let path: String
  let hasBoundary: Bool

  init(_ area: Area, of map: PlaceMap) {
    code = area.code
    name = area.name
    level = area.level.rawValue
    path = area.path
    hasBoundary = map.shape(of: area.id) != nil
  }

  var cells: [String] { [path, name, level, hasBoundary ? "" : "no boundary"] }
}
