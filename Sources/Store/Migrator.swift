import Base

/// One numbered step of the schema. Never edited once landed: the database remembers its name only.
public struct Migration: Sendable {
  /// 1, 2, 3 … without gaps.
  public let number: Int
  public let name: String
  /// The text with tokens; see `Dialect.schema`.
  public let text: String
  /// The last step that a program must know to serve a database with this one: what its line
  /// `-- serves: 7` says, else its own number. So neighbouring versions serve side by side while it
  /// only adds what the older does not need.
  public let oldest: Int

  public init(number: Int, name: String, text: String) {
    self.number = number
    self.name = name
    self.text = text
    let mark = "-- serves: "
    let line = text.split(separator: "\n").first { $0.hasPrefix(mark) }
    oldest = min(number, line.flatMap { Int($0.dropFirst(mark.count)) } ?? number)
  }

  /// Reads embedded files named `0001-name.sql`, ordered by number.
  public static func all(in files: [String: String]) -> [Migration] {
    files.compactMap { path, text in
      let name = path.split(separator: "/").last.map(String.init) ?? path
      guard name.hasSuffix(".sql"), let number = Int(name.prefix(4)) else { return nil }
      return Migration(number: number, name: String(name.dropLast(4)), text: text)
    }
    .sorted { $0.number < $1.number }
  }
}

/// Decides which migrations a database still needs.
enum Migrator {
  /// What was applied; the steps that older programs may serve with, by `Migration.oldest`; and the
  /// last commit of each writer on PostgreSQL, see `PostgresMark`.
  static let tables = """
    CREATE TABLE IF NOT EXISTS schema_version (
      number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
    CREATE TABLE IF NOT EXISTS schema_serves (
      number BIGINT PRIMARY KEY, oldest BIGINT NOT NULL);
    CREATE TABLE IF NOT EXISTS commit_mark (
      writer BIGINT PRIMARY KEY, mark BIGINT NOT NULL, written_at BIGINT NOT NULL)
    """

  /// Each step that was applied: number, name, and the last one that a program must know to serve with
  /// it.
  static let applied = """
    SELECT v.number, v.name, COALESCE(s.oldest, v.number)
    FROM schema_version AS v LEFT JOIN schema_serves AS s ON s.number = v.number
    """

  /// The tables above.
  static let ownTables = ["schema_version", "schema_serves", "commit_mark"]

  /// Their names as a statement lists them.
  static let ownTableList = ownTables.map { "'\($0)'" }.joined(separator: ", ")

  /// What has to be written down of a step, beside its name and time.
  static func notes(of migration: Migration) -> [String] {
    guard migration.oldest < migration.number else { return [] }
    return [
      "INSERT INTO schema_serves (number, oldest) VALUES (\(migration.number), \(migration.oldest))"
    ]
  }

  /// - Throws: `Fault` `store.half-moved` for a database that another one is still being moved into.
  static func requireWhole(_ isMarked: Bool, at path: String) throws {
    if isMarked { throw Fault(.unavailable, "store.half-moved", ["path": path]) }
  }

  /// Why a step could not be done: such as a right that is missing, or tables that are there already.
  static func failure(of step: Migration?, because reason: String) -> Fault {
    let name = step.map { "\($0.number) (\($0.name))" } ?? ""
    return Fault(.unavailable, "store.step-failed", ["step": name, "reason": reason])
  }

  /// - Parameters:
  ///   - applied: what the database says was done to it.
  ///   - hasOtherTables: whether it has any but those that say so.
  /// - Throws: `Fault` `store.newer` when the database knows steps that this program does not, and
  ///   that it may not serve with; `store.half-migrated` when one is missing before its last, or was
  ///   another; `store.foreign` for the tables of something else.
  static func pending(
    _ migrations: [Migration], applied: [AppliedMigration], hasOtherTables: Bool
  ) throws -> [Migration] {
    guard !applied.isEmpty || !hasOtherTables else { throw Fault(.unavailable, "store.foreign") }
    let last = migrations.last?.number ?? 0
    let newest = applied.map(\.number).max() ?? Int.min
    if applied.contains(where: { $0.oldest > last }) {
      throw Fault(
        .unavailable, "store.newer", ["database": String(newest), "program": String(last)])
    }
    let missing = missing(migrations, applied: applied)
    if let step = missing.first(where: { $0 <= newest }) {
      throw Fault(.unavailable, "store.half-migrated", ["step": String(step)])
    }
    return migrations.filter { missing.contains($0.number) }
  }

  /// The numbers of the steps that were not done, or others in their place.
  static func missing(_ migrations: [Migration], applied: [AppliedMigration]) -> [Int] {
    let done = Dictionary(applied.map { ($0.number, $0.name) }, uniquingKeysWith: { $1 })
    return migrations.filter { done[$0.number] != $0.name }.map(\.number)
  }
}

/// A step that was done to a database.
struct AppliedMigration: Row {
  let number: Int
  let name: String
  /// The last step that a program must know to serve with it.
  let oldest: Int

  init(number: Int, name: String, oldest: Int) {
    self.number = number
    self.name = name
    self.oldest = oldest
  }

  init(_ fields: inout Fields) throws {
    number = try fields.next()
    name = try fields.next()
    oldest = try fields.next()
  }
}
