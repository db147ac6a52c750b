import Base

/// One numbered step of the schema. Never edited once landed: the database remembers its text.
public struct Migration: Sendable {
  /// 1, 2, 3 … without gaps.
  public let number: Int
  public let name: String
  /// The text with tokens; see `Dialect.schema`.
  public let text: String

  public init(number: Int, name: String, text: String) {
    self.number = number
    self.name = name
    self.text = text
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
  static let table = """
    CREATE TABLE IF NOT EXISTS schema_version (
      number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)
    """

  /// - Parameters:
  ///   - applied: what the database says was done to it.
  ///   - hasOtherTables: whether it has any but that one.
  /// - Throws: `Fault` `store.newer` when the database knows steps that this program does not;
  ///   `store.half-migrated` when one is missing before its last, or was another; `store.foreign` for
  ///   the tables of something else.
  static func pending(
    _ migrations: [Migration], applied: [AppliedMigration], hasOtherTables: Bool
  ) throws -> [Migration] {
    guard !applied.isEmpty || !hasOtherTables else { throw Fault(.unavailable, "store.foreign") }
    let last = migrations.last?.number ?? 0
    let newest = applied.map(\.number).max() ?? 0
    if newest > last {
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
    let done = Set(applied)
    return migrations.filter { !done.contains(AppliedMigration($0.number, $0.name)) }.map(\.number)
  }
}

/// A step that was done to a database.
struct AppliedMigration: Row, Hashable {
  let number: Int
  let name: String

  init(_ number: Int, _ name: String) {
    self.number = number
    self.name = name
  }

  init(_ fields: inout Fields) throws {
    number = try fields.next()
    name = try fields.next()
  }
}
