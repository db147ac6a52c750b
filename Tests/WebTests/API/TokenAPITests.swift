import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// What a program may do with a token.
@Suite struct TokenAPITests {
  private static let report = #"{"kind": "T0001", "channel": "hotline", "title": "路灯不亮"}"#

  @Test("a token carries the rights it was given, and never more than its person has")
  func rights() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .reported)
    let reading = try await town.token(.intake, [.caseRead])
    let reporting = try await town.token(.intake, [.caseReport])
    let before = try await town.verbs(about: id)
    try await town.visit { site in
      let me = try await site.get("/api/v1/me", by: reading).json()
      #expect(me["rights"]?.list.compactMap(\.text) == ["case.read"])
      #expect(try await site.get("/api/v1/cases/\(id)", by: reading).status == 200)
      let moves = try await site.get("/api/v1/cases/\(id)", by: reading).json()["moves"]
      #expect(moves?.list.compactMap(\.text) == ["comment"])
      for (uri, json) in [
        ("/api/v1/cases", Self.report), ("/api/v1/cases/\(id)/moves/accept", ""),
        ("/api/v1/cases/\(id)/reporter", ""),
      ] {
        let refused = try await site.post(uri, json, by: reading)
        #expect(refused.status == 403, "\(uri)")
        #expect(refused.code == "right.missing")
      }
      #expect(
        try await site.get("/api/v1/figures?from=2024-03-01&to=2024-03-31", by: reading)
          .code == "right.missing")
      #expect(try await site.get("/api/v1/cases/\(id)", by: reporting).status == 404)
      #expect(try await site.get("/api/v1/cases", by: reporting).status == 403)
      #expect(try await site.post("/api/v1/cases", Self.report, by: reporting).status == 201)
    }
    #expect(try await town.verbs(about: id) == before)
  }

  @Test("who may only report gets the same case for the same key")
  func reportingOnly() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake, [.caseReport])
    let reading = try await town.token(.intake, [.caseRead])
    try await town.visit { site in
      let key = ["Idempotency-Key": "order-1"]
      let first = try await site.post("/api/v1/cases", Self.report, by: token, headers: key)
      let second = try await site.post("/api/v1/cases", Self.report, by: token, headers: key)
      #expect(first.status == 201)
      #expect(second.status == 200)
      #expect(try first.json()["id"] == second.json()["id"])
      let other = try await site.post("/api/v1/cases", Self.report, by: reading, headers: key)
      #expect(other.code == "right.missing")
    }
    #expect(try await town.count("case_file") == 1)
  }

  @Test("what is no token of ours is refused with how to prove oneself")
  func unknown() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake).secret
    let session = try await town.session(.intake)
    try await town.visit { site in
      for text in [
        "Bearer cy_nothing", "Bearer ", "Bearer", "Basic aW50YWtlOng=", "Bearer \(token)x",
        "Bearer \(token.dropFirst(3))", "Bearer cy_\(String(repeating: "a", count: 5000))",
      ] {
        let answer = try await site.get("/api/v1/me", headers: ["Authorization": text])
        #expect(answer.status == 401, "\(text.prefix(30))")
        #expect(answer.code == "token.unknown")
        #expect(answer.header("WWW-Authenticate") == "Bearer")
        #expect(!answer.text.contains(token))
      }
      // A wrong token is not made good by a session beside it.
      let both = try await site.get(
        "/api/v1/me", by: session, headers: ["Authorization": "Bearer cy_nothing"])
      #expect(both.status == 401)
      let small = try await site.get("/api/v1/me", headers: ["Authorization": "bearer \(token)"])
      #expect(small.status == 200)
    }
  }

  @Test("a token ends at its time, and when it is revoked")
  func ends() async throws {
    let town = try await WebTown()
    let short = try await town.token(.intake, days: 1)
    let long = try await town.token(.intake, days: 2)
    let id = try await town.store.database.read { snapshot in
      try TokenDesk.list(of: try town.person(.intake), by: .command, in: snapshot)[0].id
    }
    try await town.visit { site in
      for token in [short, long] {
        #expect(try await site.get("/api/v1/me", by: token).status == 200)
      }
      town.clock.advance(seconds: 86_399)
      #expect(try await site.get("/api/v1/me", by: short).status == 200)
      town.clock.advance(seconds: 1)
      #expect(try await site.get("/api/v1/me", by: short).status == 401)
      #expect(try await site.get("/api/v1/me", by: long).status == 200)
      try await town.centre.identity.tokens.revoke(id, by: .command)
      #expect(try await site.get("/api/v1/me", by: long).code == "token.unknown")
    }
  }

  @Test("with the person their tokens and sessions go, and with a role its rights")
  func person() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    let session = try await town.session(.intake)
    let id = try town.person(.intake)
    try await town.visit { site in
      #expect(try await site.get("/api/v1/cases", by: token).status == 200)
      try await town.store.database.write { tx in
        try PersonDesk.disable(id, by: .command, in: tx)
      }
      town.clock.advance(seconds: 3)
      #expect(try await site.get("/api/v1/cases", by: token).status == 401)
      #expect(try await site.get("/api/v1/cases", by: session).status == 401)
      try await town.store.database.write { tx in
        try PersonDesk.enable(id, by: .command, in: tx)
        for grant in try RoleRows.grants(of: id, in: tx) {
          try PersonDesk.revoke(grant, from: id, by: .command, in: tx)
        }
      }
      town.clock.advance(seconds: 3)
      let bare = try await site.get("/api/v1/cases", by: token)
      #expect(bare.status == 403)
      #expect(bare.code == "right.missing")
    }
  }

  @Test("those who guess tokens are told to wait; those who are signed in are not")
  func guessing() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      for _ in 0..<600 { _ = try await site.get("/api/v1/me", by: .token("cy_guess")) }
      let refused = try await site.get("/api/v1/me", by: .token("cy_guess"))
      #expect(refused.status == 429)
      #expect(refused.code == "rate.exceeded")
      #expect(refused.header("Retry-After") == "1")
      #expect(try await site.get("/api/v1/me", by: token).status == 200)
    }
  }
}
