import Foundation

/// A number of a form as it is printed, with the exact value it stands for.
///
/// A form is a document: `1,838.35`, `100.00%`, `１２３` and `—` are kept as they stand, because a
/// check may depend on how a number was written (amounts in 万元 are rounded to the last digit
/// printed). In JSON it is the printed text; an empty cell is an empty string.
public struct PrintedNumber: Hashable, Sendable {
  /// As printed, without the white space around it.
  public let text: String
  /// The exact value, `100.00%` being 100; nil for an empty cell, a dash, and what is no number.
  public let value: Decimal?

  public init(_ text: String) {
    self.text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    value = Self.decimal(self.text)
  }

  /// An empty cell.
  public static let none = PrintedNumber("")

  /// Nothing is printed, not even a dash.
  public var isEmpty: Bool { text.isEmpty }

  /// Nothing is printed, or a dash or slash, as forms do where no number belongs.
  public var isNone: Bool { text.isEmpty || Self.isDash(text) }

  /// A percent sign is printed with it.
  public var isPercent: Bool { text.last == "%" || text.last == "％" }

  /// How many digits are printed after the point; nil of what is no number.
  public var decimals: Int? {
    guard value != nil else { return nil }
    let narrow = Self.narrow(text)
    guard let point = narrow.firstIndex(of: ".") else { return 0 }
    return narrow[narrow.index(after: point)...].prefix { $0.isNumber }.count
  }

  /// A dash or a slash of any width, once or several times: a cell in which no number belongs.
  public static func isDash(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { "-—–―－─−‐‑/／".unicodeScalars.contains($0) }
  }

  /// The exact value of a number as people print one: digits of either width, separators of
  /// thousands in their places, a sign, a point, and at the end a percent sign. Nil of all else.
  public static func decimal(_ text: some StringProtocol) -> Decimal? {
    // Thirty digits of full width with their separators are shorter.
    guard text.utf8.count <= 200 else { return nil }
    var digits = narrow(text)
    if digits.last == "%" { digits.removeLast() }
    var sign = ""
    if let first = digits.first, first == "-" || first == "+" {
      sign = first == "-" ? "-" : ""
      digits.removeFirst()
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = wholeDigits(parts[0]) else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || !fraction.isEmpty, fraction.allSatisfy(isDigit) else { return nil }
    // A decimal holds 38 digits; a longer figure is no amount of any form and would be rounded.
    guard whole.count + fraction.count <= 30 else { return nil }
    return Decimal(
      string: sign + whole + (fraction.isEmpty ? "" : "." + fraction),
      locale: Locale(identifier: "en_US_POSIX"))
  }

  /// The digits before the point without their separators of thousands; nil where a separator
  /// stands elsewhere than before three digits.
  private static func wholeDigits(_ part: Substring) -> String? {
    let groups = part.split(separator: ",", omittingEmptySubsequences: false)
    guard let first = groups.first, !first.isEmpty,
      groups.allSatisfy({ $0.allSatisfy(isDigit) }),
      groups.count == 1 || first.count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.joined()
  }

  private static func isDigit(_ character: Character) -> Bool {
    character >= "0" && character <= "9"
  }

  /// With half-width digits and signs.
  private static func narrow(_ text: some StringProtocol) -> String {
    var narrow = String()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      // The full-width forms of ASCII stand at a fixed distance from it.
      case 0xFF01...0xFF5E:
        if let ascii = Unicode.Scalar(scalar.value - 0xFEE0) { narrow.unicodeScalars.append(ascii) }
      case 0x2212: narrow.append("-")
      default: narrow.unicodeScalars.append(scalar)
      }
    }
    return narrow
  }
}

extension PrintedNumber: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral text: String) { self.init(text) }

  public var description: String { text }
}

extension PrintedNumber: Codable {
  /// A string; also null, and a number as other programs write it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let text = try? container.decode(String.self) {
      self.init(text)
    } else {
      self.init("\(try container.decode(Decimal.self))")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
