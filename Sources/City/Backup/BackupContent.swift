import Base
import Store

/// What stands in a database: counted, and its ledger proved.
struct BackupContent: Equatable, Sendable {
  let schema: Int
  let tables: [String: Int64]
  let ledger: BackupManifest.Chain

  /// Reads a database that nobody else writes.
  ///
  /// - Throws: `store.damaged` where the engine finds its structure broken; `backup.broken-ledger`.
  init(of database: SQLiteDatabase, at path: String) async throws {
    guard try await database.isSound() else {
      throw Fault(.unavailable, "store.damaged", ["path": path])
    }
    (schema, tables) = try await database.read { snapshot in
      let schema: Int? = try snapshot.value("SELECT MAX(number) FROM schema_version")
      let counts = try snapshot.tables().map { ($0.name, try snapshot.count(of: $0)) }
      return (schema ?? 0, Dictionary(uniqueKeysWithValues: counts))
    }
    let report = try await LedgerVerifier(database: database).verify()
    if let broken = report.broken {
      throw Fault(
        .unavailable, "backup.broken-ledger",
        ["path": path, "place": "\(broken.kind.rawValue) \(broken.number)"])
    }
    ledger = .init(
      entries: report.entries, sealedEntries: report.sealedEntries, seals: report.seals,
      head: report.head?.description)
  }
}
