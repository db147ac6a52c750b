import Foundation

/// An instant in UTC, to the millisecond: what storage and rules hold.
public struct Moment: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Self, right: Self) -> Bool {
    left.milliseconds < right.milliseconds
  }

  public static func + (moment: Self, seconds: Int64) -> Self {
    Moment(milliseconds: moment.milliseconds + seconds * 1000)
  }

  /// Milliseconds from `right` to `left`.
  public static func - (left: Self, right: Self) -> Int64 {
    left.milliseconds - right.milliseconds
  }
}

extension Moment {
  /// The wall-clock time in `zone`.
  public func local(in zone: TimeZone) -> LocalTime {
    let offset = Int64(zone.secondsFromGMT(for: date)) * 1000
    let shifted = milliseconds + offset
    let days = Int(shifted.flooredQuotient(by: 86_400_000))
    return LocalTime(
      day: Day(number: days),
      millisecond: Int(shifted - Int64(days) * 86_400_000))
  }

  /// The instant at which clocks in `zone` show `local`. A time skipped by a change to summer
  /// time is read with the offset before the change; one that occurs twice is the first.
  public init(_ local: LocalTime, in zone: TimeZone) {
    let naive = Int64(local.day.number) * 86_400_000 + Int64(local.millisecond)
    func at(_ offset: Int) -> Moment { Moment(milliseconds: naive - Int64(offset) * 1000) }
    // A day either side brackets any change of offset there is.
    let before = zone.secondsFromGMT(for: at(0).date.addingTimeInterval(-86_400))
    let after = zone.secondsFromGMT(for: at(0).date.addingTimeInterval(86_400))
    let early = at(before)
    let late = at(after)
    if zone.secondsFromGMT(for: early.date) == before {
      self = early
    } else if zone.secondsFromGMT(for: late.date) == after {
      self = late
    } else {
      self = early
    }
  }

  public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

  public init(_ date: Date) {
    milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
  }
}

/// A day and a time of day without a zone, as a wall clock shows it.
public struct LocalTime: Hashable, Comparable, Sendable {
  public let day: Day
  /// Milliseconds since midnight, 0 ..< 86,400,000.
  public let millisecond: Int

  public init(day: Day, millisecond: Int) {
    self.day = day
    self.millisecond = millisecond
  }

  public init(day: Day, hour: Int, minute: Int, second: Int = 0) {
    self.init(day: day, millisecond: ((hour * 60 + minute) * 60 + second) * 1000)
  }

  public var hour: Int { millisecond / 3_600_000 }
  public var minute: Int { millisecond / 60_000 % 60 }
  public var second: Int { millisecond / 1000 % 60 }

  public static func < (left: Self, right: Self) -> Bool {
    (left.day, left.millisecond) < (right.day, right.millisecond)
  }
}

extension Int64 {
  /// Division that rounds towards minus infinity.
  public func flooredQuotient(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return (self % divisor != 0) && ((self < 0) != (divisor < 0)) ? quotient - 1 : quotient
  }
}

/// Where the present comes from; injected, so that tests and the demonstration town choose it.
public typealias Now = @Sendable () -> Moment
