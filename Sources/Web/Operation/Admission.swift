import Base
import HTTPTypes
import Hummingbird
import Synchronization

/// How much is worked on at once. What comes beyond is told to come again, at once and without
/// having been looked at, so that those who were let in are answered and memory stays as it is.
final class Admission: Sendable {
  struct Limits: Sendable {
    /// Requests.
    var requests = 512
    /// Bytes of large bodies that are being read.
    var bodies = 256 << 20
  }

  /// A body up to this size needs no room kept for it.
  private static let smallBody = 65_536
  let limits: Limits
  private let state = Mutex((requests: 0, bytes: 0))

  init(_ limits: Limits = Limits()) { self.limits = limits }

  /// Room that is kept for bodies.
  var bodyBytes: Int { state.withLock(\.bytes) }

  /// - Throws: `Fault` `server.busy` with the seconds to wait.
  func pass<Value>(_ request: Request, _ work: () async throws -> Value) async throws -> Value {
    let bytes = min(Self.room(for: request), limits.bodies)
    let isIn = state.withLock { state in
      guard state.requests < limits.requests, state.bytes + bytes <= limits.bodies else {
        return false
      }
      state.requests += 1
      state.bytes += bytes
      return true
    }
    guard isIn else { throw Fault(.unavailable, "server.busy", ["seconds": "2"]) }
    defer {
      state.withLock {
        $0.requests -= 1
        $0.bytes -= bytes
      }
    }
    return try await work()
  }

  /// What the body says of its length, or the most that one of its type may have.
  private static func room(for request: Request) -> Int {
    let largest =
      request.headers[.contentType]?.lowercased().hasPrefix("multipart/") == true
      ? MultipartLimits().total : FormData.longestPlain
    if let length = request.headers[.contentLength].flatMap({ Int($0) }) {
      return length <= smallBody ? 0 : min(length, MultipartLimits().total)
    }
    return request.headers[.transferEncoding] == nil ? 0 : largest
  }
}

/// Lets in as many as can be answered.
struct Admitting: RouterMiddleware {
  typealias Context = SiteContext
  let admission: Admission

  func handle(
    _ request: Request, context: SiteContext,
    next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    try await admission.pass(request) { try await next(request, context) }
  }
}
