import Base
import Foundation
import Store

/// Removes files that were kept for a request that then failed: nothing refers to them.
///
/// A file is wanted from when it is kept until a row names it, which takes moments; one that nobody
/// has kept for a day and no row names is an orphan.
struct BlobSweep: Sendable {
  /// How long a file may wait for its row, and how long a pass waits for the next, in seconds.
  static let patience: Int64 = 86_400
  private static let counter = "blob-sweep"

  let store: BlobStore
  let database: any Database

  /// Looks through all files, once a day for all processes together.
  ///
  /// - Returns: how many files were removed.
  @discardableResult
  func runIfDue() async throws -> Int {
    let due: Moment? = try await database.write { tx in
      try Pace.isDue(Self.counter, every: Self.patience, in: tx) ? tx.now : nil
    }
    guard let due else { return 0 }
    return try await run(now: due)
  }

  /// Looks through all files now, one folder of them at a time.
  func run(now: Moment) async throws -> Int {
    var removed = 0
    for folder in entries(of: store.folder) {
      let old = entries(of: folder).filter { isOld($0, now) }
      guard !old.isEmpty else { continue }
      let names = old.map(\.lastPathComponent)
      let used = try await database.read { try BlobRows.used(names, in: $0) }
      for file in old where !used.contains(file.lastPathComponent) && remove(file, now) {
        removed += 1
      }
    }
    return removed
  }

  /// Moved aside first: should somebody keep the same content at this moment, it is either young by
  /// now and goes back, or not found by them and written anew.
  private func remove(_ file: URL, _ now: Moment) -> Bool {
    let aside = file.appendingPathExtension("part")
    guard rename(file.path, aside.path) == 0 else { return false }
    guard isOld(aside, now) else {
      rename(aside.path, file.path)
      return false
    }
    return unlink(aside.path) == 0
  }

  private func isOld(_ file: URL, _ now: Moment) -> Bool {
    var about = stat()
    guard stat(file.path, &about) == 0 else { return false }
    let touched = Moment(milliseconds: Int64(about.st_mtim.tv_sec) * 1000)
    return touched <= now + -Self.patience
  }

  private func entries(of folder: URL) -> [URL] {
    (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
      ?? []
  }
}
