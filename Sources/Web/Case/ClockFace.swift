import Base
import City

/// A clock as people see it: how much is left, or by how much it was missed.
struct ClockFace: Sendable, Composed {
  enum Phase: String, Sendable {
    case running, soon, overdue
    /// Stopped in time, or too late.
    case met, missed
    /// It runs no longer, though the step was not done: returned, sent elsewhere, void.
    case ended
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
  var step: ClockStep
  /// Whose it is, where several levels have one.
  var unit: String?
  var face: ClockFace
  /// What was allowed; nil where the deadline was given from outside.
  var limit: TimeLimit?
  /// What it was put off by.
  var extensions: [TimeLimit] = []
  var start: Moment
  /// Before an extension.
  var originalDeadline: Moment?
  /// Why it is so; nil where the deadline was given from outside.
  var explanation: Explanation?
  /// Names of the reasons for a pause, by code.
  var pauses: [String: Phrase] = [:]
}

extension ClockDetail: Composed {
  var parts: [String: any Shown] {
    [
      "step": name, "clock": face,
      "limit": limit.map { Phrase($0) }, "start": start, "originalDeadline": originalDeadline,
      "extensions": extensions.isEmpty ? nil : Phrase.list(extensions.map { Phrase($0) }),
      "isGiven": limit == nil,
      "intervals": (explanation?.spans ?? []).each { span in
        [
          "from": span.start, "to": span.end, "isCounted": span.reason.isCounted,
          "span": Phrase(span.spent), "reason": reason(span.reason),
        ]
      },
    ]
  }

  /// The step, and whose it is below the case itself.
  var name: Phrase {
    let step = Phrase.key("clock.step.\(step.rawValue)")
    return unit.map { .key("clock.step.of", ["step": step, "unit": .plain($0)]) } ?? step
  }

  private func reason(_ reason: Explanation.Reason) -> Phrase {
    let key = "clock.reason.\(reason.code)"
    guard let name = reason.name else { return .key(key) }
    if case .paused = reason { return .key(key, ["name": pauses[name] ?? .plain(name)]) }
    return .either(["\(key).named", key], ["name": .plain(name)])
  }
}

extension Phrase {
  /// Time as a limit counts it.
  fileprivate init(_ spent: TimeSpent) {
    switch spent {
    case .milliseconds(let milliseconds): self = .duration(milliseconds)
    case .days(let days): self = .key("limit.days", ["count": .plain("\(days)")])
    }
  }
}
