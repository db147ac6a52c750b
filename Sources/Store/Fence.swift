import Base

/// Writes that count only while a lease is held, which every one of them looks at and renews in its
/// own transaction. Whoever stood still until another had taken the lease, changes nothing any more.
public struct Fence: Writing {
  private let database: any Database
  private let lease: Lease
  private let seconds: Int64

  /// A lease was lost to another, or expired.
  public struct Lost: Error {}

  /// Takes the lease; nil while another has it.
  ///
  /// - Parameter seconds: how long it lasts after each write.
  public static func take(
    _ name: String, holder: String, for seconds: Int64, in database: any Database
  ) async throws -> Fence? {
    let lease = try await database.write {
      try Lease.take(name, holder: holder, for: seconds, in: $0)
    }
    return lease.map { Fence(database: database, lease: $0, seconds: seconds) }
  }

  /// - Throws: `Fence.Lost`, before `body` is run.
  @discardableResult
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await database.write { tx in
      guard try lease.renewed(for: seconds, in: tx) != nil else { throw Lost() }
      return try body(tx)
    }
  }

  /// Lets others have the lease at once; nothing happens when it was lost.
  public func release() async throws {
    try await database.write { try lease.release(in: $0) }
  }
}
