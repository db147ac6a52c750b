import Base
import Foundation

/// Checks free text from outside.
enum TextCheck {
  /// The text without surrounding blanks, its lines ended in one way; nil when nothing is left.
  ///
  /// - Throws: `value.long` with the limit, `value.control` for control characters.
  static func text(_ name: String, _ written: String, atMost limit: Int) throws -> String? {
    // Far too long is not worth looking at more closely.
    guard written.utf8.count <= limit * 16 else { throw tooLong(name, written, limit) }
    let text = trimmed(written)
    guard !text.isEmpty else { return nil }
    // Counted in scalars: one character may be made of any number of them.
    guard text.unicodeScalars.count <= limit else { throw tooLong(name, text, limit) }
    for scalar in text.unicodeScalars where isControl(scalar) {
      guard scalar == "\n" || scalar == "\t" else { throw Fault.invalid(name, "value.control") }
    }
    return text
  }

  /// A text of one line: ends of lines and tabs become blanks.
  static func line(_ name: String, _ written: String, atMost limit: Int) throws -> String? {
    try text(name, written, atMost: limit).map { text in
      guard text.hasByte(UInt8(ascii: "\n")) || text.hasByte(UInt8(ascii: "\t")) else {
        return text
      }
      return String(decoding: text.utf8.map { isBreak($0) ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
  }

  /// Unicode's category Cc, which is fixed for good.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// Without blanks around it, its lines ended by line feeds.
  static func trimmed(_ written: String) -> String {
    let hasReturn = written.hasByte(UInt8(ascii: "\r"))
    let text =
      hasReturn
      ? written.replacing("\r\n", with: "\n").replacing("\r", with: "\n") : written
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return text }
    guard first.properties.isWhitespace || last.properties.isWhitespace else { return text }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What a case is called.
  static func title(_ written: String) throws -> String {
    guard let title = try line("title", written, atMost: CaseDesk.longestTitle) else {
      throw Fault.invalid("title", "value.missing")
    }
    return title
  }

  private static func tooLong(_ name: String, _ text: String, _ limit: Int) -> Fault {
    Fault.invalid(
      name, "value.long",
      ["limit": String(limit), "length": String(text.unicodeScalars.count)])
  }

  /// Runs a check and keeps its complaints, so that one answer can name every wrong field.
  static func collect<T>(_ faults: inout [Fault.Field], _ check: () throws -> T) throws -> T? {
    do {
      return try check()
    } catch let fault as Fault where !fault.fields.isEmpty {
      faults += fault.fields
      return nil
    }
  }
}
