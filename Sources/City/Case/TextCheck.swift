import Base
import Foundation

/// Checks free text from outside.
enum TextCheck {
  /// The text without surrounding blanks; nil when nothing is left.
  ///
  /// - Throws: `value.long` with the limit, `value.control` for control characters.
  static func text(_ name: String, _ written: String, atMost limit: Int) throws -> String? {
    let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { return nil }
    guard text.utf8.count <= limit * 4, text.unicodeScalars.count <= limit else {
      throw Fault.invalid(
        name, "value.long",
        ["limit": String(limit), "length": String(text.unicodeScalars.count)])
    }
    for scalar in text.unicodeScalars where scalar.value < 32 {
      guard scalar == "\n" || scalar == "\r" || scalar == "\t" else {
        throw Fault.invalid(name, "value.control")
      }
    }
    return text
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
