/// A header's value with parameters: `form-data; name="photo"; filename="停车.jpg"`.
struct HeaderValue {
  /// In lower case.
  let value: String
  /// Names in lower case.
  let parameters: [String: String]

  /// Nil when it is not written as RFC 9110 (5.6.6) has it, or names a parameter twice: readers that
  /// choose differently could be led to see different forms.
  init?(_ text: String) {
    var rest = text.utf8[...]
    let value = Self.token(&rest)
    guard !value.isEmpty else { return nil }
    var parameters: [String: String] = [:]
    while true {
      Self.skipBlanks(&rest)
      guard let next = rest.popFirst() else { break }
      guard next == UInt8(ascii: ";") else { return nil }
      Self.skipBlanks(&rest)
      if rest.isEmpty { break }
      guard let (name, content) = Self.parameter(&rest),
        parameters.updateValue(content, forKey: name) == nil
      else { return nil }
    }
    self.value = value.lowercased()
    self.parameters = parameters
  }

  private static func parameter(_ rest: inout Substring.UTF8View) -> (String, String)? {
    let name = token(&rest)
    guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { return nil }
    if rest.first == UInt8(ascii: "\"") {
      rest.removeFirst()
      return quoted(&rest).map { (name.lowercased(), $0) }
    }
    // Some senders write a boundary with an equals sign without quotes.
    let content = token(&rest, endedByEquals: false)
    return content.isEmpty ? nil : (name.lowercased(), content)
  }

  /// Up to the closing quote. A backslash escapes only a quote and itself, since browsers write file
  /// names that hold one as they are.
  private static func quoted(_ rest: inout Substring.UTF8View) -> String? {
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\") where rest.first == byte || rest.first == UInt8(ascii: "\""):
        if let escaped = rest.popFirst() { bytes.append(escaped) }
      default: bytes.append(byte)
      }
    }
    return nil
  }

  /// Everything but blanks and the signs that part parameters; wider than RFC 9110's token, so that
  /// `multipart/form-data` is one and Chinese needs no quotes.
  private static func token(
    _ rest: inout Substring.UTF8View, endedByEquals: Bool = true
  ) -> String {
    let token = rest.prefix { byte in
      switch byte {
      case 0...0x20, 0x7F, UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\""): false
      case UInt8(ascii: "="): !endedByEquals
      default: true
      }
    }
    rest = rest.dropFirst(token.count)
    return String(Substring(token))
  }

  private static func skipBlanks(_ rest: inout Substring.UTF8View) {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
  }

  /// A value like `UTF-8''%E5%81%9C` (RFC 8187); nil when it is not one or in another encoding.
  static func extended(_ text: String) -> String? {
    let pieces = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard pieces.count == 3, let bytes = percentDecoded(pieces[2]) else { return nil }
    switch pieces[0].lowercased() {
    case "utf-8": return String(validating: bytes, as: UTF8.self)
    case "iso-8859-1":
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    default: return nil
    }
  }

  private static func percentDecoded(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy(isHexDigit),
        let value = UInt8(String(Substring(digits)), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return bytes
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}
