import Base

/// One numbered step of the schema. Never edited once landed: the database remembers its text.
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
  /// What was applied; and the steps that older programs may serve with, by `Migration.oldest`.
  static let tables = """
    CREATE TABLE IF NOT EXISTS schema_version (
      number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
    CREATE TABLE IF NOT EXISTS schema_serves (
      number BIGINT PRIMARY KEY, oldest BIGINT NOT NULL)
    """

  /// Each step that was applied, with the last one that a program must know to serve with it.
  static let applied = """
    SELECT v.number, COALESCE(s.oldest, v.number)
    FROM schema_version AS v LEFT JOIN schema_serves AS s ON s.number = v.number
    """

  /// What has to be written down of a step, beside its name and time.
  static func notes(of migration: Migration) -> [String] {
    guard migration.oldest < migration.number else { return [] }
    return [
      "INSERT INTO schema_serves (number, oldest) VALUES (\(migration.number), \(migration.oldest))"
    ]
  }

  /// - Parameter applied: the rows of `Migrator.applied`.
  /// - Throws: `Fault` `store.newer` when the database knows steps that this program does not, and
  ///   that it may not serve with.
  static func pending(
    _ migrations: [Migration], applied: [(number: Int, oldest: Int)]
  ) throws -> [Migration] {
    let last = migrations.last?.number ?? 0
    if let newest = applied.map(\.number).max(), applied.contains(where: { $0.oldest > last }) {
      throw Fault(
        .unavailable, "store.newer", ["database": String(newest), "program": String(last)])
    }
    let done = Set(applied.map(\.number))
    return migrations.filter { !done.contains($0.number) }
  }
}
