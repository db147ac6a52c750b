import Base
import Yams

/// Reads a file of data as YAML, defensively: it may come from anywhere.
///
/// Plain scalars stay text (`0102` keeps its zero, `no` is a word), so that the schema and not the
/// spelling decides what a value is. Aliases are refused: a few of them stand for terabytes.
struct YAMLFile {
  /// 2 MiB.
  static let mostBytes = 2 << 20

  let file: NamedFile
  let complaints: Complaints

  /// The mapping that the file is; nil after a complaint.
  func root() -> YAMLMap? {
    let start = spot(line: 1)
    guard file.bytes.count <= Self.mostBytes else {
      complaints.add(start, "yaml.large", ["limit": "2 MiB"])
      return nil
    }
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      complaints.add(spot(line: firstBrokenLine), "yaml.encoding")
      return nil
    }
    guard isHarmless(text) else { return nil }
    do {
      guard let node = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
        complaints.add(start, "yaml.empty")
        return nil
      }
      return YAMLValue(node: node, spot: start, complaints: complaints).map()
    } catch let error as YamlError {
      report(error, text)
    } catch {
      complaints.add(start, "yaml.syntax", ["problem": "\(error)"])
    }
    return nil
  }

  private func spot(line: Int) -> YAMLSpot { YAMLSpot(file: file.name, line: line, path: "") }

  /// The first line that is not UTF-8.
  private var firstBrokenLine: Int {
    let lines = file.bytes.split(separator: 10, omittingEmptySubsequences: false)
    return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
  }

  /// Looks for what must not reach the parser: control characters, and aliases of anchors that
  /// the file defines (an alias of anything else is an error of syntax). A word of prose is taken
  /// for an alias only if `*word` and `&word` both stand in the file.
  private func isHarmless(_ text: String) -> Bool {
    var line = 1
    var previous: Unicode.Scalar = " "
    var anchors: Set<String> = []
    var aliases: [(name: String, line: Int)] = []
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar.breaksLine && !(scalar == "\n" && previous == "\r") { line += 1 }
      guard isAllowed(scalar) || index == scalars.startIndex && scalar == "\u{FEFF}" else {
        complaints.add(spot(line: line), "yaml.control", ["code": scalar.hexadecimal])
        return false
      }
      if (scalar == "&" || scalar == "*") && !previous.isNameLetter {
        let name = String(
          String.UnicodeScalarView(scalars[index...].dropFirst().prefix(while: \.isNameLetter)))
        if scalar == "&" { anchors.insert(name) } else { aliases.append((name, line)) }
      }
      previous = scalar
    }
    guard let first = aliases.first(where: { !$0.name.isEmpty && anchors.contains($0.name) })
    else { return true }
    complaints.add(spot(line: first.line), "yaml.alias", ["name": first.name])
    return false
  }

  /// The printable characters of YAML 1.1, §5.1.
  private func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0x10000...0x10FFFF: true
    case 0xE000...0xFFFD: scalar.value != 0xFEFF
    default: false
    }
  }

  private func report(_ error: YamlError, _ text: String) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
      let line = mark.line <= lines.count ? lines[mark.line - 1] : ""
      if line.prefix(while: \.isWhitespace).contains("\t") {
        complaints.add(spot(line: mark.line), "yaml.tab")
      } else {
        // What is still open where the text ends was opened elsewhere.
        let isEnd = line.allSatisfy(\.isWhitespace)
        let place = isEnd ? context?.mark.line ?? mark.line : mark.line
        let whole = [context?.text, problem].compactMap { $0 }.joined(separator: ", ")
        complaints.add(spot(line: place), "yaml.syntax", ["problem": whole])
      }
    case .duplicatedKeysInMapping(let keys, let context):
      complaints.add(
        spot(line: context.mark.line), "yaml.key.twice",
        ["key": keys.map { String($0.prefix(64)) }.joined(separator: ", ")])
    default:
      complaints.add(spot(line: 1), "yaml.syntax", ["problem": "the text cannot be read"])
    }
  }
}

extension Unicode.Scalar {
  /// What names of anchors are made of.
  fileprivate var isNameLetter: Bool {
    switch self {
    case "0"..."9", "A"..."Z", "a"..."z", "_", "-": true
    default: false
    }
  }

  /// What YAML 1.1 ends a line with.
  fileprivate var breaksLine: Bool {
    ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(self)
  }

  fileprivate var hexadecimal: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
