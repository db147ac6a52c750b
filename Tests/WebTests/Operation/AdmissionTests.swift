import Base
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

@testable import City
@testable import Web

/// How much a site takes on at once.
@Suite struct AdmissionTests {
  private func request(_ headers: [String: String]) throws -> Request {
    var head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/api/v1/cases")
    for (name, value) in headers { head.headerFields[try #require(HTTPField.Name(name))] = value }
    return Request(head: head, body: .init(buffer: ByteBuffer()))
  }

  @Test("what comes beyond the limit is told to come again, as a problem and as a page")
  func full() async throws {
    var settings = SiteSettings()
    settings.requestsAtOnce = 3
    let town = try await WebTown(settings: settings)
    let token = try await town.token(.intake)
    let session = try await town.session(.intake)
    let hold = TestSupport.Gate()
    let entered = Flag()
    // Nothing that needs the writer goes on while it is held.
    async let held: Void = town.store.database.write { _ in
      entered.set()
      hold.wait()
    }
    #expect(try await eventually { entered.isSet })
    let answers = try await town.visit { site in
      async let one = site.post("/api/v1/cases", ReportAPITests.body(), by: token)
      async let two = site.post("/api/v1/cases", ReportAPITests.body(), by: token)
      async let three = site.post("/api/v1/cases", ReportAPITests.body(), by: token)
      // Whatever fails here, nobody waits for ever.
      defer { hold.open() }
      #expect(try await eventually { town.site.requests.inFlight.value == 3 })
      let refused = try await site.post("/api/v1/cases", ReportAPITests.body(), by: token)
      #expect(refused.status == 503)
      #expect(refused.code == "server.busy")
      #expect(refused.header("Content-Type")?.hasPrefix("application/problem+json") == true)
      #expect(refused.header("Retry-After") == "2")
      #expect(refused.value["request"]?.text == refused.header("X-Request-Id"))
      let page = try await site.get(
        "/desk", by: session, headers: ["Accept-Language": "en"])
      #expect(page.status == 503)
      #expect(page.header("Retry-After") == "2")
      #expect(page.text.contains("busy"))
      #expect(try await site.get("/health/live").status == 200)
      hold.open()
      return try await [one, two, three]
    }
    try await held
    #expect(answers.map(\.status) == [201, 201, 201])
    #expect(try await town.count("case_file") == 3, "nothing that was refused was done")
    try await town.visit { site in
      let next = try await site.post("/api/v1/cases", ReportAPITests.body(), by: token)
      #expect(next.status == 201)
    }
    #expect(town.site.requests.inFlight.value == 0)
  }

  @Test("large bodies are let in as far as there is room, by what they say of their length")
  func bodies() async throws {
    let admission = Admission(.init(requests: 100, bodies: 1_000_000))
    let large = try request(["Content-Length": "600000"])
    let small = try request(["Content-Length": "2000"])
    let endless = try request(["Transfer-Encoding": "chunked"])
    let huge = try request([
      "Content-Length": "999999999999999", "Content-Type": "multipart/form-data; boundary=x",
    ])
    let busy = Fault(.unavailable, "server.busy", ["seconds": "2"])
    try await admission.pass(large) {
      #expect(admission.bodyBytes == 600_000)
      await #expect(throws: busy) { try await admission.pass(large) {} }
      await #expect(throws: busy) { try await admission.pass(endless) {} }
      try await admission.pass(small) { #expect(admission.bodyBytes == 600_000) }
    }
    #expect(admission.bodyBytes == 0)
    // One that fills all the room is still let in alone.
    try await admission.pass(huge) { #expect(admission.bodyBytes == 1_000_000) }
    await #expect(throws: CancellationError.self) {
      try await admission.pass(large) { throw CancellationError() }
    }
    #expect(admission.bodyBytes == 0, "room is given back when work fails")
  }
}
