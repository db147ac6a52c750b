import Base
import Foundation
import Synchronization

/// Work in a scope that waits for a thread.
struct Job<Scope>: Sendable {
  /// Does the work. May be called again: a write when another of its batch failed, a read on a new
  /// snapshot.
  let body: @Sendable (Scope) throws -> Void
  /// Told once how it ended; a write, after its commit is on disk or it has failed.
  let finish: @Sendable ((any Error)?) -> Void
}

typealias ReadJob = Job<Snapshot>
typealias WriteJob = Job<Transaction>
typealias ReadQueue = JobQueue<Snapshot>
/// The queue in front of the one writer: what waits together is taken, and committed, together.
typealias WriteQueue = JobQueue<Transaction>

/// Work between those who ask and the threads that do it.
///
/// Bounded: when `limit` jobs wait, the next is refused at once, so that overload is an answer
/// and not a growing queue.
final class JobQueue<Scope>: Sendable {
  private struct State {
    var waiting: [Job<Scope>] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let limit: Int
  private let largestBatch: Int
  private let meter: StoreMeter?

  init(limit: Int = 4096, largestBatch: Int = 128, meter: StoreMeter? = nil) {
    self.meter = meter
    self.limit = limit
    self.largestBatch = largestBatch
  }

  /// Waits for its turn and for its end.
  func run<T: Sendable>(_ body: @escaping @Sendable (Scope) throws -> T) async throws -> T {
    let result = JobResult<T>()
    let _: Void = try await withCheckedThrowingContinuation { continuation in
      add(
        Job(body: { result.set(try body($0)) }) { error in
          if let error { continuation.resume(throwing: error) } else { continuation.resume() }
        })
    }
    return try result.get()
  }

  func add(_ job: Job<Scope>) {
    let refusal: Fault? = state.withLock { state in
      if state.isClosed { return Fault(.unavailable, "store.closed") }
      if state.waiting.count >= limit { return Fault(.unavailable, "store.busy") }
      state.waiting.append(job)
      return nil
    }
    if let refusal {
      if refusal.code == "store.busy" { meter?.refused.add() }
      job.finish(refusal)
    } else {
      arrived.signal()
    }
  }

  /// How many jobs wait; without those that were taken.
  var count: Int { state.withLock(\.waiting.count) }

  var isClosed: Bool { state.withLock(\.isClosed) }

  /// Waits for work; nil when the queue is closed and empty. Any number of threads may wait.
  func next() -> [Job<Scope>]? {
    while true {
      let (batch, isClosed) = state.withLock { state in
        let batch = Array(state.waiting.prefix(largestBatch))
        state.waiting.removeFirst(batch.count)
        return (batch, state.isClosed)
      }
      if !batch.isEmpty { return batch }
      if isClosed {
        // The next of those who wait is to see it too.
        arrived.signal()
        return nil
      }
      arrived.wait()
    }
  }

  /// Lets what waits finish and refuses what comes. False when it was closed before.
  func close() -> Bool {
    let wasOpen = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    arrived.signal()
    return wasOpen
  }
}

/// Carries a job's result from the thread that does it to the task that waits.
private final class JobResult<T: Sendable>: Sendable {
  private let value = Mutex<T?>(nil)

  func set(_ new: T) { value.withLock { $0 = new } }

  func get() throws -> T {
    guard let value = value.withLock({ $0 }) else { throw Fault(.broken, "store.no-result") }
    return value
  }
}

extension Thread {
  /// Starts a thread of our own, beside those that tasks run on.
  static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = name
    thread.start()
  }
}
