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

  /// The clock of what a level sends on: until the time that it gives, or else the kind's limit for
  /// handling. Nil where there is neither.
  ///
  /// - Parameter above: the sender's own clock, after which it is not due; nil where the sender has
  ///   none or is late.
  func clock(
    below above: CaseClock?, until: Moment?, of kind: CaseKind, id: ID<CaseClock>,
    caseID: ID<Case>, startedAt: Moment
  ) -> CaseClock? {
    let rule = kind.clocks[.handling]
    var clock = CaseClock(
      id: id, caseID: caseID, step: .handling, limit: rule?.limit,
      calendar: rule?.calendar ?? Self.plainCalendar, startedAt: startedAt)
    clock.within = above?.id
    if let until { return computed(clock.lasting(until: until), pauses: [], within: above) }
    guard rule != nil else { return nil }
    let free = computed(clock, pauses: [])
    // What the sender is granted later is the sender's: the time that is left now is kept.
    if let due = above?.dueAt, free.dueAt.map({ $0 > due }) ?? true {
      return computed(clock.lasting(until: due), pauses: [], within: above)
    }
    return free
  }

  /// What natural time is counted by where the kind names none: any would do.
  private static let plainCalendar = "china"

  /// The same clock with the deadlines that follow from its facts, none after that of the level
  /// above. Idempotent.
  func computed(
    _ clock: CaseClock, pauses: [Pause], within above: CaseClock?
  ) -> CaseClock {
    var result = computed(clock, pauses: pauses)
    guard let bound = above?.dueAt, bound >= clock.startedAt, above?.stoppedAt == nil,
      result.dueAt.map({ $0 > bound }) ?? (result.missingYear != nil)
    else { return result }
    result.dueAt = bound
    result.missingYear = nil
    result.originalDueAt = result.originalDueAt.map { min($0, bound) } ?? bound
    return result
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

extension CaseClock {
  /// The same clock, in natural time to the minute until a moment after its start.
  fileprivate func lasting(until end: Moment) -> CaseClock {
    let minutes = (end - startedAt + 59_999) / 60_000
    guard let limit = TimeLimit(.minutes(Int(minutes))) else { return self }
    var clock = self
    clock.limit = limit
    clock.startedAt = Moment(milliseconds: end.milliseconds - minutes * 60_000)
    return clock
  }
}
