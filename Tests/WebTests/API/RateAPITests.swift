import Foundation
import Testing

@testable import City
@testable import Web

/// How much one person may ask.
@Suite struct RateAPITests {
  @Test("who asks too much is told to wait, by all tokens together; others are not")
  func limited() async throws {
    var settings = SiteSettings()
    settings.requestsPerMinute = 30
    let town = try await WebTown(settings: settings)
    let (first, second) = (try await town.token(.intake), try await town.token(.intake))
    let session = try await town.session(.intake)
    let other = try await town.token(.duty)
    try await town.visit { site in
      for count in 1...6 {
        let caller = [first, second, session][count % 3]
        #expect(try await site.get("/api/v1/me", by: caller).status == 200, "\(count)")
      }
      for caller in [first, second, session] {
        let refused = try await site.get("/api/v1/me", by: caller)
        #expect(refused.status == 429)
        #expect(refused.code == "rate.exceeded")
        #expect(refused.header("Retry-After") == "2")
      }
      #expect(try await site.get("/desk", by: session).status == 429)
      #expect(try await site.get("/api/v1/me", by: other).status == 200)
      town.clock.advance(seconds: 2)
      #expect(try await site.get("/api/v1/me", by: first).status == 200)
      #expect(try await site.get("/api/v1/me", by: second).status == 429)
    }
  }

  @Test("with 0 nobody who is signed in is told to wait")
  func unlimited() async throws {
    var settings = SiteSettings()
    settings.requestsPerMinute = 0
    let town = try await WebTown(settings: settings)
    #expect(town.site.personLimit == nil)
    let token = try await town.token(.intake)
    try await town.visit { site async throws in
      for _ in 0..<1300 {
        #expect(try await site.get("/api/v1/me", by: token).status == 200)
      }
    }
  }
}
