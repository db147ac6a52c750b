import TestSupport
import Testing

@testable import Store

/// Rows to try writes on.
enum Counters {
  static func insert(_ name: String, in tx: Transaction) throws {
    try tx.run("INSERT INTO counter (name, last) VALUES (\(name), 1)")
  }

  static func names(_ database: any Database) async throws -> [String] {
    try await database.read { try $0.column("SELECT name FROM counter ORDER BY name") }
  }
}

extension TestDatabase {
  /// A connection of its own to the same PostgreSQL.
  func link() throws -> PostgresLink {
    try PostgresLink(PostgresAddress(try #require(address)))
  }
}
