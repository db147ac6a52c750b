import Foundation
import Testing

/// Composite scores and rankings on the command line.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct RatingCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "scores-\(UUID())")

  private var database: [String] {
    ["--database", "sqlite:\(folder.appending(path: "town.sqlite").path)"]
  }

  private func file(_ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: "own.yaml")
    try Data(text.utf8).write(to: url)
    return url.path
  }

  /// A centre and a unit in a new database.
  private func makeTown() throws {
    let units = folder.appending(path: "units.csv")
    try Data("code,name,kind,parent\nc,中心,centre,\nu,养护站,unit,c\n".utf8).write(to: units)
    let added = try Executable.run(["organisation", "import", units.path] + database)
    #expect(added.status == 0, "\(added.errors)")
  }

  private static let text = """
    ratings:
      - code: own
        name: 自评
        terms:
          - { name: 办结, formula: 100 * closing-rate }
    """

  @Test("scores are written out, checked with their mistakes, put in force, and taken back")
  func book() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file(Self.text)
    #expect(try Executable.run(["rating", "check", path]).output.hasPrefix("1 scores, 0 classes"))
    try makeTown()
    let loaded = try Executable.run(["rating", "load", path] + database)
    #expect(loaded.status == 0 && loaded.output.contains("in force"))
    let shown = try Executable.run(["rating", "show"] + database)
    #expect(shown.output.contains("own") && shown.output.contains("100 * closing-rate"))
    let wrong = try file(Self.text.replacing("closing-rate", with: "closing-rat"))
    let refused = try Executable.run(["rating", "load", wrong] + database, locale: "C.UTF-8")
    #expect(refused.status == 1 && refused.output.isEmpty)
    #expect(refused.errors.contains("own.yaml:5 ratings[0].terms[0].formula: "))
    #expect(refused.errors.contains("column 7") && refused.errors.contains("“closing-rate”?"))
    #expect(try Executable.run(["rating", "show"] + database).output.contains("own"))
    #expect(try Executable.run(["rating", "load"] + database).status == 0)
    let back = try Executable.run(["rating", "show"] + database)
    #expect(back.output.contains("qingpu-town") && !back.output.hasPrefix("own "))
    let written = try Executable.run(["rating", "write", folder.path])
    #expect(written.status == 0)
    let again = folder.appending(path: "ratings.yaml").path
    #expect(try Executable.run(["rating", "check", again]).status == 0)
    #expect(try Executable.run(["rating", "write", folder.path]).status == 1)
  }

  @Test(
    "units are ranked, figures are told by filing and compared, and their cases written to a file")
  func ranking() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try file("")
    try makeTown()
    let period = ["--from", "2026-01-01", "--to", "2026-12-31"] + database
    let rank = ["case", "rank", "--by"]
    let ranked = try Executable.run(rank + ["handled", "--class", "department", "--json"] + period)
    #expect(ranked.status == 0, "\(ranked.errors)")
    #expect(ranked.output.contains(#""code":"u""#) && ranked.output.contains(#""rank":1"#))
    let few = rank + ["handled", "--class", "department", "--minimum", "1", "--json"]
    #expect(try Executable.run(few + period).output.contains(#""rank":null"#))
    let sheet = folder.appending(path: "ranking.xlsx").path
    let score = rank + ["jinniu-district", "--class", "department", "--out", sheet]
    #expect(try Executable.run(score + period).output.hasPrefix("1 lines in "))
    #expect(FileManager.default.fileExists(atPath: sheet))
    let unknown = try Executable.run(rank + ["nothing"] + period, locale: "C.UTF-8")
    #expect(unknown.status != 0 && unknown.errors.contains("qingpu-town"))
    let compared = ["case", "figures", "--due", "cohort", "--compare", "year", "--json"]
    #expect(try Executable.run(compared + period).output.contains(#""lastYear":{"#))
    let cases = folder.appending(path: "cases.csv").path
    let list = ["case", "figures", "--list", "closed", "--out", cases]
    #expect(try Executable.run(list + period).output == "0 cases in \(cases)\n")
    #expect(try Executable.run(["case", "figures", "--due", "x"] + period).status == 2)
  }
}
