import Base

/// A clock as people see it: how much is left, or by how much it was missed.
struct ClockFace: Sendable, Composed {
  enum Phase: String, Sendable {
    case running, soon, overdue
    /// Stopped in time, or too late.
    case met, missed
    case paused
    /// The calendar of the deadline's year is not published yet.
    case unknown
  }

  var phase: Phase
  var deadline: Moment?
  /// Milliseconds left, or over.
  var span: Int64 = 0
  /// The year whose calendar is missing.
  var missingYear: Int?

  /// A clock that is still running at `now`.
  /// - Parameter soon: milliseconds before the deadline from which it is shown as near.
  static func running(to deadline: Moment, now: Moment, soon: Int64) -> ClockFace {
    let left = deadline - now
    let phase: Phase = left < 0 ? .overdue : left <= soon ? .soon : .running
    return ClockFace(phase: phase, deadline: deadline, span: left.magnitude.asInt64)
  }

  var parts: [String: any Shown] {
    let arguments: [String: Phrase] = [
      "span": .duration(span), "year": .plain(missingYear.map { "\($0)" } ?? ""),
    ]
    let isTicking = [.running, .soon, .overdue].contains(phase)
    return [
      "phase": phase.rawValue, "deadline": deadline, "isTicking": isTicking,
      "words": Phrase.key("clock.\(phase.rawValue)", arguments),
    ]
  }
}

extension UInt64 {
  /// The same number, or the largest there is.
  fileprivate var asInt64: Int64 { Int64(clamping: self) }
}

/// One clock of a case with the answer to "why this deadline?".
struct ClockDetail: Sendable {
  /// Which clock: `clock.step.<code>`.
  var step: String
  var face: ClockFace
  var isWholeCase = false
  /// What was allowed, e.g. "2 working days".
  var budget: Phrase
  var start: Moment
  /// Before an extension.
  var originalDeadline: Moment?
  /// Empty where the deadline was given from outside.
  var intervals: [Interval]
  /// Milliseconds that count, in all.
  var counted: Int64

  struct Interval: Sendable {
    var from: Moment
    var to: Moment
    var isCounted: Bool
    /// Milliseconds.
    var span: Int64
    var reason: Phrase
  }
}

extension ClockDetail: Composed {
  var parts: [String: any Shown] {
    [
      "step": Phrase.key("clock.step.\(step)"), "clock": face, "isWholeCase": isWholeCase,
      "budget": budget, "start": start, "originalDeadline": originalDeadline,
      "counted": Phrase.duration(counted), "isGiven": intervals.isEmpty,
      "intervals": intervals.each {
        [
          "from": $0.from, "to": $0.to, "isCounted": $0.isCounted,
          "span": Phrase.duration($0.span), "reason": $0.reason,
        ]
      },
    ]
  }
}
