/// A locale file: a narrow part of YAML, `key: "text"` or a `# comment` on every line, so that two
/// languages can be compared line by line.
///
/// Read here, because a YAML library takes 60 ms for each file whenever the server starts.
struct LocaleFile {
  /// What is wrong with a line, counted from one.
  enum Flaw: Error, Equatable {
    case notAText(line: Int)
    case twice(key: String)
  }

  private(set) var texts: [String: String] = [:]

  init(_ source: String) throws {
    for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")),
        let text = Self.unquoted(line[line.utf8.index(after: colon)...])
      else { throw Flaw.notAText(line: index + 1) }
      let key = String(line[..<colon])
      guard texts.updateValue(text, forKey: key) == nil else { throw Flaw.twice(key: key) }
    }
  }

  /// A double-quoted text with `\\"` and `\\\\`; nil when it is anything else.
  private static func unquoted(_ value: Substring) -> String? {
    guard value.hasPrefix(" \""), value.count >= 3, value.hasSuffix("\"") else { return nil }
    var text = ""
    var isEscaped = false
    for scalar in value.dropFirst(2).dropLast().unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
      } else if isEscaped, scalar != "\"", scalar != "\\" {
        return nil
      } else if !isEscaped, scalar == "\"" {
        return nil
      } else {
        text.unicodeScalars.append(scalar)
        isEscaped = false
      }
    }
    return isEscaped ? nil : text
  }
}
