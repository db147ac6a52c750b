/// A time in which a clock stood still.
public struct Pause: Hashable, Sendable {
  public let start: Moment
  /// The first instant at which the clock ran again; nil while it still stands.
  public let end: Moment?
  /// The code of the reason, one that the catalogue allows.
  public let reason: String

  public init(from start: Moment, to end: Moment?, reason: String) {
    self.start = start
    self.end = end
    self.reason = reason
  }

  /// Milliseconds for which at least one of `pauses` held the clock between two moments, nights
  /// and holidays included; an open pause holds to the end.
  public static func total(_ pauses: [Pause], from start: Moment, to end: Moment) -> Int64 {
    Stop.line(pauses, from: start.milliseconds, until: end).reduce(0) {
      $0 + max(0, min($1.end, end.milliseconds) - $1.start)
    }
  }
}

/// A pause after overlaps are resolved.
struct Stop {
  var start: Int64
  /// `Int64.max` while nobody can say when the clock runs again.
  let end: Int64
  let reason: String

  var isOpen: Bool { end == .max }

  /// The pauses after `start` in order and apart: of two that overlap, the earlier one holds until
  /// its end. An open pause ends at `until`, where that is given.
  static func line(_ pauses: [Pause], from start: Int64, until: Moment?) -> [Stop] {
    if pauses.isEmpty { return [] }
    var line: [Stop] = []
    var free = start
    for pause in pauses.sorted(by: { $0.start < $1.start }) {
      let end = (pause.end ?? until)?.milliseconds ?? .max
      let start = max(pause.start.milliseconds, free)
      guard start < end else { continue }
      line.append(Stop(start: start, end: end, reason: pause.reason))
      free = end
    }
    return line
  }
}
