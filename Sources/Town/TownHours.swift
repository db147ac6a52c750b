import Base
import Foundation

/// When who works.
struct TownHours: Sendable {
  enum Pattern: Sendable {
    /// What cannot wait, and the centre itself.
    case always
    /// Crews and patrollers: every day, by daylight.
    case field
    /// Offices: working hours of working days.
    case office
  }

  let calendar: WorkingCalendar
  let zone: TimeZone

  private static let opens = 7 * 60 + 30
  private static let closes = 18 * 60 + 30

  /// `moment` itself where they work then, else some minutes after they begin again.
  func next(
    from moment: Moment, _ pattern: Pattern, _ dice: inout SeededGenerator
  ) -> Moment {
    let delay = Int64(dice.number(in: 2...75) * 60)
    switch pattern {
    case .always: return moment
    case .office:
      guard let opening = calendar.nextOpening(from: moment, in: zone).moment else { return moment }
      return opening == moment ? moment : opening + delay
    case .field:
      let local = moment.local(in: zone)
      let minute = local.millisecond / 60_000
      if (Self.opens..<Self.closes).contains(minute) { return moment }
      let day = minute < Self.opens ? local.day : local.day + 1
      return day.start(in: zone) + Int64(Self.opens * 60) + delay
    }
  }
}
