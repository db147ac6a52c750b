import Base
import Foundation
import Testing

@testable import City
@testable import Web

/// Posts over the API, and on the page of who gets a case.
@Suite struct PostAPITests {
  @Test("a post is added with its days, changed, listed page by page and ended")
  func life() async throws {
    let town = try await WebTown()
    let system = try await town.token(.system)
    let reader = try await town.session(.roads)
    try await town.visit { site in
      let made = try await site.post(
        "/api/v1/posts",
        #"{"code": "warden", "name": "巡查员", "validFrom": "2024-01-01", "validUntil": "2024-12-31"}"#,
        by: system)
      #expect(made.status == 201)
      #expect(try made.json()["validUntil"]?.text == "2024-12-31")
      #expect(try made.json()["isGiven"] == .flag(true))
      let twice = try await site.post(
        "/api/v1/posts", #"{"code": "warden", "name": "别名"}"#, by: system)
      #expect(twice.status == 409 && twice.code == "post.exists")
      for (json, wrong) in [
        (#"{"code": "x", "name": "x", "validFrom": "morgen"}"#, "validFrom: value.day"),
        (
          #"{"code": "x", "name": "x", "validFrom": "2024-02-01", "validUntil": "2024-01-01"}"#,
          "validUntil: absence.order"
        ),
        (#"{"code": "a b", "name": "x"}"#, "code: code.invalid"),
      ] {
        #expect(try await site.post("/api/v1/posts", json, by: system).wrong == [wrong])
      }
      let changed = try await site.send(
        .patch, "/api/v1/posts/warden", json: #"{"name": "网格<长>", "validUntil": null}"#, by: system
      ).json()
      #expect(changed["name"]?.text == "网格<长>" && changed["validUntil"] == nil)
      #expect(changed["validFrom"]?.text == "2024-01-01")
      _ = try await site.post("/api/v1/posts", #"{"code": "a", "name": "甲"}"#, by: system)
      let first = try await site.get("/api/v1/posts?limit=1", by: reader).json()
      #expect(first["posts"]?.list.map { $0["code"]?.text } == ["a"])
      let next = try #require(first["next"]?.text)
      let second = try await site.get("/api/v1/posts?limit=1&cursor=\(next)", by: reader).json()
      #expect(second["posts"]?.list.map { $0["code"]?.text } == ["warden"])
      #expect(second["next"] == nil)
      #expect(try await site.get("/api/v1/posts?cursor=x!", by: reader).status == 422)
      let ended = try await site.post("/api/v1/posts/warden/end", by: system)
      #expect(try ended.json()["isGiven"] == .flag(false))
      #expect(try await site.post("/api/v1/posts/warden/end", by: system).code == "post.over")
      #expect(try await site.post("/api/v1/posts/none/end", by: system).status == 404)
      let page = try await site.get("/who", by: reader)
      #expect(page.text.contains("网格&lt;长&gt;") && page.text.contains("现不授予"))
    }
  }

  @Test("only those who manage organisations change posts")
  func refused() async throws {
    let town = try await WebTown()
    let duty = try await town.session(.duty)
    try await town.visit { site in
      for (method, path) in [("POST", "posts"), ("PATCH", "posts/a"), ("POST", "posts/a/end")] {
        let answer = try await site.send(
          try #require(.init(method)), "/api/v1/\(path)", json: "{}", by: duty)
        #expect(answer.status == 403 && answer.code == "right.missing", "\(method) \(path)")
      }
    }
    #expect(try await town.count("post") == 0)
  }
}
