import ArgumentParser
import Base
import City
import Paper
import Store

/// `chengyun area …`: the tree of areas and their boundaries.
struct AreaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "area", abstract: "Bring areas in, list them, and find those at a place.",
    subcommands: [Import.self, List.self, At.self])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring areas in from GeoJSON, whole or not at all.",
      discussion: """
        Each feature has the properties code, name, level and, but for roots, parent. The same file \
        again changes nothing.
        """)

    /// More than GeoJSON may have, so that the fault is its own.
    private static let limit = 80 << 20

    @OptionGroup var database: DatabaseOptions
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
    @Flag(help: "Print the summary as one JSON object.")
    var json = false

    func run() async throws {
      var options = AreaFile.Options()
      options.system = system
      options.codeProperty = codeProperty
      options.level = level
      options.parent = parent
      let input = try ByteInput(path: file, limit: Self.limit)
      var bytes: [UInt8] = []
      while case let piece = try input.read(), !piece.isEmpty { bytes += piece }
      let drafts = try AreaFile.drafts(in: bytes, options: options)
      let opened = try await database.open(creating: true)
      let summary = try await AreaDesk(opened).load(drafts, by: .command)
      try opened.close()
      try Output.summary(summary, json: json)
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
