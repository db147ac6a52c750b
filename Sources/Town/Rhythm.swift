import Base
import Foundation

/// When things are reported: more on some months, weekdays and hours than on others. A table of the
/// hours of a period with their weights, from which moments are drawn.
struct Rhythm: Sendable {
  private let starts: [Moment]
  /// The sum of the weights up to and with each hour.
  private let sums: [Double]
  /// The share of the last hour that lies before the end of the period.
  private let end: Moment

  /// - Parameters:
  ///   - first: the first day.
  ///   - end: the present; nothing is drawn after it.
  ///   - days: which days count.
  init(
    _ pattern: Pattern, from first: Day, to end: Moment, calendar: WorkingCalendar,
    zone: TimeZone, days: (Day) -> Bool = { _ in true }
  ) {
    var starts: [Moment] = []
    var sums: [Double] = []
    var sum = 0.0
    let last = end.local(in: zone).day
    for number in first.number...max(first.number, last.number) {
      let day = Day(number: number)
      let weight = days(day) ? pattern.weight(of: day, calendar) : 0
      let midnight = day.start(in: zone)
      for hour in 0..<24 {
        let start = midnight + Int64(hour) * 3600
        let share = Double(min(max(0, end - start), 3_600_000)) / 3_600_000
        sum += weight * pattern.hours[hour] * share
        starts.append(start)
        sums.append(sum)
      }
    }
    self.starts = starts
    self.sums = sums
    self.end = end
  }

  /// All weight there is: how the parts of a period compare.
  var total: Double { sums.last ?? 0 }

  func moment(_ dice: inout SeededGenerator) -> Moment {
    let wanted = dice.fraction() * total
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    let length = min(end - starts[low], 3_600_000)
    return Moment(
      milliseconds: starts[low].milliseconds + Int64(dice.fraction() * Double(length)))
  }
}

extension Rhythm {
  /// The weights of months, weekdays and hours.
  struct Pattern: Sendable {
    /// By hour of the day.
    let hours: [Double]
    /// Of a Saturday or Sunday without work.
    let weekend: Double
    /// Of a public holiday.
    let holiday: Double
    /// January first.
    let months: [Double]

    func weight(of day: Day, _ calendar: WorkingCalendar) -> Double {
      let month = months[day.parts.month - 1]
      if let special = calendar.specialDay(on: day) {
        return month * (special.kind == .rest ? holiday : 1)
      }
      return month * (day.weekday.isWeekend ? weekend : 1)
    }

    /// Rounds in the morning and the afternoon, every day, some of them by night.
    static let patrol = Pattern(
      hours: [
        0.02, 0.02, 0.01, 0.01, 0.02, 0.05, 0.3, 1.2, 3.4, 4.4, 4.2, 2.2, 0.7, 2.2, 4.0, 4.1, 3.2,
        1.4, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03,
      ], weekend: 0.62, holiday: 0.5,
      months: [0.95, 0.82, 1.02, 1.04, 1.05, 1.05, 1.02, 1.0, 1.04, 1.03, 1.03, 0.98])

    /// Calls come at all hours.
    static let hotline = Pattern(
      hours: [
        0.25, 0.15, 0.1, 0.1, 0.12, 0.2, 0.5, 1.3, 2.6, 3.6, 3.3, 2.1, 1.6, 2.1, 3.0, 3.0, 2.5,
        1.9, 1.7, 1.9, 1.8, 1.3, 0.8, 0.45,
      ], weekend: 0.66, holiday: 0.55,
      months: [0.94, 0.85, 1.0, 0.98, 1.02, 1.08, 1.14, 1.12, 1.02, 0.97, 0.95, 0.93])

    /// At a counter, in office hours.
    static let office = Pattern(
      hours: [
        0, 0, 0, 0, 0, 0, 0, 0, 0.8, 3.4, 3.8, 1.6, 0.3, 2.0, 3.2, 3.0, 2.2, 0.4, 0, 0, 0, 0, 0, 0,
      ], weekend: 0.04, holiday: 0.01,
      months: [0.95, 0.75, 1.05, 1.02, 1.02, 1.03, 1.0, 1.0, 1.05, 0.98, 1.05, 1.1])

    /// Cameras do not sleep.
    static let always = Pattern(
      hours: [
        0.5, 0.4, 0.3, 0.3, 0.4, 0.7, 1.0, 1.6, 1.8, 1.6, 1.5, 1.5, 1.4, 1.4, 1.5, 1.6, 1.8, 2.0,
        1.9, 1.7, 1.4, 1.1, 0.9, 0.7,
      ], weekend: 0.9, holiday: 0.9, months: [Double](repeating: 1, count: 12))
  }
}
