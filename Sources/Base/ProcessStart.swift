import Foundation
import Synchronization

extension Process {
  private static let turn = Mutex(())

  /// Starts it when no other thread is starting one. Where several did, Foundation was seen to end the
  /// whole program by reading beyond its own memory.
  public func start() throws { try Self.turn.withLock { _ in try run() } }
}
