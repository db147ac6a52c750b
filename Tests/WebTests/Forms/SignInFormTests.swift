import Base
import City
import Foundation
import TestSupport
import Testing

@testable import Web

/// The door, as browsers use it.
@Suite struct SignInFormTests {
  private func form(_ name: String, _ password: String, next: String? = nil) -> [(String, String)] {
    [("name", name), ("password", password)] + (next.map { [("next", $0)] } ?? [])
  }

  @Test("the right password begins a session, whose cookie no script reads and no other site sends")
  func right() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let answer = try await site.submit("/sign-in", form(" Intake ", WebTown.password))
      #expect(answer.status == 303)
      #expect(answer.header("Location") == "/desk")
      let cookie = try #require(answer.setCookies.first)
      #expect(cookie.hasPrefix("chengyun_session="))
      for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"] {
        #expect(cookie.contains(part), "\(part)")
      }
      #expect(!cookie.contains("Secure"))
      let token = cookie.dropFirst("chengyun_session=".count).prefix { $0 != ";" }
      let desk = try await site.get("/desk", by: .session(String(token), csrf: ""))
      #expect(desk.status == 200)
      #expect(desk.text.contains("intake 某"))
    }
  }

  @Test("behind TLS the cookie is for TLS only")
  func secure() async throws {
    var settings = SiteSettings()
    settings.secureCookies = true
    let town = try await WebTown(settings: settings)
    try await town.visit { site in
      let answer = try await site.submit("/sign-in", form("intake", WebTown.password))
      #expect(answer.setCookies.first?.contains("Secure") == true)
    }
  }

  @Test("a wrong password and an unknown name are answered alike, and begin nothing")
  func wrong() async throws {
    let town = try await WebTown()
    let sessions = try await town.count("session")
    try await town.visit { site in
      let english = ["Accept-Language": "en"]
      let wrong = try await site.submit("/sign-in", form("intake", "wrong"), headers: english)
      let nobody = try await site.submit("/sign-in", form("nobody", "wrong"), headers: english)
      for answer in [wrong, nobody] {
        #expect(answer.status == 401)
        #expect(answer.setCookies.isEmpty)
        #expect(answer.text.contains("The name or the password is wrong"))
        #expect(!answer.text.contains("value=\"wrong\""))
      }
      #expect(wrong.text.contains("value=\"intake\""))
      #expect(
        wrong.text.replacing("intake", with: "") == nobody.text.replacing("nobody", with: ""))
      let empty = try await site.submit("/sign-in", form("", ""))
      #expect(empty.status == 422)
    }
    #expect(try await town.count("session") == sessions)
  }

  @Test("too many wrong passwords lock the name for a while, also for the right one")
  func locked() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      for _ in 0..<5 { _ = try await site.submit("/sign-in", form("intake", "wrong")) }
      let locked = try await site.submit("/sign-in", form("intake", WebTown.password))
      #expect(locked.status == 429)
      #expect(locked.setCookies.isEmpty)
      #expect(locked.header("Retry-After") == "900")
      #expect(locked.text.contains("role=\"alert\""))
      let other = try await site.submit("/sign-in", form("dispatcher", WebTown.password))
      #expect(other.status == 303)
      town.clock.advance(seconds: 15 * 60)
      let later = try await site.submit("/sign-in", form("intake", WebTown.password))
      #expect(later.status == 303)
    }
  }

  @Test(
    "after signing in one is led to a page of this site, never elsewhere",
    arguments: [
      ("/cases?state=filed", "/cases?state=filed"), ("/cases/new", "/cases/new"),
      ("//evil.example", "/desk"), ("/\\evil.example", "/desk"), ("\\\\evil.example", "/desk"),
      ("https://evil.example/", "/desk"), ("https:evil.example", "/desk"),
      ("javascript:alert(1)", "/desk"), ("evil.example", "/desk"), ("/a\r\nX: y", "/desk"),
      ("/\t/evil.example", "/desk"), ("", "/desk"), ("/城", "/desk"),
    ])
  func next(_ given: String, _ expected: String) async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let answer = try await site.submit(
        "/sign-in", form("intake", WebTown.password, next: given))
      #expect(answer.header("Location") == expected)
      let door = try await site.get("/sign-in?next=\(SiteURL.encoded(given))")
      #expect(door.status == 200)
      #expect(
        door.text.contains("name=\"next\"") == (expected == given), "\(given)")
    }
  }

  @Test("what somebody was on their way to is kept, with its filters")
  func onTheWay() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      let uri = "/cases?text=%E5%81%9C%E8%BD%A6&state=filed"
      let sent = try await site.get(uri)
      let door = try #require(sent.header("Location"))
      let page = try await site.get(door)
      let written = uri.replacing("&", with: "&amp;")
      #expect(page.text.contains("name=\"next\" value=\"\(written)\""))
    }
  }

  @Test("many sign-ins from one address are told to wait, and let in again after it")
  func flood() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      for _ in 0..<20 {
        let answer = try await site.submit("/sign-in", form("", ""))
        #expect(answer.status == 422)
      }
      let refused = try await site.submit("/sign-in", form("intake", WebTown.password))
      #expect(refused.status == 429)
      #expect(refused.header("Retry-After") == "2")
      #expect(refused.setCookies.isEmpty)
      town.clock.advance(seconds: 2)
      let admitted = try await site.submit("/sign-in", form("intake", WebTown.password))
      #expect(admitted.status == 303)
    }
  }

  @Test("another site's form does not sign anybody in")
  func foreign() async throws {
    let town = try await WebTown()
    try await town.visit { site in
      for from in ["cross-site", "same-site"] {
        let answer = try await site.submit(
          "/sign-in", form("intake", WebTown.password), headers: ["Sec-Fetch-Site": from])
        #expect(answer.status == 403, "\(from)")
        #expect(answer.setCookies.isEmpty)
      }
      let own = try await site.submit(
        "/sign-in", form("intake", WebTown.password), headers: ["Sec-Fetch-Site": "same-origin"])
      #expect(own.status == 303)
    }
  }
}
