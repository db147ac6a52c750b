import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Where a server of the tests keeps its things.
struct ServerPlace: Sendable {
  let folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID())")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  var database: String { folder.appending(path: "town.sqlite").path }
  var options: [String] { ["--database", "sqlite:\(database)"] }

  /// A duty officer with a token, who may report.
  func prepare() throws -> String {
    let added = try Executable.run(
      ["person", "add", "duty", "--name", "值班长", "--role", "duty-officer", "--no-password"]
        + options)
    #expect(added.status == 0, "\(added.errors)")
    let made = try Executable.run(
      [
        "person", "token", "add", "duty", "--name", "test", "--right", "case.report", "--right",
        "case.read",
      ] + options)
    #expect(made.status == 0, "\(made.errors)")
    return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

/// The program as a server on a free port, in a process of its own.
struct RunningServer: Sendable {
  let process: Process
  let address: URL

  /// Starts it and waits until it says where it is.
  static func start(_ place: ServerPlace) async throws -> RunningServer {
    try await start(place.options, in: place.folder)
  }

  /// The same with options of its own.
  static func start(_ options: [String], in folder: URL) async throws -> RunningServer {
    let said = folder.appending(path: "said-\(UUID())")
    let process = try Executable.start(["serve", "--port", "0"] + options, saying: said)
    while process.isRunning {
      let text = try String(contentsOf: said, encoding: .utf8)
      if text.hasSuffix("\n"), let start = text.firstRange(of: "http://") {
        let address = text[start.lowerBound...].prefix { !$0.isWhitespace }
        return RunningServer(process: process, address: try #require(URL(string: String(address))))
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw CocoaError(.executableLoad)
  }

  /// Reports a case under its title as the key.
  ///
  /// - Returns: its id, once the server has acknowledged it; nil when it gave no answer.
  func report(_ title: String, _ token: String) async -> String? {
    var request = URLRequest(url: address.appending(path: "api/v1/cases"))
    request.httpMethod = "POST"
    request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    let key = title.filter { ("0"..."9").contains($0) }
    request.setValue(key, forHTTPHeaderField: "Idempotency-Key")
    let body = #"{"kind":"H0201","channel":"hotline","title":"\#(title)","fields":{"subject":"无"}}"#
    request.httpBody = Data(body.utf8)
    guard let (data, response) = try? await URLSession.shared.data(for: request),
      let http = response as? HTTPURLResponse
    else { return nil }
    guard [200, 201].contains(http.statusCode),
      let answer = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let id = answer["id"] as? String
    else {
      Issue.record("\(http.statusCode): \(String(decoding: data, as: UTF8.self))")
      return nil
    }
    return id
  }
}
