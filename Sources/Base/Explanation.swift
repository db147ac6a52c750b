/// Why a deadline is what it is.
public struct Explanation: Hashable, Sendable {
  /// A stretch of time that was counted, or was not, for one reason.
  public struct Span: Hashable, Sendable {
    public let start: Moment
    public fileprivate(set) var end: Moment
    public let reason: Reason
    /// How much of the limit this stretch used; nothing where it was not counted.
    public fileprivate(set) var spent: TimeSpent
  }

  /// Why a span was counted or not.
  public enum Reason: Hashable, Sendable {
    /// The name is that of the holiday which a make-up day gives back.
    case counted(makeUp: String?)
    /// The day of the start, which the limit does not count.
    case firstDay
    /// Before the first opening or after the last closing.
    case closed
    /// Between two segments of a working day: lunch.
    case recess
    /// Closed by the week's rule.
    case weekend
    case holiday(name: String)
    /// Held by a pause, with the code of its reason.
    case paused(reason: String)
    /// It would be the last day, but is no working day, so the last day moves on.
    case lastDayMoved(holiday: String?)

    /// A stable code for wording: `counted`, `firstDay`, `closed`, `recess`, `weekend`, `holiday`,
    /// `paused`, `lastDayMoved`.
    public var code: String {
      switch self {
      case .counted: "counted"
      case .firstDay: "firstDay"
      case .closed: "closed"
      case .recess: "recess"
      case .weekend: "weekend"
      case .holiday: "holiday"
      case .paused: "paused"
      case .lastDayMoved: "lastDayMoved"
      }
    }

    /// The holiday's name or the pause's reason, where there is one.
    public var name: String? {
      switch self {
      case .counted(let name), .lastDayMoved(let name): name
      case .holiday(let name), .paused(let name): name
      case .firstDay, .closed, .recess, .weekend: nil
      }
    }

    public var isCounted: Bool { if case .counted = self { true } else { false } }
  }

  public let limit: TimeLimit
  public let deadline: Deadline
  /// Without gaps from the start to the deadline; where that is not known, as far as it is.
  public let spans: [Span]

  /// The same with what an extension, counted from this deadline, adds to it.
  public func continued(by more: Explanation) -> Explanation {
    Explanation(limit: limit, deadline: more.deadline, spans: spans + more.spans)
  }
}

/// Collects the spans of an explanation; neighbours with one reason become one.
struct SpanList: SpanSink {
  let limit: TimeLimit
  let calendar: WorkingCalendar
  private(set) var spans: [Explanation.Span] = []

  init(limit: TimeLimit, calendar: WorkingCalendar) {
    self.limit = limit
    self.calendar = calendar
  }

  mutating func add(_ start: Int64, _ end: Int64, _ kind: SpanKind, day: Int?, amount: Int64) {
    guard start < end || amount > 0 else { return }
    let reason = reason(kind, day.flatMap { calendar.specialDay(on: Day(number: $0)) })
    let last = spans.count - 1
    if last >= 0, spans[last].reason == reason {
      spans[last].end = Moment(milliseconds: end)
      spans[last].spent = limit.spent(spans[last].spent.amount + amount)
    } else {
      spans.append(
        Explanation.Span(
          start: Moment(milliseconds: start), end: Moment(milliseconds: end), reason: reason,
          spent: limit.spent(amount)))
    }
  }

  private func reason(
    _ kind: SpanKind, _ special: WorkingCalendar.SpecialDay?
  ) -> Explanation.Reason {
    switch kind {
    case .counted: .counted(makeUp: special?.kind == .work ? special?.name : nil)
    case .firstDay: .firstDay
    case .closed: .closed
    case .recess: .recess
    case .off: special.map { .holiday(name: $0.name) } ?? .weekend
    case .lastDayMoved: .lastDayMoved(holiday: special?.name)
    case .paused(let reason): .paused(reason: reason)
    }
  }
}

extension TimeSpent {
  fileprivate var amount: Int64 {
    switch self {
    case .milliseconds(let count): count
    case .days(let count): Int64(count)
    }
  }
}
