import Foundation

/// Finds kinds as an operator types: by code, name, other words, English, pinyin (`baolulaji`) and
/// its initials (`bllj`).
public struct KindIndex: Sendable {
  /// What one kind is found by, lower case.
  public struct Words: Equatable, Encodable, Sendable {
    /// In one script each; what people look at first comes first.
    public let names: [String]
    /// Of each name, without tones; `ü` is `v`, as it is typed.
    public let pinyin: [String]
    /// The first letters of each.
    public let initials: [String]
    public let english: [String]
  }

  private let entries: [(kind: CaseKind, words: Words)]

  public init(_ kinds: [CaseKind]) {
    entries = kinds.map { kind in
      let names = [kind.name] + kind.words
      var syllables = names.map(Self.syllables)
      if let pinyin = kind.pinyin { syllables[0] = Self.split(pinyin) }
      let words = Words(
        names: names.map { $0.lowercased() }, pinyin: syllables.map { $0.joined() },
        initials: syllables.map { String($0.compactMap(\.first)) },
        english: Self.split(kind.english))
      return (kind, words)
    }
  }

  /// What each kind is found by, by its code.
  public var words: [String: Words] {
    Dictionary(entries.map { ($0.kind.code, $0.words) }, uniquingKeysWith: { first, _ in first })
  }

  /// The kinds that match, the likeliest first, equals in the order of the catalogue; all of them
  /// for an empty text.
  public func matching(_ text: String, limit: Int) -> [CaseKind] {
    let wanted = text.precomposedStringWithCompatibilityMapping.lowercased()
      .filter { !$0.isWhitespace }
    if wanted.isEmpty { return entries.prefix(limit).map(\.kind) }
    let ranked = entries.enumerated().compactMap { place, entry in
      entry.words.rank(of: wanted, code: entry.kind.code).map { (rank: $0, place: place) }
    }
    return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.prefix(limit)
      .map { entries[$0.place].kind }
  }

  /// The pinyin of a Chinese text without tones; other scripts stay.
  private static func syllables(_ text: String) -> [String] {
    let toned = text.applyingTransform(.mandarinToLatin, reverse: false) ?? text
    let typed = String(toned.map { "üǖǘǚǜ".contains($0) ? "v" : $0 })
    return split(typed.applyingTransform(.stripDiacritics, reverse: false) ?? typed)
  }

  private static func split(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

extension KindIndex.Words {
  /// 0 is best; nil is no match. The script of the pages ranks in the same way.
  fileprivate func rank(of wanted: String, code: String) -> Int? {
    let code = code.lowercased()
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
