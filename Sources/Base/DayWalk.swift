/// How days are counted. Every day has one instant at which it counts, its *tick*: the close of
/// business for most limits (midnight on a day without work), a time of day for the others.
private struct DayRule {
  enum Tick {
    case close
    /// Milliseconds after midnight.
    case time(Int64)
    /// The same, moved into the day's hours where it falls outside them.
    case openTime(Int64)
  }

  let tick: Tick
  /// The first day, by number, that may count.
  let first: Int
  let kind: Kind

  enum Kind {
    /// Days without work are passed over.
    case working
    /// Every day counts, but the last must be a working day.
    case natural
    /// Every day counts, whatever the calendar.
    case wallClock
  }

  init(_ measure: TimeLimit.Measure, day: Int, millisecond: Int64) {
    switch measure {
    case .clock(let minute, let days):
      self.init(.time(Int64(minute) * 60_000), first: days == 0 ? day : day + 1, .working)
    case .days(_, .sameTime): self.init(.time(millisecond), first: day + 1, .wallClock)
    case .workingDays(_, .sameTime): self.init(.openTime(millisecond), first: day + 1, .working)
    case .days(_, let convention):
      self.init(.close, first: convention == .civilCode ? day + 1 : day, .natural)
    case .workingDays(_, let convention):
      self.init(.close, first: convention == .civilCode ? day + 1 : day, .working)
    case .minutes, .workingMinutes:
      preconditionFailure("time has no days")
    }
  }

  private init(_ tick: Tick, first: Int, _ kind: Kind) {
    self.tick = tick
    self.first = first
    self.kind = kind
  }

  func millisecond(_ plan: DayPlan) -> Int64 {
    switch tick {
    case .close: plan.hours?.close ?? 86_400_000
    case .time(let millisecond): millisecond
    case .openTime(let millisecond): plan.hours?.nearest(millisecond) ?? millisecond
    }
  }
}

extension OpenHours {
  /// The time itself where it is open, else the next opening, else the last closing.
  fileprivate func nearest(_ millisecond: Int64) -> Int64 {
    guard let segment = segments.first(where: { millisecond <= $0.close }) else { return close }
    return max(segment.open, millisecond)
  }
}

extension ClockWalk {
  /// Runs from day to day, until as many ticks have passed as the limit has days.
  mutating func days(_ limit: TimeLimit) -> Deadline {
    var at = start
    if case .workingDays(_, .sameTime) = limit.measure {
      // Such a limit begins at the first open instant.
      guard let opening = opening() else { return due(last) }
      guard case .due(let moment) = opening else { return opening }
      at = moment.milliseconds
    }
    let (firstDay, millisecond) = zone.local(at)
    let rule = DayRule(limit.measure, day: firstDay, millisecond: millisecond)
    var day = firstDay
    while zone.moment(day, 0) <= last {
      if let outcome = oneDay(day, from: at, rule, limit.budgetAmount) { return outcome }
      day += 1
      at = max(at, zone.moment(day, 0))
    }
    return due(last)
  }

  /// Judges one day; nil when the walk goes on behind it.
  private mutating func oneDay(
    _ day: Int, from: Int64, _ rule: DayRule, _ budget: Int64
  ) -> Deadline? {
    let midnight = min(zone.moment(day + 1, 0), last)
    guard day >= rule.first else {
      sink.add(from, midnight, .firstDay, day: day, amount: 0)
      return nil
    }
    // At the very beginning of a day that is not published, everything before it is known.
    guard let plan = rule.kind == .wallClock ? .closed : calendar.plan(day) else {
      return from < last ? unknown(day) : due(last)
    }
    let tick = zone.moment(day, rule.millisecond(plan))
    let kind = judge(plan, tick, rule, budget)
    if case .paused = kind, let stop = held(tick), stop.isOpen {
      return .standing(since: Moment(milliseconds: stop.start))
    }
    guard case .counted = kind else {
      sink.add(from, midnight, kind, day: day, amount: 0)
      return nil
    }
    guard tick <= last else {
      sink.add(from, last, .counted, day: day, amount: 0)
      return due(last)
    }
    spent += 1
    let isLast = end == nil && spent == budget
    sink.add(from, isLast ? tick : midnight, .counted, day: day, amount: 1)
    return isLast ? due(tick) : nil
  }

  private func judge(_ plan: DayPlan, _ tick: Int64, _ rule: DayRule, _ budget: Int64) -> SpanKind {
    if rule.kind == .working, !plan.isOpen { return .off }
    // Nothing was left of the day of the start.
    if tick <= start { return .firstDay }
    if let stop = held(tick) { return .paused(stop.reason) }
    // The last day must be a working day; those before it need not.
    if rule.kind == .natural, !plan.isOpen, spent + 1 == budget { return .lastDayMoved }
    return .counted
  }

  /// The pause, if any, in which the clock stood still right before `tick`.
  private func held(_ tick: Int64) -> Stop? {
    stops.first { $0.start < tick && tick <= $0.end }
  }
}
