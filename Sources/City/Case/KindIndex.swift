import Foundation

/// Finds kinds as an operator types: by code, name, other words, English, pinyin (`baolulaji`) and
/// its initials (`bllj`).
public struct KindIndex: Sendable {
  fileprivate struct Entry {
    let kind: CaseKind
    /// Lower case, all in one script each; what people look at first comes first.
    let names: [String]
    let pinyin: [String]
    let initials: [String]
    let english: [String]
  }

  private let entries: [Entry]

  public init(_ kinds: [CaseKind]) {
    entries = kinds.map { kind in
      let names = [kind.name] + kind.words
      var syllables = names.map(Self.syllables)
      if let pinyin = kind.pinyin { syllables[0] = Self.split(pinyin) }
      return Entry(
        kind: kind, names: names.map { $0.lowercased() }, pinyin: syllables.map { $0.joined() },
        initials: syllables.map { String($0.compactMap(\.first)) },
        english: Self.split(kind.english))
    }
  }

  /// The kinds that match, the likeliest first, equals in the order of the catalogue; all of them
  /// for an empty text.
  public func matching(_ text: String, limit: Int) -> [CaseKind] {
    let wanted = text.precomposedStringWithCompatibilityMapping.lowercased()
      .filter { !$0.isWhitespace }
    if wanted.isEmpty { return entries.prefix(limit).map(\.kind) }
    let ranked = entries.enumerated().compactMap { place, entry in
      entry.rank(of: wanted).map { (rank: $0, place: place) }
    }
    return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.prefix(limit)
      .map { entries[$0.place].kind }
  }

  /// The pinyin of a Chinese text without tones; other scripts stay.
  private static func syllables(_ text: String) -> [String] {
    let latin = text.applyingTransform(.mandarinToLatin, reverse: false)?
      .applyingTransform(.stripDiacritics, reverse: false)
    return split(latin ?? text)
  }

  private static func split(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

extension KindIndex.Entry {
  /// 0 is best; nil is no match.
  fileprivate func rank(of wanted: String) -> Int? {
    let code = kind.code.lowercased()
    if code == wanted || names[0] == wanted { return 0 }
    if code.hasPrefix(wanted) || names[0].hasPrefix(wanted) { return 1 }
    if initials[0].hasPrefix(wanted) || pinyin[0].hasPrefix(wanted) { return 2 }
    if names.contains(where: { $0.contains(wanted) }) { return 3 }
    if initials.contains(where: { $0.hasPrefix(wanted) }) { return 4 }
    if pinyin.contains(where: { $0.hasPrefix(wanted) }) { return 4 }
    if english.contains(where: { $0.hasPrefix(wanted) }) { return 5 }
    return pinyin.contains { $0.contains(wanted) } ? 6 : nil
  }
}
