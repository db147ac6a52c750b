import Foundation

/// The keys of a JSON document that is known to be well formed. Decoders pass over keys that nobody
/// asks for, and take one of two that are the same; whoever wrote them learns of neither.
struct JSONKeys {
  /// `title`, `reporter.phone`, in the order in which they stand; lists add nothing to a name, and
  /// what lies deeper has none. Long keys are cut.
  private(set) var all: [String] = []
  /// Those that stand twice in one object, however deep.
  private(set) var repeated: [String] = []

  /// Characters of a key in a name: names may not outgrow the document.
  private static let longestKey = 64

  /// An object or a list that is still open.
  private struct Level {
    let isObject: Bool
    let isNamed: Bool
    /// What the keys within begin with.
    let prefix: String
    var seen: Set<String> = []
    /// What was met last, which names what comes next.
    var key = ""
    var awaitsKey: Bool
  }

  init(_ document: Data) {
    let bytes = Array(document)
    var levels: [Level] = []
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let isObject = bytes[place] == UInt8(ascii: "{")
        levels.append(Self.opened(isObject, in: levels))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): levels.removeLast()
      case UInt8(ascii: ","):
        let last = levels.indices.last
        if let last { levels[last].awaitsKey = levels[last].isObject }
      case UInt8(ascii: "\""):
        let end = Self.endOfText(bytes, from: place)
        if let last = levels.indices.last, levels[last].awaitsKey {
          note(Self.text(bytes[place...end]), in: &levels[last])
        }
        place = end
      default: break
      }
      place += 1
    }
  }

  private static func opened(_ isObject: Bool, in levels: [Level]) -> Level {
    var prefix = levels.last?.prefix ?? ""
    if levels.count == 1, levels[0].isObject { prefix = levels[0].key + "." }
    return Level(
      isObject: isObject, isNamed: levels.count < 2, prefix: prefix, awaitsKey: isObject)
  }

  private mutating func note(_ key: String, in level: inout Level) {
    level.key = String(key.prefix(Self.longestKey))
    level.awaitsKey = false
    let name = level.prefix + level.key
    guard level.seen.insert(key).inserted else { return repeated.append(name) }
    if level.isNamed { all.append(name) }
  }

  /// Where the closing quotation mark stands.
  private static func endOfText(_ bytes: [UInt8], from start: Int) -> Int {
    var place = start + 1
    while place < bytes.count - 1, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place, bytes.count - 1)
  }

  /// Two spellings of one key are one key.
  private static func text(_ quoted: ArraySlice<UInt8>) -> String {
    guard quoted.contains(UInt8(ascii: "\\")),
      let text = try? JSONDecoder().decode(String.self, from: Data(quoted))
    else { return String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self) }
    return text
  }
}
