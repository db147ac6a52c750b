/// How long a step may take, as an administrator writes it:
///
///     30 minutes   24 hours                  natural time, night and day
///     90 working-minutes   4 working-hours   time in which the calendar is open
///     15 days   3 working-days               to the close of the last day
///     3 working-days, first day counted      the day of the start is the first
///     1 working-day, to the hour             to the time of day at which it began
///     18:00 on working-day 1                 on the n-th working day after; 0 is the same day
///
/// Singular and plural are read alike. Time rolls from the instant of the start; days follow
/// their `DayConvention`.
public struct TimeLimit: Hashable, Sendable {
  /// What is counted, and how much of it.
  public enum Measure: Hashable, Sendable {
    /// Natural minutes.
    case minutes(Int)
    /// Minutes in which the calendar is open.
    case workingMinutes(Int)
    /// Working days, weekends and holidays alike. The last must be a working day, except to the
    /// hour: such days only follow the wall clock, and need no calendar.
    case days(Int, DayConvention)
    case workingDays(Int, DayConvention)
    /// A time of day, 0…1440 minutes after midnight, on the n-th working day after the start.
    /// 0 is the day of the start, if it is a working day and the time is still to come.
    case clock(minute: Int, workingDay: Int)
  }

  /// From which day days are counted, and where in the last one the limit ends.
  public enum DayConvention: String, Hashable, Sendable, CaseIterable {
    /// The Civil Code of China, articles 201 and 203: the first day is not counted, and the last
    /// one ends when business closes.
    case civilCode
    /// The day of the start is the first, if business has not yet closed on it.
    case firstDayCounted
    /// Whole days, to the time of day of the start (of the first opening after it, for working
    /// days that begin outside hours).
    case sameTime
  }

  public let measure: Measure

  /// Nil when the amount is out of bounds: days 1…3,660, time 0…3,660 days, the fixed time
  /// within a day and 0…3,660 working days away.
  public init?(_ measure: Measure) {
    let (amount, bounds) =
      switch measure {
      case .minutes(let count), .workingMinutes(let count): (count, 0...Self.mostDays * 1440)
      case .days(let count, _), .workingDays(let count, _): (count, 1...Self.mostDays)
      case .clock(_, let count): (count, 0...Self.mostDays)
      }
    if case .clock(let minute, _) = measure, !(0...1440).contains(minute) { return nil }
    guard bounds.contains(amount) else { return nil }
    self.measure = measure
  }

  /// Ten years: longer is a slip of the pen.
  private static let mostDays = 3660
}

extension TimeLimit: LosslessStringConvertible {
  /// Nil when the text has none of the forms above.
  public init?(_ text: String) {
    let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts[0].split(separator: " ")
    let suffix = parts.count == 2 ? parts[1].split(separator: " ").joined(separator: " ") : nil
    let measure =
      words.count == 4
      ? Self.clock(words, suffix: suffix) : Self.amount(words, suffix: suffix)
    guard let measure else { return nil }
    self.init(measure)
  }

  /// The shortest form that reads back as the same limit.
  public var description: String {
    switch measure {
    case .minutes(let count): Self.time(count, "")
    case .workingMinutes(let count): Self.time(count, "working-")
    case .days(let count, let convention): Self.plural(count, "day") + convention.suffix
    case .workingDays(let count, let convention):
      Self.plural(count, "working-day") + convention.suffix
    case .clock(let minute, let day):
      "\(padded(minute / 60, 2)):\(padded(minute % 60, 2)) on working-day \(day)"
    }
  }

  private static func amount(_ words: [Substring], suffix: String?) -> Measure? {
    guard words.count == 2, let count = number(words[0]) else { return nil }
    var unit = words[1]
    if unit.hasSuffix("s") { unit.removeLast() }
    if unit == "day" || unit == "working-day" {
      guard let convention = DayConvention(suffix: suffix) else { return nil }
      return unit == "day" ? .days(count, convention) : .workingDays(count, convention)
    }
    guard suffix == nil else { return nil }
    return switch unit {
    case "minute": .minutes(count)
    case "hour": .minutes(count * 60)
    case "working-minute": .workingMinutes(count)
    case "working-hour": .workingMinutes(count * 60)
    default: nil
    }
  }

  private static func clock(_ words: [Substring], suffix: String?) -> Measure? {
    guard words[1] == "on", words[2] == "working-day", suffix == nil,
      let minute = minuteOfDay(words[0]), let day = number(words[3])
    else { return nil }
    return .clock(minute: minute, workingDay: day)
  }

  /// At most seven digits, so that no product of it overflows.
  private static func number(_ text: Substring) -> Int? {
    guard text.count <= 7, text.allSatisfy(\.isASCIIDigit) else { return nil }
    return Int(text)
  }

  private static func time(_ minutes: Int, _ prefix: String) -> String {
    minutes % 60 == 0 && minutes > 0
      ? plural(minutes / 60, prefix + "hour") : plural(minutes, prefix + "minute")
  }

  private static func plural(_ count: Int, _ unit: String) -> String {
    "\(count) \(unit)\(count == 1 ? "" : "s")"
  }

  /// Minutes after midnight of `9:00` … `24:00`.
  static func minuteOfDay(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      let hour = number(parts[0]), let minute = number(parts[1]), minute < 60,
      hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }
}

extension TimeLimit.DayConvention {
  fileprivate init?(suffix: String?) {
    switch suffix {
    case nil: self = .civilCode
    case "first day counted": self = .firstDayCounted
    case "to the hour": self = .sameTime
    default: return nil
    }
  }

  fileprivate var suffix: String {
    switch self {
    case .civilCode: ""
    case .firstDayCounted: ", first day counted"
    case .sameTime: ", to the hour"
    }
  }
}

extension TimeLimit: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let limit = TimeLimit(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "A limit is like 3 working-days."))
    }
    self = limit
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
