import Base
import Foundation
import GRDB

extension SQLiteDatabase {
  /// Copies the database as it is at one moment into a new file, while others read and write on.
  /// The file is not on disk yet when this returns.
  ///
  /// Pages are copied in one snapshot and not written anew by `VACUUM INTO`: that takes several times
  /// as long, and moves pages, so that two copies would differ everywhere and not where something
  /// changed.
  ///
  /// - Parameters:
  ///   - path: of a file that does not exist.
  ///   - progress: pages that are done, and how many there are; what it throws ends the copying.
  public func copy(
    to path: String, progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
  ) async throws {
    do {
      var configuration = Configuration()
      // Nobody else sees the copy before it is whole.
      configuration.prepareDatabase {
        try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
      }
      let target = try DatabaseQueue(path: path, configuration: configuration)
      try await pool.read { source in
        // The snapshot begins with the first row that is read.
        _ = try Int.fetchOne(source, sql: "SELECT COUNT(*) FROM sqlite_master")
        try target.inDatabase { database in
          try source.backup(to: database, pagesPerStep: 16_384) {
            try progress($0.completedPageCount, $0.totalPageCount)
          }
        }
      }
      try target.close()
    } catch {
      throw SQLiteFaults.fault(for: error, at: self.path)
    }
  }

  /// Whether the engine finds the structure of the file sound.
  public func isSound() async throws -> Bool {
    try await pool.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") == "ok" }
  }
}
