import Base
import Store

/// Seals what was entered since the last seal.
public enum LedgerSweep {
  /// The most entries under one seal.
  public static let largestRange = 10_000
  /// The lease under which processes take turns, and its length in seconds.
  static let lease = "ledger-seal"
  public static let leaseLength: Int64 = 60

  /// Seals everything after the last seal, in ranges. Done twice, it changes nothing the second time.
  ///
  /// - Parameters:
  ///   - ranges: the most seals to make in this transaction.
  ///   - size: the most entries under one.
  /// - Returns: how many entries were sealed.
  @discardableResult
  public static func seal(
    in tx: Transaction, ranges: Int = .max, of size: Int = largestRange
  ) throws -> Int {
    var total = 0
    var last = try Ledger.lastSeal(in: tx)
    for _ in 0..<ranges {
      guard let seal = try next(after: last, size: size, in: tx) else { break }
      try insert(seal, in: tx)
      total += Int(seal.entryCount)
      last = seal
    }
    return total
  }

  /// Seals everything, one range to a transaction, unless another process is at it. The lease is
  /// looked at in each of them: who has lost it adds no seal to the other's.
  ///
  /// - Parameter holder: names this process in the lease.
  /// - Returns: how many entries were sealed.
  /// - Throws: `Fence.Lost`.
  @discardableResult
  public static func run(
    in database: any Database, holder: String, leaseLength: Int64 = Self.leaseLength
  ) async throws -> Int {
    // Most passes find nothing, and taking turns is a commit.
    guard try await database.read({ try LedgerLag.read(in: $0).unsealed }) > 0 else { return 0 }
    guard
      let fence = try await Fence.take(lease, holder: holder, for: leaseLength, in: database)
    else { return 0 }
    var total = 0
    while true {
      let sealed = try await fence.write { try seal(in: $0, ranges: 1) }
      total += sealed
      guard sealed > 0 else { break }
    }
    try await fence.release()
    return total
  }

  private static func next(
    after last: LedgerSeal?, size: Int, in tx: Transaction
  ) throws -> LedgerSeal? {
    var range = SealedRange(after: last?.hash ?? LedgerSeal.noHash)
    try tx.each(
      """
      SELECT sequence, digest FROM ledger_entry WHERE sequence > \(last?.lastSequence ?? 0)
      ORDER BY sequence LIMIT \(size)
      """
    ) { fields in
      range.add(sequence: try fields.next(), digest: try fields.next())
    }
    guard range.count > 0 else { return nil }
    return LedgerSeal(range, number: (last?.number ?? 0) + 1, at: tx.now)
  }

  private static func insert(_ seal: LedgerSeal, in tx: Transaction) throws {
    try tx.run(
      """
      INSERT INTO ledger_seal (number, first_sequence, last_sequence, entry_count, previous_hash,
        hash, sealed_at)
      VALUES (\(seal.number), \(seal.firstSequence), \(seal.lastSequence), \(seal.entryCount),
        \(seal.previousHash), \(seal.hash), \(seal.sealedAt))
      """)
  }
}
