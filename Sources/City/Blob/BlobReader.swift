import Base
import Foundation

/// A stored file that is read piece by piece, so that who fetches it slowly takes no memory.
public final class BlobReader: Sendable {
  private static let piece = 65_536
  private let descriptor: Int32
  /// Bytes.
  public let size: Int

  fileprivate init?(_ url: URL) {
    descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    var facts = stat()
    size = descriptor >= 0 && fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
    if descriptor < 0 { return nil }
  }

  deinit { close(descriptor) }

  /// The next bytes; nil at the end.
  ///
  /// - Throws: `Fault` `attachment.disk`.
  public func next() throws -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: Self.piece)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw Fault(.unavailable, "attachment.disk") }
    return count == 0 ? nil : Array(bytes.prefix(count))
  }
}

extension BlobStore {
  /// A blob to be read piece by piece; nil when it is not there.
  public func reader(_ digest: String) -> BlobReader? { BlobReader(url(of: digest)) }
}
