import Base
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import City
@testable import Web

/// How much may be asked of a site, and that it goes on after it was asked too much.
@Suite struct LimitTests {
  @Test("those who are not signed in are told to wait, on pages as through the API")
  func flood() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    try await town.visit { site in
      for _ in 0..<600 { _ = try await site.get("/sign-in") }
      let page = try await site.get("/sign-in", headers: ["Accept-Language": "en"])
      #expect(page.status == 429)
      #expect(page.header("Retry-After") == "1")
      #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
      #expect(page.text.contains("Too many requests"))
      let api = try await site.get("/api/v1/cases")
      #expect(api.status == 429)
      #expect(api.header("Retry-After") == "1")
      #expect(try await site.get("/desk", by: session).status == 200)
      #expect(try await site.get("/health/live").status == 200)
      town.clock.advance(seconds: 1)
      #expect(try await site.get("/sign-in").status == 200)
    }
  }

  @Test("a bucket fills with time, up to its size, for each caller apart")
  func bucket() throws {
    let clock = FakeClock()
    let limit = RateLimit("test", burst: 3, perMinute: 60, now: clock.now)
    for _ in 0..<3 { try limit.take("a") }
    #expect(throws: Fault(.tooMany, "rate.exceeded", ["seconds": "1"])) { try limit.take("a") }
    try limit.take("b")
    clock.advance(seconds: 1)
    try limit.take("a")
    #expect(throws: Fault.self) { try limit.take("a") }
    clock.advance(seconds: 3600)
    for _ in 0..<3 { try limit.take("a") }
    #expect(throws: Fault.self) { try limit.take("a") }
    // A clock that is set back gives nothing, and breaks nothing.
    clock.advance(seconds: -7200)
    #expect(throws: Fault.self) { try limit.take("a") }
  }

  @Test("callers without number do not grow the memory without bound, nor free who is limited")
  func manyCallers() throws {
    let clock = FakeClock()
    let limit = RateLimit("test", burst: 2, perMinute: 60, now: clock.now)
    for number in 0..<30_000 { try limit.take("caller \(number)") }
    try limit.take("a")
    try limit.take("a")
    #expect(throws: Fault.self) { try limit.take("a") }
  }

  @Test("over a socket: one connection after another is answered, whatever the last one sent")
  func live() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    let bad: [(HTTPRequest.Method, String, [String: String], [UInt8]?)] = [
      (.get, "/cases/%FF%FE", [:], nil), (.get, "/api/v1/cases?text=%FF", [:], nil),
      (.post, "/api/v1/cases", ["Content-Type": "text/plain"], Array("{".utf8)),
      (.post, "/api/v1/cases", [:], Array(repeating: UInt8(ascii: "["), count: 200_000)),
      (.post, "/api/v1/cases", ["Content-Length": "999999999"], nil),
      (.post, "/sign-in", [:], Array(repeating: 0xFF, count: 9000)),
      (.post, "/cases", ["Content-Type": "multipart/form-data; boundary="], [1, 2, 3]),
      (.get, "/" + String(repeating: "a", count: 7000), [:], nil),
      (.get, "/api/v1/me", ["Cookie": String(repeating: "a=b; ", count: 500)], nil),
    ]
    for (method, uri, headers, body) in bad {
      try await town.visit(.live) { site in
        let answer = try await site.send(method, uri, by: token, headers: headers, body: body)
        #expect((400..<500).contains(answer.status) || answer.status == 200 || answer.status == 303)
        #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(uri.prefix(40))")
      }
    }
    try await town.visit(.live) { site in
      let made = try await site.post("/api/v1/cases", ReportAPITests.body(), by: token)
      #expect(made.status == 201)
    }
    #expect(try await town.count("case_file") == 1)
    #expect(!town.log.lines.contains { $0.contains("failed") }, "nothing of it was our mistake")
    #expect(!town.log.lines.contains { $0.contains(token.secret) }, "no secret is in the log")
  }
}
