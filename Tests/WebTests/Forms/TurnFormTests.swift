import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Arbitration, appeals and findings, by the forms of the pages and over the API.
@Suite struct TurnFormTests {
  @Test(
    "what came back three times is on the leader's desk and not on the dispatcher's, and is decided there"
  )
  func arbitration() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let (leader, dispatcher, roads) = (
      try await town.session(.leader), try await town.session(.dispatcher),
      try await town.session(.roads)
    )
    try await town.visit { site in
      for _ in 0..<3 {
        let sent = try await site.submit(
          "/cases/\(id)/dispatch", [("organisation", "roads")], by: dispatcher)
        #expect(sent.status == 303)
        let back = try await site.submit(
          "/cases/\(id)/return", [("text", "不属本单位")], by: roads)
        #expect(back.status == 303)
      }
      #expect(try await site.get("/desk", by: leader).text.contains("id=\"act-arbitrate\""))
      let desk = try await site.get("/desk", by: dispatcher)
      #expect(!desk.text.contains("id=\"act-dispatch\""))
      let queue = try await site.get("/cases?turn=arbitration", by: leader)
      #expect(queue.text.contains("/cases/\(id)\""))
      #expect(try await site.get("/cases?turn=nothing", by: leader).status == 422)
      let page = try await site.get("/cases/\(id)", by: dispatcher)
      #expect(page.text.contains("待仲裁") && !page.text.contains("/cases/\(id)/dispatch"))
      let early = try await site.submit(
        "/cases/\(id)/dispatch", [("organisation", "roads")], by: dispatcher)
      #expect(early.status == 409)
      let reasonless = try await site.submit(
        "/cases/\(id)/arbitrate", [("organisation", "roads"), ("text", "")], by: leader)
      #expect(reasonless.status == 422)
      let decided = try await site.submit(
        "/cases/\(id)/arbitrate", [("organisation", "roads"), ("text", "属其职责")], by: leader)
      #expect(decided.status == 303)
      let bound = try await site.get("/cases/\(id)", by: roads)
      #expect(!bound.text.contains("/cases/\(id)/return") && bound.text.contains("已仲裁"))
      let again = try await site.submit("/cases/\(id)/return", [("text", "不办")], by: roads)
      #expect(again.status == 409)
    }
    #expect(try await town.file(id).state == .dispatched)
  }

  @Test(
    "an appeal with a paper on a closed case is decided by a leader; then the case is listed as excluded"
  )
  func appeal() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .closed)
    let (leader, roads) = (try await town.session(.leader), try await town.session(.roads))
    try await town.visit { site in
      let paper = FormFile(field: "attachments.document", bytes: Array("%PDF-1.7\n".utf8))
      let none = try await site.upload(
        "/cases/\(id)/appeal", [("text", " ")], files: [paper], by: roads)
      #expect(none.status == 422)
      #expect(try await town.count("case_attachment") == 1)
      let asked = try await site.upload(
        "/cases/\(id)/appeal", [("text", "管辖以外")], files: [paper], by: roads)
      #expect(asked.status == 303)
      #expect(try await town.count("case_attachment") == 2)
      #expect(try await site.get("/desk", by: leader).text.contains("id=\"act-grant-appeal\""))
      let granted = try await site.submit(
        "/cases/\(id)/grant-appeal", [("text", "情况属实")], by: leader)
      #expect(granted.status == 303)
      #expect(
        try await site.get("/cases?turn=excluded", by: leader).text.contains(
          "/cases/\(id)\""))
      #expect(try await site.get("/cases/\(id)", by: leader).text.contains("已剔除"))
    }
    #expect(try await town.file(id).excludedAt != nil)
  }

  @Test("over the API a finding is recorded with whose it is, read back, and counted")
  func findings() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .closed)
    let (duty, roads) = (try await town.token(.duty), try await town.token(.roads))
    try await town.visit { site in
      let moves = "/api/v1/cases/\(id)/moves"
      let wrong = try await site.post(
        "\(moves)/record-finding", #"{"finding": "lazy", "text": "x"}"#, by: duty)
      #expect(wrong.status == 422)
      let not = try await site.post(
        "\(moves)/record-finding", #"{"finding": "late", "text": "x"}"#, by: roads)
      #expect(not.status == 403)
      let right = try await site.post(
        "\(moves)/record-finding",
        #"{"finding": "late", "text": "次日才报", "organisation": "patrol"}"#, by: duty)
      #expect(right.status == 200)
      let complained = try await site.post(
        "\(moves)/call-back", #"{"resolved": false, "justified": true}"#, by: duty)
      #expect(complained.status == 200)
      let read = try await site.get("/api/v1/cases/\(id)", by: duty)
      #expect(
        read.value["findings"]?.list.compactMap { $0["finding"]?.text }
          == ["late", "justified-complaint"])
      let listed = try await site.get(
        "/api/v1/figures/late-reports/cases?from=2024-03-01&to=2024-03-31", by: duty)
      #expect(listed.value["cases"]?.list.count == 1)
      #expect(
        try await site.get("/api/v1/cases?turn=appealed", by: duty).value["cases"]?.list.isEmpty
          == true)
      #expect(try await site.get("/api/v1/cases?turn=x", by: duty).status == 422)
    }
  }
}
