/// Texts of XML with what `&…;` stands for.
enum XMLReferences {
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
  ]

  /// Nil of a reference that XML does not have, and of signs that it does not allow.
  ///
  /// - Parameter raw: UTF-8.
  static func resolved(_ raw: ArraySlice<UInt8>) -> String? { text(raw, resolving: true) }

  /// The same of a text in which nothing stands for something else.
  static func signs(_ raw: ArraySlice<UInt8>) -> String? { text(raw, resolving: false) }

  private static func text(_ raw: ArraySlice<UInt8>, resolving: Bool) -> String? {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var rest = raw
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "&") where resolving:
        guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
          let signs = sign(rest[..<end])
        else { return nil }
        text += signs.utf8
        rest = rest[(end + 1)...]
      case 0x0D:
        // A line ends alike whatever wrote it.
        if rest.first != 0x0A { text.append(0x0A) }
      case 0x09, 0x0A, 0x20...: text.append(byte)
      default: return nil
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func sign(_ name: ArraySlice<UInt8>) -> String? {
    guard name.first == UInt8(ascii: "#") else {
      return named[String(decoding: name, as: UTF8.self)]
    }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == UInt8(ascii: "x")
    let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
    guard text.first != "+", text.first != "-",
      let value = UInt32(text, radix: isHexadecimal ? 16 : 10),
      value >= 0x20 || [0x09, 0x0A, 0x0D].contains(value), value < 0xFFFE || value > 0xFFFF,
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return String(scalar)
  }
}
