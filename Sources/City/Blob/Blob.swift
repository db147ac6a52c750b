import Base
import Crypto
import Foundation
import Store

/// A stored file, known by its content.
public struct Blob: Sendable, Equatable {
  /// SHA-256 in hexadecimal.
  public let digest: String
  /// Bytes.
  public let size: Int
  public let mediaType: String

  /// Whether it is a paper, and so shows no place as it was or is.
  public var isPaper: Bool { mediaType == FileKind.pdf.mediaType }
}

/// Where files lie: a folder, two levels deep by content hash. A file and its folder are on disk
/// before anything refers to it; what nothing refers to is swept.
public struct BlobStore: Sendable {
  let folder: URL
  /// The largest file, in bytes.
  public static let largest = 20 * 1_048_576

  public init(folder: URL) { self.folder = folder }

  /// Keeps `bytes`, if they are of a sort that may be attached.
  ///
  /// - Throws: `attachment.kind` for anything but known pictures, films and PDF, whatever its name
  ///   says; `attachment.large`; `attachment.empty`.
  public func keep(_ bytes: [UInt8]) throws -> Blob {
    guard !bytes.isEmpty else { throw Fault(.invalid, "attachment.empty") }
    guard bytes.count <= Self.largest else {
      throw Fault(.tooLarge, "attachment.large", ["limit": String(Self.largest / 1_048_576)])
    }
    guard let kind = FileKind.sniff(bytes) else { throw Fault(.invalid, "attachment.kind") }
    let blob = Blob(
      digest: SHA256.hash(data: bytes).hexadecimal, size: bytes.count, mediaType: kind.mediaType)
    let target = url(of: blob.digest)
    if !touch(target) { try write(bytes, to: target) }
    return blob
  }

  /// A place for a file that is only looked at; one that a crash leaves behind is swept like any that
  /// no row names.
  public func draft() throws -> URL {
    let parent = folder.appending(path: "incoming")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    return parent.appending(path: "\(UUID().uuidString).part")
  }

  /// Writes a file and removes it, where the others lie.
  ///
  /// - Throws: when the folder cannot be written, or there is no room.
  public func tryOut() throws {
    let file = try draft()
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("chengyun".utf8).write(to: file)
  }

  /// Says that a file is wanted again, so that the sweep leaves it; false when it is not there.
  private func touch(_ url: URL) -> Bool { utimensat(AT_FDCWD, url.path, nil, 0) == 0 }

  /// The bytes of a blob; nil when it is not there.
  public func read(_ digest: String) throws -> [UInt8]? {
    let url = url(of: digest)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    return Array(try Data(contentsOf: url))
  }

  /// Takes a blob over from another folder, unless it is here already.
  ///
  /// - Returns: false where neither has it as its name says.
  func adopt(_ blob: Blob, from other: BlobStore) throws -> Bool {
    func isWhole(_ bytes: [UInt8]) -> Bool {
      SHA256.hash(data: bytes).hexadecimal == blob.digest
    }
    if let here = try read(blob.digest), isWhole(here) { return true }
    guard let bytes = try other.read(blob.digest), isWhole(bytes) else { return false }
    try? FileManager.default.removeItem(at: url(of: blob.digest))
    try write(bytes, to: url(of: blob.digest))
    return true
  }

  func url(of digest: String) -> URL {
    folder.appending(path: String(digest.prefix(2))).appending(path: digest)
  }

  /// Written beside its place, forced to disk, moved, and its folder forced to disk.
  private func write(_ bytes: [UInt8], to target: URL) throws {
    let parent = target.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    let draft = parent.appending(path: "\(target.lastPathComponent).\(UUID().uuidString).part")
    guard FileManager.default.createFile(atPath: draft.path, contents: nil) else {
      throw Fault(.unavailable, "attachment.disk")
    }
    do {
      let handle = try FileHandle(forWritingTo: draft)
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
      try handle.close()
      try FileManager.default.moveItem(at: draft, to: target)
    } catch {
      try? FileManager.default.removeItem(at: draft)
      // Somebody else kept the same content in the meantime.
      guard FileManager.default.fileExists(atPath: target.path) else { throw error }
    }
    let directory = open(parent.path, O_RDONLY)
    if directory >= 0 {
      fsync(directory)
      Foundation.close(directory)
    }
  }
}
