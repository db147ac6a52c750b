/// The hours in which a working day is open: one or more segments in order, so that a lunch break
/// is the gap between two. Written `09:00-11:30, 13:30-17:30`; a whole day is `00:00-24:00`.
public struct OpenHours: Hashable, Sendable {
  /// From an opening to a closing, in milliseconds since midnight.
  public struct Segment: Hashable, Sendable {
    public let open: Int64
    public let close: Int64
  }

  /// Never empty, in order, without overlap.
  public let segments: [Segment]

  /// The day's first opening and last closing, in milliseconds since midnight.
  let open: Int64
  let close: Int64

  /// Nil when there is no segment, when one is empty, or when two are out of order or overlap.
  public init?(_ segments: [Segment]) {
    guard let first = segments.first, let last = segments.last,
      segments.allSatisfy({ 0 <= $0.open && $0.open < $0.close && $0.close <= 86_400_000 }),
      zip(segments, segments.dropFirst()).allSatisfy({ $0.close <= $1.open })
    else { return nil }
    self.segments = segments
    open = first.open
    close = last.close
  }
}

extension OpenHours: LosslessStringConvertible {
  public init?(_ text: String) {
    var segments: [Segment] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map {
        TimeLimit.minuteOfDay($0.drop(while: { $0 == " " }).prefix(while: { $0 != " " }))
      }
      guard ends.count == 2, let open = ends[0], let close = ends[1] else { return nil }
      segments.append(Segment(open: Int64(open) * 60_000, close: Int64(close) * 60_000))
    }
    self.init(segments)
  }

  public var description: String {
    segments.map { "\(Self.text($0.open))-\(Self.text($0.close))" }.joined(separator: ", ")
  }

  private static func text(_ millisecond: Int64) -> String {
    "\(padded(Int(millisecond / 3_600_000), 2)):\(padded(Int(millisecond / 60_000 % 60), 2))"
  }
}
