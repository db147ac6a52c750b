import Base
import Testing

@testable import City

/// What the tests of the catalogue share.
enum CatalogueSamples {
  static let names = KnownNames(
    calendars: ["china", "always"],
    organisations: [
      "city-management", "sanitation", "roads", "water", "landscape", "housing", "planning",
      "agriculture", "safety", "fire", "police", "market", "health", "civil", "labour",
      "village", "grid-centre",
    ], posts: ["patroller", "dispatcher", "handler", "intake", "duty"])

  /// A file of one kind. `more` are further lines of the kind, the first of them line 10 of the
  /// file.
  static func file(_ more: String = "", named name: String = "kinds.yaml") -> NamedFile {
    let head = """
      name: 试验
      defaults:
        calendar: china
      classes:
        - code: E01
          name: 市容环境
          kinds:
            - code: E0102
              name: 暴露垃圾
      """
    let lines = more.split(separator: "\n").map { "        \($0)" }
    return NamedFile(name: name, text: ([head] + lines).joined(separator: "\n") + "\n")
  }

  static func kind(_ more: String) throws -> CaseKind {
    try #require(try Catalogue.read([file(more)], knowing: names).kinds.first)
  }

  /// What is wrong with some files.
  static func faults(_ files: [NamedFile]) -> [Fault.Field] {
    do {
      _ = try Catalogue.read(files, knowing: names)
      return []
    } catch let fault as Fault {
      return fault.fields
    } catch {
      return [Fault.Field("?", "\(error)")]
    }
  }
}
