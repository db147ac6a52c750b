import Base
import Store

/// What those who watch over a server may ask.
extension Centre {
  /// Writes to the database for certain, as every write does.
  ///
  /// - Throws: what a write throws.
  public func tryWriting() async throws {
    try await database.write { try StoreCheck.write(in: $0) }
  }

  /// The steps of the schema that this program needs and the database has not, or under other names.
  public func missingSchema() async throws -> [Int] {
    try await database.read { try StoreCheck.missing(Schema.migrations, in: $0) }
  }

  /// How far the ledger has come.
  public func ledgerLag() async throws -> LedgerLag {
    try await database.read { try LedgerLag.read(in: $0) }
  }
}
