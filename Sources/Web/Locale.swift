import Base
import Foundation

/// Every text of the interface in one language, and how that language writes times and figures.
///
/// A text is looked up by a dotted key; `{name}` in it stands for an argument, and `{name|day|days}` for the
/// first word where that argument is 1 and for the second where it is not.
public struct Wording: Sendable {
  public let language: Language
  /// The wall clock that people at the desks read.
  public let zone: TimeZone
  let texts: [String: String]

  public init(_ language: Language, texts: [String: String], zone: TimeZone = Wording.shanghai) {
    self.language = language
    self.texts = texts
    self.zone = zone
  }

  /// The wording embedded in the executable.
  /// - Throws: `LocaleFile.Flaw` when a locale file is not what it should be.
  public static func embedded(_ language: Language) throws -> Wording {
    let source = Embedded.files["Locales/\(language.rawValue).yaml"] ?? ""
    return Wording(language, texts: try LocaleFile(source).texts)
  }

  /// Asia/Shanghai; eight hours ahead where the machine has no zone data.
  public static let shanghai =
    TimeZone(identifier: "Asia/Shanghai") ?? TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt

  /// Whether there is a text of that key.
  public func knows(_ key: String) -> Bool { texts[key] != nil }

  /// The text of `key` with its arguments put in; the key itself when there is no such text, so
  /// that a gap is seen and nothing breaks.
  public func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    guard let text = texts[key] else { return key }
    return arguments.isEmpty ? text : Self.filled(text, arguments)
  }

  /// `text` with each `{name}` replaced once; an argument that holds braces is left as it is.
  static func filled(_ text: String, _ arguments: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "}"), let value = value(of: rest[..<close], arguments)
      else {
        result += "{"
        continue
      }
      result += value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// What stands for `count`, or for `count|day|days`.
  private static func value(of place: Substring, _ arguments: [String: String]) -> String? {
    let pieces = place.split(separator: "|", omittingEmptySubsequences: false)
    guard let value = arguments[String(pieces[0])] else { return nil }
    guard pieces.count == 3 else { return pieces.count == 1 ? value : nil }
    return String(value == "1" ? pieces[1] : pieces[2])
  }
}

extension Wording {
  /// What went wrong, for the person who asked: `fault.<code>`, or the general sentence for its
  /// kind where the code has none of its own.
  public func text(_ fault: Fault) -> String {
    text(Phrase(fault))
  }

  /// What is wrong with one field: `field.<code>`, or the general sentence.
  public func text(_ field: Fault.Field) -> String {
    text(Phrase(field))
  }
}
