import Base
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import TestSupport
import Testing

@testable import City
@testable import Web

/// What is written to the log, and what never is.
@Suite struct LogTests {
  /// Keeps what a sink writes.
  private final class Paper: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    func lines() throws -> [JSONValue] {
      try text.split(separator: "\n").map {
        try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8))
      }
    }
  }

  private func log(
    _ paper: Paper, _ format: LogFormat = .json, _ level: Logger.Level = .trace
  ) -> (logger: Logger, sink: LogSink) {
    let sink = LogSink { paper.add($0) }
    let clock = FakeClock()
    var logger = Logger(label: "test") { _ in
      LineLog(format, level: level, now: clock.now, to: sink)
    }
    logger[metadataKey: "node"] = .stringConvertible(7)
    return (logger, sink)
  }

  /// Serves `town` with a real log and gives what it wrote.
  private func visit(
    _ town: WebTown, _ level: Logger.Level = .trace, setup: TestingSetup = .router,
    _ body: @Sendable (Visitor) async throws -> Void
  ) async throws -> Paper {
    let paper = Paper()
    let (logger, sink) = log(paper, .json, level)
    let application = Application(router: town.site.routes(), logger: logger)
    try await application.test(setup) { try await body(Visitor(client: $0)) }
    sink.close()
    return paper
  }

  @Test("each request is one line of JSON, by its route and not by its address")
  func line() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    let paper = try await visit(town, .info) { site in
      let answer = try await site.get(
        "/api/v1/cases/7?text=secret", by: token, headers: ["X-Request-Id": "proxy-0001"])
      #expect(answer.status == 404)
      #expect(answer.header("X-Request-Id") == "proxy-0001")
      let own = try await site.get("/sign-in")
      #expect((own.header("X-Request-Id") ?? "").count >= 16)
      _ = try await site.get("/health/live")
      _ = try await site.get("/nowhere/13812341234")
    }
    let lines = try paper.lines()
    #expect(lines.count == 3, "a probe has no line of its own")
    let first = try #require(lines.first)
    #expect(first["message"]?.text == "request")
    #expect(first["request"]?.text == "proxy-0001")
    #expect(first["method"]?.text == "GET")
    #expect(first["route"]?.text == "/api/v1/cases/{id}")
    #expect(first["level"]?.text == "info")
    #expect(first["time"]?.text == "2024-03-04T01:30:00Z")
    guard case .number(let status)? = first["status"], case .number(let node)? = first["node"],
      case .number(let seconds)? = first["seconds"], case .number? = first["bytes"]
    else {
      Issue.record("figures are not numbers: \(first)")
      return
    }
    #expect(status == 404 && node == 7 && seconds >= 0)
    #expect(lines.last?["route"]?.text == "none")
  }

  @Test(
    "a name of a request that is none is replaced",
    arguments: [
      "short", "13812341234", "with blank in it", "quote\"quote", "名字名字名字", "a,b,c,d,e",
      String(repeating: "a", count: 65),
    ])
  func names(name: String) async throws {
    #expect(!RequestName.isSound(name))
    #expect(RequestName.isSound("0f8fad5b-d9cb-469f-a165-70867728950e"))
    let town = try await WebTown()
    let paper = try await visit(town) { site in
      let given = try await site.get("/sign-in", headers: ["X-Request-Id": name])
      #expect(given.header("X-Request-Id") != name)
    }
    #expect(!paper.text.contains(name))
  }

  @Test("a failure of ours names its request in the answer and in the log, and tells nothing else")
  func failure() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    _ = try await town.doer(.intake)
    try await town.store.database.write { try $0.run("DROP TABLE responsibility") }
    let paper = try await visit(town) { site in
      let answer = try await site.get(
        "/api/v1/responsibilities", by: token, headers: ["X-Request-Id": "trace-me-1"])
      #expect(answer.status == 500)
      #expect(answer.value["request"]?.text == "trace-me-1")
      let refused = try await site.get("/api/v1/cases/7", by: token)
      #expect(refused.value["request"] == nil)
    }
    let failed = try paper.lines().filter { $0["message"]?.text == "failed" }
    #expect(failed.map { $0["request"]?.text } == ["trace-me-1"])
  }

  @Test("a line stays one line, and can be read back, whatever is in it")
  func hostile() throws {
    let hostile = "a\nb\r\u{0}\u{1B}[31m\"\\\u{2028}\u{202E}\u{85}名"
    let paper = Paper()
    let (logger, sink) = log(paper)
    logger.info("\(hostile)", metadata: ["key\n": "\(hostile)", "list": ["a", "b"]])
    sink.close()
    #expect(paper.text.count { $0 == "\n" } == 1)
    let line = try #require(try paper.lines().first)
    #expect(line["message"]?.text == hostile)
    #expect(line["key\n"]?.text == hostile)
    let plain = Paper()
    let (texts, textSink) = log(plain, .text)
    texts.warning(
      "went wrong", metadata: ["why": "\(hostile)", "seconds": .stringConvertible(0.25)])
    textSink.close()
    let start = "2024-03-04T01:30:00Z warning \"went wrong\" node=7 seconds=0.25 "
    #expect(plain.text.hasPrefix(start))
    #expect(plain.text.unicodeScalars.filter { $0.value < 0x20 }.count == 1)
  }

  @Test("a log that nobody reads holds nobody up: what has no room is dropped and counted")
  func slow() {
    let gate = DispatchSemaphore(value: 0)
    let written = Counter()
    let sink = LogSink(limit: 1000) { bytes in
      gate.wait()
      written.add(bytes.count)
    }
    for _ in 0..<1000 { sink.add(Array(repeating: 65, count: 100)) }
    let dropped = sink.dropped.value
    #expect(dropped >= 980)
    for _ in 0..<3 { gate.signal() }
    sink.close()
    #expect(written.value == (1000 - dropped) * 100)
    sink.add([65])
    #expect(sink.dropped.value == dropped + 1)
  }
}

extension LogTests {
  private static let phone = "13812341234"
  private static let secrets = [
    phone, "138 1234 1234", "欧阳某某", "北横路 619 弄 7 号", "310114199001011234",
    WebTown.password, "wrong horse", "老王的电话",
  ]

  @Test("over a whole day no line carries what somebody typed, showed or was given")
  func day() async throws {
    let town = try await WebTown()
    let intake = try await town.token(.intake)
    let duty = try await town.token(.duty)
    let session = try await town.session(.duty)
    let given = Mutex<[String]>([intake.secret, duty.secret, session.secret, session.csrf])
    let paper = try await visit(town) { site in
      for hour in 0..<24 {
        let report = """
          {"kind":"T0001","channel":"hotline","title":"老王的电话 \(hour)","fields":{},
           "reporter":{"name":"欧阳某某","phone":"\(Self.phone)","address":"北横路 619 弄 7 号"}}
          """
        let made = try await site.post("/api/v1/cases", report, by: intake)
        let id = made.value["id"]?.text ?? "7"
        for uri in [
          "/cases?text=\(Self.phone)", "/cases/\(id)", "/desk", "/figures",
          "/nowhere/\(Self.phone)",
          "/cases/\(Self.phone)", "/published/\(Self.phone)",
        ] { _ = try await site.get(uri, by: session) }
        for uri in [
          "/api/v1/cases?text=\(Self.phone)", "/api/v1/cases/\(Self.phone)",
          "/api/v1/cases/\(id)/reporter",
        ] {
          _ = try await site.get(
            uri, by: duty,
            headers: ["X-Request-Id": Self.phone, "User-Agent": Self.phone, "Referer": Self.phone])
        }
        _ = try await site.post(
          "/api/v1/cases/\(id)/accept", "{\"reason\":\"310114199001011234", by: duty)
        _ = try await site.post("/api/v1/cases/\(id)/accept", "{\"revision\":1}", by: duty)
        _ = try await site.submit(
          "/sign-in", [("name", Self.phone), ("password", "wrong horse")])
        let signedIn = try await site.submit(
          "/sign-in", [("name", "leader"), ("password", WebTown.password)])
        let cookies = signedIn.setCookies.compactMap {
          $0.split(separator: ";").first?.split(separator: "=").last.map(String.init)
        }
        given.withLock { $0 += cookies.filter { $0.count > 20 } }
        _ = try await site.upload(
          "/cases/\(id)/attach", [("note", "欧阳某某")],
          files: [FormFile(field: "file", name: "\(Self.phone).png", bytes: [1, 2, 3])], by: session
        )
        town.clock.advance(seconds: 3600)
      }
    }
    // A database that fails in the middle says nothing of what it was given either.
    await SweepService(site: town.site, logger: town.log.logger).pass()
    let text = paper.text + town.log.lines.joined(separator: "\n")
    #expect(try paper.lines().count >= 24 * 10)
    #expect(given.withLock(\.count) > 4)
    for secret in Self.secrets + given.withLock({ $0 }) {
      #expect(!text.contains(secret), "\(secret)")
    }
    #expect(!text.contains("?") && !text.contains("203.0.113"))
  }
}
