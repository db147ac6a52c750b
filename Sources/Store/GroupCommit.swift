import Base
import Foundation
import Synchronization

/// A write that waits for its turn.
struct WriteJob: Sendable {
  /// Does the work; may be called again when another job of its batch failed.
  let body: @Sendable (Transaction) throws -> Void
  /// Told once, after the commit is on disk or the job has failed.
  let finish: @Sendable ((any Error)?) -> Void
}

/// The queue in front of the one writer: what waits together is taken, and committed, together.
///
/// Bounded: when `limit` jobs wait, the next is refused at once, so that overload is an answer
/// and not a growing queue.
final class WriteQueue: Sendable {
  private struct State {
    var waiting: [WriteJob] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let limit: Int
  private let largestBatch: Int

  init(limit: Int = 4096, largestBatch: Int = 128) {
    self.limit = limit
    self.largestBatch = largestBatch
  }

  func add(_ job: WriteJob) {
    let refusal: Fault? = state.withLock { state in
      if state.isClosed { return Fault(.unavailable, "store.closed") }
      if state.waiting.count >= limit { return Fault(.unavailable, "store.busy") }
      state.waiting.append(job)
      return nil
    }
    if let refusal { job.finish(refusal) } else { arrived.signal() }
  }

  var isClosed: Bool { state.withLock(\.isClosed) }

  /// Waits for work; nil when the queue is closed and empty.
  func next() -> [WriteJob]? {
    while true {
      let (batch, isClosed) = state.withLock { state in
        let batch = Array(state.waiting.prefix(largestBatch))
        state.waiting.removeFirst(batch.count)
        return (batch, state.isClosed)
      }
      if !batch.isEmpty { return batch }
      if isClosed { return nil }
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
