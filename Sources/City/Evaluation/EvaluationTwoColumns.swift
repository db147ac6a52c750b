/// Parts two texts that stand in columns of different widths, as far as that is certain.
///
/// A line ends where the next word would not have fitted, or where a paragraph ends. In one place
/// only both texts then fill columns of their own.
enum TwoColumns {
  /// Columns closer than this, in halves of a Chinese character, are not told apart.
  private static let leastGap = 6
  /// How much narrower than its column a full line may look: signs differ in width.
  private static let slack = 4

  /// The first line of the second text; nil where there is no place for it, or more than one.
  static func place(_ lines: [TextLine]) -> Int? {
    // Longer texts are looked at in vain; every place would be tried with every line.
    guard lines.count >= 4, lines.count <= 400 else { return nil }
    let places = lines.indices.dropFirst(2).dropLast().filter { place in
      let (first, second) = (lines[..<place], lines[place...])
      return GoalSplit.endsSentence(lines[place - 1])
        && abs(width(first) - width(second)) >= leastGap && isColumn(first) && isColumn(second)
    }
    return places.count == 1 ? places[0] : nil
  }

  private static func width(_ lines: ArraySlice<TextLine>) -> Int { lines.map(\.width).max() ?? 0 }

  /// Every line but the last is full, or ends a sentence.
  private static func isColumn(_ lines: ArraySlice<TextLine>) -> Bool {
    let width = width(lines)
    return zip(lines, lines.dropFirst()).allSatisfy { line, next in
      GoalSplit.endsSentence(line) || line.width + head(next) > width - slack
    }
  }

  /// The width of what cannot be broken at a line's beginning: a word or figure with the signs
  /// after it, or one Chinese character with them.
  private static func head(_ line: TextLine) -> Int {
    let scalars = Array(line.pieces.first?.text.unicodeScalars ?? "".unicodeScalars)
    var end = scalars.prefix { opening.contains($0) }.count
    let word = scalars[end...].prefix { $0.value < 0x2E80 && !closing.contains($0) }.count
    end += max(word, end < scalars.count ? 1 : 0)
    end += scalars[end...].prefix { closing.contains($0) }.count
    return CellText.width(String(String.UnicodeScalarView(scalars[..<end])))
  }

  private static let opening = Set("（(“‘《〈【「".unicodeScalars)
  private static let closing = Set("，。、；：！？）)”’》〉】」%％,.;:!?".unicodeScalars)
}
