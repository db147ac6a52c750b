import Base
import Foundation
import Testing

@testable import City
@testable import Web

/// What everybody does about themselves: tokens, the password, the sessions.
@Suite struct OwnAPITests {
  private static func request(
    _ rights: String = #""case.read""#, expires: String = "2024-04-01T00:00:00Z"
  ) -> String {
    #"{"name": "hotline bridge", "rights": [\#(rights)], "expiresAt": "\#(expires)"}"#
  }

  @Test("a token is told once, works, is listed without its text, and ends")
  func tokens() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    let uri = "/api/v1/people/\(try town.person(.intake))/tokens"
    try await town.visit { site in
      let made = try await site.post(uri, Self.request(), by: session)
      #expect(made.status == 201)
      let text = try #require(try made.json()["token"]?.text)
      let id = try #require(try made.json()["id"]?.text)
      let token = Caller.token(text)
      #expect(try await site.get("/api/v1/cases", by: token).status == 200)
      let list = try await site.get(uri, by: session)
      #expect(try list.json()["tokens"]?[0]?["name"]?.text == "hotline bridge")
      #expect(try list.json()["tokens"]?[0]?["revokedAt"] == nil)
      #expect(!list.text.contains(text))
      let second = try await site.post(uri, Self.request(), by: token)
      #expect(second.status == 403)
      let ended = try await site.send(.delete, "/api/v1/tokens/\(id)", by: session)
      #expect(ended.status == 204)
      #expect(try await site.get("/api/v1/cases", by: token).status == 401)
      let after = try await site.get(uri, by: session).json()
      #expect(after["tokens"]?[0]?["revokedAt"]?.text != nil)
    }
  }

  @Test("nobody makes a token for another; one's manager may end it, others do not find it")
  func others() async throws {
    let town = try await WebTown()
    let intake = try await town.session(.intake)
    let security = try await town.session(.security)
    let roads = try await town.session(.roads)
    let uri = "/api/v1/people/\(try town.person(.intake))/tokens"
    try await town.visit { site in
      let forged = try await site.post(uri, Self.request(), by: security)
      #expect(forged.code == "token.own-only")
      let id = try #require(
        try await site.post(uri, Self.request(), by: intake).json()["id"]?.text)
      #expect(try await site.get(uri, by: roads).status == 403)
      let strange = try await site.send(.delete, "/api/v1/tokens/\(id)", by: roads)
      #expect(strange.status == 404)
      #expect(strange.code == "token.missing")
      #expect(try await site.get(uri, by: security).value["tokens"]?.list.count == 1)
      #expect(try await site.send(.delete, "/api/v1/tokens/\(id)", by: security).status == 204)
    }
  }

  @Test(
    "what is wrong with a token that is asked for is named",
    arguments: [
      (request("\"king\""), "rights[0]: value.unknown"), (request(""), "rights: value.missing"),
      (request("\"person.manage\""), "rights: right.not-held"),
      (request("\"token.own\""), "rights: right.not-held"),
      (request(expires: "2024-03-01T00:00:00Z"), "expiresAt: moment.past"),
      (request(expires: "2026-03-01T00:00:00Z"), "expiresAt: moment.far"),
      (request(expires: "soon"), "expiresAt: value.instant"),
    ])
  func wrongToken(json: String, problem: String) async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    let uri = "/api/v1/people/\(try town.person(.intake))/tokens"
    try await town.visit { site async throws in
      #expect(try await site.post(uri, json, by: session).wrong == [problem])
    }
    #expect(try await town.count("api_token") == 0)
  }

  @Test("one changes one's own password by the old one, and goes on in this session alone")
  func password() async throws {
    let town = try await WebTown()
    let (here, there) = (try await town.session(.intake), try await town.session(.intake))
    let token = try await town.token(.intake)
    let right = #"{"old": "\#(WebTown.password)", "new": "another pass phrase"}"#
    try await town.visit { site in
      let uri = "/api/v1/me/password"
      let wrong = try await site.post(
        uri, #"{"old": "not my password", "new": "another pass phrase"}"#, by: here)
      #expect(wrong.wrong == ["old: password.wrong"])
      let short = try await site.post(
        uri, #"{"old": "\#(WebTown.password)", "new": "short"}"#, by: here)
      #expect(short.wrong == ["new: value.short"])
      #expect(try await site.post(uri, right, by: token).code == "person.own-only")
      #expect(try await site.get("/api/v1/me", by: there).status == 200)
      #expect(try await site.post(uri, right, by: here).status == 204)
      #expect(try await site.get("/api/v1/me", by: here).status == 200)
      #expect(try await site.get("/api/v1/me", by: there).status == 401)
    }
    _ = try await town.centre.identity.sessions.signIn(
      name: "intake", password: "another pass phrase")
  }

  @Test("signing out everywhere ends all sessions, not with a token")
  func everywhere() async throws {
    let town = try await WebTown()
    let (here, there) = (try await town.session(.intake), try await town.session(.intake))
    let token = try await town.token(.intake)
    try await town.visit { site async throws in
      let uri = "/api/v1/me/sign-out-everywhere"
      #expect(try await site.post(uri, by: token).code == "person.own-only")
      #expect(try await site.post(uri, by: here).value["ended"]?.whole == 2)
      for session in [here, there] {
        #expect(try await site.get("/api/v1/me", by: session).status == 401)
      }
      #expect(try await site.get("/api/v1/me", by: token).status == 200)
    }
  }
}
