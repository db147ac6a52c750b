import Foundation

/// When a limit is used up.
public enum Deadline: Hashable, Sendable {
  case due(Moment)
  /// It reaches into a year whose holidays are not published; ask again when they are.
  case unknown(missingYear: Int)
  /// The clock stands still since this moment and nobody has said until when.
  case standing(since: Moment)

  /// Nil where there is none yet.
  public var moment: Moment? {
    if case .due(let moment) = self { moment } else { nil }
  }

  /// Natural milliseconds by which `moment` is past the deadline; 0 when in time, nil when there
  /// is no deadline to be late for.
  public func lateness(at end: Moment) -> Int64? {
    moment.map { max(0, end - $0) }
  }
}

/// An amount of a limit, in what that limit counts.
public enum TimeSpent: Hashable, Sendable {
  /// Of limits in minutes or hours.
  case milliseconds(Int64)
  /// Of limits in days, and of fixed times.
  case days(Int)
}

extension TimeLimit {
  /// The earliest moment at which the limit is used up by a clock that begins at `start`.
  ///
  /// Recomputing it from the same facts gives the same answer.
  /// - Parameters:
  ///   - zone: where the calendar's hours and days are read.
  ///   - pauses: in any order; they may overlap, and may lie before the start.
  ///   - until: how long an open pause is taken to have lasted, usually the present; without it a
  ///     clock that is held by one has no deadline and is `.standing`.
  public func deadline(
    from start: Moment, calendar: WorkingCalendar, zone: TimeZone, pauses: [Pause] = [],
    until: Moment? = nil
  ) -> Deadline {
    var walk = ClockWalk(
      sink: NoSpans(), calendar: calendar, zone: .of(zone), start: start.milliseconds,
      stops: Stop.line(pauses, from: start.milliseconds, until: until))
    return walk.run(self)
  }

  /// How much of the limit was used from `start` to `end`, more than `budget` once it is overrun;
  /// nil when it depends on a year that is not published. An open pause holds to the end.
  public func elapsed(
    from start: Moment, to end: Moment, calendar: WorkingCalendar, zone: TimeZone,
    pauses: [Pause] = []
  ) -> TimeSpent? {
    var walk = ClockWalk(
      sink: NoSpans(), calendar: calendar, zone: .of(zone), start: start.milliseconds,
      stops: Stop.line(pauses, from: start.milliseconds, until: end), end: end.milliseconds)
    guard case .due = walk.run(self) else { return nil }
    return spent(walk.spent)
  }

  /// Why the deadline is what it is: everything from `start` to the deadline, or as far as is
  /// known, in order and without gaps. The parameters are those of `deadline`.
  public func explanation(
    from start: Moment, calendar: WorkingCalendar, zone: TimeZone, pauses: [Pause] = [],
    until: Moment? = nil
  ) -> Explanation {
    let stops = Stop.line(pauses, from: start.milliseconds, until: until)
    var walk = ClockWalk(
      sink: SpanList(limit: self, calendar: calendar), calendar: calendar, zone: .of(zone),
      start: start.milliseconds, stops: stops)
    let deadline = walk.run(self)
    return Explanation(limit: self, deadline: deadline, spans: walk.sink.spans)
  }

  /// What `elapsed` is at the deadline.
  public var budget: TimeSpent { spent(budgetAmount) }

  func spent(_ amount: Int64) -> TimeSpent {
    switch measure {
    case .minutes, .workingMinutes: .milliseconds(amount)
    case .days, .workingDays, .clock: .days(Int(amount))
    }
  }

  /// Milliseconds, or days. A fixed time on the same day still takes one day to come.
  var budgetAmount: Int64 {
    switch measure {
    case .minutes(let count), .workingMinutes(let count): Int64(count) * 60_000
    case .days(let count, _), .workingDays(let count, _): Int64(count)
    case .clock(_, let days): Int64(max(1, days))
    }
  }
}

extension WorkingCalendar {
  /// `moment` itself where the calendar is open, else the next opening.
  public func nextOpening(from moment: Moment, in zone: TimeZone) -> Deadline {
    var walk = ClockWalk(
      sink: NoSpans(), calendar: self, zone: .of(zone), start: moment.milliseconds, stops: [])
    return walk.opening() ?? .due(moment)
  }
}
