import Synchronization

/// A number that only grows, counted from many threads at once.
public final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  public init() {}

  /// - Parameter more: not negative.
  public func add(_ more: Int = 1) { count.wrappingAdd(more, ordering: .relaxed) }

  public var value: Int { count.load(ordering: .relaxed) }
}

/// A number that goes up and down: how much of something there is now.
public final class Level: Sendable {
  private let count = Atomic<Int>(0)

  public init() {}

  /// - Returns: how much there is then.
  @discardableResult
  public func raise(by amount: Int = 1) -> Int {
    count.wrappingAdd(amount, ordering: .relaxed).newValue
  }

  /// There is less of it.
  public func lower(by amount: Int = 1) {
    count.wrappingSubtract(amount, ordering: .relaxed)
  }

  public var value: Int { count.load(ordering: .relaxed) }
}

/// How often something was at most so large, for a fixed row of bounds.
public final class Histogram: Sendable {
  /// What was counted, at one moment.
  public struct Reading: Equatable, Sendable {
    /// Ascending; the last place of `counts` is for all that is above them.
    public let bounds: [Double]
    /// How many fell between a bound and the one before it; one more than there are bounds.
    public let counts: [Int]
    /// Of everything that was added.
    public let sum: Double

    public var count: Int { counts.reduce(0, +) }
  }

  /// Seconds, for what people and programs wait for.
  public static let seconds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  private let bounds: [Double]
  private let state: Mutex<(counts: [Int], sum: Double)>

  /// - Parameter bounds: ascending.
  public init(_ bounds: [Double] = seconds) {
    self.bounds = bounds
    state = Mutex((Array(repeating: 0, count: bounds.count + 1), 0))
  }

  /// Counts one value.
  public func add(_ value: Double) {
    let place = bounds.firstIndex { value <= $0 } ?? bounds.count
    state.withLock {
      $0.counts[place] += 1
      $0.sum += value
    }
  }

  /// Counts one duration, in seconds.
  public func add(_ duration: Duration) { add(duration.inSeconds) }

  public var reading: Reading {
    state.withLock { Reading(bounds: bounds, counts: $0.counts, sum: $0.sum) }
  }
}

extension Duration {
  /// As a fraction, for figures; never for deadlines.
  public var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
