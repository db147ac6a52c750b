import Foundation

/// How the text of a cell that was broken over lines is made whole again.
enum CellText {
  /// Pieces in their order as one line. A space beside a Chinese character comes from setting and
  /// is left out; between two Latin words it is kept, and put where a line broke.
  static func join(_ pieces: some Sequence<TextPiece>) -> String {
    var text = ""
    var line: Int?
    for piece in pieces {
      guard let first = piece.text.unicodeScalars.first else { continue }
      if let last = text.unicodeScalars.last,
        wantsSpace(last, first, sameLine: line == piece.line)
      {
        text.append(" ")
      }
      text.append(piece.text)
      line = piece.line
    }
    return unquoted(text)
  }

  /// The text of one cell, whatever white space it holds.
  static func tidy(_ text: some StringProtocol) -> String {
    var tidy = ""
    var gap = false
    var broken = false
    for scalar in text.unicodeScalars {
      if isSpace(scalar) {
        gap = true
        if scalar == "\n" || scalar == "\r" { broken = true }
        continue
      }
      if isInvisible(scalar) { continue }
      if gap, let last = tidy.unicodeScalars.last, wantsSpace(last, scalar, sameLine: !broken) {
        tidy.append(" ")
      }
      tidy.unicodeScalars.append(scalar)
      gap = false
      broken = false
    }
    return unquoted(tidy)
  }

  /// Without any white space.
  static func squeeze(_ text: some StringProtocol) -> String {
    var squeezed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isSpace(scalar) && !isInvisible(scalar) {
      squeezed.append(scalar)
    }
    return String(squeezed)
  }

  /// Quotation marks of ASCII around a whole cell come from tables in which it held a line break.
  private static func unquoted(_ text: String) -> String {
    guard text.count > 2, text.first == "\"", text.last == "\"",
      !text.dropFirst().dropLast().contains("\"")
    else { return text }
    return String(text.dropFirst().dropLast())
  }

  private static func wantsSpace(
    _ last: Unicode.Scalar, _ first: Unicode.Scalar, sameLine: Bool
  ) -> Bool {
    if isLetter(last), isLetter(first) { return true }
    // On one line also between words and numbers; where a line broke, a number may go on.
    guard sameLine else { return false }
    return (isLetter(last) || isDigit(last) || ",.;:".unicodeScalars.contains(last))
      && (isLetter(first) || isDigit(first))
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: true
    default: false
    }
  }

  /// Of either width.
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
  }

  /// Letters and digits of half width, which setting parts from Chinese characters by a space.
  static func isNarrowWord(_ scalar: Unicode.Scalar) -> Bool { isLetter(scalar) || isDigit(scalar) }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
      true
    default: false
    }
  }

  /// Marks that print nothing: joiners, the mark of byte order, soft hyphens.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200B...0x200D, 0x2060, 0xFEFF, 0xAD: true
    default: false
    }
  }

  /// In halves of a Chinese character.
  static func width(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 && !isWideSign($1) ? 1 : 2) }
  }

  /// Signs outside the Chinese blocks that are set as wide as a Chinese character.
  private static func isWideSign(_ scalar: Unicode.Scalar) -> Bool {
    (0x2010...0x2027).contains(scalar.value) || (0x2200...0x22FF).contains(scalar.value)
  }
}

extension String {
  /// Without the colon that parts a label from its value.
  var droppingLabelSign: String {
    var rest = self[...]
    while let first = rest.first, first == ":" || first == "：" || first.isWhitespace {
      rest.removeFirst()
    }
    return rest.count == count ? self : String(rest)
  }
}
