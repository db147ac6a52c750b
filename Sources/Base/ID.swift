import Synchronization

/// The identity of a `Subject`: 64 bits, ordered by the time it was made.
///
/// Text in JSON and URLs, because JavaScript's numbers hold only 53 bits.
public struct ID<Subject>: Hashable, Comparable, Sendable {
  public let raw: Int64

  public init(_ raw: Int64) { self.raw = raw }

  public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

extension ID: LosslessStringConvertible {
  public init?(_ description: String) {
    guard let raw = Int64(description), raw > 0 else { return nil }
    self.raw = raw
  }

  public var description: String { String(raw) }
}

extension ID: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = Self(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "An id is a positive number."))
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Makes ids: 41 bits of milliseconds since 2000, 10 bits of node, 12 bits of count.
///
/// Monotone for one source even when the clock jumps back, so that "newest first" by id holds.
/// Two processes on one database must have different nodes. The years from 2000 on have room for
/// what is brought in from the past, and last until 2069.
public final class IDSource: Sendable {
  private static let epoch: Int64 = 946_684_800_000
  private let node: Int64
  private let last = Mutex<Int64>(0)

  /// - Parameter node: 0…1023, leased from the database.
  public init(node: Int) {
    precondition((0..<1024).contains(node), "a node number has ten bits")
    self.node = Int64(node)
  }

  /// The next id at `now`; the count within a millisecond carries into the time.
  public func next<Subject>(_ now: Moment) -> ID<Subject> {
    let ticks = max(0, now.milliseconds - Self.epoch) << 12
    let tick = last.withLock { last in
      last = max(last + 1, ticks)
      return last
    }
    return ID((tick >> 12) << 22 | node << 12 | (tick & 0xFFF))
  }

  /// The first id of a moment, of whichever source: where a range of time begins among ids.
  public static func first(at moment: Moment) -> Int64 {
    max(1, max(0, moment.milliseconds - epoch) << 22)
  }

  /// The ids of one millisecond that are this source's to give: for what happened then and is only
  /// now written down. Which of them are free is for the database to say. What is older than 2000
  /// counts as its first millisecond.
  public func ids(at moment: Moment) -> ClosedRange<Int64> {
    let first = max(0, moment.milliseconds - Self.epoch) << 22 | node << 12
    return max(1, first)...(first | 0xFFF)
  }
}
