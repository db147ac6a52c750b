import Base
import TestSupport
import Testing

@testable import City
@testable import Web

/// Calling back one after the other.
@Suite struct CallBackFormTests {
  private static func report(_ title: String) -> CaseReport {
    var report = WebTown.report(title: title)
    report.reporter = Reporter(name: "张三", phone: "13800001234")
    return report
  }

  @Test("each answer is recorded and leads to the next; nobody's number is shown unasked")
  func oneAfterTheOther() async throws {
    let town = try await WebTown()
    let first = try await town.bring(to: .handled, Self.report("第一件"))
    let second = try await town.bring(to: .handled, Self.report("第二件"))
    let intake = try await town.session(.intake)
    try await town.visit { site in
      let desk = try await site.get("/desk", by: intake)
      #expect(desk.text.contains("href=\"/call-backs\""))
      let page = try await site.get("/call-backs", by: intake)
      #expect(page.text.contains("第一件") && page.text.contains("第二件"))
      #expect(page.text.contains("138****1234") && !page.text.contains("13800001234"))
      #expect(page.text.contains("说明 feed-back"), "what was fed back")
      #expect(page.text.contains("action=\"/call-backs/\(first)\""))
      let opened = try await site.submit("/call-backs/\(first)/open", [], by: intake)
      #expect(opened.status == 200 && opened.text.contains("13800001234"))
      let wrong = try await site.submit("/call-backs/\(first)", [], by: intake)
      #expect(wrong.status == 422 && wrong.text.contains("第一件"))
      let done = try await site.submit(
        "/call-backs/\(first)", [("resolved", "true"), ("satisfaction", "5")], by: intake)
      #expect(done.status == 303 && done.header("Location") == "/call-backs")
      #expect(try await town.file(first).isResolved == true)
      let next = try await site.get("/call-backs", by: intake)
      #expect(next.text.contains("action=\"/call-backs/\(second)\""))
      #expect(!next.text.contains("第一件"))
    }
  }

  @Test("a call that nobody answered is noted and counted, and the case still waits")
  func missed() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handled, Self.report("第一件"))
    let intake = try await town.session(.intake)
    try await town.visit { site in
      for _ in 0..<2 {
        #expect(
          try await site.submit("/call-backs/\(id)/missed", [], by: intake).status == 303)
      }
      let page = try await site.get("/call-backs?case=\(id)", by: intake)
      #expect(page.text.contains("至今未接通：2 次"))
    }
  }

  @Test("who does not call back has no such desk")
  func outsider() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handled, Self.report("第一件"))
    let roads = try await town.session(.roads)
    try await town.visit { site in
      #expect(try await site.get("/call-backs", by: roads).status == 403)
      let sent = try await site.submit(
        "/call-backs/\(id)", [("resolved", "true"), ("satisfaction", "5")], by: roads)
      #expect(sent.status == 403)
      #expect(try await town.file(id).isResolved == nil)
    }
  }
}
