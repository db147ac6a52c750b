import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

/// In whose name a request is made.
enum Caller: Sendable {
  case nobody
  /// A browser's session: its cookie, and the proof that goes into forms.
  case session(String, csrf: String)
  case token(String)

  var csrf: String { if case .session(_, let csrf) = self { csrf } else { "" } }
  var secret: String {
    switch self {
    case .nobody: ""
    case .session(let token, _), .token(let token): token
    }
  }
}

/// Sends requests to a site. Every answer of the API is held against `openapi.json`.
struct Visitor: Sendable {
  let client: any TestClientProtocol

  /// - Parameter proof: sent as `X-CSRF-Token` when a session changes something through the API;
  ///   nil sends the session's own, an empty one none.
  func send(
    _ method: HTTPRequest.Method, _ uri: String, by caller: Caller = .nobody,
    headers: [String: String] = [:], body: [UInt8]? = nil, proof: String? = nil,
    location: SourceLocation = #_sourceLocation
  ) async throws -> WebAnswer {
    var fields = HTTPFields()
    switch caller {
    case .nobody: break
    case .token(let token): fields[.authorization] = "Bearer \(token)"
    case .session(let token, let csrf):
      fields[.cookie] = "\(Site.sessionCookie)=\(token)"
      if uri.hasPrefix("/api/"), method != .get, proof != "" {
        fields[try #require(HTTPField.Name("X-CSRF-Token"))] = proof ?? csrf
      }
    }
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    let response = try await client.execute(
      uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) })
    let answer = WebAnswer(
      status: response.status.code, headers: response.headers,
      bytes: Array(response.body.readableBytesView))
    if uri.hasPrefix("/api/") || uri.hasPrefix("/health/"), method != .head {
      for complaint in try Contract.embedded().complaints(method, uri, answer) {
        Issue.record("\(complaint)", sourceLocation: location)
      }
    }
    return answer
  }

  func get(
    _ uri: String, by caller: Caller = .nobody, headers: [String: String] = [:],
    location: SourceLocation = #_sourceLocation
  ) async throws -> WebAnswer {
    try await send(.get, uri, by: caller, headers: headers, location: location)
  }

  /// Sends JSON by another method than POST.
  func send(
    _ method: HTTPRequest.Method, _ uri: String, json: String, by caller: Caller,
    location: SourceLocation = #_sourceLocation
  ) async throws -> WebAnswer {
    try await send(
      method, uri, by: caller, headers: ["Content-Type": "application/json"],
      body: Array(json.utf8), location: location)
  }

  /// Posts JSON as it is written.
  func post(
    _ uri: String, _ json: String = "", by caller: Caller, headers: [String: String] = [:],
    proof: String? = nil, location: SourceLocation = #_sourceLocation
  ) async throws -> WebAnswer {
    try await send(
      .post, uri, by: caller, headers: ["Content-Type": "application/json"].merging(headers) { $1 },
      body: Array(json.utf8), proof: proof, location: location)
  }

  /// Posts a form as a browser does, with the session's proof unless another is given.
  func submit(
    _ uri: String, _ values: [(String, String)], by caller: Caller = .nobody, csrf: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> WebAnswer {
    let all = values + [("csrf", csrf ?? caller.csrf)].filter { !$0.1.isEmpty }
    let body = all.map { "\(SiteURL.encoded($0.0))=\(SiteURL.encoded($0.1))" }
      .joined(separator: "&")
    return try await send(
      .post, uri, by: caller,
      headers: ["Content-Type": "application/x-www-form-urlencoded"].merging(headers) { $1 },
      body: Array(body.utf8))
  }

  /// Posts a form with files.
  func upload(
    _ uri: String, _ values: [(String, String)], files: [FormFile], by caller: Caller
  ) async throws -> WebAnswer {
    let (type, body) = FormBody.multipart(values + [("csrf", caller.csrf)], files: files)
    return try await send(.post, uri, by: caller, headers: ["Content-Type": type], body: body)
  }
}

/// Forms as they stand in a body.
enum FormBody {
  static func multipart(
    _ values: [(String, String)], files: [FormFile]
  ) -> (type: String, body: [UInt8]) {
    let boundary = "----chengyun7MA4YWxkTrZu0gW"
    var body: [UInt8] = []
    for (name, value) in values {
      body += Array(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
      )
    }
    for file in files {
      body += Array(
        """
        --\(boundary)\r\nContent-Disposition: form-data; name="\(file.field)"; \
        filename="\(file.name)"\r\nContent-Type: \(file.type)\r\n\r\n
        """.utf8)
      body += file.bytes + Array("\r\n".utf8)
    }
    body += Array("--\(boundary)--\r\n".utf8)
    return ("multipart/form-data; boundary=\(boundary)", body)
  }
}

/// A file that a browser sends with a form.
struct FormFile: Sendable {
  var field: String
  var name = "photo.png"
  var type = "image/png"
  var bytes: [UInt8]
}

/// What came back.
struct WebAnswer: Sendable {
  let status: Int
  let headers: HTTPFields
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }

  func json() throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  /// The JSON document; null for what is none.
  var value: JSONValue { (try? json()) ?? .null }

  func header(_ name: String) -> String? {
    HTTPField.Name(name).flatMap { headers[$0] }
  }

  /// The code of a problem document.
  var code: String? { (try? json())?["code"]?.text }

  /// The fields at fault with their codes: `title: value.missing`.
  var wrong: [String] {
    ((try? json())?["errors"]?.list ?? []).map {
      "\($0["field"]?.text ?? "?"): \($0["code"]?.text ?? "?")"
    }
  }

  /// What a problem document says of a field, in the reader's language.
  func said(of field: String) -> String? {
    (try? json())?["errors"]?.list.first { $0["field"]?.text == field }?["detail"]?.text
  }

  /// The value of a cookie that is set, and everything that is said of it.
  var setCookies: [String] {
    headers[values: .setCookie].map { String($0) }
  }
}
