/// Numbers that introduce the points of a text: 1、 1. (1) 一、 (一).
enum TextNumbering {
  /// Two marks one after the other with a number left out between them.
  struct Skip: Equatable, Sendable {
    let before: String
    let after: String
  }

  private enum Style: Hashable { case comma, point, parenthesis, chinese, chineseParenthesis }

  static func skips(_ text: String) -> [Skip] {
    // White space is kept: a mark may stand at the beginning of a line.
    let scalars = text.unicodeScalars.map(narrow)
    var lists: [Style: [Mark]] = [:]
    var found: [Skip] = []
    var index = scalars.startIndex
    while index < scalars.endIndex {
      guard let (style, number, end) = mark(scalars, index) else {
        index += 1
        continue
      }
      let written = shown(scalars[index..<end])
      if let skip = place(Mark(number: number, text: written), &lists[style, default: []]) {
        found.append(skip)
      }
      index = end
    }
    return found
  }

  private struct Mark {
    let number: Int
    let text: String
  }

  /// A list begins with 1, also within a point of another list of the same style; a number that
  /// follows nothing is no mark. With lists within lists a gap is not certain.
  private static func place(_ mark: Mark, _ lists: inout [Mark]) -> Skip? {
    if mark.number == 1 {
      lists.append(mark)
      return nil
    }
    if let list = lists.lastIndex(where: { $0.number == mark.number - 1 }) {
      lists.removeSubrange(list...)
      lists.append(mark)
      return nil
    }
    guard lists.count == 1, mark.number > lists[0].number else { return nil }
    defer { lists = [mark] }
    return Skip(before: lists[0].text, after: mark.text)
  }

  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (0xFF01...0xFF5E).contains(scalar.value)
      ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
  }

  private static func mark(
    _ text: [Unicode.Scalar], _ start: Int
  ) -> (Style, number: Int, end: Int)? {
    let parenthesized = text[start] == "("
    var index = parenthesized ? start + 1 : start
    guard index < text.endIndex, let (number, chinese, after) = number(text, index) else {
      return nil
    }
    index = after
    guard index < text.endIndex, (1...30).contains(number) else { return nil }
    if parenthesized {
      guard text[index] == ")", start == 0 || !"第条款项见".unicodeScalars.contains(text[start - 1])
      else { return nil }
      return (chinese ? .chineseParenthesis : .parenthesis, number, index + 1)
    }
    guard begins(text, start) else { return nil }
    if text[index] == "、" { return (chinese ? .chinese : .comma, number, index + 1) }
    // 2.0 is a number, no second point.
    guard text[index] == ".", !chinese, index + 1 < text.endIndex, !text[index + 1].isASCIIDigit
    else { return nil }
    return (.point, number, index + 1)
  }

  /// At the beginning, or after white space or the end of a sentence.
  private static func begins(_ text: [Unicode.Scalar], _ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = text[index - 1]
    return before.properties.isWhitespace || "。;:)\"”!?>".unicodeScalars.contains(before)
  }

  private static func number(
    _ text: [Unicode.Scalar], _ start: Int
  ) -> (Int, chinese: Bool, end: Int)? {
    let digits = text[start...].prefix { $0.isASCIIDigit }
    if !digits.isEmpty {
      guard digits.count <= 2 else { return nil }
      return (digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }, false, digits.endIndex)
    }
    let words = text[start...].prefix { numerals[$0] != nil }
    let values = words.compactMap { numerals[$0] }
    let number: Int
    switch values.count {
    case 1: number = values[0]
    case 2 where values[0] == 10 && values[1] < 10: number = 10 + values[1]
    default: return nil
    }
    return (number, true, words.endIndex)
  }

  private static let numerals: [Unicode.Scalar: Int] = [
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
  ]
}
