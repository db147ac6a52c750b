import Base
import Foundation

/// The name that somebody signs in with, as it is kept and compared: 2–64 letters, digits and
/// `. _ - @`, without difference of case or width.
public struct SignInName: Hashable, Sendable, CustomStringConvertible {
  public static let least = 2
  public static let most = 64

  /// Folded.
  public let text: String
  public var description: String { text }

  /// - Throws: `Fault` `input.invalid` with `value.missing`, `value.short`, `value.long` or
  ///   `sign-in.characters`.
  public init(_ typed: String, field: String = "sign-in") throws {
    let folded = Self.folded(typed)
    guard !folded.isEmpty else { throw Fault.invalid(field, "value.missing") }
    func bounds(_ limit: Int) -> [String: String] {
      ["length": String(folded.count), "limit": String(limit)]
    }
    guard folded.count >= Self.least else {
      throw Fault.invalid(field, "value.short", bounds(Self.least))
    }
    guard folded.count <= Self.most, folded.utf8.count <= Self.most * 4 else {
      throw Fault.invalid(field, "value.long", bounds(Self.most))
    }
    guard folded.allSatisfy(Self.isAllowed) else {
      throw Fault.invalid(field, "sign-in.characters")
    }
    text = folded
  }

  /// Without spaces around it, in small letters, full-width letters made narrow.
  ///
  /// Small letters can come apart again (İ), so what they are made of is put together twice.
  static func folded(_ typed: String) -> String {
    typed.trimmingCharacters(in: .whitespacesAndNewlines)
      .precomposedStringWithCompatibilityMapping.lowercased()
      .precomposedStringWithCompatibilityMapping
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func isAllowed(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "._-@".contains(character)
  }
}
