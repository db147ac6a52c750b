import Base
import Foundation
import Store

/// Starts, stops and recomputes a case's clocks; the arithmetic itself is `TimeLimit`'s.
struct CaseClockwork: Sendable {
  /// Calendars by the names that catalogues use.
  let calendars: [String: WorkingCalendar]
  let zone: TimeZone

  /// A clock of `kind`'s limit for `step`; nil where the kind sets none.
  func clock(
    _ step: ClockStep, of kind: CaseKind, id: ID<CaseClock>, caseID: ID<Case>,
    assignment: ID<CaseAssignment>? = nil, startedAt: Moment
  ) -> CaseClock? {
    guard let rule = kind.clocks[step] else { return nil }
    let clock = CaseClock(
      id: id, caseID: caseID, step: step, assignment: assignment, limit: rule.limit,
      calendar: rule.calendar, startedAt: startedAt)
    return computed(clock, pauses: [])
  }

  /// The same clock with the deadlines that follow from its facts. Idempotent.
  func computed(_ clock: CaseClock, pauses: [Pause]) -> CaseClock {
    guard let limit = clock.limit else { return clock }
    var result = clock
    guard let calendar = calendars[clock.calendar ?? ""] else { return result }
    var deadline = limit.deadline(
      from: clock.startedAt, calendar: calendar, zone: zone, pauses: pauses)
    // A clock that stands still has no deadline now; what it was first is kept.
    result.originalDueAt = deadline.moment ?? clock.originalDueAt
    for extra in clock.extensions {
      guard case .due(let moment) = deadline else { break }
      deadline = extra.deadline(from: moment, calendar: calendar, zone: zone, pauses: pauses)
    }
    result.dueAt = deadline.moment
    result.missingYear =
      if case .unknown(let year) = deadline { year } else { nil }
    return result
  }

  /// Whether an extension is longer than another, by what both come to from now. Holidays do not
  /// count here: a year that is not published would leave it open.
  func isLonger(
    _ limit: TimeLimit, than other: TimeLimit, at now: Moment, for kind: CaseKind
  ) -> Bool {
    guard let published = calendars[kind.clocks[.handling]?.calendar ?? "china"],
      let calendar = WorkingCalendar(
        name: published.name, hours: published.hours, makeUpHours: published.makeUpHours,
        years: .every),
      let end = limit.deadline(from: now, calendar: calendar, zone: zone).moment,
      let otherEnd = other.deadline(from: now, calendar: calendar, zone: zone).moment
    else { return limit != other }
    return end > otherEnd
  }

  /// Why the deadline is what it is: the spans that were counted and those that were not, through
  /// every extension.
  func explanation(of clock: CaseClock, pauses: [Pause]) -> Explanation? {
    guard let limit = clock.limit, let calendar = calendars[clock.calendar ?? ""] else {
      return nil
    }
    // What held the case afterwards did not move the deadline of a clock that had stopped.
    let pauses = pauses.filter { pause in clock.stoppedAt.map { pause.start < $0 } ?? true }
    var explanation = limit.explanation(
      from: clock.startedAt, calendar: calendar, zone: zone, pauses: pauses)
    for extra in clock.extensions {
      guard case .due(let moment) = explanation.deadline else { break }
      explanation = explanation.continued(
        by: extra.explanation(from: moment, calendar: calendar, zone: zone, pauses: pauses))
    }
    return explanation
  }
}
