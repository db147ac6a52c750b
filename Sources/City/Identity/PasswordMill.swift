import Base
import Foundation
import Synchronization

/// Where passwords are hashed: outside every transaction, at most two at once, so that people who
/// sign in never take the processors from those who work.
///
/// A queue of its own, because 40 ms of arithmetic would block the few threads that all tasks share.
final class PasswordMill: Sendable {
  /// More than this many in line is an attack or a mistake: the next is refused.
  static let mostWaiting = 200

  private let queue: OperationQueue
  private let inLine = Mutex(0)
  private let cost: PasswordCost
  private let decoy: PasswordHash

  init(cost: PasswordCost) {
    self.cost = cost
    decoy = .decoy(cost: cost)
    queue = OperationQueue()
    queue.name = "chengyun-passwords"
    queue.maxConcurrentOperationCount = 2
  }

  /// - Throws: `Fault` `sign-in.busy` when too many wait.
  func hash(_ password: String) async throws -> PasswordHash {
    try await run { [cost] in try PasswordHash(hashing: password, cost: cost) }
  }

  /// Whether `password` is the one; false after the same time when there is none.
  func check(_ password: String, against hash: PasswordHash?) async throws -> Bool {
    try await run { [decoy] in try (hash ?? decoy).matches(password) }
  }

  /// Whether a hash was made when less was asked for: then it is made again at the next chance.
  func isOutdated(_ hash: PasswordHash) -> Bool { !hash.cost.isAsHigh(as: cost) }

  /// How many passwords are hashed, or wait for it.
  var count: Int { inLine.withLock { $0 } }

  private func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try inLine.withLock {
      guard $0 < Self.mostWaiting else { throw Fault(.unavailable, "sign-in.busy") }
      $0 += 1
    }
    defer { inLine.withLock { $0 -= 1 } }
    return try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Result { try work() }) }
    }
  }
}
