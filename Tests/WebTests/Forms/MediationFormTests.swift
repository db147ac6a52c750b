import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// The mediators' table by the forms of the pages and over the API.
@Suite struct MediationFormTests {
  private static let secrets = ["欧阳甲", "诸葛乙", "13900001111", "虚构路 1 弄", "甲乙都到"]

  private func isClean(_ text: String) -> Bool { !Self.secrets.contains { text.contains($0) } }

  private func town() async throws -> (WebTown, ID<Case>) {
    let town = try await WebTown()
    return (town, try await town.bring(to: .handling, WebTown.report("T0004")))
  }

  /// Two parties, a session and a written agreement, by the forms.
  private func settle(_ id: ID<Case>, _ site: Visitor, by roads: Caller) async throws {
    let steps: [(String, [(String, String)])] = [
      ("add-party", [("side", "applicant"), ("name", "欧阳甲"), ("phone", "13900001111")]),
      ("add-party", [("side", "respondent"), ("name", "诸葛乙"), ("address", "虚构路 1 弄")]),
      (
        "hold-session",
        [
          ("heldAt", "2024-03-04T09:30"), ("place", "平安客厅"), ("mediators", "顾永兴"),
          ("present", "甲乙都到"), ("text", "各退一步"), ("next", "2024-03-05T14:00"),
        ]
      ),
      (
        "record-outcome",
        [
          ("outcome", "settled"), ("agreement", "written"), ("amount", "12,600.5"),
          ("performBy", "2024-04-01"), ("facts", "漏水"), ("terms", "赔偿吊顶"),
        ]
      ),
    ]
    for (move, fields) in steps {
      let answer = try await site.submit("/cases/\(id)/\(move)", fields, by: roads)
      #expect(answer.status == 303, "\(move): \(answer.text.prefix(300))")
    }
  }

  @Test(
    "by its forms a quarrel is settled; the page shows parties masked, sessions, outcome and money")
  func forms() async throws {
    let (town, id) = try await town()
    let roads = try await town.session(.roads)
    let leader = try await town.session(.leader)
    try await town.visit { site in
      let before = try await site.get("/cases/\(id)", by: roads).text
      #expect(before.contains("/cases/\(id)/add-party") && before.contains("尚未登记当事人"))
      #expect(before.contains("id=\"move-add-party\" open"))
      // Nothing is fed back, nor is there a paper, before there is an outcome.
      #expect(!before.contains("/cases/\(id)/feed-back") && !before.contains("/agreement"))
      #expect(try await site.get("/cases/\(id)/agreement", by: roads).status == 404)
      try await settle(id, site, by: roads)
      for who in [roads, leader] {
        let page = try await site.get("/cases/\(id)", by: who).text
        for word in [
          "欧**", "诸**", "139****1111", "第 1 次调解", "2024-03-05 14:00", "书面协议", "12,600.50 元", "赔偿吊顶",
        ] {
          #expect(page.contains(word), "\(word)")
        }
        #expect(isClean(page))
      }
      let page = try await site.get("/cases/\(id)", by: roads).text
      #expect(page.contains("/cases/\(id)/feed-back") && page.contains("/cases/\(id)/open-parties"))
      #expect(
        try await !site.get("/cases/\(id)", by: leader).text.contains("/cases/\(id)/open-parties"))
      let wrong = try await site.submit(
        "/cases/\(id)/record-outcome", [("outcome", "settled"), ("amount", "很多")], by: roads)
      #expect(wrong.status == 422 && wrong.text.contains("很多"))
      let badDay = try await site.submit(
        "/cases/\(id)/hold-session", [("heldAt", "昨天")], by: roads)
      #expect(badDay.status == 422)
    }
  }

  @Test("names are opened in the answer to a form, and printed, and each is in the ledger")
  func opened() async throws {
    let (town, id) = try await town()
    let roads = try await town.session(.roads)
    let leader = try await town.session(.leader)
    try await town.visit { site in
      try await settle(id, site, by: roads)
      let opened = try await site.submit("/cases/\(id)/open-parties", [], by: roads)
      #expect(opened.status == 200 && opened.text.contains("欧阳甲") && opened.text.contains("甲乙都到"))
      #expect(opened.text.contains("查看当事人信息"))
      #expect(try await town.verbs(about: id).count { $0 == "case.open-reporter" } == 1)

      let masked = try await site.get("/cases/\(id)/agreement", by: leader)
      #expect(masked.status == 200 && isClean(masked.text) && masked.text.contains("人民调解协议书"))
      #expect(masked.header("Content-Security-Policy")?.contains("sandbox") == true)
      #expect(try await town.verbs(about: id).count { $0 == "case.open-reporter" } == 1)

      let refused = try await site.submit("/cases/\(id)/agreement", [("as", "html")], by: leader)
      #expect(refused.status == 403 && isClean(refused.text))
      let printed = try await site.submit("/cases/\(id)/agreement", [("as", "html")], by: roads)
      #expect(printed.status == 200 && printed.text.contains("诸葛乙"))
      #expect(try await town.verbs(about: id).count { $0 == "case.open-reporter" } == 2)
      let word = try await site.submit("/cases/\(id)/agreement", [("as", "docx")], by: roads)
      #expect(word.bytes.prefix(2) == [0x50, 0x4B])
      #expect(word.header("Content-Disposition")?.hasPrefix("attachment; ") == true)
      #expect(
        try await site.submit("/cases/\(id)/agreement", [("as", "exe")], by: roads).status == 422)
    }
    #expect(town.log.lines.allSatisfy(isClean))
  }

  @Test("over JSON the same moves, money as text, and names only by being opened")
  func api() async throws {
    let (town, id) = try await town()
    let roads = try await town.token(.roads)
    let leader = try await town.token(.leader)
    try await town.visit { site in
      let moves = [
        ("add-party", #"{"side": "applicant", "name": "欧阳甲"}"#),
        ("add-party", #"{"side": "respondent", "name": "诸葛乙"}"#),
        (
          "hold-session",
          #"{"heldAt": "2024-03-04T01:30:00Z", "mediators": "顾永兴", "present": "甲乙都到", "text": "谈定"}"#
        ),
        (
          "record-outcome",
          #"{"outcome": "settled", "agreement": "oral", "amount": "600.10", "terms": "各让一步"}"#
        ),
      ]
      for (move, body) in moves {
        let answer = try await site.post("/api/v1/cases/\(id)/moves/\(move)", body, by: roads)
        #expect(answer.status == 200, "\(move) \(answer.text)")
      }
      for (move, body, wrong) in [
        ("record-outcome", #"{"outcome": "settled", "performBy": "gestern"}"#, "performBy"),
        ("hold-session", #"{"heldAt": 5}"#, "heldAt"),
        ("remove-party", #"{"party": "x"}"#, "party"),
        ("add-party", #"{"side": "middle", "name": "丙"}"#, "side"),
      ] {
        let answer = try await site.post("/api/v1/cases/\(id)/moves/\(move)", body, by: roads)
        #expect(answer.status == 422 && answer.text.contains(wrong), "\(answer.text)")
      }
      let shown = try await site.get("/api/v1/cases/\(id)", by: leader)
      #expect(isClean(shown.text))
      let mediation = try shown.json()["mediation"]
      #expect(mediation?["parties"]?.list.map { $0["name"]?.text } == ["欧**", "诸**"])
      #expect(mediation?["result"]?["amount"]?.text == "600.10")
      let plain = try await town.bring(to: .handling)
      #expect(
        try await site.get("/api/v1/cases/\(plain)", by: leader).json()["mediation"] == nil)
      let opened = try await site.post("/api/v1/cases/\(id)/parties", by: roads)
      #expect(try opened.json()["parties"]?.list.first?["name"]?.text == "欧阳甲")
      #expect(try await site.post("/api/v1/cases/\(id)/parties", by: leader).status == 403)
      #expect(try await site.post("/api/v1/cases/\(plain)/parties", by: roads).status == 404)
      let paper = try await site.post("/api/v1/cases/\(id)/agreement?as=html", by: roads)
      #expect(paper.text.contains("人民调解口头协议登记表") && paper.text.contains("诸葛乙"))
      let figures = try await site.get(
        "/api/v1/figures?from=2024-03-01&to=2024-03-31", by: leader
      ).json()["figures"]?.list
      let amount = figures?.first { $0["figure"]?.text == "agreed-amount" }
      #expect(amount?["amount"]?.text == "600.10")
      let list = try await site.get(
        "/api/v1/figures/oral-agreements/cases?from=2024-03-01&to=2024-03-31", by: leader)
      #expect(list.text.contains("\(id)"))
    }
  }

  @Test("the page of figures has the mediations apart, with the money in yuan")
  func figures() async throws {
    let (town, id) = try await town()
    let roads = try await town.session(.roads)
    let leader = try await town.session(.leader)
    try await town.visit { site in
      try await settle(id, site, by: roads)
      let page = try await site.get("/figures?from=2024-03-01&to=2024-03-31", by: leader).text
      for word in ["调处纠纷数", "涉及协议金额", "12,600.50 元", "调解成功率"] {
        #expect(page.contains(word), "\(word)")
      }
      let list = try await site.get(
        "/figures/agreed-amount?of=part&from=2024-03-01&to=2024-03-31", by: leader)
      #expect(list.status == 200 && list.text.contains("/cases/\(id)\""))
    }
  }
}
