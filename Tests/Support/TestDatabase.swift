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

/// A fresh, migrated database in a folder of its own, which goes when the value goes.
public final class TestDatabase: Sendable {
  public let clock: FakeClock
  public let database: SQLiteDatabase
  public let folder: URL

  public init(clock: FakeClock = FakeClock()) async throws {
    self.clock = clock
    folder = FileManager.default.temporaryDirectory.appending(path: "chengyun-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var options = SQLiteDatabase.Options(now: clock.now)
    options.isDurable = false
    if let statements = ProcessInfo.processInfo.environment["CHENGYUN_STATEMENTS"] {
      options.statements = try StatementLog(
        folder: URL(filePath: statements), dialect: .postgres)
    }
    database = try SQLiteDatabase(
      path: folder.appending(path: "test.sqlite").path, options: options)
    try await database.migrate(Schema.migrations)
  }

  deinit {
    try? database.close()
    try? FileManager.default.removeItem(at: folder)
  }
}

/// Where the real public data lies, when this machine has it.
public let realData: URL? = ProcessInfo.processInfo.environment["CHENGYUN_DATA"].map {
  URL(filePath: $0)
}
