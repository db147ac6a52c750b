import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// The check on the spot, by the forms of the pages and over the API.
@Suite struct CheckFormTests {
  private static func accepted(_ town: WebTown) async throws -> ID<Case> {
    let id = try await town.centre.cases.report(
      WebTown.report("T0003", .resident), by: try await town.doer(.intake)
    ).id
    try await town.centre.cases.make(.accept, on: id, by: try await town.doer(.intake))
    return id
  }

  @Test("the operator sends it to whom the page proposes, the patroller finds it and answers")
  func forms() async throws {
    let town = try await WebTown()
    let id = try await Self.accepted(town)
    let (intake, patroller) = (try await town.session(.intake), try await town.session(.patroller))
    let person = try town.person(.patroller)
    try await town.visit { site in
      let desk = try await site.get("/desk", by: intake)
      #expect(desk.text.contains("id=\"act-ask-check\""))
      let page = try await site.get("/cases/\(id)", by: intake)
      #expect(page.text.contains("value=\"patrol@\(person)\" selected"))
      #expect(!page.text.contains("/cases/\(id)/file\""), "filing is not offered before")
      let sent = try await site.submit(
        "/cases/\(id)/ask-check",
        [("organisation", "patrol@\(person)"), ("revision", "2")], by: intake)
      #expect(sent.status == 303)
      let waits = try await site.get("/desk", by: patroller)
      #expect(waits.text.contains("id=\"act-confirm-check\""))
      #expect(
        try await site.get("/cases?state=checking", by: patroller).text.contains("/cases/\(id)"))
      let asked = try await site.get("/cases/\(id)", by: patroller)
      #expect(asked.text.contains("/cases/\(id)/deny-check"))
      #expect(!asked.text.contains("/cases/\(id)/cancel-check"))
      let empty = try await site.submit(
        "/cases/\(id)/deny-check", [("text", " "), ("revision", "3")], by: patroller)
      #expect(empty.status == 422)
      let photo = FormFile(field: "attachments.before", bytes: SampleFile.png())
      let denied = try await site.upload(
        "/cases/\(id)/deny-check", [("text", "现场没有发现"), ("revision", "3")], files: [photo],
        by: patroller)
      #expect(denied.status == 303)
      let after = try await site.get("/cases/\(id)", by: intake)
      let moves = after.text.ranges(of: "<details class=\"move move-")
      let first = after.text[try #require(moves.first).upperBound...].prefix(6)
      #expect(first == "reject", "what was found untrue is mostly rejected")
      #expect(after.text.contains("现场没有发现"))
      let reasonless = try await site.submit(
        "/cases/\(id)/file", [("text", ""), ("revision", "4")], by: intake)
      #expect(reasonless.status == 422)
      let filed = try await site.submit(
        "/cases/\(id)/file", [("text", "照片可证"), ("revision", "4")], by: intake)
      #expect(filed.status == 303)
    }
    #expect(try await town.file(id).state == .filed)
  }

  @Test(
    "over the API a person alone is enough, filing before is a conflict, and the answer is read")
  func api() async throws {
    let town = try await WebTown()
    let id = try await Self.accepted(town)
    let (intake, patroller) = (try await town.token(.intake), try await town.token(.patroller))
    let person = try town.person(.patroller)
    try await town.visit { site in
      let moves = "/api/v1/cases/\(id)/moves"
      let early = try await site.post("\(moves)/file", "{}", by: intake)
      #expect(early.status == 409 && early.code == "case.not-checked")
      let sent = try await site.post("\(moves)/ask-check", "{\"person\":\"\(person)\"}", by: intake)
      #expect(sent.value["state"]?.text == "checking")
      let read = try await site.get("/api/v1/cases/\(id)", by: patroller)
      #expect(read.value["checks"]?.list.compactMap { $0["state"]?.text } == ["sent"])
      let other = try await site.post(
        "\(moves)/confirm-check", "{\"text\":\"属实\"}", by: intake)
      #expect(other.status == 403)
      let answered = try await site.post(
        "\(moves)/confirm-check", "{\"text\":\"属实\"}", by: patroller)
      #expect(answered.value["checkResult"]?.text == "confirmed")
      let figure = try await site.get(
        "/api/v1/figures/checked/cases?from=2024-03-01&to=2024-03-31",
        by: try await town.token(.duty))
      #expect(figure.status == 200)
    }
  }
}
