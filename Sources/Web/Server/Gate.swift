import Base
import Synchronization

/// Lets one long work through at a time; who comes meanwhile is told to come again.
final class Gate: Sendable {
  private let busy = Mutex(false)
  private let code: String

  /// - Parameter code: of the fault for who comes meanwhile.
  init(_ code: String) { self.code = code }

  /// - Throws: `Fault` of the gate's code, with the seconds to wait.
  func pass<Value>(_ work: () async throws -> Value) async throws -> Value {
    let isFree = busy.withLock { busy in
      defer { busy = true }
      return !busy
    }
    guard isFree else { throw Fault(.unavailable, code, ["seconds": "10"]) }
    defer { busy.withLock { $0 = false } }
    return try await work()
  }
}
