import Base
import Foundation
import Yams

/// A value of a YAML file that is asked what it is; what it is not is complained of, with its
/// place, and read as nil.
struct YAMLValue {
  let node: Node
  let spot: YAMLSpot
  let complaints: Complaints

  func complain(_ code: String, _ arguments: [String: String] = [:]) {
    complaints.add(spot, code, arguments)
  }

  /// One line of text of at most `longest` characters, trimmed.
  func text(_ longest: Int) -> String? {
    guard case .scalar(let scalar) = node else { return wrong("text") }
    let text = scalar.string.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.isEmpty || isNothing {
      complain("yaml.text.empty")
    } else if text.count > longest {
      complain("yaml.text.long", ["limit": String(longest), "length": String(text.count)])
    } else if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      complain("yaml.text.control")
    } else {
      return text
    }
    return nil
  }

  /// `true` or `false`.
  func flag() -> Bool? {
    switch node.scalar?.string {
    case "true": true
    case "false": false
    default: wrong("flag")
    }
  }

  func whole(_ bounds: ClosedRange<Int>) -> Int? {
    guard let text = node.scalar?.string, text.count <= 18, let number = Int(text) else {
      return wrong("whole")
    }
    guard bounds.contains(number) else {
      complain(
        "yaml.number.range",
        ["minimum": String(bounds.lowerBound), "maximum": String(bounds.upperBound)])
      return nil
    }
    return number
  }

  func decimal() -> Decimal? {
    node.scalar.flatMap { Decimal(plain: $0.string) } ?? wrong("number")
  }

  /// One of a closed set of words.
  func word<Word: RawRepresentable & CaseIterable>(of type: Word.Type) -> Word?
  where Word.RawValue == String {
    guard let text = text(64) else { return nil }
    if let word = Word(rawValue: text) { return word }
    unknown(text, among: Word.allCases.map(\.rawValue))
    return nil
  }

  /// Complains of a word that is none of `known`, with what was probably meant.
  func unknown(_ word: String, among known: [String]) {
    if let nearest = Nearest.of(word, among: known) {
      complain("yaml.value.mistyped", ["value": word, "nearest": nearest])
    } else {
      complain("yaml.value.unknown", ["value": word, "known": known.joined(separator: ", ")])
    }
  }

  /// The entries of a list of 1…`most`.
  func list(_ most: Int) -> [YAMLValue]? {
    guard case .sequence(let sequence) = node else { return wrong("list") }
    if sequence.isEmpty { complain("yaml.list.empty") }
    guard sequence.count <= most else {
      complain("yaml.list.long", ["limit": String(most), "length": String(sequence.count)])
      return nil
    }
    return sequence.enumerated().map { index, node in
      YAMLValue(
        node: node, spot: spot.at(node.mark?.line, index: index), complaints: complaints)
    }
  }

  func map() -> YAMLMap? {
    guard case .mapping(let mapping) = node else { return wrong("map") }
    return YAMLMap(mapping, spot: spot.at(line: mapping.mark?.line), complaints: complaints)
  }

  var isMap: Bool { node.mapping != nil }

  /// Whether the value is left out after its key, or `null`.
  private var isNothing: Bool {
    guard let scalar = node.scalar, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  private func wrong<Value>(_ expected: String) -> Value? {
    let found =
      switch node {
      case .mapping: "map"
      case .sequence: "list"
      case .scalar, .alias: "text"
      }
    let value = isNothing ? "" : String((node.scalar?.string ?? "").prefix(64))
    complain("yaml.type.\(expected)", ["found": found, "value": value])
    return nil
  }
}

extension YAMLSpot {
  func at(line: Int?) -> YAMLSpot { YAMLSpot(file: file, line: line ?? self.line, path: path) }
}

/// A mapping of a YAML file.
struct YAMLMap {
  let spot: YAMLSpot
  let complaints: Complaints
  private let values: [String: YAMLValue]
  /// In the order of the file.
  private let keys: [String]

  init(_ mapping: Node.Mapping, spot: YAMLSpot, complaints: Complaints) {
    self.spot = spot
    self.complaints = complaints
    var values: [String: YAMLValue] = [:]
    var keys: [String] = []
    for (key, node) in mapping {
      guard let name = key.scalar?.string, name.count <= 64 else {
        complaints.add(spot.at(line: key.mark?.line), "yaml.key.type")
        continue
      }
      keys.append(name)
      // An empty value has no line of its own worth naming; its key has.
      values[name] = YAMLValue(
        node: node, spot: spot.at(key.mark?.line, key: name), complaints: complaints)
    }
    self.values = values
    self.keys = keys
  }

  subscript(key: String) -> YAMLValue? { values[key] }

  /// All of it, for a mapping whose keys are data; complains of more than `most`.
  func entries(_ most: Int) -> [(key: String, value: YAMLValue)] {
    guard keys.count <= most else {
      complaints.add(
        spot, "yaml.list.long", ["limit": String(most), "length": String(keys.count)])
      return []
    }
    return keys.compactMap { key in values[key].map { (key, $0) } }
  }

  /// The value of a key that must be there.
  func need(_ key: String) -> YAMLValue? {
    if values[key] == nil { complaints.add(spot, "yaml.key.missing", ["key": key]) }
    return values[key]
  }

  /// Complains of every key that is none of `known`.
  func only(_ known: [String]) {
    for key in keys where !known.contains(key) {
      guard let spot = values[key]?.spot else { continue }
      if let nearest = Nearest.of(key, among: known) {
        complaints.add(spot, "yaml.key.mistyped", ["key": key, "nearest": nearest])
      } else {
        complaints.add(
          spot, "yaml.key.unknown", ["key": key, "known": known.joined(separator: ", ")])
      }
    }
  }
}

extension Decimal {
  /// A number written out in ASCII: a sign, digits and a point, at most 18 digits in all.
  init?(plain text: String) {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }),
      parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }), parts.joined().count <= 18,
      let value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    else { return nil }
    self = value
  }
}
