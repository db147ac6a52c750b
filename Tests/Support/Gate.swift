import Foundation

/// Holds a thread of the store until a test lets it go on.
public final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  public init() {}

  public func wait() { semaphore.wait() }

  public func open() { semaphore.signal() }
}
