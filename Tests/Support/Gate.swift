import Foundation
import Synchronization

/// Holds a thread of the store until a test lets it go on.
public final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  public init() {}

  /// Once open, it stays so: the body of a write may be run again.
  public func wait() {
    semaphore.wait()
    semaphore.signal()
  }

  public func open() { semaphore.signal() }
}

/// Tells one task of a test what another has done.
public final class Flag: Sendable {
  private let state = Mutex(false)

  public init() {}

  public var isSet: Bool { state.withLock { $0 } }

  public func set() { state.withLock { $0 = true } }
}
