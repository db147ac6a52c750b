import Base

/// The sole right to some work for a short while, kept as a row, so that of many equal processes
/// one does it and any may die.
///
/// It guards data only through `Fence`: a process that stood still may believe for long that it has it.
public struct Lease: Equatable, Sendable {
  public let name: String
  /// Who has it: unique for each process or loop that asks.
  public let holder: String
  /// Grows each time that the lease is taken, never when it is renewed.
  public let version: Int64
  public let expiresAt: Moment

  /// Takes a lease that is free, has expired or is the holder's own; nil while another has it. One
  /// that lasts ten times as long as this one was taken under a clock that has been set back since,
  /// and counts as expired.
  ///
  /// - Parameter seconds: how long it lasts without being renewed.
  public static func take(
    _ name: String, holder: String, for seconds: Int64, in tx: Transaction
  ) throws -> Lease? {
    let end = tx.now + seconds
    let taken = try tx.run(
      """
      INSERT INTO lease (name, holder, version, expires_at)
      VALUES (\(name), \(holder), 1, \(end))
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, version = lease.version + 1,
        expires_at = excluded.expires_at
      WHERE lease.holder = excluded.holder OR lease.expires_at <= \(tx.now)
        OR lease.expires_at > \(tx.now + 10 * seconds)
      """)
    guard taken > 0 else { return nil }
    let version: Int64? = try tx.value("SELECT version FROM lease WHERE name = \(name)")
    return Lease(name: name, holder: holder, version: version ?? 1, expiresAt: end)
  }

  /// Makes it last longer; nil when it was lost to another, or expired.
  public func renewed(for seconds: Int64, in tx: Transaction) throws -> Lease? {
    let end = tx.now + seconds
    let kept = try tx.run(
      """
      UPDATE lease SET expires_at = \(end)
      WHERE name = \(name) AND holder = \(holder) AND version = \(version)
        AND expires_at > \(tx.now)
      """)
    return kept > 0 ? Lease(name: name, holder: holder, version: version, expiresAt: end) : nil
  }

  /// Lets others have what a holder may have, whichever version of it; nothing happens when it has not.
  public static func giveUp(_ name: String, holder: String, in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE lease SET expires_at = \(tx.now)
      WHERE name = \(name) AND holder = \(holder) AND expires_at > \(tx.now)
      """)
  }

  /// Lets others have it at once; nothing happens when it was lost.
  public func release(in tx: Transaction) throws {
    try tx.run(
      """
      UPDATE lease SET expires_at = \(tx.now)
      WHERE name = \(name) AND holder = \(holder) AND version = \(version)
        AND expires_at > \(tx.now)
      """)
  }
}
