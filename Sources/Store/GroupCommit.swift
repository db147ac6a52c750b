import Base
import Foundation
import Synchronization

/// Work that waits for a thread.
protocol QueuedJob: Sendable {
  /// Told once how it ended.
  var finish: @Sendable ((any Error)?) -> Void { get }
}

/// A write that waits for its turn.
struct WriteJob: QueuedJob {
  /// Does the work; may be called again when another job of its batch failed.
  let body: @Sendable (Transaction) throws -> Void
  /// Told once, after the commit is on disk or the job has failed.
  let finish: @Sendable ((any Error)?) -> Void
}

/// A read that waits for a thread.
struct ReadJob: QueuedJob {
  /// May be called again on a new snapshot.
  let body: @Sendable (Snapshot) throws -> Void
  let finish: @Sendable ((any Error)?) -> Void
}

/// The queue in front of the one writer: what waits together is taken, and committed, together.
typealias WriteQueue = JobQueue<WriteJob>

/// Work between those who ask and the threads that do it.
///
/// Bounded: when `limit` jobs wait, the next is refused at once, so that overload is an answer
/// and not a growing queue.
final class JobQueue<Job: QueuedJob>: Sendable {
  private struct State {
    var waiting: [Job] = []
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

  func add(_ job: Job) {
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
  func next() -> [Job]? {
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
final class JobResult<T: Sendable>: Sendable {
  private let value = Mutex<T?>(nil)

  func set(_ new: T) { value.withLock { $0 = new } }

  func get() throws -> T {
    guard let value = value.withLock({ $0 }) else { throw Fault(.broken, "store.no-result") }
    return value
  }
}
