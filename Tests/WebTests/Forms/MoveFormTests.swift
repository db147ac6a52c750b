import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Moves by the forms of a case's page.
@Suite struct MoveFormTests {
  private static let script = "<script>alert(1)</script>\" onload=\"x' & 完"

  @Test("a case goes from report to its end by forms alone")
  func life() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .reported)
    let leader = try town.person(.leader)
    let steps: [(String, WebTown.Who, [(String, String)])] = [
      ("accept", .intake, []), ("file", .intake, [("text", "")]),
      (
        "dispatch", .dispatcher,
        [("organisation", "roads"), ("helpers", "sanitation"), ("helpers", "market")]
      ),
      ("contact", .roads, [("reached", "true"), ("text", "已说明")]), ("take", .roads, []),
      ("return", .sanitation, [("text", "无关")]),
      (
        "suspend", .dispatcher,
        [("reason", "wait"), ("until", "2024-03-06"), ("approver", "\(leader)")]
      ),
      ("resume", .dispatcher, []),
    ]
    var sessions: [WebTown.Who: Caller] = [:]
    for who in [WebTown.Who.intake, .dispatcher, .roads, .sanitation] {
      sessions[who] = try await town.session(who)
    }
    try await town.visit { [sessions] site in
      for (move, who, values) in steps {
        let revision = try await town.file(id).revision
        let answer = try await site.submit(
          "/cases/\(id)/\(move)", values + [("revision", "\(revision)")],
          by: try #require(sessions[who]))
        #expect(answer.status == 303, "\(move): \(answer.status)")
        // Who gave the part back sees the case no longer.
        let expected = move == "return" ? "/desk" : "/cases/\(id)"
        #expect(answer.header("Location") == expected, "\(move)")
      }
    }
    #expect(try await town.file(id).state == .handling)
    let suspended = try await town.store.database.read {
      try town.centre.cases.view(id, by: .command, in: $0).pauses
    }
    #expect(suspended.count == 1)
  }

  @Test("feedback with photos is one step: without them, or with a wrong one, nothing changes")
  func feedback() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let session = try await town.session(.roads)
    let values = [
      ("text", Self.script), ("factFinding", "属实"), ("claimFinding", "合理"),
      ("fields.cause", "雨"), ("subject", "after"),
    ]
    let before = try await town.verbs(about: id)
    try await town.visit { site in
      let uri = "/cases/\(id)/feed-back"
      let none = try await site.upload(uri, values, files: [], by: session)
      #expect(none.status == 422)
      #expect(none.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "what was typed is kept")
      let wrong = try await site.upload(
        uri, values, files: [FormFile(field: "attachments", bytes: SampleFile.svg)], by: session)
      #expect(wrong.status == 422)
      let paper = FormFile(field: "attachments.after", bytes: Array("%PDF-1.7\n".utf8))
      let unseen = try await site.upload(uri, values, files: [paper], by: session)
      #expect(unseen.status == 422, "a paper is no photograph of what was done")
      #expect(unseen.text.contains("PDF 请作为材料上传"))
      let photo = FormFile(field: "attachments", bytes: SampleFile.png())
      let missing = try await site.upload(
        uri, values.filter { $0.0 != "factFinding" }, files: [photo], by: session)
      #expect(missing.status == 422)
      #expect(try await town.verbs(about: id) == before)
      #expect(try await town.count("case_attachment") == 0)
      let right = try await site.upload(uri, values, files: [photo], by: session)
      #expect(right.status == 303)
      for (address, caller) in [("/cases/\(id)", session)] {
        let page = try await site.get(address, by: caller)
        #expect(!page.text.contains("<script>alert"))
        #expect(!page.text.contains("\" onload=\""))
        #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      }
    }
  }

  @Test("a stale form gives the conflict page, with what has changed and what was typed")
  func stale() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let slow = try await town.session(.dispatcher)
    let fast = try await town.session(.duty)
    try await town.visit { site in
      let uri = "/cases/\(id)/dispatch"
      let first = try await site.submit(
        uri, [("organisation", "roads"), ("revision", "3")], by: fast)
      #expect(first.status == 303)
      let before = try await town.verbs(about: id)
      let second = try await site.submit(
        uri, [("organisation", "market"), ("text", Self.script), ("revision", "3")], by: slow)
      #expect(second.status == 409)
      #expect(second.text.contains("market"))
      #expect(second.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(!second.text.contains("<script>alert"))
      #expect(second.text.contains("duty 某"), "who was faster")
      #expect(second.text.contains("href=\"/cases/\(id)\""))
      #expect(try await town.verbs(about: id) == before)
    }
  }

  @Test("who gave the part back in another window keeps what they typed, and learns nothing more")
  func givenBack() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let revision = try await town.file(id).revision
    let session = try await town.session(.sanitation)
    let dispatcher = try await town.session(.dispatcher)
    try await town.visit { site in
      let back = try await site.submit("/cases/\(id)/return", [("text", "不归我们")], by: session)
      #expect(back.status == 303)
      _ = try await site.submit("/cases/\(id)/comment", [("text", "内部意见")], by: dispatcher)
      let typed = [("text", "写了很久的反馈"), ("revision", "\(revision)"), ("subject", "after")]
      for files in [[], [FormFile(field: "attachments", bytes: SampleFile.png())]] {
        let late = try await site.upload("/cases/\(id)/feed-back", typed, files: files, by: session)
        #expect(late.status == 409)
        #expect(late.text.contains("写了很久的反馈"))
        #expect(!late.text.contains("内部意见"))
      }
    }
  }

  @Test("a refused move opens its form again with the error at its field")
  func refused() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .handling)
    let session = try await town.session(.dispatcher)
    try await town.visit { site in
      let answer = try await site.submit(
        "/cases/\(id)/suspend", [("reason", "none"), ("until", "soon"), ("text", "写了很多")],
        by: session, headers: ["Accept-Language": "en"])
      #expect(answer.status == 422)
      #expect(answer.text.contains("写了很多"))
      #expect(answer.text.contains("is no date"))
      #expect(answer.text.contains("id=\"move-suspend\" open"))
      #expect(answer.text.contains("href=\"#suspend-until\""))
      let past = try await site.submit(
        "/cases/\(id)/suspend", [("reason", "none"), ("until", "2024-03-01"), ("text", "写了很多")],
        by: session)
      #expect(past.text.matches(of: /aria-invalid="true"/).count == 3)
      let numbers = try await site.submit(
        "/cases/\(id)/call-back", [("resolved", "perhaps"), ("satisfaction", "9.5")],
        by: try await town.session(.intake))
      #expect(numbers.status == 422)
    }
    #expect(try await town.file(id).state == .handling)
  }

  @Test("who may not is refused, and who may not even see it finds nothing")
  func forbidden() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let before = try await town.verbs(about: id)
    let leader = try await town.session(.leader)
    let stranger = try await town.session(.villageLeader)
    try await town.visit { site in
      let page = try await site.get("/cases/\(id)", by: leader)
      #expect(!page.text.contains("/dispatch\""), "what one may not do is not offered")
      let refused = try await site.submit(
        "/cases/\(id)/dispatch", [("organisation", "roads")], by: leader)
      #expect(refused.status == 403)
      for (uri, values) in [
        ("dispatch", [("organisation", "roads")]), ("comment", [("text", "x")]),
      ] {
        #expect(try await site.submit("/cases/\(id)/\(uri)", values, by: stranger).status == 404)
      }
      #expect(try await site.get("/cases/\(id)", by: stranger).status == 404)
      #expect(try await site.submit("/cases/\(id)/explode", [], by: leader).status == 404)
    }
    #expect(try await town.verbs(about: id) == before)
  }

  @Test("a title of script is text on every page that shows it")
  func escaping() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed, WebTown.report(title: Self.script))
    let session = try await town.session(.dispatcher)
    try await town.visit { site in
      for uri in [
        "/desk", "/cases", "/cases/\(id)", "/figures/filed?of=part",
        "/cases?text=\(SiteURL.encoded(Self.script))",
      ] {
        let text = try await site.get(uri, by: session).text
        #expect(!text.contains("<script>alert"), "\(uri)")
        #expect(!text.contains("\" onload=\""), "\(uri)")
        #expect(text.contains("&lt;script&gt;alert"), "\(uri)")
      }
    }
  }
}
