/// Text with the inline markup that web forms leave in it (`<p>`, `&nbsp;`).
enum MarkedText {
  /// The text alone. A sign `<` that opens no element of the kinds that occur in cells stays, since
  /// targets are written with it.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "<")) || text.utf8.contains(UInt8(ascii: "&")) else {
      return text
    }
    var plain = ""
    var rest = text[...]
    while let first = rest.first {
      if first == "<", let end = elementEnd(rest) {
        plain.append(" ")
        rest = rest[end...]
      } else if first == "&", let (character, end) = entity(rest) {
        plain.append(character)
        rest = rest[end...]
      } else {
        plain.append(first)
        rest.removeFirst()
      }
    }
    return plain
  }

  private static let elements: Set<String> = [
    "a", "b", "br", "center", "dd", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "hr",
    "i", "img", "li", "o:p", "ol", "p", "pre", "s", "section", "small", "span", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "tr", "u", "ul",
  ]

  /// Behind the element that begins here.
  private static func elementEnd(_ text: Substring) -> Substring.Index? {
    guard let end = text.prefix(2000).firstIndex(of: ">") else { return nil }
    let inside = text[text.index(after: text.startIndex)..<end]
    let name = inside.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == ":" }
    return elements.contains(name.lowercased()) ? text.index(after: end) : nil
  }

  private static func entity(_ text: Substring) -> (Character, Substring.Index)? {
    guard let end = text.prefix(10).firstIndex(of: ";") else { return nil }
    let name = text[text.index(after: text.startIndex)..<end]
    let character: Character? =
      switch name {
      case "nbsp", "ensp", "emsp": " "
      case "amp": "&"
      case "lt": "<"
      case "gt": ">"
      case "quot": "\""
      case "ldquo": "“"
      case "rdquo": "”"
      case "ge": "≥"
      case "le": "≤"
      case "mdash": "—"
      default: numeric(name)
      }
    return character.map { ($0, text.index(after: end)) }
  }

  private static func numeric(_ name: Substring) -> Character? {
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let value =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init).map(Character.init)
  }
}
