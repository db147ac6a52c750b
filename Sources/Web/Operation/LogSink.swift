import Base
import Foundation
import Synchronization

/// Where lines go: to one thread that writes them, so that whoever reads them slowly holds up no
/// request. What does not fit in between is dropped and counted.
public final class LogSink: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let limit: Int
  /// Lines that found no room.
  public let dropped = Counter()

  /// - Parameters:
  ///   - limit: the most bytes that wait to be written.
  ///   - write: called on a thread of its own.
  public init(limit: Int = 1 << 20, write: @escaping @Sendable ([UInt8]) -> Void) {
    self.limit = limit
    // It lives until it is closed.
    let thread = Thread { self.work(write) }
    thread.name = "chengyun-log"
    thread.start()
  }

  private func work(_ write: ([UInt8]) -> Void) {
    while true {
      let (bytes, isClosed) = state.withLock { state in
        defer { state.bytes.removeAll(keepingCapacity: state.bytes.count <= 65_536) }
        return (state.bytes, state.isClosed)
      }
      if !bytes.isEmpty {
        write(bytes)
      } else if isClosed {
        break
      } else {
        arrived.wait()
      }
    }
    ended.signal()
  }

  func add(_ line: [UInt8]) {
    let (isFirst, fits) = state.withLock { state in
      guard !state.isClosed, state.bytes.count + line.count <= limit else { return (false, false) }
      let isFirst = state.bytes.isEmpty
      state.bytes += line
      return (isFirst, true)
    }
    if isFirst { arrived.signal() }
    if !fits { dropped.add() }
  }

  /// Returns when everything is written. Later lines are dropped.
  public func close() {
    let wasOpen = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard wasOpen else { return }
    arrived.signal()
    ended.wait()
  }
}
