import Base
import Foundation

/// The bytes of a file or of memory in chunks, gunzipped on the way where they are gzip.
///
/// A reference type: it is an open file with one place in it. Not to be shared between tasks.
public final class ByteInput {
  /// Large enough that the cost per chunk vanishes, small enough to stay in the cache.
  static let chunkSize = 256 * 1024

  private enum Source {
    case file(FileHandle)
    case memory([UInt8])
  }

  private let source: Source
  private let limit: Int
  private var chunk: [UInt8] = []
  private var position = 0
  private var ended = false
  private var delivered = 0
  private var gunzip: Gunzip?

  /// Bytes of the file as it lies on the disk; 0 where that is not known (a pipe).
  public let total: Int
  /// Bytes of the file read so far, before unpacking: for showing progress against `total`.
  public private(set) var consumed = 0

  /// Opens a file.
  ///
  /// - Parameter limit: how many bytes, after unpacking, are delivered at most.
  /// - Throws: `file.missing`, `file.unreadable`; damage and size are met while reading.
  public convenience init(path: String, limit: Int = 1 << 30) throws {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Fault(.missing, "file.missing", ["path": path])
    }
    guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      throw Fault(.invalid, "file.unreadable", ["path": path])
    }
    let size = (try? manager.attributesOfItem(atPath: path))?[.size] as? NSNumber
    try self.init(.file(handle), total: size?.intValue ?? 0, limit: limit)
  }

  /// Reads what is already in memory.
  public convenience init(bytes: [UInt8], limit: Int = 1 << 30) throws {
    try self.init(.memory(bytes), total: bytes.count, limit: limit)
  }

  private init(_ source: Source, total: Int, limit: Int) throws {
    self.source = source
    self.total = total
    self.limit = limit
    try refill()
    // The two magic bytes of gzip (RFC 1952, 2.3.1) begin no text in an encoding we read.
    if chunk.starts(with: [0x1F, 0x8B]) { gunzip = try Gunzip() }
  }

  /// Whether it is a packed file, such as a workbook. To be asked before anything is read.
  var isPacked: Bool { PaperKind(chunk) == .zip }

  /// The next bytes; empty only at the end.
  ///
  /// - Throws: `gzip.truncated` and `gzip.damaged` with the place, `file.too-large`,
  ///   `file.unreadable`.
  public func read() throws -> [UInt8] {
    let bytes = try gunzip.map(unpack) ?? plain()
    delivered += bytes.count
    guard delivered <= limit else {
      throw Fault(.tooLarge, "file.too-large", ["limit": String(limit)])
    }
    return bytes
  }

  private func plain() throws -> [UInt8] {
    if position == chunk.count { try refill() }
    position = chunk.count
    return chunk
  }

  private func unpack(_ gunzip: Gunzip) throws -> [UInt8] {
    while true {
      if position == chunk.count { try refill() }
      let bytes = try gunzip.unpack(chunk, at: &position, room: Self.chunkSize)
      if !bytes.isEmpty { return bytes }
      if ended {
        try gunzip.finish()
        return []
      }
    }
  }

  /// Replaces the chunk, which is used up, with the next one; it is empty at the end.
  private func refill() throws {
    position = 0
    switch source {
    case .memory(let bytes):
      chunk = Array(bytes[consumed..<min(consumed + Self.chunkSize, bytes.count)])
    case .file(let handle):
      do {
        chunk = try handle.read(upToCount: Self.chunkSize).map { Array($0) } ?? []
      } catch {
        throw Fault(.invalid, "file.unreadable", ["reason": error.localizedDescription])
      }
    }
    consumed += chunk.count
    ended = chunk.isEmpty
  }
}
