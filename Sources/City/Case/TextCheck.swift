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
    let text = written.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { return nil }
    // Counted in scalars: one character may be made of any number of them.
    guard text.unicodeScalars.count <= limit else { throw tooLong(name, text, limit) }
    for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control {
      guard scalar == "\n" || scalar == "\t" else { throw Fault.invalid(name, "value.control") }
    }
    return text
  }

  /// A text of one line: ends of lines and tabs become blanks.
  static func line(_ name: String, _ written: String, atMost limit: Int) throws -> String? {
    try text(name, written, atMost: limit).map { text in
      String(text.map { $0 == "\n" || $0 == "\t" ? " " : $0 })
    }
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
