import Foundation

/// When an organisation works: its hours by weekday, the days that holidays take and make-up days
/// give back, and the years for which that is known.
public struct WorkingCalendar: Equatable, Sendable {
  /// A day that a yearly notice takes out of the week's rule.
  public struct SpecialDay: Hashable, Sendable {
    /// Free, or worked in its stead.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// 休: no work, whatever the weekday.
      case rest
      /// 班: work, whatever the weekday, usually a Saturday or Sunday (调休).
      case work
    }

    public let day: Day
    public let kind: Kind
    /// The holiday's name, as the notice calls it.
    public let name: String

    public init(day: Day, kind: Kind, name: String) {
      self.day = day
      self.kind = kind
      self.name = name
    }
  }

  /// The years of which the special days have been published.
  public enum Years: Hashable, Sendable {
    /// A calendar that needs no notice, such as one that never closes.
    case every
    case published(Set<Int>)
  }

  public let name: String
  /// A weekday that is absent is closed.
  public let hours: [Weekday: OpenHours]
  public let makeUpHours: OpenHours
  public let years: Years
  /// By day number. A special day is known even where its year is not: a notice can settle the
  /// last days of the year before it.
  private let special: [Int: SpecialDay]

  /// What is known of one day, as the table below keeps it.
  private static let unknown: UInt8 = 0
  private static let rest: UInt8 = 1
  private static let makeUp: UInt8 = 2
  /// This and the weekday's index: the plan of an ordinary weekday, open or closed.
  private static let ordinary: UInt8 = 3

  private let plans: [DayPlan]
  /// The plan of every day from `tableStart` on; outside it the week's rule holds, or nothing.
  private let table: [UInt8]
  private let tableStart: Int

  /// Nil when no weekday is open: nothing would ever be due.
  public init?(
    name: String, hours: [Weekday: OpenHours], makeUpHours: OpenHours, years: Years,
    specialDays: [SpecialDay] = []
  ) {
    guard !hours.isEmpty else { return nil }
    self.name = name
    self.hours = hours
    self.makeUpHours = makeUpHours
    self.years = years
    special = Dictionary(specialDays.map { ($0.day.number, $0) }, uniquingKeysWith: { $1 })
    plans =
      [.closed, .holiday, .open(makeUpHours)]
      + Weekday.allCases.map { hours[$0].map(DayPlan.open) ?? .closed }
    (tableStart, table) = Self.table(years, special)
  }

  public var specialDays: [SpecialDay] { special.values.sorted { $0.day < $1.day } }

  /// The notice about a day, where there is one.
  public func specialDay(on day: Day) -> SpecialDay? { special[day.number] }

  /// Nil when the day's year is not published.
  public func isWorkingDay(_ day: Day) -> Bool? { plan(day.number)?.isOpen }

  /// Whether the calendar is open at `moment`; nil when that year is not published. The instant
  /// of opening is open, that of closing is not.
  public func isOpen(at moment: Moment, in zone: TimeZone) -> Bool? {
    let (day, millisecond) = ZoneOffsets.of(zone).local(moment.milliseconds)
    guard let plan = plan(day) else { return nil }
    return plan.hours?.segments.contains { $0.open <= millisecond && millisecond < $0.close }
      ?? false
  }

  /// The plan of a day by its number; nil when it is not known.
  func plan(_ day: Int) -> DayPlan? {
    let index = day - tableStart
    if table.indices.contains(index) {
      let kind = table[index]
      return kind == Self.unknown ? nil : plans[Int(kind)]
    }
    return years == .every ? plans[Int(Self.ordinary) + (day + 3).modulo7] : nil
  }

  private static func table(_ years: Years, _ special: [Int: SpecialDay]) -> (Int, [UInt8]) {
    var first = special.keys.min()
    var last = special.keys.max()
    var published: Set<Int> = []
    if case .published(let set) = years {
      published = set
      if let from = set.min(), let day = Day(year: from, month: 1, day: 1)?.number {
        first = min(first ?? day, day)
      }
      if let to = set.max(), let day = Day(year: to, month: 12, day: 31)?.number {
        last = max(last ?? day, day)
      }
    }
    guard let first, let last else { return (0, []) }
    let table = (first...last).map { number -> UInt8 in
      if let day = special[number] { return day.kind == .rest ? rest : makeUp }
      guard years == .every || published.contains(Day(number: number).year) else { return unknown }
      return ordinary + UInt8((number + 3).modulo7)
    }
    return (first, table)
  }
}

/// What one day is like.
struct DayPlan: Equatable, Sendable {
  /// Nil on a day without work.
  let hours: OpenHours?
  /// Closed by a notice, not by the week's rule.
  let isHoliday: Bool

  var isOpen: Bool { hours != nil }

  static let closed = DayPlan(hours: nil, isHoliday: false)
  static let holiday = DayPlan(hours: nil, isHoliday: true)
  static func open(_ hours: OpenHours) -> DayPlan { DayPlan(hours: hours, isHoliday: false) }
}

extension Int {
  /// The remainder by 7, from 0 to 6 for negative numbers too.
  fileprivate var modulo7: Int { (self % 7 + 7) % 7 }
}
