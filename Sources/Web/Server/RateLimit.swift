import Base
import Synchronization

/// So many requests at once, and so many a minute, from one caller (a token bucket). Bounded in
/// memory: when too many callers are known, those that are full again are forgotten.
final class RateLimit: Sendable {
  private struct Bucket {
    var level: Double
    var at: Moment
  }

  private static let mostCallers = 10_000
  private let burst: Double
  private let perMillisecond: Double
  private let now: Now
  private let buckets = Mutex<[String: Bucket]>([:])

  init(burst: Int, perMinute: Int, now: @escaping Now) {
    self.burst = Double(burst)
    perMillisecond = Double(perMinute) / 60_000
    self.now = now
  }

  /// Counts one request.
  ///
  /// - Throws: `Fault` `rate.exceeded` with the seconds to wait.
  func take(_ caller: String) throws {
    let present = now()
    let wait: Double? = buckets.withLock { buckets in
      if buckets.count >= Self.mostCallers {
        buckets = buckets.filter { filled($0.value, present) < burst }
        if buckets.count >= Self.mostCallers { buckets.removeAll() }
      }
      var bucket = buckets[caller] ?? Bucket(level: burst, at: present)
      bucket.level = filled(bucket, present)
      bucket.at = present
      defer { buckets[caller] = bucket }
      guard bucket.level >= 1 else { return (1 - bucket.level) / perMillisecond }
      bucket.level -= 1
      return nil
    }
    guard let wait else { return }
    throw Fault(
      .tooMany, "rate.exceeded", ["seconds": String(max(1, Int((wait / 1000).rounded(.up))))])
  }

  private func filled(_ bucket: Bucket, _ present: Moment) -> Double {
    min(burst, bucket.level + Double(max(0, present - bucket.at)) * perMillisecond)
  }
}
