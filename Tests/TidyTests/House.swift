import Foundation

/// A text file of the project, by its path from the root.
struct HouseFile: Sendable {
  let path: String
  let text: String

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder below `Sources` or `Tests`: the target's name.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// The project's tree, as the tests find it beside their own sources.
enum House {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What is fetched or made, not written: no rule is about these.
  private static let made: Set = [
    ".build", ".git", ".assets", ".run", ".venv", "__pycache__", ".gitkeep",
  ]
  private static let kinds: Set = [
    "swift", "py", "md", "sql", "yaml", "html", "css", "js", "mustache", "txt", "lock", "json", "",
  ]

  static let files: [HouseFile] = texts(below: "")

  static let swift: [SwiftFile] = files.filter { $0.path.hasSuffix(".swift") }
    .map { SwiftFile(file: $0, parts: SwiftText($0.text)) }

  static var sources: [SwiftFile] { swift.filter { $0.file.path.hasPrefix("Sources/") } }

  static func file(_ path: String) -> HouseFile? { files.first { $0.path == path } }

  private static func texts(below folder: String) -> [HouseFile] {
    let url = folder.isEmpty ? root : root.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.sorted().filter { !made.contains($0) }.flatMap { name -> [HouseFile] in
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      let place = root.appending(path: path)
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder)
      if isFolder.boolValue { return texts(below: path) }
      guard kinds.contains(place.pathExtension), let data = try? Data(contentsOf: place),
        let text = String(data: data, encoding: .utf8)
      else { return [] }
      return [HouseFile(path: path, text: text)]
    }
  }
}

/// A Swift file with its code and its strings told apart.
struct SwiftFile: Sendable {
  let file: HouseFile
  let parts: SwiftText

  /// The modules it imports.
  var imports: Set<String> {
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    var found: Set<String> = []
    for line in parts.code.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
        words[..<at].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
      else { continue }
      let named = kinds.contains(words[at + 1]) ? words[at + 2] : words[at + 1]
      found.insert(String(named.prefix { $0 != "." }))
    }
    return found
  }
}

/// Where a pattern is found in a text: the line numbers, from one.
func lines(of pattern: String, in text: String) throws -> [Int] {
  let expression = try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
  let whole = NSRange(location: 0, length: (text as NSString).length)
  var line = 1
  var reached = 0
  let units = Array(text.utf16)
  return expression.matches(in: text, range: whole).map { match in
    while reached < match.range.location {
      if units[reached] == 10 { line += 1 }
      reached += 1
    }
    return line
  }
}
