import Base

/// Filling an empty database with all that another one holds, on either engine.
///
/// Indexes and references are taken away first and made again last, because a table in no order of
/// its references could not be filled otherwise, and an index is made faster than it grows. What is
/// still to be made stands in a table, so that a move that was killed is gone on with; while it
/// stands there, nothing else opens the database for work.
public enum Bulk {
  /// The table that says that a database is half filled, and of what.
  static let marker = "moving"
  private static let statements = "moving_statement"

  /// What is being moved into this database; nil when it is whole, or empty.
  public static func source(in database: any Database) async throws -> String? {
    try await database.read { snapshot in
      guard try snapshot.tables().contains(where: { $0.name == marker }) else { return nil }
      return try snapshot.value(SQL(trusted: "SELECT source FROM \(marker)"))
    }
  }

  /// - Throws: `store.half-moved` for a database that another one is still being moved into.
  public static func requireWhole(_ database: any Database, at path: String) async throws {
    try Migrator.requireWhole(try await source(in: database) != nil, at: path)
  }

  /// Marks a migrated, empty database as one that `source` is moved into.
  ///
  /// - Throws: `store.not-empty`.
  public static func begin(_ source: String, in database: any Database) async throws {
    try await database.write { tx in
      for table in try tx.tables() where try tx.count(of: table) > 0 {
        throw Fault(.conflict, "store.not-empty", ["table": table.name])
      }
      try tx.run(
        SQL(
          trusted: "CREATE TABLE \(marker) (id BIGINT PRIMARY KEY, source TEXT NOT NULL,"
            + " indexed BIGINT)"))
      try tx.run(
        SQL(trusted: "CREATE TABLE \(statements) (place BIGINT PRIMARY KEY, body TEXT NOT NULL)"))
      try tx.run(SQL(trusted: "INSERT INTO \(marker) (id, source) VALUES (1, ") + "\(source))")
      for (place, constraint) in try tx.constraints().enumerated() {
        try tx.run(
          SQL(trusted: "INSERT INTO \(statements) (place, body) VALUES (")
            + "\(place), \(constraint.making))")
        try tx.run(SQL(trusted: constraint.dropping))
      }
    }
  }

  /// The tables that are to be filled.
  public static func tables(in snapshot: Snapshot) throws -> [TableShape] {
    try snapshot.tables().filter { ![marker, statements].contains($0.name) }
  }

  /// The last row whose words are in the index; nil where none are yet.
  public static func indexed(in snapshot: Snapshot) throws -> Int64? {
    try snapshot.value(SQL(trusted: "SELECT indexed FROM \(marker)"), as: Int64?.self) ?? nil
  }

  /// Notes that the words of all rows up to this one are in the index.
  public static func noteIndexed(_ row: Int64, in tx: Transaction) throws {
    try tx.run(SQL(trusted: "UPDATE \(marker) SET indexed = ") + "\(row)")
  }

  /// Makes the indexes and references again, one in each transaction.
  ///
  /// - Throws: `StoreError` where a row refers to none.
  public static func restore(
    in database: any Database, progress: @Sendable (_ done: Int, _ total: Int) -> Void
  ) async throws {
    let total: Int = try await database.read {
      try $0.value(SQL(trusted: "SELECT COUNT(*) FROM \(statements)")) ?? 0
    }
    while true {
      let left: Int = try await database.write { tx in
        let next = try tx.first(
          SQL(trusted: "SELECT place, body FROM \(statements) ORDER BY place LIMIT 1"),
          as: Statement.self)
        guard let next else { return 0 }
        try tx.run(SQL(trusted: next.body))
        try tx.run(SQL(trusted: "DELETE FROM \(statements) WHERE place = ") + "\(next.place)")
        return try tx.value(SQL(trusted: "SELECT COUNT(*) FROM \(statements)")) ?? 0
      }
      progress(total - left, total)
      if left == 0 { return }
    }
  }

  /// Lets the database be opened for work.
  public static func finish(in database: any Database) async throws {
    try await database.write { tx in
      try tx.run(SQL(trusted: "DROP TABLE \(statements)"))
      try tx.run(SQL(trusted: "DROP TABLE \(marker)"))
    }
  }

  private struct Statement: Row {
    let place: Int64
    let body: String

    init(_ fields: inout Fields) throws {
      place = try fields.next()
      body = try fields.next()
    }
  }
}

extension Transaction {
  /// Puts rows into a table as they are, in the fastest way that the engine has.
  ///
  /// - Parameter rows: a value for each of the table's columns.
  public func load(_ rows: [[Value]], into table: TableShape) throws {
    try connection.load(rows, into: table)
  }

  /// Puts the words of rows that are not in it yet into a full-text index.
  public func load(_ words: [(row: Int64, words: String)], into index: SearchIndex) throws {
    try connection.load(words, into: index)
  }

  func constraints() throws -> [TableConstraint] { try connection.constraints() }
}
