import Base
import City
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers in the shapes that this site gives.
enum Answer {
  static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = "text/html; charset=utf-8"
    headers[.cacheControl] = "no-store"
    return Response(
      status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok,
    type: String = "application/json; charset=utf-8"
  ) throws -> Response {
    var headers = HTTPFields()
    headers[.contentType] = type
    headers[.cacheControl] = "no-store"
    let bytes = try encoder.encode(value)
    return Response(
      status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A document that was made for one reader.
  ///
  /// - Parameters:
  ///   - name: what it is called when it is kept, before its `ending`.
  ///   - isShown: whether it is for the screen; otherwise it is to be kept.
  static func document(
    _ bytes: ByteBuffer, named name: String, ending: String, as mediaType: String,
    isShown: Bool = false
  ) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = mediaType
    headers[.cacheControl] = "private, no-store"
    let file = String(name.map { "/\\:*?\"<>|".contains($0) ? "_" : $0 }.prefix(80))
    headers[.contentDisposition] =
      "\(isShown ? "inline" : "attachment"); "
      + "filename*=UTF-8''\(SiteURL.encoded("\(file).\(ending)"))"
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: bytes))
  }

  /// It is done, and there is nothing to say.
  static var nothing: Response {
    var headers = HTTPFields()
    headers[.cacheControl] = "no-store"
    return Response(status: .noContent, headers: headers)
  }

  /// See other: after a form was taken, so that reloading sends nothing twice.
  static func redirect(_ url: SiteURL) -> Response {
    var headers = HTTPFields()
    headers[.location] = url.description
    headers[.cacheControl] = "no-store"
    return Response(status: .seeOther, headers: headers)
  }

  /// The same, and the next page that is looked at says what was done.
  /// - Parameter done: the code of a move, or `report`.
  static func redirect(_ url: SiteURL, done: String) -> Response {
    var response = redirect(url)
    response.setCookie(
      Cookie(name: doneCookie, value: done, maxAge: 60, path: "/", httpOnly: true, sameSite: .lax))
    return response
  }

  static let doneCookie = "done"

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

extension Response {
  /// Says in `Retry-After` when to come again, where a fault passes by waiting.
  mutating func say(wait fault: Fault, now: Moment) {
    guard fault.kind == .tooMany || fault.kind == .unavailable else { return }
    let until = fault.arguments["until"].flatMap { Moment($0) }
      .map { String(max(1, ($0 - now + 999) / 1000)) }
    headers[.retryAfter] = until ?? fault.arguments["seconds"] ?? "2"
  }
}

extension Fault {
  /// The one place where a kind of fault becomes a status.
  var status: HTTPResponse.Status {
    switch kind {
    case .invalid: .unprocessableContent
    case .unauthenticated: .unauthorized
    case .forbidden: .forbidden
    case .missing: .notFound
    case .conflict: .conflict
    case .tooLarge: .contentTooLarge
    case .tooMany: .tooManyRequests
    case .unavailable: .serviceUnavailable
    case .broken: .internalServerError
    }
  }

  /// Whatever was thrown, as a fault; what is not one is our mistake.
  static func of(_ error: any Error) -> Fault {
    if let fault = error as? Fault { return fault }
    if let http = error as? any HTTPResponseError {
      switch http.status.code {
      case 404, 405: return Fault(.missing, "page.missing")
      case 413: return Fault(.tooLarge, "request.large")
      case 400..<500: return Fault(.invalid, "request.malformed")
      default: return Fault(.broken, "server.failed")
      }
    }
    return Fault(.broken, "server.failed")
  }
}

extension Fault {
  /// As callers are told it: where the database is, and as whom it is asked, is for those who run it.
  var toldOutside: Fault {
    guard code.hasPrefix("store.") else { return self }
    let inside: Set<String> = ["path", "reason"]
    return Fault(kind, code, arguments.filter { !inside.contains($0.key) }, fields: fields)
  }
}

/// RFC 9457.
struct Problem: Encodable {
  let type: String
  let title: String
  let status: Int
  let code: String
  let errors: [Detail]?
  /// The request's name, where it was not the caller's mistake.
  let request: String?

  struct Detail: Encodable {
    let field: String
    let code: String
    let detail: String
  }

  /// - Parameter request: its name.
  init(_ fault: Fault, in wording: Wording, request: String) {
    self.request = fault.status.code >= 500 ? request : nil
    type = "urn:chengyun:fault:\(fault.code)"
    title = wording.text(Phrase(fault))
    status = fault.status.code
    code = fault.code
    errors =
      fault.fields.isEmpty
      ? nil
      : fault.fields.map {
        Detail(field: $0.name, code: $0.code, detail: wording.text(Phrase($0)))
      }
  }
}
