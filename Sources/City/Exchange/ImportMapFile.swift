import Base
import Foundation
import Paper

extension ImportMap {
  /// Reads a map.
  ///
  /// - Throws: `import.map-invalid` with every error, each named `FILE:LINE key.path`.
  public static func read(_ file: NamedFile) throws -> ImportMap {
    let complaints = Complaints()
    let map = YAMLFile(file: file, complaints: complaints).root().flatMap {
      ImportMapReader(root: $0).map()
    }
    guard complaints.count == 0, let map else {
      throw Fault(
        .invalid, "import.map-invalid",
        ["file": file.name, "count": String(complaints.count)], fields: complaints.fields)
    }
    return map
  }

  private static let folder = "Catalogue/maps/"

  /// The names of the maps that ship.
  public static var shippedNames: [String] {
    Embedded.files.keys.filter { $0.hasPrefix(folder) && $0.hasSuffix(".yaml") }
      .map { String($0.dropFirst(folder.count).dropLast(".yaml".count)) }.sorted()
  }

  /// The map that ships under a name.
  ///
  /// - Throws: `import.map-missing` with the names that there are.
  public static func shipped(_ name: String) throws -> ImportMap {
    guard let text = Embedded.files["\(folder)\(name).yaml"] else {
      throw Fault(
        .missing, "import.map-missing",
        ["name": name, "known": shippedNames.joined(separator: ", ")])
    }
    return try read(NamedFile(name: "\(name).yaml", text: text))
  }
}

/// Reads the keys of a map, and complains of each that is wrong.
struct ImportMapReader {
  let root: YAMLMap

  private static let factKeys = [
    "id", "title", "description", "place", "point", "channel", "kind", "area", "organisation",
    "fields", "reporter", "reported", "due", "closed", "state", "outcome", "closingNote", "reply",
    "replied", "clocks",
  ]

  func map() -> ImportMap? {
    root.only(["name", "source", "zone", "encoding", "delimiter", "case", "make"])
    let name = root.need("name")?.text(120)
    let source = root.need("source")?.code()
    let zone = root.need("zone")?.zone()
    let encoding = root["encoding"]?.encoding()
    let delimiter = root["delimiter"]?.delimiter() ?? .comma
    let making = root["make"]?.map().map(making) ?? ImportMap.Making()
    let facts = root.need("case")?.map().flatMap { readFacts($0, zone: zone ?? .gmt) }
    guard let name, let source, let zone, let facts else { return nil }
    return ImportMap(
      name: name, source: source, zone: zone, encoding: encoding, delimiter: delimiter,
      facts: facts, making: making)
  }

  private func readFacts(_ map: YAMLMap, zone: TimeZone) -> ImportMap.Facts? {
    map.only(Self.factKeys)
    let id = map.need("id")?.textRule()
    let title = map.need("title")?.textRule()
    let channel = map.need("channel")?.wordRule { $0.word(of: Channel.self) }
    let kind = map.need("kind")?.kindRule()
    let reported = map.need("reported")?.timeRule(zone)
    // All of it is read before anything is given up, so that one look shows every mistake.
    let rest = optional(map, zone)
    guard let id, let title, let channel, let kind, let reported else { return nil }
    var facts = ImportMap.Facts(
      id: id, title: title, channel: channel, kind: kind, reported: reported)
    rest(&facts)
    return facts
  }

  /// The facts that may be left out.
  private func optional(_ map: YAMLMap, _ zone: TimeZone) -> (inout ImportMap.Facts) -> Void {
    let texts = ["description", "place", "closingNote", "reply"].map { map[$0]?.textRule() }
    let times = ["due", "closed", "replied"].map { map[$0]?.timeRule(zone) }
    let point = map["point"]?.pointRule()
    let area = map["area"]?.wordRule { $0.code() }
    let organisation = map["organisation"]?.organisationRule()
    let fields = map["fields"]?.columnsByCode() ?? [:]
    let reporter = map["reporter"]?.reporterRule() ?? ReporterRule()
    let state = map["state"]?.wordRule { $0.word(of: PastCase.State.self) }
    let outcome = map["outcome"]?.wordRule { $0.code() }
    let clocks = map["clocks"]?.flag() ?? false
    return { facts in
      (facts.description, facts.place) = (texts[0], texts[1])
      (facts.closingNote, facts.reply) = (texts[2], texts[3])
      (facts.due, facts.closed, facts.replied) = (times[0], times[1], times[2])
      (facts.point, facts.area, facts.organisation) = (point, area, organisation)
      (facts.fields, facts.reporter, facts.state) = (fields, reporter, state)
      (facts.outcome, facts.runsClocks) = (outcome, clocks)
    }
  }

  private func making(_ map: YAMLMap) -> ImportMap.Making {
    map.only(["zone", "centre", "classes", "shippedKinds"])
    var making = ImportMap.Making()
    making.zone = map["zone"]?.zone()
    if let centre = map["centre"]?.map() {
      centre.only(["code", "name"])
      if let code = centre.need("code")?.code(), let name = centre.need("name")?.text(100) {
        making.centre = (code, name)
      }
    }
    if let classes = map["classes"] {
      var reader = CatalogueReader(names: Centre.knownNames, complaints: map.complaints)
      reader.read(classes: classes)
      making.kinds = reader.kinds
    }
    making.takesShippedKinds = map["shippedKinds"]?.flag() ?? false
    return making
  }
}
