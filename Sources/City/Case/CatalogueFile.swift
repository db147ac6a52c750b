import Base

/// The names that a catalogue may refer to and that live elsewhere.
public struct KnownNames: Sendable {
  public let calendars: Set<String>
  /// Codes of organisations and posts; nil: not looked at.
  public let organisations: Set<String>?
  public let posts: Set<String>?

  public init(
    calendars: Set<String>, organisations: Set<String>? = nil, posts: Set<String>? = nil
  ) {
    self.calendars = calendars
    self.organisations = organisations
    self.posts = posts
  }
}

extension Catalogue {
  /// Reads one or more YAML files as one catalogue; a class may go on in a further file.
  ///
  /// - Throws: `catalogue.invalid` with every error found in all of the files, each named
  ///   `FILE:LINE key.path`. Nothing is read by halves.
  public static func read(_ files: [NamedFile], knowing names: KnownNames) throws -> Catalogue {
    let complaints = Complaints()
    var reader = CatalogueReader(names: names, complaints: complaints)
    for file in files { reader.read(file) }
    guard complaints.count == 0 else {
      throw Fault(
        .invalid, "catalogue.invalid",
        ["count": String(complaints.count), "files": String(files.count)],
        fields: complaints.fields)
    }
    return try Catalogue(reader.kinds)
  }

  /// The files that come with the platform.
  public static var shippedFiles: [NamedFile] {
    let folder = "Catalogue/"
    return Embedded.files.keys.sorted().filter { $0.hasPrefix(folder + "kinds/") }.map {
      NamedFile(name: String($0.dropFirst(folder.count)), text: Embedded.files[$0] ?? "")
    }
  }
}

/// Reads the classes of files and the kinds in them.
struct CatalogueReader {
  /// The most classes of one file.
  static let mostClasses = 200

  let names: KnownNames
  let complaints: Complaints
  private(set) var kinds: [CaseKind] = []
  private var kindSpots: [String: YAMLSpot] = [:]
  private var classes: [String: (kindClass: CaseClass, spot: YAMLSpot)] = [:]

  init(names: KnownNames, complaints: Complaints) {
    self.names = names
    self.complaints = complaints
  }

  mutating func read(_ file: NamedFile) {
    guard let root = YAMLFile(file: file, complaints: complaints).root() else { return }
    root.only(["name", "english", "defaults", "classes"])
    _ = root["name"]?.text(80)
    _ = root["english"]?.text(160)
    let defaults = readDefaults(root)
    for entry in root.need("classes")?.list(Self.mostClasses) ?? [] {
      if let map = entry.map() { readClass(map, over: defaults) }
    }
  }

  /// Reads classes that stand in a file of another sort.
  mutating func read(classes: YAMLValue) {
    for entry in classes.list(Self.mostClasses) ?? [] {
      if let map = entry.map() { readClass(map, over: []) }
    }
  }

  private mutating func readClass(_ map: YAMLMap, over defaults: [YAMLMap]) {
    map.only(["code", "name", "english", "defaults", "kinds"])
    let own = readDefaults(map)
    let kindClass = readIdentity(map)
    let entries = map.need("kinds")?.list(Catalogue.mostKinds) ?? []
    // Kinds of a class without identity are read all the same, for the sake of their errors.
    let read = entries.compactMap { entry in
      entry.map().map { ($0, kindClass ?? CaseClass(code: "?", name: "?")) }
    }
    for (kind, kindClass) in read { readKind(kind, in: kindClass, over: own + defaults) }
  }

  private mutating func readIdentity(_ map: YAMLMap) -> CaseClass? {
    let code = map.need("code")?.code()
    let name = map.need("name")?.text(40)
    let english = map["english"]?.text(120) ?? ""
    guard let code, let name else { return nil }
    let kindClass = CaseClass(code: code, name: name, english: english)
    if let (other, spot) = classes[code], other != kindClass {
      complaints.add(
        map.spot, "catalogue.class.unequal",
        ["code": code, "file": spot.file, "line": String(spot.line)])
    } else {
      classes[code] = (kindClass, map.spot)
    }
    return kindClass
  }

  private mutating func readKind(
    _ map: YAMLMap, in kindClass: CaseClass, over defaults: [YAMLMap]
  ) {
    let reader = KindReader(layers: [map] + defaults, names: names)
    guard let kind = reader.kind(in: kindClass) else { return }
    let spot = map["code"]?.spot ?? map.spot
    if let other = kindSpots[kind.code] {
      complaints.add(
        spot, "catalogue.code.twice",
        ["code": kind.code, "file": other.file, "line": String(other.line)])
      return
    }
    kindSpots[kind.code] = spot
    kinds.append(kind)
    if kinds.count == Catalogue.mostKinds + 1 {
      complaints.add(spot, "catalogue.kinds.many", ["limit": String(Catalogue.mostKinds)])
    }
  }

  /// The defaults of a file or a class. They are read here too, so that an error in one that no
  /// kind inherits is found.
  private func readDefaults(_ map: YAMLMap) -> [YAMLMap] {
    guard let defaults = map["defaults"]?.map() else { return [] }
    defaults.only(KindReader.ruleKeys)
    var nobody = CaseKind(code: "", in: CaseClass(code: "", name: ""), name: "")
    KindReader(layers: [defaults], names: names, isPartial: true).readRules(into: &nobody)
    return [defaults]
  }
}
