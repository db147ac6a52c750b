import Base
import Store

/// What one caller has asked of one node since it last said so.
public struct RateUse: Sendable {
  /// The limit and the caller, such as `person 123`.
  public let caller: String
  /// Requests.
  public let taken: Int
  /// Requests at once, and in a minute.
  public let burst: Int
  public let perMinute: Int

  public init(caller: String, taken: Int, burst: Int, perMinute: Int) {
    self.caller = caller
    self.taken = taken
    self.burst = burst
    self.perMinute = perMinute
  }
}

/// The buckets of requests that the nodes of a centre share.
///
/// Each node counts for itself and settles with the others now and then, so that no request costs a
/// commit. Between two settlements each may let a whole bucket pass; that is owed, and must be filled
/// again before anybody lets more through.
public enum SharedRate {
  /// A bucket owes at most so many times its size.
  static let mostDebt: Int64 = 8
  /// A bucket that was filled further ahead was filled by a clock that has been set back, in
  /// milliseconds.
  static let mostAhead: Int64 = 60_000
  /// Seconds for which a bucket is kept that nobody settles: by then it is full.
  static let memory: Int64 = 3600

  /// Takes what was used out of the buckets.
  ///
  /// - Returns: for each use, what its bucket now holds, in thousandths of a request.
  public static func settle(_ uses: [RateUse], in tx: Transaction) throws -> [Int64] {
    try uses.map { use in
      let digest = Secret.digest(use.caller)
      let kept: Kept? = try tx.first(
        "SELECT level, filled_at FROM rate_bucket WHERE caller_digest = \(digest)")
      let bucket = filled(kept, use, tx.now)
      let level = max(
        bucket.level - Int64(use.taken) * 1000, -mostDebt * Int64(use.burst) * 1000)
      try tx.run(
        """
        INSERT INTO rate_bucket (caller_digest, level, filled_at)
        VALUES (\(digest), \(level), \(bucket.filledAt))
        ON CONFLICT (caller_digest) DO UPDATE SET level = excluded.level,
          filled_at = excluded.filled_at
        """)
      return level
    }
  }

  /// Time counts once, by whichever node's clock is ahead.
  private static func filled(_ kept: Kept?, _ use: RateUse, _ now: Moment) -> Kept {
    let full = Int64(use.burst) * 1000
    guard let kept, kept.filledAt - now <= mostAhead else {
      return Kept(level: min(full, kept?.level ?? full), filledAt: now)
    }
    let more = max(0, now - kept.filledAt) * Int64(use.perMinute) / 60
    return Kept(level: min(full, kept.level + more), filledAt: max(kept.filledAt, now))
  }

  static func removeOld(limit: Int, in tx: Transaction) throws -> Int {
    try tx.run(
      """
      DELETE FROM rate_bucket WHERE caller_digest IN (
        SELECT caller_digest FROM rate_bucket WHERE filled_at <= \(tx.now + -memory)
        LIMIT \(limit))
      """)
  }

  private struct Kept: Row {
    let level: Int64
    let filledAt: Moment

    init(level: Int64, filledAt: Moment) {
      self.level = level
      self.filledAt = filledAt
    }

    init(_ fields: inout Fields) throws {
      level = try fields.next()
      filledAt = try fields.next()
    }
  }
}
