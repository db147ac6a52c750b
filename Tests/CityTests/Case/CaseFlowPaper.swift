import Foundation

@testable import City

/// The paper about the flow of a case, as far as the program's own table says it: its diagram and its
/// table of moves. What must be given is written by hand, and stays.
struct CaseFlowPaper {
  static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs/case-flow.md").standardizedFileURL
  private static let locale = path.deletingLastPathComponent()
    .appending(path: "../Sources/Web/Locales/zh-Hans.yaml").standardizedFileURL

  let text: String
  private let chinese: [String: String]

  init() throws {
    text = try String(contentsOf: Self.path, encoding: .utf8)
    var chinese: [String: String] = [:]
    for line in try String(contentsOf: Self.locale, encoding: .utf8).split(separator: "\n") {
      let sides = line.split(separator: ":", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { continue }
      chinese[sides[0]] = sides[1].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
    }
    self.chinese = chinese
  }

  /// The paper as it must be.
  var written: String {
    replacing(in: replacing(in: text, "diagram", with: diagram), "moves", with: table)
  }

  private func replacing(in text: String, _ name: String, with part: String) -> String {
    let (start, end) = ("<!-- \(name) -->\n", "<!-- end of \(name) -->")
    guard let head = text.range(of: start), let tail = text.range(of: end) else { return "" }
    return text[..<head.upperBound] + part + text[tail.lowerBound...]
  }

  // MARK: - The diagram

  /// Every change of state that the table allows, in Mermaid; moves that lead the same way stand together.
  var diagram: String {
    var ways: [String: [String]] = [:]
    for rule in CaseFlow.rules {
      for from in CaseState.allCases where rule.from.contains(from) {
        for end in CaseFlow.ends(of: rule.move, from: from) where end != from {
          let way = "\(from.rawValue) --> \(end.rawValue)"
          let name = chinese["move.\(rule.move.rawValue)"] ?? ""
          if ways[way]?.contains(name) != true { ways[way, default: []].append(name) }
        }
      }
    }
    var lines = ["```mermaid", "stateDiagram-v2", "  direction TB", "  [*] --> reported"]
    for from in CaseState.allCases {
      for end in CaseState.allCases {
        let way = "\(from.rawValue) --> \(end.rawValue)"
        if let moves = ways[way] { lines.append("  \(way): \(moves.joined(separator: "、"))") }
      }
    }
    lines += CaseState.allCases.filter { !$0.isOpen }.map { "  \($0.rawValue) --> [*]" }
    return (lines + ["```", ""]).joined(separator: "\n")
  }

  // MARK: - The table

  var table: String {
    var lines = [
      "| move | 中文 | from | right | standing | what must be given | leads to |",
      "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    let given = given
    for move in Self.order {
      for (number, row) in rows(of: move).enumerated() {
        let cells = [
          number == 0 ? "`\(move.rawValue)`" : "",
          number == 0 ? chinese["move.\(move.rawValue)"] ?? "" : "", Self.words(row.from),
          row.rights.map { "`\($0.rawValue)`" }.joined(separator: " or "),
          row.standings.joined(separator: ", "), given[move.rawValue]?[safe: number] ?? "",
          Self.words(leadsTo: move, from: row.from),
        ]
        lines.append("| " + cells.map { $0.isEmpty ? "" : $0 + " " }.joined(separator: "| ") + "|")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Moves in the order in which the table of the program first names them.
  private static var order: [CaseMove] {
    var order: [CaseMove] = []
    for rule in CaseFlow.rules where !order.contains(rule.move) { order.append(rule.move) }
    return order
  }

  private struct Row {
    let from: Set<CaseState>
    var rights: [Right]
    var standings: [String]
  }

  /// Rules of a move that differ in one thing only stand in one row.
  private func rows(of move: CaseMove) -> [Row] {
    var rows: [Row] = []
    for rule in CaseFlow.rules where rule.move == move {
      let standing = Self.words(rule.standing)
      if let same = rows.firstIndex(where: { $0.from == rule.from && $0.standings == [standing] }) {
        rows[same].rights.append(rule.right)
      } else if let same = rows.firstIndex(where: {
        $0.from == rule.from && $0.rights == [rule.right]
      }) {
        rows[same].standings.append(standing)
      } else {
        rows.append(Row(from: rule.from, rights: [rule.right], standings: [standing]))
      }
    }
    return rows
  }

  private static func words(_ from: Set<CaseState>) -> String {
    if from.count == CaseState.allCases.count { return "every state" }
    let open = Set(CaseState.allCases.filter(\.isOpen))
    if from == open { return "every open state" }
    let named = CaseState.allCases.filter(from.contains).map(\.rawValue).joined(separator: ", ")
    let missing = CaseState.allCases.filter { open.contains($0) && !from.contains($0) }
    return from.isSubset(of: open) && missing.count <= 2
      ? "every open state but " + missing.map(\.rawValue).joined(separator: ", ") : named
  }

  private static func words(_ standing: CaseFlow.Standing) -> String {
    switch standing {
    case .scope: "scope"
    case .holder: "holder"
    case .lead: "lead"
    case .leadEver: "leading"
    case .checker: "checker"
    case .sender: "sender"
    case .scopeButNotHandler: "not a handler"
    case .reader: "reader"
    }
  }

  private static func words(leadsTo move: CaseMove, from: Set<CaseState>) -> String {
    if move == .unmerge { return "where it was" }
    let ends = Set(
      from.flatMap { state in
        CaseFlow.ends(of: move, from: state).filter { $0 != state || from.count == 1 }
      })
    guard !ends.isSubset(of: from) || ends.count == 1, ends != from || from.count > 1 else {
      return ""
    }
    return CaseState.allCases.filter(ends.contains).map(\.rawValue).joined(separator: ", ")
  }

  /// What the paper says must be given, by move and row.
  private var given: [String: [String]] {
    var given: [String: [String]] = [:]
    var move = ""
    for line in text.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.dropFirst().dropLast().split(
        separator: "|", omittingEmptySubsequences: false
      ).map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 7 else { continue }
      if cells[0].hasPrefix("`") { move = cells[0].trimmingCharacters(in: ["`"]) }
      given[move, default: []].append(cells[5])
    }
    return given
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
