import Base
import Crypto
import Foundation

/// A folder of backups: what each holds, and a pool of pieces by their content that all of them share.
///
///     chengyun-backup             says what the folder is
///     snapshots/20260105T013000Z  a manifest for each backup
///     pieces/ab/ab…               64 KiB of a database, or an attachment, by SHA-256
///     incoming/                   what is being written
///
/// So a backup writes only what no earlier one holds. A manifest comes last and by its name at once:
/// until then the backup is not there, and the earlier ones are as they were.
public struct BackupFolder: Sendable {
  /// Bytes of a database in a piece; small, because a change touches a few pages here and there.
  static let pieceSize = 65_536
  private static let marker = "chengyun-backup"

  public let folder: URL

  public init(_ folder: URL) { self.folder = folder }

  var path: String { folder.path }
  private var snapshots: URL { folder.appending(path: "snapshots") }
  private var pieces: URL { folder.appending(path: "pieces") }
  var incoming: URL { folder.appending(path: "incoming") }

  // MARK: - The folder itself

  /// Makes the folder, where it is not one of ours already.
  ///
  /// - Throws: `backup.not-a-backup` for a folder with something else in it.
  func prepare() throws {
    let marker = folder.appending(path: Self.marker)
    if !FileManager.default.fileExists(atPath: marker.path) {
      let found = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      // What a first backup that was killed at once leaves is nothing of anybody else's.
      guard found.allSatisfy({ $0.hasPrefix(Self.marker) }), !isThere || isFolder.boolValue else {
        throw Fault(.invalid, "backup.not-a-backup", ["path": path])
      }
      try BackupFile.makeFolder(folder)
      let draft = folder.appending(path: Self.marker + ".part")
      try BackupFile.write(Array("\(BackupManifest.format)\n".utf8), to: draft)
      try BackupFile.sync(draft)
      try BackupFile.move(draft, to: marker)
    }
    try requireOurs()
    for part in [snapshots, pieces, incoming] { try BackupFile.makeFolder(part) }
  }

  /// - Throws: `backup.not-a-backup`; `backup.newer`.
  func requireOurs() throws {
    let marker = folder.appending(path: Self.marker)
    guard let bytes = try BackupFile.read(marker),
      let format = Int(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines))
    else { throw Fault(.invalid, "backup.not-a-backup", ["path": path]) }
    guard format <= BackupManifest.format else {
      throw Fault(.invalid, "backup.newer", ["path": path])
    }
  }

  /// Keeps other backups out of the folder while what is returned is held, or the process lives.
  ///
  /// - Throws: `backup.busy`.
  func lock() throws -> BackupLock {
    let descriptor = open(folder.appending(path: Self.marker).path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw BackupFile.fault(folder) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Fault(.conflict, "backup.busy", ["path": path])
    }
    return BackupLock(descriptor)
  }

  // MARK: - Its backups

  /// The names of the backups, oldest first.
  public func names() throws -> [String] {
    try requireOurs()
    let found = (try? FileManager.default.contentsOfDirectory(atPath: snapshots.path)) ?? []
    return found.filter { $0.hasSuffix("Z") }.sorted()
  }

  /// - Parameter name: nil for the newest.
  /// - Throws: `backup.missing` and what `BackupManifest` throws.
  public func manifest(_ name: String? = nil) throws -> BackupManifest {
    let known = try names()
    guard let name = name ?? known.last, known.contains(name) else {
      throw Fault(.missing, "backup.missing", ["path": path, "name": name ?? ""])
    }
    let url = snapshots.appending(path: name)
    guard let bytes = try BackupFile.read(url) else {
      throw Fault(.missing, "backup.missing", ["path": path, "name": name])
    }
    let manifest = try BackupManifest(bytes, at: url.path)
    guard manifest.name == name else {
      throw Fault(.invalid, "backup.altered", ["path": url.path])
    }
    return manifest
  }

  func add(_ manifest: BackupManifest) throws {
    let draft = incoming.appending(path: manifest.name)
    try BackupFile.write(try manifest.bytes(), to: draft)
    try BackupFile.sync(draft)
    try BackupFile.move(draft, to: snapshots.appending(path: manifest.name))
  }

  func remove(_ name: String) throws {
    guard unlink(snapshots.appending(path: name).path) == 0 else {
      throw BackupFile.fault(snapshots)
    }
    try BackupFile.sync(snapshots)
  }

  // MARK: - Its pieces

  func url(of digest: String) -> URL {
    pieces.appending(path: String(digest.prefix(2))).appending(path: digest)
  }

  func holds(_ digest: String, size: Int) -> Bool {
    var about = stat()
    return stat(url(of: digest).path, &about) == 0 && Int(about.st_size) == size
  }

  /// The bytes of a piece, which are what their name says.
  ///
  /// - Throws: `backup.cut-short` where it is not there; `backup.altered`.
  func piece(_ digest: String) throws -> [UInt8] {
    let url = url(of: digest)
    guard let bytes = try BackupFile.read(url) else {
      throw Fault(.invalid, "backup.cut-short", ["path": url.path])
    }
    guard SHA256.hash(data: bytes).hexadecimal == digest else {
      throw Fault(.invalid, "backup.altered", ["path": url.path])
    }
    return bytes
  }

  /// The digests of all pieces.
  func digests() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: pieces.path).flatMap {
      try FileManager.default.contentsOfDirectory(atPath: pieces.appending(path: $0).path)
    }
  }

  /// Waits until the names of the folders of pieces are on disk.
  func syncPieces() throws { try BackupFile.sync(pieces) }

  /// Where a database is put together to be looked at, which nothing keeps from a backup beside it.
  func newDraft() -> URL { incoming.appending(path: Self.draft + UUID().uuidString) }

  private static let draft = "verify-"

  /// Removes what was interrupted: of a backup, all; of a proof, what is older than a day, since one
  /// may be going on.
  func clearIncoming() throws {
    let names = try FileManager.default.contentsOfDirectory(
      at: incoming, includingPropertiesForKeys: [.contentModificationDateKey])
    for url in names {
      let changed = try? url.resourceValues(forKeys: [.contentModificationDateKey])
        .contentModificationDate
      let isInUse =
        url.lastPathComponent.hasPrefix(Self.draft)
        && (changed?.timeIntervalSinceNow ?? 0) > -86_400
      if !isInUse { try? FileManager.default.removeItem(at: url) }
    }
  }
}

/// New pieces of a backup: written one by one, and put in their places together.
struct BackupPieces {
  private static let fewPieces = 200

  private let folder: BackupFolder
  private var written: Set<String> = []
  /// Bytes that were not there.
  private(set) var newBytes: Int64 = 0

  init(_ folder: BackupFolder) { self.folder = folder }

  /// Writes bytes unless a piece holds them.
  mutating func add(_ bytes: [UInt8]) throws -> String {
    let digest = SHA256.hash(data: bytes).hexadecimal
    guard !written.contains(digest), !folder.holds(digest, size: bytes.count) else { return digest }
    try BackupFile.write(bytes, to: folder.incoming.appending(path: digest))
    written.insert(digest)
    newBytes += Int64(bytes.count)
    return digest
  }

  /// Waits until all are on disk, and then gives them their names.
  func settle() throws {
    // Waiting for one file takes milliseconds even when nothing is left to write, so thousands are
    // flushed together with all that the machine has to write.
    if written.count > Self.fewPieces {
      sync()
    } else {
      for digest in written { try BackupFile.sync(folder.incoming.appending(path: digest)) }
    }
    var folders: Set<URL> = []
    for digest in written {
      let url = folder.url(of: digest)
      let parent = url.deletingLastPathComponent()
      if folders.insert(parent).inserted { try BackupFile.makeFolder(parent) }
      guard rename(folder.incoming.appending(path: digest).path, url.path) == 0 else {
        throw BackupFile.fault(url)
      }
    }
    for parent in folders { try BackupFile.sync(parent) }
    try folder.syncPieces()
  }
}

/// The right to write into a folder of backups.
final class BackupLock {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}
