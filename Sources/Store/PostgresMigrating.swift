import Base

/// Brings a database up to date, one process at a time, each step in a transaction.
struct PostgresMigrating {
  /// Another than the writers' turn: a process that migrates is no writer.
  private static let lock: Int64 = PostgresWriter.turn + 1
  private let link: PostgresLink
  private let now: Now

  init(_ link: PostgresLink, _ now: @escaping Now) {
    self.link = link
    self.now = now
  }

  func apply(_ migrations: [Migration]) throws {
    // Kept until the connection ends.
    try link.script("SELECT pg_advisory_lock(\(Self.lock))")
    let marker = try link.script("SELECT to_regclass('\(Bulk.marker)') IS NOT NULL").text
    try Migrator.requireWhole(marker == "t", at: link.shown)
    try link.script(Migrator.table)
    let rows = try link.script("SELECT number FROM schema_version")
    let applied = (0..<rows.rowCount).map { Int(rows[$0].int64(0)) }
    for migration in try Migrator.pending(migrations, applied: applied) {
      do {
        try link.script("BEGIN")
        try link.script(Dialect.postgres.schema(migration.text))
        _ = try link.execute(
          "INSERT INTO schema_version (number, name, applied_at) VALUES (?, ?, ?)",
          [migration.number.stored, migration.name.stored, now().stored])
        try link.script("COMMIT")
      } catch {
        if !link.isLost { try link.script("ROLLBACK") }
        throw error
      }
    }
  }
}
