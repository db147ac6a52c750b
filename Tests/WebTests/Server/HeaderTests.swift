import Foundation
import HTTPTypes
import Testing

@testable import City
@testable import Web

/// What every answer tells the browser, and in which language.
@Suite struct HeaderTests {
  @Test("every sort of answer carries the security headers")
  func security() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handled)
    let session = try await town.session(.dispatcher)
    let attachment = try await town.store.database.read {
      try CaseNoteRows.attachments(id, in: $0)[0].id
    }
    try await town.visit { site in
      let answers = [
        try await site.get("/sign-in"), try await site.get("/desk", by: session),
        try await site.get("/desk"), try await site.get("/nothing"),
        try await site.get("/api/v1/me", by: session), try await site.get("/api/v1/me"),
        try await site.get("/openapi.json"), try await site.get("/health/live"),
        try await site.get("/attachments/\(attachment)", by: session),
        try await site.get("/api/v1/attachments/\(attachment)", by: session),
        try await site.submit("/sign-in", [("name", "intake"), ("password", "wrong")]),
        try await site.submit("/cases", [], by: session, csrf: "wrong"),
      ]
      for answer in answers {
        let what = "\(answer.status) \(answer.header("Content-Type") ?? "-")"
        let policy = answer.header("Content-Security-Policy") ?? ""
        #expect(policy.contains("default-src 'none'"), "\(what)")
        #expect(policy.contains("frame-ancestors 'none'"), "\(what)")
        #expect(!policy.contains("unsafe"), "\(what)")
        #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(what)")
        #expect(answer.header("Referrer-Policy") == "same-origin", "\(what)")
        #expect(answer.header("Cross-Origin-Opener-Policy") == "same-origin", "\(what)")
      }
    }
  }

  @Test("pages and JSON are never kept by caches")
  func noStore() async throws {
    let town = try await WebTown()
    let session = try await town.session(.dispatcher)
    try await town.visit { site in
      for uri in [
        "/sign-in", "/desk", "/cases", "/figures", "/cases/new", "/nothing", "/cases/1",
        "/api/v1/me", "/api/v1/cases", "/api/v1/cases/1",
      ] {
        let answer = try await site.get(uri, by: session)
        #expect(answer.header("Cache-Control") == "no-store", "\(uri)")
      }
    }
  }

  @Test("the browser's language is spoken, the switch goes before it, and Chinese is the rest")
  func language() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let english = try await site.get("/sign-in", headers: ["Accept-Language": "en-GB,en;q=0.9"])
      #expect(english.text.contains("lang=\"en\""))
      let french = try await site.get("/sign-in", headers: ["Accept-Language": "fr"])
      #expect(french.text.contains("lang=\"zh-Hans\""))
      let problem = try await site.get("/api/v1/me", headers: ["Accept-Language": "en"])
      #expect(try problem.json()["title"]?.text == "You need to sign in.")
      let chosen = try await site.submit("/language", [("language", "en"), ("here", "/sign-in")])
      #expect(chosen.status == 303)
      #expect(chosen.header("Location") == "/sign-in")
      #expect(chosen.setCookies.first?.hasPrefix("language=en;") == true)
      let switched = try await site.get(
        "/sign-in", headers: ["Accept-Language": "zh-CN", "Cookie": "language=en"])
      #expect(switched.text.contains("lang=\"en\""))
    }
  }

  @Test("a switch takes what it knows, and leads nowhere else")
  func switches() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let unknown = try await site.submit("/language", [("language", "<script>")])
      #expect(unknown.status == 422)
      #expect(unknown.setCookies.isEmpty)
      #expect(!unknown.text.contains("<script>"))
      let away = try await site.submit("/theme", [("theme", "dark"), ("here", "//evil.example/")])
      #expect(away.header("Location") == "/")
      let foreign = try await site.submit(
        "/theme", [("theme", "dark")], headers: ["Sec-Fetch-Site": "cross-site"])
      #expect(foreign.status == 403)
      #expect(foreign.setCookies.isEmpty)
    }
  }
}
