import Base
import Store

/// How far the ledger has come, for those who watch over a server.
public struct LedgerLag: Equatable, Sendable {
  /// The sequence of the last entry; 0 for none.
  public let last: Int64
  /// The last sequence under a seal; 0 for none.
  public let sealed: Int64

  /// Entries that no seal covers yet.
  public var unsealed: Int64 { max(0, last - sealed) }

  public static func read(in snapshot: some Querying) throws -> LedgerLag {
    LedgerLag(
      last: try Ledger.last(in: snapshot),
      sealed: try Ledger.lastSeal(in: snapshot)?.lastSequence ?? 0)
  }
}
