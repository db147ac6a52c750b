import Base
import Crypto
import Foundation
import Store

/// Making backups of a SQLite database and its attachments, beside a server that goes on working.
public struct Backup: Sendable {
  /// How far it is, of what.
  public enum Step: CaseIterable, Sendable {
    case copying, proving, storing, files
  }

  public typealias Progress = @Sendable (Step, _ done: Int, _ total: Int) -> Void

  /// What a backup came to.
  public struct Summary: Sendable {
    public let manifest: BackupManifest
    /// Bytes that no earlier backup held.
    public let newBytes: Int64
    /// Bytes of the database and the attachments.
    public let allBytes: Int64
  }

  private let folder: BackupFolder
  private let now: Now

  public init(_ folder: BackupFolder, now: @escaping Now) {
    self.folder = folder
    self.now = now
  }

  /// Makes a backup. Everything that was acknowledged before this began is in it.
  public func make(
    of database: SQLiteDatabase, files: BlobStore, progress: @escaping Progress
  ) async throws -> Summary {
    try folder.prepare()
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    try folder.clearIncoming()
    let copy = folder.incoming.appending(path: "database")
    // Attachments are on disk before a row names them, so they are looked for after the rows.
    let name = try freeName()
    try await database.copy(to: copy.path) { progress(.copying, $0, $1) }
    var pieces = BackupPieces(folder)
    let parts = try store(copy, in: &pieces, progress)
    progress(.proving, 0, 1)
    let (content, wanted) = try await Self.read(copy, now: now)
    progress(.proving, 1, 1)
    let (kept, missing) = try store(wanted, of: files, in: &pieces, progress)
    let manifest = BackupManifest(
      name: name, schema: content.schema, content: content, pieces: parts.digests,
      size: parts.size, files: kept, missing: missing)
    try pieces.settle()
    try folder.add(manifest)
    try folder.clearIncoming()
    return Summary(
      manifest: manifest, newBytes: pieces.newBytes,
      allBytes: kept.reduce(parts.size) { $0 + Int64($1.size) })
  }

  /// Removes all but the newest backups, and the pieces that only they needed.
  ///
  /// - Returns: how many backups and how many pieces went.
  public func prune(keeping count: Int) throws -> (backups: Int, pieces: Int) {
    try folder.requireOurs()
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    let names = try folder.names()
    let kept = try names.suffix(count).map { try folder.manifest($0) }
    let old = names.dropLast(count)
    let needed = Set(kept.flatMap { $0.pieces + $0.files.map(\.digest) })
    // First the backups, then what they held: one that is half gone is never seen.
    for name in old { try folder.remove(name) }
    var removed = 0
    for digest in try folder.digests() where !needed.contains(digest) {
      guard unlink(folder.url(of: digest).path) == 0 else {
        throw BackupFile.fault(folder.url(of: digest))
      }
      removed += 1
    }
    return (old.count, removed)
  }

  // MARK: - Steps

  /// The second as a name; two backups of one second follow each other.
  private func freeName() throws -> String {
    let last = try folder.names().last
    for second in Int64(0)... {
      let digits = "\(now() + second)".filter { $0.isNumber || $0 == "T" }
      let name = digits.prefix(15) + "Z"
      if last.map({ $0 < name }) ?? true { return String(name) }
    }
    return ""
  }

  private func store(
    _ copy: URL, in pieces: inout BackupPieces, _ progress: Progress
  ) throws -> (digests: [String], size: Int64) {
    let handle = try FileHandle(forReadingFrom: copy)
    defer { try? handle.close() }
    let total = Int(try handle.seekToEnd())
    try handle.seek(toOffset: 0)
    var digests: [String] = []
    var size: Int64 = 0
    while let bytes = try handle.read(upToCount: BackupFolder.pieceSize), !bytes.isEmpty {
      digests.append(try pieces.add(Array(bytes)))
      size += Int64(bytes.count)
      progress(.storing, Int(size), total)
    }
    return (digests, size)
  }

  private static func read(
    _ copy: URL, now: @escaping Now
  ) async throws -> (BackupContent, [BackupManifest.File]) {
    let database = try SQLiteDatabase(path: copy.path, options: .init(now: now))
    let content = try await BackupContent(of: database, at: copy.path)
    let files = try await database.read { try BlobRows.referred(in: $0) }
    try database.close()
    return (content, files.map { BackupManifest.File(digest: $0.digest, size: $0.size) })
  }

  private func store(
    _ wanted: [BackupManifest.File], of files: BlobStore, in pieces: inout BackupPieces,
    _ progress: Progress
  ) throws -> (kept: [BackupManifest.File], missing: [String]) {
    var kept: [BackupManifest.File] = []
    var missing: [String] = []
    for (index, file) in wanted.enumerated() {
      if folder.holds(file.digest, size: file.size) {
        kept.append(file)
      } else if let bytes = try files.read(file.digest),
        SHA256.hash(data: bytes).hexadecimal == file.digest
      {
        _ = try pieces.add(bytes)
        kept.append(file)
      } else {
        missing.append(file.digest)
      }
      progress(.files, index + 1, wanted.count)
    }
    return (kept, missing)
  }
}
