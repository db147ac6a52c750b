import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// How sessions end, and what proves that a form is ours.
@Suite struct SessionFormTests {
  private static let comment = [("text", "已到现场")]

  @Test("signing out ends this session and no other")
  func signOut() async throws {
    let town = try await WebTown()
    let here = try await town.session(.intake)
    let there = try await town.session(.intake)
    try await town.visit { site in
      let answer = try await site.submit("/sign-out", [], by: here)
      #expect(answer.status == 303)
      #expect(answer.header("Location") == "/sign-in")
      #expect(answer.setCookies.first?.contains("Max-Age=0") == true)
      #expect(try await site.get("/desk", by: here).status == 303)
      #expect(try await site.get("/api/v1/me", by: here).status == 401)
      #expect(try await site.get("/desk", by: there).status == 200)
    }
  }

  @Test("signing out everywhere ends all sessions of the person, and nobody else's")
  func everywhere() async throws {
    let town = try await WebTown()
    let sessions = [try await town.session(.intake), try await town.session(.intake)]
    let other = try await town.session(.dispatcher)
    try await town.visit { site in
      for session in sessions { #expect(try await site.get("/desk", by: session).status == 200) }
      let answer = try await site.submit("/sign-out/everywhere", [], by: sessions[0])
      #expect(answer.status == 303)
      for session in sessions { #expect(try await site.get("/desk", by: session).status == 303) }
      #expect(try await site.get("/desk", by: other).status == 200)
    }
  }

  @Test("a session ends twelve hours after the last request, and after a week whatever happens")
  func expiry() async throws {
    let town = try await WebTown()
    let idle = try await town.session(.intake)
    let busy = try await town.session(.dispatcher)
    try await town.visit { site in
      for _ in 0..<14 {
        town.clock.advance(seconds: 12 * 3600 - 600)
        #expect(try await site.get("/desk", by: busy).status == 200)
      }
      #expect(try await site.get("/desk", by: idle).status == 303)
      town.clock.advance(seconds: 14 * 600)
      let over = try await site.get("/desk", by: busy)
      #expect(over.status == 303)
      let door = try await site.get(try #require(over.header("Location")), by: busy)
      #expect(door.text.contains("role=\"status\""), "it says that the session ended")
    }
  }

  @Test("a session lost in mid-form leads to the door and changes nothing")
  func lost() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let session = try await town.session(.dispatcher)
    try await town.visit { site in
      _ = try await site.submit("/sign-out", [], by: session)
      let before = try await town.verbs(about: id)
      let answer = try await site.submit("/cases/\(id)/comment", Self.comment, by: session)
      #expect(answer.status == 401)
      #expect(answer.text.contains("href=\"/sign-in"))
      let upload = try await site.upload(
        "/cases/\(id)/comment", Self.comment,
        files: [FormFile(field: "attachments", bytes: SampleFile.png())], by: session)
      #expect(upload.status == 401)
      #expect(try await town.verbs(about: id) == before)
    }
  }

  @Test("a form without the proof, or with another session's, is refused and changes nothing")
  func forgery() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let session = try await town.session(.dispatcher)
    let other = try await town.session(.dispatcher)
    let before = try await town.verbs(about: id)
    try await town.visit { site in
      let uris = [
        "/cases/\(id)/comment", "/cases/\(id)/dispatch", "/cases/\(id)/open-reporter", "/cases",
        "/sign-out", "/sign-out/everywhere",
      ]
      for uri in uris {
        for proof in ["", other.csrf, "x"] {
          let answer = try await site.submit(uri, Self.comment, by: session, csrf: proof)
          #expect(answer.status == 403, "\(uri) \(proof)")
        }
      }
      #expect(try await site.get("/desk", by: session).status == 200)
      #expect(try await town.verbs(about: id) == before)
      let own = try await site.submit("/cases/\(id)/comment", Self.comment, by: session)
      #expect(own.status == 303)
    }
  }

  @Test("through the API a session proves itself with each change, a token need not")
  func api() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let session = try await town.session(.dispatcher)
    let other = try await town.session(.intake)
    let token = try await town.token(.dispatcher)
    let before = try await town.verbs(about: id)
    try await town.visit { site in
      let uri = "/api/v1/cases/\(id)/moves/comment"
      let json = #"{"text": "已到现场"}"#
      for proof in ["", other.csrf] {
        let answer = try await site.post(uri, json, by: session, proof: proof)
        #expect(answer.status == 403)
        #expect(answer.code == "csrf.missing")
      }
      #expect(try await town.verbs(about: id) == before)
      #expect(try await site.get("/api/v1/cases/\(id)", by: session).status == 200)
      let me = try await site.get("/api/v1/me", by: session).json()
      #expect(me["csrf"]?.text == session.csrf)
      #expect(try await site.post(uri, json, by: session).status == 200)
      #expect(try await site.post(uri, json, by: token).status == 200)
      #expect(try await site.get("/api/v1/me", by: token).json()["csrf"] == nil)
      #expect(try await town.verbs(about: id).count == before.count + 2)
    }
  }

  @Test("a token opens no pages, and a session's secret is no token")
  func mixed() async throws {
    let town = try await WebTown()
    let session = try await town.session(.intake)
    let token = try await town.token(.intake)
    try await town.visit { site in
      let desk = try await site.get("/desk", by: token)
      #expect(desk.status == 303)
      #expect(try await site.get("/api/v1/me", by: .token(session.secret)).status == 401)
      #expect(
        try await site.get("/api/v1/me", by: .session(token.secret, csrf: "")).status == 401)
    }
  }
}
