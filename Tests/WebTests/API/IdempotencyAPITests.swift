import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// The same report twice makes one case.
@Suite struct IdempotencyAPITests {
  private static let body = ReportAPITests.body()

  @Test("the same key with the same body gives the same case, with another body a conflict")
  func sameKey() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let key = ["Idempotency-Key": "order 2024/28 甲"]
      let first = try await site.post("/api/v1/cases", Self.body, by: token, headers: key)
      let again = try await site.post("/api/v1/cases", Self.body, by: token, headers: key)
      #expect(first.status == 201 && again.status == 200)
      #expect(first.bytes == again.bytes)
      #expect(first.header("Location") == again.header("Location"))
      let other = try await site.post(
        "/api/v1/cases", ReportAPITests.body(["title": #""另一件""#]), by: token, headers: key)
      #expect(other.status == 409)
      #expect(other.code == "idempotency.conflict")
      let without = try await site.post("/api/v1/cases", Self.body, by: token)
      #expect(without.status == 201)
    }
    #expect(try await town.count("case_file") == 2)
  }

  @Test("a key is a person's own, kept for 48 hours, and does not hold a refused report")
  func scope() async throws {
    let town = try await WebTown()
    let intake = try await town.token(.intake)
    let duty = try await town.token(.duty)
    try await town.visit { site in
      let key = ["Idempotency-Key": "k"]
      let refused = try await site.post(
        "/api/v1/cases", ReportAPITests.body(["title": #""""#]), by: intake, headers: key)
      #expect(refused.status == 422)
      let first = try await site.post("/api/v1/cases", Self.body, by: intake, headers: key)
      let other = try await site.post("/api/v1/cases", Self.body, by: duty, headers: key)
      #expect(first.status == 201 && other.status == 201)
      town.clock.advance(seconds: 48 * 3600 - 1)
      let kept = try await site.post("/api/v1/cases", Self.body, by: intake, headers: key)
      #expect(kept.status == 200)
      town.clock.advance(seconds: 2)
      let late = try await site.post("/api/v1/cases", Self.body, by: intake, headers: key)
      #expect(late.status == 201)
    }
    #expect(try await town.count("case_file") == 3)
  }

  @Test("many at once with one key make one case, and all learn of it")
  func atOnce() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    let answers = try await town.visit { site in
      try await withThrowingTaskGroup(of: WebAnswer.self) { group in
        for _ in 0..<12 {
          group.addTask {
            try await site.post(
              "/api/v1/cases", Self.body, by: token, headers: ["Idempotency-Key": "one"])
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(answers.filter { $0.status == 201 }.count == 1)
    #expect(answers.filter { $0.status == 200 }.count == 11)
    let ids = Set(try answers.map { try $0.json()["id"]?.text })
    #expect(ids.count == 1)
    #expect(try await town.count("case_file") == 1)
  }

  @Test("a key that is empty or too long is named")
  func badKey() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    try await town.visit { site in
      let long = String(repeating: "k", count: 201)
      let answer = try await site.post(
        "/api/v1/cases", Self.body, by: token, headers: ["Idempotency-Key": long])
      #expect(answer.status == 422)
      #expect(answer.wrong == ["Idempotency-Key: value.long"])
      let empty = try await site.post(
        "/api/v1/cases", Self.body, by: token, headers: ["Idempotency-Key": ""])
      #expect(empty.wrong == ["Idempotency-Key: value.missing"])
    }
    #expect(try await town.count("case_file") == 0)
  }

  @Test("one external identity is one case for ever, whatever the key")
  func external() async throws {
    let town = try await WebTown()
    let token = try await town.token(.intake)
    let body = ReportAPITests.body(["externalSource": #""city""#, "externalID": #""A-1""#])
    try await town.visit { site in
      let first = try await site.post("/api/v1/cases", body, by: token)
      #expect(first.status == 201)
      let again = try await site.post("/api/v1/cases", body, by: token)
      #expect(again.status == 409)
      #expect(again.code == "case.known-already")
      let keyed = try await site.post(
        "/api/v1/cases", body, by: token, headers: ["Idempotency-Key": "x"])
      #expect(keyed.code == "case.known-already")
    }
    #expect(try await town.count("case_file") == 1)
  }

  @Test("a patroller reports in the own village only")
  func elsewhere() async throws {
    let town = try await WebTown()
    let token = try await town.token(.otherPatroller)
    try await town.visit { site in
      let answer = try await site.post("/api/v1/cases", Self.body, by: token)
      #expect(answer.status == 403)
      #expect(answer.code == "area.not-yours")
      let own = try await site.post(
        "/api/v1/cases", ReportAPITests.body(["longitude": "121.25", "channel": #""patrol""#]),
        by: token)
      #expect(own.status == 201)
    }
    #expect(try await town.count("case_file") == 1)
  }
}
