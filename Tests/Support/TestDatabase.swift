import Base
import City
import Foundation
import Store
import Synchronization

/// A clock that stands still until a test moves it.
public final class FakeClock: Sendable {
  private let moment: Mutex<Moment>

  /// - Parameter start: ISO 8601; by default a plain Monday morning in Shanghai.
  public init(_ start: String = "2024-03-04T09:30:00+08:00") {
    moment = Mutex(Moment(start) ?? Moment(milliseconds: 0))
  }

  public var now: Now { { self.moment.withLock { $0 } } }

  public func advance(seconds: Int64) {
    moment.withLock { $0 = $0 + seconds }
  }

  public func set(_ new: Moment) { moment.withLock { $0 = new } }
}

/// A fresh, migrated database of its own, which goes when the value goes.
public final class TestDatabase: Sendable {
  public let clock: FakeClock
  public let database: any Database
  public let engine: Engine
  /// For its file, and for whatever else a test keeps beside it.
  public let folder: URL
  /// Where it is, on PostgreSQL.
  public let address: String?

  /// - Parameter isMigrated: false for one without any tables.
  public init(
    clock: FakeClock = FakeClock(), engine: Engine = .usual, isMigrated: Bool = true
  ) async throws {
    self.clock = clock
    self.engine = engine
    folder = FileManager.default.temporaryDirectory.appending(path: "chengyun-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    switch engine {
    case .sqlite:
      address = nil
      database = try Self.sqlite(
        folder.appending(path: "test.sqlite").path, clock, isNoted: isMigrated)
      if isMigrated { try await database.migrate(Schema.migrations) }
    case .postgres:
      let made = try await TestCluster.shared.value.create(migrated: isMigrated)
      address = made
      database = try Self.postgres(made, clock)
    }
  }

  /// - Parameter isNoted: whether its statements are those of the schema, to be prepared elsewhere.
  private static func sqlite(
    _ path: String, _ clock: FakeClock, isNoted: Bool = false
  ) throws -> any Database {
    var options = SQLiteDatabase.Options(now: clock.now)
    options.isDurable = false
    if isNoted, let statements = ProcessInfo.processInfo.environment["CHENGYUN_STATEMENTS"] {
      options.statements = try StatementLog(
        folder: URL(filePath: statements), dialect: .postgres)
    }
    return try SQLiteDatabase(path: path, options: options)
  }

  private static func postgres(_ address: String, _ clock: FakeClock) throws -> any Database {
    var options = PostgresDatabase.Options(now: clock.now)
    options.readers = 2
    return try PostgresDatabase(PostgresAddress(address), options: options)
  }

  /// The same database opened once more, as by another process.
  public func again() throws -> any Database {
    if let address { return try Self.postgres(address, clock) }
    return try Self.sqlite(folder.appending(path: "test.sqlite").path, clock)
  }

  /// Another process's way to the same database, where an engine has room for two that write all the
  /// time; where it has not, the same.
  public func neighbour() throws -> any Database {
    engine == .postgres ? try again() : database
  }

  /// The names of a table's columns, in their order; none where there is no such table.
  public func columns(of table: String) async throws -> [String] {
    let query: SQL =
      engine == .sqlite
      ? SQL(trusted: "SELECT name FROM pragma_table_info('\(table)') ORDER BY cid")
      : """
      SELECT column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = \(table) ORDER BY ordinal_position
      """
    return try await database.read { try $0.column(query) }
  }

  /// The names of the tables, sorted.
  public func tables() async throws -> [String] {
    let query: SQL =
      engine == .sqlite
      ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
      : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    return try await database.read { try $0.column(query, as: String.self).sorted() }
  }

  deinit {
    try? database.close()
    try? FileManager.default.removeItem(at: folder)
    if let address { Task { try await TestCluster.shared.value.drop(address) } }
  }
}

/// Where the real public data lies, when this machine has it.
public let realData: URL? = ProcessInfo.processInfo.environment["CHENGYUN_DATA"].map {
  URL(filePath: $0)
}
