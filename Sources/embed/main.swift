// embed OUTPUT FOLDER… — writes every UTF-8 file below the folders into one Swift source.
//
// Paths are relative to the folder's parent ("Pages/desk.html"); a folder that does not exist is
// skipped. Raw string literals are used because the compiler reads them far faster than arrays.
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
  FileHandle.standardError.write(Data("usage: embed OUTPUT FOLDER…\n".utf8))
  exit(2)
}

var entries: [(path: String, text: String)] = []
for folder in arguments.dropFirst() {
  let root = URL(filePath: folder)
  let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
  for case let url as URL in walk ?? .init() where !url.hasDirectoryPath {
    guard let text = String(data: try Data(contentsOf: url), encoding: .utf8) else { continue }
    let parent = root.deletingLastPathComponent().path + "/"
    entries.append((String(url.path.dropFirst(parent.count)), text))
  }
}
entries.sort { $0.path < $1.path }

/// A delimiter of `#` signs longer than any run in the text keeps the literal raw.
func literal(_ text: String) -> String {
  var longest = 0
  var run = 0
  for byte in text.utf8 {
    run = byte == UInt8(ascii: "#") ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "#", count: longest + 1)
  return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
}

var source = "enum Embedded {\n  static let files: [String: String] = [\n"
for index in entries.indices {
  source += "    \(literal(entries[index].path)): file\(index),\n"
}
source += entries.isEmpty ? "    :\n  ]\n" : "  ]\n"
for (index, entry) in entries.enumerated() {
  source += "  private static let file\(index): String = \(literal(entry.text))\n"
}
source += "}\n"
try Data(source.utf8).write(to: URL(filePath: output))
