import Testing

@Suite struct ArrowTests {
  /// Who may import whom among our own targets; nothing else is allowed.
  static let arrows: [String: Set<String>] = [
    "Base": [],
    "Store": ["Base", "CPostgres"],
    "Paper": ["Base", "CSpawn", "CXlsx", "CZlib"],
    "Wire": ["Base"],
    "Language": ["Base"],
    "City": ["Store", "Language", "Paper", "Base"],
    "Town": ["City", "Store", "Base"],
    "Web": ["City", "Paper", "Base"],
    "chengyun": ["Town", "Web", "Wire", "City", "Paper", "Store", "Base"],
    "embed": [],
  ]

  /// Where a library may be used, for those that would blur a floor.
  static let homes: [(library: String, targets: Set<String>)] = [
    ("GRDB", ["Store"]),
    ("GRDBSQLite", ["Store"]),
    ("CPostgres", ["Store"]),
    ("Hummingbird", ["Web", "chengyun"]),
    ("HummingbirdCore", ["Web", "chengyun"]),
    ("HTTPTypes", ["Web", "chengyun"]),
    ("Mustache", ["Web"]),
    ("NIO", ["Web", "Wire", "chengyun"]),
    ("NIOCore", ["Web", "Wire", "chengyun"]),
    ("NIOPosix", ["Web", "Wire", "chengyun"]),
    ("NIOHTTP1", ["Web", "Wire", "chengyun"]),
    ("FoundationNetworking", []),
    ("Yams", ["City", "Web"]),
    ("ArgumentParser", ["chengyun"]),
  ]

  @Test("a target imports only what stands below it")
  func arrows() {
    let ours = Set(Self.arrows.keys).union(Self.arrows.values.joined())
    var wrong: [String] = []
    for swift in House.sources {
      guard let allowed = Self.arrows[swift.file.target] else {
        wrong.append("\(swift.file.path): its target is not in the table of arrows")
        continue
      }
      for name in swift.imports.intersection(ours).subtracting(allowed).sorted() {
        wrong.append("\(swift.file.path): \(swift.file.target) must not import \(name)")
      }
    }
    expectNone(wrong)
  }

  @Test("a library is used on its own floors only")
  func libraries() {
    var wrong: [String] = []
    for swift in House.sources {
      for home in Self.homes
      where swift.imports.contains(home.library) && !home.targets.contains(swift.file.target) {
        wrong.append("\(swift.file.path): \(home.library) has no place here")
      }
    }
    expectNone(wrong)
  }

  @Test(
    "an engine's library is known to Store's files about that engine only",
    arguments: [("SQLite", ["GRDB", "GRDBSQLite"]), ("Postgres", ["CPostgres"])])
  func engine(prefix: String, libraries: [String]) {
    let knowing = House.sources.filter { !$0.imports.isDisjoint(with: libraries) }
    #expect(!knowing.isEmpty)
    expectNone(knowing.filter { !$0.file.name.hasPrefix(prefix) }.map(\.file.path))
  }

  @Test("SQL stands in Store and City only")
  func sql() throws {
    let pattern =
      #"^\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE (?:TABLE|INDEX)|PRAGMA) "#
    var breaches: [Breach] = []
    for swift in House.sources where !["Store", "City"].contains(swift.file.target) {
      for string in swift.parts.strings where try !lines(of: pattern, in: string).isEmpty {
        breaches.append(
          Breach(rule: "SQL", path: swift.file.path, detail: "SQL: \(string.prefix(60))"))
      }
    }
    expectNone(unexplained(breaches, allowed: Allowed.sql))
  }

  @Test("imports are read in every form they have")
  func imports() {
    let text = """
      import A
      @testable import B
      public import struct C.D
      // import E
      let import2 = 1
      """
    let swift = SwiftFile(file: HouseFile(path: "a", text: text), parts: SwiftText(text))
    #expect(swift.imports == ["A", "B", "C"])
  }
}
