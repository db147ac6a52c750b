import Base
import City
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What a request knows on its way: who asks, and how they like to be answered.
struct SiteContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// By what the caller is known who is nobody to us: an address, or a network.
  var address: String
  /// The request's name: in every answer's head, told beside a failure, and in the log.
  var reference: String
  /// Names the request in every line.
  var log: Logger
  var language = Language.chinese
  var theme = Theme.system
  /// The session's token from the cookie, whether it is worth anything or not.
  var sessionToken: String?
  var signedIn: SignedIn?
  /// Who acts: the person who is signed in, or whom a token acts for.
  var doer: Doer?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    reference = source.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? ""
    log = source.logger
    log[metadataKey: "hb.request.id"] = nil
    address = source.channel.remoteAddress?.ipAddress ?? "local"
  }

  /// - Throws: `Fault` `sign-in.needed`.
  func requireDoer() throws -> Doer {
    guard let doer else { throw Fault(.unauthenticated, "sign-in.needed") }
    return doer
  }

  func requireSignedIn() throws -> SignedIn {
    guard let signedIn else { throw Fault(.unauthenticated, "sign-in.needed") }
    return signedIn
  }
}

extension Request {
  /// The value of a cookie.
  func cookie(_ name: String) -> String? { cookies[name]?.value }

  /// Whether a program reads the answer: of others, or the script of a page of ours.
  var isByProgram: Bool {
    ["/api/", "/openapi", "/m/"].contains { uri.path.hasPrefix($0) }
  }

  /// Whether it only looks.
  var isReading: Bool { method == .get || method == .head }

  /// Whether an open page asks by itself, while perhaps nobody is there.
  /// What it listens to cannot be asked with a header.
  var isByItself: Bool {
    uri.path == "/live" || HTTPField.Name("X-Live").map { headers.contains($0) } ?? false
  }

  /// The page of ours that it was sent from, as its browser says.
  var cameFrom: SiteURL? {
    guard let referer = headers[.referer], let host = head.authority,
      let start = referer.range(of: "//\(host)/")
    else { return nil }
    return SiteURL(returning: String(referer[referer.index(before: start.upperBound)...]))
  }

  /// The body, where it has at most `limit` bytes.
  ///
  /// - Throws: `body.large`; by what the sender says of its length, before any of it is read.
  func collected(upTo limit: Int) async throws -> ByteBuffer {
    let fault = Fault(.tooLarge, "body.large", ["limit": String(limit)])
    try refuse(longerThan: limit, as: fault)
    do {
      return try await body.collect(upTo: limit)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      throw fault
    }
  }

  /// Refuses a body that says itself that it is too long.
  func refuse(longerThan limit: Int, as fault: Fault) throws {
    guard let length = headers[.contentLength].flatMap({ Int($0) }), length > limit else { return }
    throw fault
  }

  /// The path with its query, as the browser sees it.
  var address: String { uri.string }
}
