/// Text as it stands in XML and HTML.
enum XMLText {
  /// Appends `text` so that it can stand between tags and within quoted attributes. Characters that
  /// XML 1.0 does not have are left out: one of them would make the whole document unreadable.
  static func append(_ text: String, to xml: inout String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": xml += "&lt;"
      case ">": xml += "&gt;"
      case "&": xml += "&amp;"
      case "\"": xml += "&quot;"
      default: if isAllowed(scalar) { xml.unicodeScalars.append(scalar) }
      }
    }
  }

  static func escaped(_ text: String) -> String {
    var xml = ""
    append(text, to: &xml)
    return xml
  }

  /// XML 1.0, 2.2.
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
