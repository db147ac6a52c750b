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

  /// - Throws: `Fault` `store.half-moved` for a database that another one is still being moved into.
  static func requireWhole(_ isMarked: Bool, at path: String) throws {
    if isMarked { throw Fault(.unavailable, "store.half-moved", ["path": path]) }
  }

  /// - Throws: `Fault` `store.newer` when the database knows steps that this program does not.
  static func pending(_ migrations: [Migration], applied: [Int]) throws -> [Migration] {
    let last = migrations.last?.number ?? 0
    if let newest = applied.max(), newest > last {
      throw Fault(
        .unavailable, "store.newer", ["database": String(newest), "program": String(last)])
    }
    let done = Set(applied)
    return migrations.filter { !done.contains($0.number) }
  }
}
