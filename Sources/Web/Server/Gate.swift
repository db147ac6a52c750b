import Base
import Dispatch
import Synchronization

/// Lets so much long work through at a time; who comes meanwhile is told to come again.
final class Gate: Sendable {
  private let busy = Mutex(0)
  private let code: String
  private let most: Int

  /// - Parameters:
  ///   - code: of the fault for who comes meanwhile.
  ///   - most: how many are let through together.
  init(_ code: String, most: Int = 1) {
    self.code = code
    self.most = most
  }

  /// - Throws: `Fault` of the gate's code, with the seconds to wait.
  func pass<Value>(_ work: () async throws -> Value) async throws -> Value {
    let isFree = busy.withLock { busy in
      guard busy < most else { return false }
      busy += 1
      return true
    }
    guard isFree else { throw Fault(.unavailable, code, ["seconds": "10"]) }
    defer { busy.withLock { $0 -= 1 } }
    return try await work()
  }
}

/// Work that holds its thread up, such as waiting for a program: away from the threads that answer.
enum BlockingWork {
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { done in
      DispatchQueue.global().async { done.resume(with: Result(catching: work)) }
    }
  }
}
