import Foundation
import Testing

/// Catalogues on the command line.
@Suite(.enabled(if: Executable.isBuilt, "the executable is not built beside the tests"))
struct CatalogueCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "kinds-\(UUID())")

  private func file(_ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: "kinds.yaml")
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private static let text = """
    classes:
      - code: C01
        name: 公用设施
        kinds:
          - { code: C0101, name: 井盖松动 }
    """

  @Test("a catalogue that is right has its size and version, for people and for programs")
  func right() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file(Self.text)
    let said = try Executable.run(["catalogue", "check", path])
    #expect(said.status == 0 && said.output.hasPrefix("1 kinds in 1 classes"))
    let json = try Executable.run(["catalogue", "check", path, "--json"])
    #expect(json.status == 0)
    #expect(json.output.hasPrefix(#"{"classes":1,"kinds":1,"mistakes":[],"version":""#))
  }

  @Test("a mistake is told by file, line and key, in the language of the shell")
  func wrong() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try file(Self.text.replacing("name: 井盖松动", with: "nam: 井盖松动"))
    let chinese = try Executable.run(["catalogue", "check", path], locale: "zh_CN.UTF-8")
    #expect(chinese.status == 1 && chinese.output.isEmpty)
    #expect(chinese.errors.contains("kinds.yaml:5 classes[0].kinds[0]: "))
    #expect(chinese.errors.contains("目录"))
    let english = try Executable.run(["catalogue", "check", path], locale: "C.UTF-8")
    #expect(
      english.errors.contains("kinds.yaml:5 classes[0].kinds[0]: ")
        && !english.errors.contains("目录"))
    let json = try Executable.run(["catalogue", "check", path, "--json"], locale: "C.UTF-8")
    #expect(json.status == 1 && json.errors.isEmpty)
    #expect(json.output.contains("yaml.key.missing") && !json.output.contains("version"))
  }

  @Test("the catalogue that ships is written out, is without a mistake, and is not written over")
  func shipped() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let written = try Executable.run(["catalogue", "write", folder.path])
    #expect(written.status == 0 && written.output.hasPrefix("10 files in "))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files.first == "grid-1-utilities.yaml" && files.last == "police.yaml")
    let paths = files.map { folder.appending(path: $0).path }
    let said = try Executable.run(["catalogue", "check"] + paths)
    #expect(said.status == 0 && said.errors.isEmpty)
    #expect(said.output.hasPrefix("265 kinds in 33 classes, version "))
    try Data("mine".utf8).write(to: folder.appending(path: "police.yaml"))
    let again = try Executable.run(["catalogue", "write", folder.path])
    #expect(again.status == 1 && again.errors.contains("is there already"))
    let kept = FileManager.default.contents(atPath: folder.appending(path: "police.yaml").path)
    #expect(kept == Data("mine".utf8))
  }
}
