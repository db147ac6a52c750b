/// The one walk along the calendar that deadlines, elapsed times and explanations come from.
///
/// It goes forward from the start, gives every stretch of time to the sink, and is `.due` where
/// the budget is used up; or at `end`, where one is given, whatever the budget.
struct ClockWalk<Sink: SpanSink> {
  var sink: Sink
  let calendar: WorkingCalendar
  let zone: ZoneOffsets
  /// Milliseconds, as all moments in here.
  let start: Int64
  let stops: [Stop]
  let end: Int64?
  /// Milliseconds or days, as the limit counts.
  var spent: Int64 = 0

  /// The end, or one that never comes.
  var last: Int64 { end ?? .max }

  init(
    sink: Sink, calendar: WorkingCalendar, zone: ZoneOffsets, start: Int64, stops: [Stop],
    end: Int64? = nil
  ) {
    self.sink = sink
    self.calendar = calendar
    self.zone = zone
    self.start = start
    self.stops = stops
    self.end = end
  }

  mutating func run(_ limit: TimeLimit) -> Deadline {
    switch limit.measure {
    case .minutes: time(limit.budgetAmount, working: false)
    case .workingMinutes: time(limit.budgetAmount, working: true)
    case .days, .workingDays, .clock: days(limit)
    }
  }

  /// Runs from pause to pause.
  private mutating func time(_ amount: Int64, working: Bool) -> Deadline {
    let budget = end == nil ? amount : .max
    if budget == 0 { return due(start) }
    var at = start
    for stop in stops where stop.start < last {
      if let outcome = stretch(at, stop.start, budget, working) { return outcome }
      if stop.isOpen { return .standing(since: Moment(milliseconds: stop.start)) }
      at = min(stop.end, last)
      sink.add(stop.start, at, .paused(stop.reason), day: nil, amount: 0)
    }
    return stretch(at, last, budget, working) ?? due(last)
  }

  /// Goes to the first open instant; nil when the end comes before it.
  mutating func opening() -> Deadline? {
    // With a budget of nothing the walk stops where it could begin to count.
    stretch(start, last, 0, true)
  }

  /// Runs the clock without a pause; nil when the budget outlasts the stretch.
  private mutating func stretch(
    _ from: Int64, _ to: Int64, _ budget: Int64, _ working: Bool
  ) -> Deadline? {
    guard working else { return count(from, to, budget, day: nil) }
    var at = from
    var day = zone.local(from).day
    while at < to {
      guard let plan = calendar.plan(day) else { return unknown(day) }
      if let hours = plan.hours, let outcome = segments(hours, day, &at, to, budget) {
        return outcome
      }
      // What is left of the day: all of it where it is off.
      let midnight = min(zone.moment(day + 1, 0), to)
      sink.add(at, midnight, plan.isOpen ? .closed : .off, day: day, amount: 0)
      at = max(at, midnight)
      day += 1
    }
    return nil
  }

  /// Runs through the segments of one day, and leaves `at` where the last of them ends.
  private mutating func segments(
    _ hours: OpenHours, _ day: Int, _ at: inout Int64, _ to: Int64, _ budget: Int64
  ) -> Deadline? {
    for segment in hours.segments {
      let open = zone.moment(day, segment.open)
      let close = min(zone.moment(day, segment.close), to)
      if close <= at { continue }
      if open >= to { break }
      if at < open {
        sink.add(at, open, segment.open > hours.open ? .recess : .closed, day: day, amount: 0)
        at = open
      }
      if let outcome = count(at, close, budget, day: day) { return outcome }
      at = close
    }
    return nil
  }

  /// Counts the time between two moments, or as much of it as the budget still holds.
  private mutating func count(_ from: Int64, _ to: Int64, _ budget: Int64, day: Int?) -> Deadline? {
    guard from < to else { return nil }
    let amount = min(to - from, budget - spent)
    sink.add(from, from + amount, .counted, day: day, amount: amount)
    spent += amount
    return spent == budget ? due(from + amount) : nil
  }

  func due(_ moment: Int64) -> Deadline { .due(Moment(milliseconds: moment)) }

  func unknown(_ day: Int) -> Deadline { .unknown(missingYear: Day(number: day).year) }
}

/// Takes what a walk finds. The walk is compiled for each sink, so a deadline alone pays nothing.
protocol SpanSink {
  /// - Parameters:
  ///   - day: the number of the day in which the stretch lies; nil where that is no reason.
  ///   - amount: what was counted, in milliseconds or days.
  mutating func add(_ start: Int64, _ end: Int64, _ kind: SpanKind, day: Int?, amount: Int64)
}

/// A reason before its name is looked up.
enum SpanKind {
  case counted, firstDay, closed, recess, off, lastDayMoved
  case paused(String)
}

struct NoSpans: SpanSink {
  @inline(__always)
  func add(_: Int64, _: Int64, _: SpanKind, day _: Int?, amount _: Int64) {}
}
