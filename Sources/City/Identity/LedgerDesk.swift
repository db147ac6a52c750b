import Base
import Store

/// Reading and proving the ledger. `Right.ledgerRead` is needed over everything: the entries of one
/// place do not stand apart.
public struct LedgerDesk: Sendable {
  /// The most that one page holds.
  public static let largestPage = 1000

  let database: any Database

  public init(_ database: any Database) { self.database = database }

  /// The last seal, to be kept outside; nil before the first.
  ///
  /// - Throws: `right.missing`.
  public func lastSeal(by doer: Doer) async throws -> LedgerSeal? {
    try doer.requireLedger()
    return try await database.read { try Ledger.lastSeal(in: $0) }
  }

  /// Entries after a sequence, oldest first, at most `limit`.
  ///
  /// - Throws: `right.missing`.
  public func entries(
    after sequence: Int64, limit: Int, by doer: Doer
  ) async throws -> [LedgerEntry] {
    try doer.requireLedger()
    let limit = min(max(limit, 1), Self.largestPage)
    return try await database.read {
      try Ledger.entries(after: sequence, limit: limit, in: $0)
    }
  }

  /// Proves all of it, also against a head that was kept outside. It only reads, a batch at a time,
  /// and takes as long as the ledger is.
  ///
  /// - Parameter progress: told how far it is.
  /// - Throws: `right.missing`.
  public func verify(
    keptHead: LedgerHead?, by doer: Doer, progress: LedgerVerifier.Progress? = nil
  ) async throws -> LedgerReport {
    try doer.requireLedger()
    return try await LedgerVerifier(database: database, keptHead: keptHead)
      .verify(progress: progress)
  }
}

extension LedgerSeal {
  /// As something to print and keep.
  public var head: LedgerHead { LedgerHead(self) }
}

extension Doer {
  /// - Throws: `right.missing` unless the whole ledger may be read.
  public func requireLedger() throws {
    guard may(.ledgerRead, organisationPath: "", areaPath: "") else {
      throw Fault(.forbidden, "right.missing", ["right": Right.ledgerRead.rawValue])
    }
  }
}
