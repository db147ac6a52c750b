import Base

/// Brings a database up to date, one process at a time, each step in a transaction.
struct PostgresMigrating {
  /// Another than the writers' turn: a process that migrates is no writer.
  private static let lock: Int64 = PostgresWriter.turn + 1
  /// Tables that no extension brought along.
  private static let otherTables = """
    SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace
      AND relkind IN ('r', 'p') AND relname NOT IN (\(Migrator.ownTableList))
      AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass
        AND objid = pg_class.oid AND deptype = 'e'))
    """
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
    let hasOtherTables = try link.script(Self.otherTables).text == "t"
    let isNew = try link.script("SELECT to_regclass('schema_version') IS NULL").text == "t"
    var applied: [AppliedMigration] = []
    if !isNew {
      try link.script(Migrator.tables)
      let rows = try link.script(Migrator.applied)
      applied = (0..<rows.rowCount).map {
        AppliedMigration(
          number: Int(rows[$0].int64(0)), name: rows[$0].string(1), oldest: Int(rows[$0].int64(2)))
      }
    }
    let pending = try Migrator.pending(
      migrations, applied: applied, hasOtherTables: hasOtherTables)
    do {
      if isNew { try link.script(Migrator.tables) }
    } catch { throw Self.told(error, of: pending.first) }
    for migration in pending {
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
        throw Self.told(error, of: migration)
      }
    }
    try link.script(PostgresMark.removeOld)
  }

  private static func told(_ error: any Error, of step: Migration?) -> any Error {
    switch error as? StoreError {
    case .refused(_, let message, _): Migrator.failure(of: step, because: message)
    case .duplicate(let key): Migrator.failure(of: step, because: key)
    default: error
    }
  }
}
