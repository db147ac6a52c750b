import Base

/// Indicators that such projects usually have: by sector, with levels and a typical target.
public struct IndicatorLibrary: Sendable {
  /// A field of work.
  public struct Sector: Hashable, Sendable {
    public let code: String
    public let name: String
    public let english: String
  }

  /// One entry.
  public struct Entry: Hashable, Sendable {
    /// Its sector's code.
    public let sector: String
    public let level1: String
    public let level2: String
    public let name: String
    /// As it would be written, e.g. `≥95%`.
    public let target: String
    /// Which way is better, where the target's sign does not say.
    public let direction: ScoreDirection?
  }

  public let sectors: [Sector]
  public let entries: [Entry]

  /// The first-level names that the rules know.
  public static let levels = ["成本指标", "产出指标", "效益指标", "满意度指标"]

  /// The library that comes with the platform; empty only if its file is broken, which its test
  /// would say.
  public static let shipped: IndicatorLibrary = {
    let file = NamedFile(
      name: "indicators.yaml", text: Embedded.files["Catalogue/indicators.yaml"] ?? "")
    return (try? read(file)) ?? IndicatorLibrary(sectors: [], entries: [])
  }()

  /// The sector with a code.
  public func sector(_ code: String) -> Sector? { sectors.first { $0.code == code } }

  /// The entries of a sector and those of every sector (`general`); all for nil.
  public func entries(of sector: String?) -> [Entry] {
    guard let sector else { return entries }
    return entries.filter { $0.sector == sector || $0.sector == "general" }
  }

  /// Reads a library.
  ///
  /// - Throws: `catalogue.invalid` with every error, each named `FILE:LINE key.path`.
  public static func read(_ file: NamedFile) throws -> IndicatorLibrary {
    let complaints = Complaints()
    var reader = LibraryReader(complaints: complaints)
    reader.read(file)
    guard complaints.count == 0 else {
      throw Fault(
        .invalid, "catalogue.invalid", ["count": String(complaints.count), "files": "1"],
        fields: complaints.fields)
    }
    return IndicatorLibrary(sectors: reader.sectors, entries: reader.entries)
  }
}

/// Reads sectors and the entries in them.
private struct LibraryReader {
  let complaints: Complaints
  var sectors: [IndicatorLibrary.Sector] = []
  var entries: [IndicatorLibrary.Entry] = []
  private var seen: Set<String> = []

  init(complaints: Complaints) { self.complaints = complaints }

  mutating func read(_ file: NamedFile) {
    guard let root = YAMLFile(file: file, complaints: complaints).root() else { return }
    root.only(["sectors"])
    for entry in root.need("sectors")?.list(100) ?? [] {
      if let map = entry.map() { readSector(map) }
    }
  }

  private mutating func readSector(_ map: YAMLMap) {
    map.only(["code", "name", "english", "indicators"])
    let code = map.need("code")?.code()
    let name = map.need("name")?.text(40)
    let english = map.need("english")?.text(80)
    for entry in map.need("indicators")?.list(500) ?? [] {
      if let map = entry.map(), let code { readEntry(map, code) }
    }
    guard let code, let name, let english else { return }
    if sectors.contains(where: { $0.code == code }) {
      map.need("code")?.complain("catalogue.sector.twice", ["code": code])
      return
    }
    sectors.append(.init(code: code, name: name, english: english))
  }

  private mutating func readEntry(_ map: YAMLMap, _ sector: String) {
    map.only(["level1", "level2", "name", "target", "direction"])
    let level1 = map.need("level1")?.text(20)
    let level2 = map.need("level2")?.text(20)
    let name = map.need("name")?.text(60)
    let target = map.need("target")?.text(60)
    let direction = map["direction"]?.word(of: ScoreDirection.self)
    guard let level1, let level2, let name, let target else { return }
    if !IndicatorLibrary.levels.contains(level1) {
      map["level1"]?.unknown(level1, among: IndicatorLibrary.levels)
      return
    }
    guard seen.insert("\(sector)/\(level2)/\(name)").inserted else {
      map["name"]?.complain("catalogue.indicator.twice", ["name": name])
      return
    }
    entries.append(
      .init(
        sector: sector, level1: level1, level2: level2, name: name, target: target,
        direction: direction))
  }
}
