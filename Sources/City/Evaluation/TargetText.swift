/// The text of a cell as single scalars, to be read from left to right.
typealias Scalars = ArraySlice<Unicode.Scalar>

enum TargetText {
  /// With half-width signs, one sign for each bound, `%` for per cent, and without white space:
  /// cells are broken over lines anywhere, and spaces in them mean nothing.
  static func normalized(_ text: String) -> [Unicode.Scalar] {
    var found: [Unicode.Scalar] = []
    found.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      guard let narrow = narrow(scalar) else { continue }
      // `>=` and `=>` are one sign.
      switch (found.last, narrow) {
      case (">", "="), ("=", ">"): found[found.count - 1] = "≥"
      case ("<", "="), ("=", "<"): found[found.count - 1] = "≤"
      default: found.append(narrow)
      }
    }
    return found
  }

  /// The half-width sign of a scalar; nil of white space and of marks without a width.
  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0x21...0x7E: scalar
    case 0...0x20, 0x7F...0xA0, 0x200B...0x200F, 0x2060, 0xFEFF: nil
    default: sign(scalar)
    }
  }

  private static func sign(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "≧", "⩾", "≽": "≥"
    case "≦", "⩽", "≼": "≤"
    case "﹪": "%"
    case "﹥": ">"
    case "﹤": "<"
    case "﹦": "="
    case "﹙": "("
    case "﹚": ")"
    case "。", "｡": "。"
    case "﹣", "−", "‐", "‑", "–", "—": "-"
    case "〜", "∼": "~"
    case _ where scalar.properties.isWhitespace: nil
    default: scalar
    }
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

extension Unicode.Scalar {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension Collection where Element == Unicode.Scalar {
  func has(prefix word: Word) -> Bool { starts(with: word.scalars) }
}

extension ArraySlice<Unicode.Scalar> {
  func has(suffix word: Word) -> Bool {
    count >= word.scalars.count
      && self[(endIndex - word.scalars.count)...].elementsEqual(word.scalars)
  }

  /// Where the word begins first.
  func place(of word: Word) -> Int? {
    let last = endIndex - word.scalars.count
    guard last >= startIndex, let first = word.scalars.first else { return nil }
    for start in startIndex...last where self[start] == first {
      if self[start...].starts(with: word.scalars) { return start }
    }
    return nil
  }

  func contains(_ word: Word) -> Bool { place(of: word) != nil }

  func containsAny(_ words: [Word]) -> Bool { words.contains { contains($0) } }

  func hasAny(suffix words: [Word]) -> Bool { words.contains { has(suffix: $0) } }

  /// Takes the word from the front, if it stands there.
  mutating func take(_ word: Word) -> Bool {
    guard has(prefix: word) else { return false }
    removeFirst(word.scalars.count)
    return true
  }

  /// The longest of the words that stands in front; words are given longest first.
  func prefix(of words: [Word]) -> Word? { words.first { has(prefix: $0) } }
}

/// A word to look for, taken apart once.
struct Word: Sendable, ExpressibleByStringLiteral {
  let scalars: [Unicode.Scalar]

  init(_ text: some StringProtocol) { scalars = Array(text.unicodeScalars) }

  init(stringLiteral text: String) { self.init(text) }

  /// Words written with spaces between them, longest first.
  static func list(_ text: String) -> [Word] {
    text.split(separator: " ").map { Word($0) }.sorted { $0.scalars.count > $1.scalars.count }
  }
}
