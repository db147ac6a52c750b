import Base
import Store

/// Deletes what has ended: sessions, idempotency keys, counts of wrong passwords, buckets of requests,
/// and API tokens a month after their end. What was done with them stays in the ledger.
public enum IdentityRetention {
  /// The most rows of one sort that one pass deletes.
  public static let batch = 1000

  /// One pass; run it again until it returns 0. Running it twice changes nothing more.
  ///
  /// - Returns: how many rows went.
  public static func pass(limit: Int = batch, in tx: Transaction) throws -> Int {
    try SessionRows.removeEnded(limit: limit, in: tx)
      + Idempotency.removeOld(limit: limit, in: tx)
      + FailureRows.removeOld(limit: limit, in: tx)
      + TokenRows.removeEnded(limit: limit, in: tx)
      + SharedRate.removeOld(limit: limit, in: tx)
  }

  /// Passes, each in a transaction of its own, until nothing is left to delete.
  ///
  /// - Parameter writing: a database, or a fence before it.
  public static func run(in writing: any Writing) async throws -> Int {
    var total = 0
    while true {
      let gone = try await writing.write { try pass(in: $0) }
      total += gone
      if gone == 0 { return total }
    }
  }
}
