import Base
import Foundation

/// How a workbook shows a number, as far as it changes what is read: decimals, separators of
/// thousands, per cent, and days (ECMA-376, part 1, 18.8.30).
struct NumberFormat: Equatable {
  /// Nil: as many as the number has.
  var decimals: Int?
  var hasThousands = false
  var isPercent = false
  var isDay = false

  init(builtIn id: Int) {
    switch id {
    case 1: decimals = 0
    case 2: decimals = 2
    case 3, 37, 38: (decimals, hasThousands) = (0, true)
    case 4, 39, 40: (decimals, hasThousands) = (2, true)
    case 9: (decimals, isPercent) = (0, true)
    case 10: (decimals, isPercent) = (2, true)
    case 14...17, 22, 27...31, 36, 50...58: isDay = true
    default: break
    }
  }

  /// By its code: of its parts for positive, negative and zero the first counts.
  init(code: String) {
    let plain = Self.withoutQuotes(code.split(separator: ";").first.map(String.init) ?? code)
    isPercent = plain.contains("%")
    let lower = plain.lowercased()
    isDay =
      !isPercent && (lower.contains("y") || lower.contains("d")) && !lower.contains("0")
      && lower != "general"
    guard plain.contains("0") || plain.contains("#") else { return }
    hasThousands = plain.contains("#,##") || plain.contains("0,0")
    let fraction = plain.split(separator: ".", omittingEmptySubsequences: false)
    // Places that are only shown when needed (`0.##`) leave the number as it is.
    if fraction.count == 1 {
      decimals = 0
    } else if !fraction[1].contains("#") {
      decimals = fraction[1].count { $0 == "0" }
    }
  }

  /// Words in quotes, brackets of colours, and signs after a backslash say nothing of the number.
  private static func withoutQuotes(_ code: String) -> String {
    var plain = ""
    var end: Character?
    var escaped = false
    for character in code {
      if escaped {
        escaped = false
      } else if let waited = end {
        if character == waited { end = nil }
      } else if character == "\"" {
        end = "\""
      } else if character == "[" {
        end = "]"
      } else if character == "\\" || character == "_" || character == "*" {
        escaped = true
      } else {
        plain.append(character)
      }
    }
    return plain
  }

  /// A number as the workbook holds it (a binary fraction in decimal digits) as it is shown.
  func show(_ stored: String) -> String {
    guard let number = Double(stored), number.isFinite, abs(number) < 1e15 else { return stored }
    if isDay, let day = Self.day(number) { return day }
    // 15 digits are all that a workbook keeps; more are noise of the binary fraction.
    let exact = String(format: "%.15g", number)
    guard var decimal = Decimal(string: exact, locale: Locale(identifier: "en_US_POSIX")) else {
      return stored
    }
    if isPercent { decimal *= 100 }
    return grouped(text(decimal)) + (isPercent ? "%" : "")
  }

  /// A number as it is, whatever is shown of it: with all its digits, days as `2024-01-31` and moments as
  /// `2024-01-31 09:30:00`.
  ///
  /// - Parameter since1904: that the workbook counts its days from 1904.
  func whole(_ stored: String, since1904: Bool) -> String {
    guard let number = Double(stored), number.isFinite, abs(number) < 1e15 else { return stored }
    if isDay, let moment = Self.moment(since1904 ? number + 1462 : number) { return moment }
    let exact = String(format: "%.15g", number)
    return Decimal(string: exact, locale: Locale(identifier: "en_US_POSIX")).map { "\($0)" }
      ?? stored
  }

  private func text(_ decimal: Decimal) -> String {
    guard let decimals else { return "\(decimal)" }
    var rounded = Decimal()
    var value = decimal
    NSDecimalRound(&rounded, &value, decimals, .plain)
    let parts = "\(rounded)".split(separator: ".")
    guard decimals > 0 else { return "\(rounded)" }
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
    return "\(parts.first ?? "0").\(fraction)\(zeros)"
  }

  private func grouped(_ text: String) -> String {
    guard hasThousands else { return text }
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index) % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// Days are counted from 1899-12-30, which is right from March 1900 on.
  private static func day(_ number: Double) -> String? {
    guard let parts = parts(number.rounded(.down)), let year = parts.year, let month = parts.month,
      let day = parts.day
    else { return nil }
    return "\(year)年\(month)月\(day)日"
  }

  private static func moment(_ number: Double) -> String? {
    // A second is less than a binary fraction of a day keeps.
    let seconds = (number * 86_400).rounded()
    guard let parts = parts(seconds / 86_400), let year = parts.year, let month = parts.month,
      let day = parts.day, let hour = parts.hour, let minute = parts.minute,
      let second = parts.second
    else { return nil }
    let date = String(format: "%04d-%02d-%02d", year, month, day)
    guard hour + minute + second > 0 else { return date }
    return date + String(format: " %02d:%02d:%02d", hour, minute, second)
  }

  private static func parts(_ days: Double) -> DateComponents? {
    guard days >= 61, days < 100_000 else { return nil }
    let moment = Date(timeIntervalSince1970: ((days - 25_569) * 86_400).rounded())
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment)
  }
}
