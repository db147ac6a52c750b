import Foundation

extension Moment: LosslessStringConvertible, Codable {
  /// ISO 8601 in UTC, `2024-01-31T08:00:00.000Z`; the milliseconds are left out when they are 0.
  public var description: String {
    let local = local(in: .gmt)
    let rest = local.millisecond % 1000
    return "\(local.day)T\(local.clockText)" + (rest == 0 ? "Z" : ".\(padded(rest, 3))Z")
  }

  /// ISO 8601 with a zone: `2024-01-31T08:00:00Z`, `2024-01-31T16:00+08:00`. Nil for anything else.
  public init?(_ text: String) {
    guard let mark = text.lastIndex(where: { "Zz+-".contains($0) }),
      text.distance(from: text.startIndex, to: mark) >= 16,
      let local = LocalTime(String(text[..<mark]))
    else { return nil }
    var offset = 0
    if !"Zz".contains(text[mark]) {
      let parts = text[text.index(after: mark)...].filter { $0 != ":" }
      guard parts.count == 4, let hours = Int(parts.prefix(2)), let minutes = Int(parts.suffix(2)),
        hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (text[mark] == "-" ? -60 : 60)
    } else if text.index(after: mark) != text.endIndex {
      return nil
    }
    self.init(
      milliseconds: Int64(local.day.number) * 86_400_000 + Int64(local.millisecond)
        - Int64(offset) * 1000)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let moment = Moment(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "A time is ISO 8601 with a zone."))
    }
    self = moment
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension LocalTime: LosslessStringConvertible {
  /// `2024-01-31 08:00:00`, as people write it.
  public var description: String { "\(day) \(clockText)" }

  /// `08:00:00`.
  public var clockText: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }

  /// `2024-01-31 08:00`, `2024/1/31 8:00:05`, `2024-01-31T08:00:05.250`; a day alone is midnight.
  public init?(_ text: String) {
    let halves = text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "T" || $0 == "t" })
    guard let first = halves.first, let day = Day(String(first)) else { return nil }
    guard halves.count == 2 else {
      self.init(day: day, millisecond: 0)
      return
    }
    let clock = halves[1].split(separator: ".", omittingEmptySubsequences: false)
    let parts = clock[0].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (2...3).contains(parts.count), clock.count <= 2,
      let hour = parts[0], let minute = parts[1], let second = parts.count == 3 ? parts[2] : 0,
      (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    var fraction = 0
    if clock.count == 2 {
      let digits = clock[1].prefix(3)
      guard !digits.isEmpty, clock[1].allSatisfy(\.isASCIIDigit), let value = Int(digits) else {
        return nil
      }
      fraction = digits.count == 3 ? value : digits.count == 2 ? value * 10 : value * 100
    }
    self.init(
      day: day, millisecond: ((hour * 60 + minute) * 60 + second) * 1000 + fraction)
  }
}

extension Character {
  /// 0…9 only, not the digits of other scripts.
  public var isASCIIDigit: Bool { isASCII && isNumber }
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
