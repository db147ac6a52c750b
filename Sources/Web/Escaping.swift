/// HTML escaping, by byte: a quotation mark stays one, whatever accent follows it.
enum SafeHTML {
  static func escaped(_ text: String) -> String {
    var html = ""
    append(text, to: &html)
    return html
  }

  /// Appends `text` so that it can stand between tags and within quoted attributes.
  static func append(_ text: String, to html: inout String) {
    var rest = text[...]
    while let index = rest.utf8.firstIndex(where: { replacement($0) != nil }) {
      html += rest[..<index]
      html += replacement(rest.utf8[index]) ?? ""
      rest = rest[rest.utf8.index(after: index)...]
    }
    html += rest
  }

  private static func replacement(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    // HTML has no such character.
    case 0: ""
    default: nil
    }
  }
}
