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
/// Other letters and digits are words, without case and width, known by their first 500 letters:
/// more than that no engine's index takes.
public struct SearchWords: Equatable, Sendable {
  public let words: [String]
  private let prefix: [Bool]
  /// Of which one must be there; none asks for nothing.
  private var alternatives: [String] = []

  /// The words of a text to be indexed.
  public static func indexing(_ text: String) -> String {
    // As bytes, because this is done for every text and appending to a string costs much more.
    var words: [UInt8] = []
    words.reserveCapacity(text.utf8.count * 3)
    for run in Run.all(in: text) {
      for word in run.words + (run.isHan ? [run.scalars.suffix(1)] : []) {
        if !words.isEmpty { words.append(UInt8(ascii: " ")) }
        for scalar in word { words.append(contentsOf: scalar.utf8) }
      }
    }
    return String(decoding: words, as: UTF8.self)
  }

  /// The words of what somebody typed; nil when there is nothing to look for. At most 16 words.
  public init?(query: String) {
    var words: [String] = []
    var prefix: [Bool] = []
    for run in Run.all(in: query) {
      let isAlone = run.isHan && run.scalars.count == 1
      let found = isAlone ? [run.scalars[...]] : run.words
      words += found.map { String(String.UnicodeScalarView($0)) }
      prefix += found.map { _ in isAlone }
    }
    guard !words.isEmpty else { return nil }
    self.words = Array(words.prefix(16))
    self.prefix = Array(prefix.prefix(16))
  }

  /// Exact words that must all be there, such as the code of an area among the words of a case.
  public func and(_ exact: String) -> SearchWords {
    SearchWords(
      words: words + [exact], prefix: prefix + [false], alternatives: alternatives)
  }

  /// Exact words of which one must be there; where none is given, nothing more is asked.
  public func and(anyOf exact: [String]) -> SearchWords {
    var bounded = self
    bounded.alternatives = exact
    return bounded
  }

  private init(words: [String], prefix: [Bool], alternatives: [String]) {
    self.words = words
    self.prefix = prefix
    self.alternatives = alternatives
  }

  /// The argument of the match as FTS5 reads it: a prefix has a star.
  var query: String {
    let all = zip(words, prefix).map { $1 ? "\($0)*" : $0 }
    let any = alternatives.isEmpty ? [] : ["(\(alternatives.joined(separator: " OR ")))"]
    return (all + any).joined(separator: " AND ")
  }
}

/// A run of Han characters, or of other letters and digits.
private struct Run {
  let scalars: [Unicode.Scalar]
  let isHan: Bool

  /// The overlapping pairs of Han characters, or the one word.
  var words: [ArraySlice<Unicode.Scalar>] {
    isHan ? scalars.indices.dropLast().map { scalars[$0...$0 + 1] } : [scalars.prefix(500)]
  }

  static func all(in text: String) -> [Run] {
    var runs: [Run] = []
    var current: [Unicode.Scalar] = []
    var han = false
    func finish() {
      if !current.isEmpty { runs.append(Run(scalars: current, isHan: han)) }
      current.removeAll(keepingCapacity: true)
    }
    for scalar in plain(text).unicodeScalars {
      let isHan = isHan(scalar)
      let isWord = isHan || isWord(scalar)
      if !isWord || isHan != han { finish() }
      if isWord {
        han = isHan
        current.append(scalar)
      }
    }
    finish()
    return runs
  }

  /// Without case and width. Most texts are so already, and asking Unicode takes most of the time.
  private static func plain(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.value < 0x80 && !("A"..."Z").contains($0) || isCommonHan($0) || $0 == "，" || $0 == "。"
    }
    return isPlain ? text : text.precomposedStringWithCompatibilityMapping.lowercased()
  }

  private static func isCommonHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(scalar.value)
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    isCommonHan(scalar) || scalar.value >= 0x80 && scalar.properties.isIdeographic
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
      || scalar.value >= 0x80 && scalar.properties.isAlphabetic
  }
}
