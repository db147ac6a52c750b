import Base
import City
import Synchronization

/// So many requests at once, and so many a minute, from one caller (a token bucket). Bounded in
/// memory: when too many callers are known, those that are full again are forgotten.
///
/// Where there are several nodes, each counts for itself; what was taken is settled between them by
/// `SettlingService`.
final class RateLimit: Sendable {
  private struct Bucket {
    var level: Double
    var at: Moment
    /// Taken since the last settlement, and when the first of it was.
    var unsettled = 0
    var unsettledSince: Moment
  }

  private static let mostCallers = 10_000
  /// The most callers of one settlement; the others wait for the next.
  private static let mostSettled = 500
  private let name: String
  private let burst: Int
  private let perMinute: Int
  private let now: Now
  private let buckets = Mutex<[String: Bucket]>([:])

  /// - Parameter name: tells its callers from those of other limits.
  init(_ name: String, burst: Int, perMinute: Int, now: @escaping Now) {
    self.name = name
    self.burst = burst
    self.perMinute = perMinute
    self.now = now
  }

  private var perMillisecond: Double { Double(perMinute) / 60_000 }

  /// Counts one request.
  ///
  /// - Throws: `Fault` `rate.exceeded` with the seconds to wait.
  func take(_ caller: String) throws {
    let present = now()
    let wait: Double? = buckets.withLock { buckets in
      if buckets.count >= Self.mostCallers {
        buckets = buckets.filter { filled($0.value, present) < Double(burst) }
        if buckets.count >= Self.mostCallers { buckets.removeAll() }
      }
      var bucket =
        buckets[caller] ?? Bucket(level: Double(burst), at: present, unsettledSince: present)
      bucket.level = filled(bucket, present)
      bucket.at = present
      defer { buckets[caller] = bucket }
      guard bucket.level >= 1 else { return (1 - bucket.level) / perMillisecond }
      bucket.level -= 1
      if bucket.unsettled == 0 { bucket.unsettledSince = present }
      bucket.unsettled += 1
      return nil
    }
    guard let wait else { return }
    throw Fault(
      .tooMany, "rate.exceeded", ["seconds": String(max(1, Int((wait / 1000).rounded(.up))))])
  }

  private func filled(_ bucket: Bucket, _ present: Moment) -> Double {
    min(Double(burst), bucket.level + Double(max(0, present - bucket.at)) * perMillisecond)
  }

  // MARK: - With other nodes

  /// What is worth settling: a twentieth of a bucket, or more. Less than that in the time in which a
  /// bucket fills is forgotten: it is no more than a twentieth of what may be asked.
  func unsettled() -> [(caller: String, use: RateUse)] {
    let present = now()
    let least = max(1, burst / 20)
    let fill = Int64(Double(burst) / perMillisecond)
    return buckets.withLock { buckets in
      var found: [(caller: String, use: RateUse)] = []
      for (caller, bucket) in buckets where bucket.unsettled > 0 {
        if bucket.unsettled >= least, found.count < Self.mostSettled {
          found.append((caller, use(caller, bucket.unsettled)))
        } else if bucket.unsettled < least, present - bucket.unsettledSince > fill {
          buckets[caller]?.unsettled = 0
        }
      }
      return found
    }
  }

  private func use(_ caller: String, _ taken: Int) -> RateUse {
    RateUse(caller: "\(name) \(caller)", taken: taken, burst: burst, perMinute: perMinute)
  }

  /// Takes over what all nodes have left of a bucket, but for what was taken here meanwhile.
  ///
  /// - Parameter level: in thousandths of a request.
  func settle(_ caller: String, _ use: RateUse, level: Int64) {
    let present = now()
    buckets.withLock { buckets in
      guard var bucket = buckets[caller] else { return }
      bucket.unsettled = max(0, bucket.unsettled - use.taken)
      bucket.unsettledSince = present
      bucket.level = Double(level) / 1000 - Double(bucket.unsettled)
      bucket.at = present
      buckets[caller] = bucket
    }
  }
}
