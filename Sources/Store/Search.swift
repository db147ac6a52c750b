import Foundation

/// A full-text index: a table of words that we cut ourselves, so that both engines answer alike.
public struct SearchIndex: Sendable {
  /// The table that holds the index, with the identity of what was indexed as its row.
  public let table: String

  public init(table: String) { self.table = table }
}

extension SQL {
  /// A table expression of the rows (column `id`) of `index` that hold every word of `words`.
  /// Each engine spells it its own way when the statement is prepared.
  public static func matching(_ index: SearchIndex, _ words: SearchWords) -> SQL {
    SQL(token: "{{match \(index.table)}}", .text(words.query))
  }
}

/// A text cut into words for searching.
///
/// Runs of Han characters become overlapping pairs, and the last character of a run also stands
/// alone: 停车费 is 停车, 车费, 费. So a query of two or more characters is the pairs in it, and a query
/// of one character is every pair that begins with it (or the last alone): each place is found once.
/// Other letters and digits are words, without case and width.
public struct SearchWords: Equatable, Sendable {
  public let words: [String]
  private let prefix: [Bool]

  /// The words of a text to be indexed.
  public static func indexing(_ text: String) -> String {
    var words: [String] = []
    for run in Run.all(in: text) {
      words += run.isHan ? pairs(run.text) + [String(run.text.suffix(1))] : [run.text]
    }
    return words.joined(separator: " ")
  }

  /// The words of what somebody typed; nil when there is nothing to look for. At most 16 words.
  public init?(query: String) {
    var words: [String] = []
    var prefix: [Bool] = []
    for run in Run.all(in: query) {
      let pairs = run.isHan ? Self.pairs(run.text) : [run.text]
      words += pairs.isEmpty ? [run.text] : pairs
      prefix += pairs.isEmpty ? [true] : pairs.map { _ in false }
    }
    guard !words.isEmpty else { return nil }
    self.words = Array(words.prefix(16))
    self.prefix = Array(prefix.prefix(16))
  }

  /// Exact words that must all be there, such as the code of an area among the words of a case.
  public func and(_ exact: String) -> SearchWords {
    SearchWords(words: words + [exact], prefix: prefix + [false])
  }

  private init(words: [String], prefix: [Bool]) {
    self.words = words
    self.prefix = prefix
  }

  /// The argument of the match: words between spaces, a prefix with a star.
  var query: String {
    zip(words, prefix).map { $1 ? "\($0)*" : $0 }.joined(separator: " ")
  }

  private static func pairs(_ text: String) -> [String] {
    zip(text, text.dropFirst()).map { String([$0, $1]) }
  }
}

/// A run of Han characters, or of other letters and digits.
private struct Run {
  let text: String
  let isHan: Bool

  static func all(in text: String) -> [Run] {
    var runs: [Run] = []
    var current = String.UnicodeScalarView()
    var han = false
    func finish() {
      if !current.isEmpty { runs.append(Run(text: String(current), isHan: han)) }
      current = String.UnicodeScalarView()
    }
    for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      let isHan = scalar.properties.isIdeographic
      let isWord = isHan || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      if !isWord || isHan != han { finish() }
      if isWord {
        han = isHan
        current.append(scalar)
      }
    }
    finish()
    return runs
  }
}
