import Foundation

/// Finds public declarations that do not say what they are. What a protocol asks for is explained
/// there, so its implementations are excused; so are further forms of a function whose first form in
/// the file is explained. Operators explain themselves.
struct Documentation {
  /// The names of functions that a documented protocol asks for.
  private(set) var required: Set = ["encode", "hash"]

  private static let types: Set = ["struct", "enum", "actor", "class", "protocol", "extension"]
  private static let modifiers: Set = [
    "public", "private", "fileprivate", "internal", "final", "indirect", "static", "mutating",
    "nonmutating", "nonisolated", "override", "consuming", "borrowing", "isolated", "async",
  ]
  /// Protocols that ask for no function worth a word, and raw types.
  private static let markers: Set = [
    "Sendable", "Hashable", "Equatable", "Comparable", "Codable", "Encodable", "Decodable",
    "Error", "CaseIterable", "Identifiable", "RawRepresentable", "String", "Int", "Int64",
  ]

  /// A type or extension that is open at a line.
  private struct Scope {
    let depth: Int
    let isExcused: Bool
  }

  init(of codes: [String]) {
    for code in codes {
      var depth = 0
      var opened: Int?
      for line in code.split(separator: "\n") {
        let words = Self.words(line)
        if opened == nil, Self.declared(words)?.kind == "protocol" { opened = depth }
        if opened != nil, let (kind, name) = Self.declared(words), kind == "func" {
          required.insert(name)
        }
        depth += Self.change(line)
        if let outer = opened, depth <= outer { opened = nil }
      }
    }
  }

  /// The numbers of the lines, from one, that declare something public and unexplained.
  func missing(in swift: SwiftFile) -> [Int] {
    let raw = swift.file.lines
    let lines = swift.parts.code.split(separator: "\n", omittingEmptySubsequences: false)
    var found: [Int] = []
    var scopes: [Scope] = []
    var told: Set<String> = []
    var depth = 0
    for (index, line) in lines.enumerated() {
      let words = Self.words(line)
      if words.contains("public"), let (kind, name) = Self.declared(words), kind != "extension" {
        if Self.explained(raw, before: index) {
          told.insert(name)
        } else if !told.contains(name), !isExcused(kind, name, in: scopes.last) {
          found.append(index + 1)
        }
      }
      if let (kind, _) = Self.declared(words), Self.types.contains(kind) {
        scopes.append(Scope(depth: depth, isExcused: Self.conforms(lines[index...])))
      }
      depth += Self.change(line)
      while let scope = scopes.last, depth <= scope.depth, line.contains("}") {
        scopes.removeLast()
      }
    }
    return found
  }

  private func isExcused(_ kind: String, _ name: String, in scope: Scope?) -> Bool {
    guard kind == "func" else { return false }
    let isOperator = !(name.first.map { $0.isLetter || $0 == "`" || $0 == "_" } ?? false)
    return isOperator || required.contains(name) || scope?.isExcused == true
  }

  private static func words(_ line: Substring) -> [String] {
    line.split(separator: " ").map(String.init)
  }

  /// What a line declares, if it declares a type or a function.
  private static func declared(_ words: [String]) -> (kind: String, name: String)? {
    let start = words.firstIndex { !modifiers.contains($0) && !$0.hasPrefix("@") }
    guard let start, start + 1 < words.count, types.contains(words[start]) || words[start] == "func"
    else { return nil }
    let name = words[start + 1].prefix { !"(<:{".contains($0) || $0 == words[start + 1].first }
    return (words[start], String(name))
  }

  private static func change(_ line: Substring) -> Int {
    line.count { $0 == "{" } - line.count { $0 == "}" }
  }

  /// Whether a declaration's head, up to its brace, names a protocol that asks for functions.
  private static func conforms(_ rest: ArraySlice<Substring>) -> Bool {
    let head = rest.prefix(10).joined(separator: " ").prefix { $0 != "{" }
    let plain = head.replacing(/<[^>]*>/, with: "")
    let named = plain.components(separatedBy: " where ").first ?? ""
    guard let colon = named.firstIndex(of: ":") else { return false }
    let protocols = named[named.index(after: colon)...].split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return protocols.contains { !markers.contains($0) }
  }

  private static func explained(_ raw: [Substring], before index: Int) -> Bool {
    for line in raw[..<index].reversed() {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("///") || text.hasSuffix("*/") { return true }
      guard text.hasPrefix("@") || text.hasPrefix("#") else { return false }
    }
    return false
  }
}
