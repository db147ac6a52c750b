import Base

/// The number of this process among those that make ids on one database.
public enum NodeNumber {
  /// 0…1023; they come round again.
  public static let count = 1024
  /// How long a server keeps its number without renewing it, in seconds: longer than it may stand
  /// still and come back.
  public static let leaseLength: Int64 = 86_400

  /// The next number that no server holds; where servers hold all, or have died with them, the next
  /// in any case.
  public static func next(in tx: Transaction) throws -> Int {
    let held = Set(
      try tx.column(
        "SELECT name FROM lease WHERE name LIKE 'node-%' AND expires_at > \(tx.now)",
        as: String.self))
    let last: Int = try tx.value("SELECT last FROM counter WHERE name = 'node'") ?? 0
    let free = (1...count).lazy.map { (last + $0) % count }.first { !held.contains(lease($0)) }
    let next = free ?? (last + 1) % count
    try tx.run(
      """
      INSERT INTO counter (name, last) VALUES ('node', \(next))
      ON CONFLICT (name) DO UPDATE SET last = excluded.last
      """)
    return next
  }

  /// Holds a number for a server, so that none of the commands that come and go meanwhile gets it.
  /// Asked again, it holds it for longer.
  public static func hold(_ number: Int, in tx: Transaction) throws {
    let name = lease(number)
    let end: Moment? = try tx.value(
      "SELECT expires_at FROM lease WHERE name = \(name) AND holder = \(name)")
    // A server asks every few seconds, and each answer that changes something is a commit.
    if let end, end > tx.now + leaseLength / 2, end <= tx.now + leaseLength { return }
    _ = try Lease.take(lease(number), holder: lease(number), for: leaseLength, in: tx)
  }

  /// The name of its lease.
  static func lease(_ number: Int) -> String { "node-\(number)" }
}
