import Base
import Foundation
import Store

/// Putting a backup together again, and proving that it is what it was.
public struct Restore: Sendable {
  private let folder: BackupFolder
  private let now: Now
  /// The last migration that this program knows.
  private let schema: Int

  public init(_ folder: BackupFolder, now: @escaping Now) {
    self.folder = folder
    self.now = now
    schema = Schema.migrations.last?.number ?? 0
  }

  /// Reads every piece of a backup, puts its database together beside the backups, proves its ledger
  /// and counts its rows. Nothing is changed.
  ///
  /// - Parameter name: nil for the newest.
  public func verify(
    _ name: String? = nil, progress: Backup.Progress
  ) async throws -> BackupManifest {
    let manifest = try checked(name)
    let draft = folder.newDraft()
    defer { Self.remove(draft) }
    try assemble(manifest, at: draft, progress)
    for (index, file) in manifest.files.enumerated() {
      _ = try folder.piece(file.digest)
      progress(.files, index + 1, manifest.files.count)
    }
    try await prove(manifest, at: draft)
    return manifest
  }

  /// Makes the database and the folder of attachments of a backup, where neither is there yet.
  ///
  /// - Throws: `backup.occupied` where something is.
  public func restore(
    _ name: String? = nil, to path: String, files: URL, progress: Backup.Progress
  ) async throws -> BackupManifest {
    let manifest = try checked(name)
    for place in [path, path + "-wal", path + "-shm"] {
      if FileManager.default.fileExists(atPath: place) { throw Self.occupied(place) }
    }
    let found = (try? FileManager.default.contentsOfDirectory(atPath: files.path)) ?? []
    guard found.isEmpty else { throw Self.occupied(files.path) }
    let draft = URL(filePath: path + ".part")
    let kept = URL(filePath: files.path + ".part")
    defer {
      Self.remove(draft)
      try? FileManager.default.removeItem(at: kept)
    }
    Self.remove(draft)
    try? FileManager.default.removeItem(at: kept)
    try assemble(manifest, at: draft, progress)
    try await prove(manifest, at: draft)
    try copyFiles(of: manifest, to: kept, progress)
    // An empty folder may be there; the database comes last, and with it everything.
    _ = rmdir(files.path)
    try BackupFile.move(kept, to: files)
    try BackupFile.sync(draft)
    try BackupFile.move(draft, to: URL(filePath: path))
    return manifest
  }

  // MARK: - Steps

  private func checked(_ name: String?) throws -> BackupManifest {
    let manifest = try folder.manifest(name)
    guard manifest.schema <= schema else {
      throw Fault(
        .unavailable, "store.newer",
        ["database": String(manifest.schema), "program": String(schema)])
    }
    return manifest
  }

  private func assemble(
    _ manifest: BackupManifest, at url: URL, _ progress: Backup.Progress
  ) throws {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw BackupFile.fault(url) }
    defer { close(descriptor) }
    var size: Int64 = 0
    for (index, digest) in manifest.pieces.enumerated() {
      let bytes = try folder.piece(digest)
      try bytes.withUnsafeBytes { try BackupFile.append($0, to: descriptor, url) }
      size += Int64(bytes.count)
      progress(.copying, index + 1, manifest.pieces.count)
    }
    guard size == manifest.size else {
      throw Fault(.invalid, "backup.altered", ["path": folder.path])
    }
  }

  /// - Throws: `backup.different` where what is in it is not what was put in.
  private func prove(_ manifest: BackupManifest, at url: URL) async throws {
    let database = try SQLiteDatabase(path: url.path, options: .init(now: now))
    let content = try await BackupContent(of: database, at: url.path)
    try database.settle()
    try database.close()
    for suffix in ["-wal", "-shm"] { unlink(url.path + suffix) }
    guard content.tables == manifest.tables, content.ledger == manifest.ledger,
      content.schema == manifest.schema
    else { throw Fault(.invalid, "backup.different", ["path": folder.path]) }
  }

  private func copyFiles(
    of manifest: BackupManifest, to kept: URL, _ progress: Backup.Progress
  ) throws {
    try BackupFile.makeFolder(kept)
    for (index, file) in manifest.files.enumerated() {
      let place = BlobStore(folder: kept).url(of: file.digest)
      try BackupFile.makeFolder(place.deletingLastPathComponent())
      try BackupFile.write(try folder.piece(file.digest), to: place)
      try BackupFile.sync(place)
      progress(.files, index + 1, manifest.files.count)
    }
    let folders = try FileManager.default.contentsOfDirectory(
      at: kept, includingPropertiesForKeys: nil)
    for folder in folders + [kept] { try BackupFile.sync(folder) }
  }

  private static func occupied(_ path: String) -> Fault {
    Fault(.conflict, "backup.occupied", ["path": path])
  }

  private static func remove(_ url: URL) {
    for suffix in ["", "-wal", "-shm"] { unlink(url.path + suffix) }
  }
}
