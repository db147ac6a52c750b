import Base
import Foundation

/// Chance that repeats itself: SplitMix64 from a seed.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func chance(_ percent: Int) -> Bool { roll(1...100) <= percent }
}

/// One clock by chance: a calendar of any shape, a limit of any form, pauses of any overlap.
struct ClockSample {
  let calendar: WorkingCalendar
  let zone: TimeZone
  let limit: TimeLimit
  let start: Moment
  let pauses: [Pause]

  private static let minute: Int64 = 60_000
  private static let epoch: Int64 = 1_710_115_200_000  // 2024-03-11T00:00Z

  init?(_ dice: inout Dice) {
    guard let calendar = Self.calendar(&dice), let limit = Self.limit(&dice),
      let zone = TimeZone(
        identifier: ["Asia/Shanghai", "America/New_York", "Asia/Kathmandu"][dice.roll(0...2)])
    else { return nil }
    self.calendar = calendar
    self.limit = limit
    self.zone = zone
    start = Self.moment(&dice, around: Moment(milliseconds: Self.epoch), days: 400)
    var pauses: [Pause] = []
    while dice.chance(40), pauses.count < 4 {
      let from = Self.moment(&dice, around: start, days: 4)
      pauses.append(
        Pause(from: from, to: from + Int64(dice.roll(0...72 * 3600)), reason: "r\(pauses.count)"))
    }
    self.pauses = pauses
  }

  var deadline: Moment? { deadline() }

  func deadline(
    from other: Moment? = nil, limit other2: TimeLimit? = nil, pauses other3: [Pause]? = nil
  ) -> Moment? {
    (other2 ?? limit).deadline(
      from: other ?? start, calendar: calendar, zone: zone, pauses: other3 ?? pauses
    ).moment
  }

  func elapsed(from: Moment, to end: Moment, pauses other: [Pause]? = nil) -> TimeSpent? {
    limit.elapsed(from: from, to: end, calendar: calendar, zone: zone, pauses: other ?? pauses)
  }

  /// Often on the minute and at hours where calendars open and close.
  static func moment(_ dice: inout Dice, around: Moment, days: Int) -> Moment {
    let minutes = Int64(dice.roll(-days * 48...days * 48)) * 30
    let odd = dice.chance(50) ? Int64(dice.roll(0...1_799_999)) : 0
    return Moment(milliseconds: around.milliseconds + minutes * minute + odd)
  }

  private static func calendar(_ dice: inout Dice) -> WorkingCalendar? {
    let forms = [
      "09:00-11:30, 13:30-17:30", "00:00-24:00", "08:00-12:00", "09:00-17:00", "18:00-24:00",
      "00:00-06:00, 06:00-07:00, 23:00-24:00",
    ].compactMap { OpenHours($0) }
    var hours: [Weekday: OpenHours] = [:]
    for weekday in Weekday.allCases where dice.chance(weekday.isWeekend ? 20 : 85) {
      hours[weekday] = forms[dice.chance(60) ? 0 : dice.roll(0...forms.count - 1)]
    }
    let first = epoch / 86_400_000
    let special = (0..<dice.roll(0...60)).map { _ in
      WorkingCalendar.SpecialDay(
        day: Day(number: Int(first) + dice.roll(-60...60)),
        kind: dice.chance(70) ? .rest : .work, name: "节")
    }
    return WorkingCalendar(
      name: "chance", hours: hours, makeUpHours: forms[0], years: .every, specialDays: special)
  }

  private static func limit(_ dice: inout Dice) -> TimeLimit? {
    let convention = TimeLimit.DayConvention.allCases[dice.roll(0...2)]
    return TimeLimit(
      [
        .minutes(dice.roll(0...10_000)), .workingMinutes(dice.roll(0...3000)),
        .workingMinutes(dice.roll(0...20) * 30), .days(dice.roll(1...20), convention),
        .workingDays(dice.roll(1...15), convention),
        .clock(minute: dice.roll(0...48) * 30, workingDay: dice.roll(0...5)),
      ][dice.roll(0...5)])
  }
}

extension TimeLimit {
  /// The same limit with `more` minutes or days.
  func longer(by more: Int) -> TimeLimit? {
    switch measure {
    case .minutes(let count): TimeLimit(.minutes(count + more))
    case .workingMinutes(let count): TimeLimit(.workingMinutes(count + more))
    case .days(let count, let convention): TimeLimit(.days(count + more, convention))
    case .workingDays(let count, let convention): TimeLimit(.workingDays(count + more, convention))
    case .clock(let minute, let day): TimeLimit(.clock(minute: minute, workingDay: day + more))
    }
  }

  var isTime: Bool {
    switch measure {
    case .minutes, .workingMinutes: true
    case .days, .workingDays, .clock: false
    }
  }

  var convention: DayConvention? {
    switch measure {
    case .days(_, let convention), .workingDays(_, let convention): convention
    case .minutes, .workingMinutes, .clock: nil
    }
  }
}

extension TimeSpent {
  var amount: Int64 {
    switch self {
    case .milliseconds(let count): count
    case .days(let count): Int64(count)
    }
  }
}
