import Base
import Hummingbird
import NIOCore

/// A request's multipart form, part by part.
enum MultipartBody {
  /// A part when it has ended.
  struct Received {
    let part: MultipartPart
    let bytes: [UInt8]
    /// It was longer than is held; its bytes are left out.
    let isTooLong: Bool
  }

  /// - Parameters:
  ///   - limits: beyond which the whole is refused.
  ///   - longest: of a part that is held; the rest of a longer one is passed over.
  /// - Throws: faults of the multipart form, and what `take` throws.
  static func read(
    _ request: Request, limits: MultipartLimits = MultipartLimits(), longest: Int = .max,
    _ take: (Received) async throws -> Void
  ) async throws {
    try request.refuse(
      longerThan: limits.total,
      as: Fault(.tooLarge, "multipart.too-large", ["limit": String(limits.total)]))
    var parser = try MultipartParser(
      contentType: request.headers[.contentType] ?? "", limits: limits)
    var part: MultipartPart?
    var bytes: [UInt8] = []
    var isTooLong = false
    for try await chunk in request.body {
      for event in try parser.feed(Array(chunk.readableBytesView)) {
        switch event {
        case .partBegan(let began):
          part = began
          bytes = []
          isTooLong = false
        case .bytes(let more):
          isTooLong = isTooLong || bytes.count + more.count > longest
          if isTooLong { bytes = [] } else { bytes += more }
        case .partEnded:
          if let part {
            try await take(Received(part: part, bytes: bytes, isTooLong: isTooLong))
          }
          (part, bytes) = (nil, [])
        case .ended: break
        }
      }
    }
    try parser.finish()
  }
}
