import Foundation
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A centre on PostgreSQL that several servers serve, with one folder of files.
struct NodePlace: Sendable {
  static let password = "correct horse battery"
  let test: TestDatabase
  let folder = FileManager.default.temporaryDirectory.appending(path: "nodes-\(UUID())")
  let token: String

  /// A duty officer, who has a password and a token.
  init() async throws {
    test = try await TestDatabase(engine: .postgres, isMigrated: false)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let word = folder.appending(path: "password")
    try Self.password.write(to: word, atomically: true, encoding: .utf8)
    token = try Self.token(
      of: "duty", ["--password-file", word.path], ["--database", test.address ?? ""])
  }

  /// Another duty officer's token, with which nothing has been asked for yet.
  func token(of name: String) throws -> String {
    try Self.token(of: name, ["--no-password"], ["--database", test.address ?? ""])
  }

  private static func token(
    of name: String, _ password: [String], _ database: [String]
  ) throws -> String {
    let added = try Executable.run(
      ["person", "add", name, "--name", "值班长", "--role", "duty-officer"] + password + database)
    #expect(added.status == 0, "\(added.errors)")
    let made = try Executable.run(
      [
        "person", "token", "add", name, "--name", "test", "--right", "case.report", "--right",
        "case.read", "--right", "case.accept",
      ] + database)
    #expect(made.status == 0, "\(made.errors)")
    return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  var options: [String] {
    ["--database", test.address ?? "", "--files", folder.appending(path: "files").path]
  }

  func start(_ more: [String] = []) async throws -> RunningServer {
    try await RunningServer.start(options + more, in: folder)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

/// A browser's few ways to ask: it follows no redirect, and keeps its cookies itself.
final class PlainClient: NSObject, URLSessionTaskDelegate, Sendable {
  struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String
    let bytes: Data
  }

  private let session = Mutex<URLSession?>(nil)

  override init() {
    super.init()
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpShouldSetCookies = false
    configuration.httpCookieAcceptPolicy = .never
    session.withLock {
      $0 = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  func send(
    _ method: String, _ server: RunningServer, _ path: String, headers: [String: String] = [:],
    body: Data? = nil
  ) async throws -> Answer {
    var request = URLRequest(
      url: try #require(URL(string: path, relativeTo: server.address)?.absoluteURL))
    request.httpMethod = method
    request.httpBody = body
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let session = try #require(session.withLock { $0 })
    let (data, response) = try await session.data(for: request)
    let http = try #require(response as? HTTPURLResponse)
    var found: [String: String] = [:]
    for (name, value) in http.allHeaderFields { found["\(name)".lowercased()] = "\(value)" }
    return Answer(
      status: http.statusCode, headers: found, text: String(decoding: data, as: UTF8.self),
      bytes: data)
  }

  func form(
    _ server: RunningServer, _ path: String, _ values: [String: String],
    headers: [String: String] = [:]
  ) async throws -> Answer {
    let letters = CharacterSet.alphanumerics
    let body = values.map {
      "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: letters) ?? "")"
    }
    .joined(separator: "&")
    return try await send(
      "POST", server, path,
      headers: headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 },
      body: Data(body.utf8))
  }

  /// Signs in and returns the cookie.
  func signIn(_ server: RunningServer) async throws -> [String: String] {
    let answer = try await form(
      server, "/sign-in", ["name": "duty", "password": NodePlace.password])
    let cookie = try #require(answer.headers["set-cookie"]?.prefix { $0 != ";" })
    return ["Cookie": String(cookie)]
  }
}

/// What a page that stands open hears.
final class LiveListener: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var text = ""
    var isOver = false
  }

  private let state = Mutex(State())
  private let session = Mutex<URLSession?>(nil)

  init(_ server: RunningServer, _ path: String, _ headers: [String: String]) throws {
    super.init()
    var request = URLRequest(
      url: try #require(URL(string: path, relativeTo: server.address)?.absoluteURL))
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let opened = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
    session.withLock { $0 = opened }
    opened.dataTask(with: request).resume()
  }

  var text: String { state.withLock { $0.text } }
  var isOver: Bool { state.withLock { $0.isOver } }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    state.withLock { $0.text += String(decoding: data, as: UTF8.self) }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    state.withLock { $0.isOver = true }
  }
}
