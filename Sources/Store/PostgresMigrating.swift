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
    try link.script(Migrator.tables)
    let rows = try link.script(Migrator.applied)
    let applied = (0..<rows.rowCount).map {
      (number: Int(rows[$0].int64(0)), oldest: Int(rows[$0].int64(1)))
    }
    for migration in try Migrator.pending(migrations, applied: applied) {
      do {
        try link.script("BEGIN")
        try link.script(Dialect.postgres.schema(migration.text))
        _ = try link.execute(
          "INSERT INTO schema_version (number, name, applied_at) VALUES (?, ?, ?)",
          [migration.number.stored, migration.name.stored, now().stored])
        for note in Migrator.notes(of: migration) { try link.script(note) }
        try link.script("COMMIT")
      } catch {
        if !link.isLost { try link.script("ROLLBACK") }
        throw error
      }
    }
  }
}
