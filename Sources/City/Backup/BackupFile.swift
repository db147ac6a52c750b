import Base
import Foundation

/// Files of a backup: for their owner only, whole or not there, and on disk when it is said.
enum BackupFile {
  /// Writes a new file and does not wait for the disk.
  static func write(_ bytes: [UInt8], to url: URL) throws {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw fault(url) }
    defer { close(descriptor) }
    try bytes.withUnsafeBytes { try append($0, to: descriptor, url) }
  }

  /// Writes further bytes at the end of an open file.
  static func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ url: URL) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw fault(url) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  /// A new folder with those above it; one that is there stays as it is.
  static func makeFolder(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw fault(url) }
  }

  /// Waits until a file, or the names in a folder, are on disk.
  static func sync(_ url: URL) throws {
    let descriptor = open(url.path, O_RDONLY)
    guard descriptor >= 0 else { throw fault(url) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw fault(url) }
  }

  /// Puts a file that is on disk in its place, and the place on disk.
  static func move(_ from: URL, to url: URL) throws {
    guard rename(from.path, url.path) == 0 else { throw fault(url) }
    try sync(url.deletingLastPathComponent())
  }

  /// - Returns: nil where there is no such file.
  static func read(_ url: URL) throws -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do { return Array(try Data(contentsOf: url)) } catch {
      throw Fault(.unavailable, "backup.unreadable", ["path": url.path])
    }
  }

  static func fault(_ url: URL) -> Fault {
    let reason = String(cString: strerror(errno))
    return Fault(.unavailable, "backup.unwritable", ["path": url.path, "reason": reason])
  }
}
