import Base
import City
import Hummingbird
import NIOCore
import Paper

/// Bodies that are a file: larger than JSON, and unpacked where they are gzip.
enum FileBody {
  /// Bytes as they are sent.
  static let longest = 32 << 20
  /// Bytes after unpacking: a small file may stand for a large one.
  static let longestUnpacked = 64 << 20

  /// - Throws: `body.large`, `file.too-large`, `gzip.truncated`, `gzip.damaged`.
  static func read(_ request: Request) async throws -> [UInt8] {
    let input = try ByteInput(
      bytes: try await sent(request), limit: longestUnpacked)
    var bytes: [UInt8] = []
    while case let piece = try input.read(), !piece.isEmpty { bytes += piece }
    return bytes
  }

  /// As it was sent.
  static func sent(_ request: Request) async throws -> [UInt8] {
    Array(try await request.collected(upTo: longest).readableBytesView)
  }
}
