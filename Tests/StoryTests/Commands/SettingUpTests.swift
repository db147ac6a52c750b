import Foundation
import Testing

/// An empty installation becomes a centre by commands alone, as the operators' page says.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct SettingUpTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "setup-\(UUID())")

  private func file(_ name: String, _ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private func run(_ arguments: String...) throws -> Executable.Result {
    let path = folder.appending(path: "centre.sqlite").path
    return try Executable.run(arguments + ["--database", "sqlite:\(path)"])
  }

  private static let areas = """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"code":"310199","name":"汀海区","level":"district"},"geometry":
    {"type":"Polygon","coordinates":[[[121,31],[122,31],[122,32],[121,32],[121,31]]]}},
    {"type":"Feature","properties":{"code":"201","name":"云浦镇","level":"town","parent":"310199"},
    "geometry":null}]}
    """

  @Test("a flag that means nothing without another is a wrong call")
  func lonelyFlags() throws {
    #expect(try Executable.run(["serve", "--small"]).status == 2)
    let figures = ["case", "figures", "--from", "2023-05-06", "--to", "2023-05-06"]
    #expect(try Executable.run(figures + ["--whole"]).status == 2)
  }

  @Test("areas come in, are listed and found at a place; the same file again changes nothing")
  func areas() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file("areas.geojson", Self.areas)
    #expect(try run("area", "import", path).output == "2 read, 2 added, 0 changed, 0 unchanged\n")
    let again = try run("area", "import", path, "--json")
    #expect(again.output.contains(#""added":0,"#) && again.output.contains(#""unchanged":2}"#))
    let list = try run("area", "list")
    #expect(list.output.split(separator: "\n").count == 2)
    #expect(try run("area", "at", "31.5", "121.5").output.contains("汀海区"))
    let outside = try run("area", "at", "1", "1")
    #expect(outside.status == 1 && outside.output.isEmpty)
    #expect(try run("area", "at", "91", "1").status == 2)
  }

  @Test("a file of areas with mistakes names each, and nothing of it comes in")
  func mistakes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = Self.areas.replacing(#""level":"town""#, with: #""level":"hamlet""#)
      .replacing(#""name":"云浦镇","#, with: "")
    let result = try run("area", "import", try file("areas.geojson", text))
    #expect(result.status == 1)
    for line in ["features[1].properties.level", "features[1].properties.name"] {
      #expect(result.errors.contains("\n  " + line), "\(result.errors)")
    }
    #expect(try run("area", "list").output.isEmpty)
  }

  @Test("organisations come in under their areas, and answer for kinds as they are told")
  func organisations() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try run("area", "import", try file("areas.geojson", Self.areas))
    let path = try file(
      "organisations.csv",
      "code,name,kind,parent,area\ncentre,云浦镇城运中心,centre,,201\nroads,道路所,unit,centre,\n")
    #expect(try run("organisation", "import", path).status == 0)
    let added = try run("organisation", "add", "green", "--name", "绿化所", "--kind", "unit")
    #expect(added.status == 0)
    let twice = try run("organisation", "add", "green", "--name", "绿化所", "--kind", "unit")
    #expect(twice.status == 1 && twice.errors.contains("green"))
    let list = try run("organisation", "list", "--json").output
    #expect(list.contains(#""path":"centre/roads/""#) && list.contains(#""area":"201""#))

    #expect(try run("responsible", "set", "roads", "--kinds", "C01", "--area", "201").status == 0)
    #expect(try run("responsible", "set", "green", "--kinds", "C").status == 0)
    let who = try run("responsible", "who", "C0102", "--area", "201").output
    let told = who.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(told.contains(["lead", "roads"]))
    #expect(told.contains { $0.first == "decides" && $0.last == "roads" })
    #expect(told.contains { $0.first == "outranked" && $0.last == "green" })
    // Of another class nobody of the town answers, and whom the catalogue names is not there.
    let none = try run("responsible", "who", "E0102", "--area", "201").output
    #expect(none.contains("nobody") && none.contains("absent"))
    let unknown = try run("responsible", "who", "X9")
    #expect(unknown.status == 1 && unknown.errors.contains("X9"))
    let nothing = try run("responsible", "set", "roads", "--kinds", "ZZZ")
    #expect(nothing.status == 1 && nothing.errors.contains("ZZZ"))
    let backwards = try run(
      "case", "export", path + ".out.csv", "--from", "2026-12-01", "--to", "2026-11-01")
    #expect(backwards.status == 1 && backwards.output.isEmpty)
    let folderless = try run("case", "export", path + ".none/out.csv")
    #expect(folderless.status == 1 && !folderless.errors.contains("%"), "told before the work")
    #expect(!FileManager.default.fileExists(atPath: path + ".out.csv"))
    let nowhere = try run("responsible", "set", "roads", "--area", "999")
    #expect(nowhere.status == 1 && nowhere.errors.contains("999"))
    #expect(
      try run("responsible", "remove", "--kinds", "C01", "--area", "201").status == 0)
    #expect(
      try run("responsible", "remove", "--kinds", "C01", "--area", "201").status == 1)
    #expect(try run("ledger", "verify").status == 0)
  }
}
