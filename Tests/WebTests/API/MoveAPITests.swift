import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// A case's life over JSON.
@Suite struct MoveAPITests {
  typealias Step = (move: String, who: WebTown.Who, json: String, state: String)

  @Test("a case goes through its whole life, every move with all that it takes")
  func life() async throws {
    let town = try await WebTown()
    let leader = try town.person(.leader)
    let roads = try town.person(.roads)
    let steps: [Step] = [
      ("contact", .intake, #"{"reached": false, "text": "无人接听"}"#, "accepted"),
      (
        "file", .intake,
        #"{"title": "路面塌陷", "description": "约两平方米", "place": "北横路", "area": "V1", "text": "属实"}"#,
        "filed"
      ),
      ("correct", .dispatcher, #"{"latitude": 31.46, "longitude": 121.16}"#, "filed"),
      (
        "dispatch", .dispatcher,
        #"{"organisation": "roads", "person": "\#(roads)", "helpers": ["sanitation"]}"#,
        "dispatched"
      ),
      ("contact", .roads, #"{"reached": true, "text": "已说明"}"#, "dispatched"),
      ("take", .roads, "", "handling"), ("take", .sanitation, "{}", "handling"),
      ("ask-extension", .roads, #"{"limit": "2 working-days", "text": "缺料"}"#, "handling"),
      ("refuse-extension", .dispatcher, #"{"text": "尽快"}"#, "handling"),
      ("ask-extension", .roads, #"{"text": "缺料"}"#, "handling"),
      ("grant-extension", .dispatcher, "{}", "handling"),
      (
        "suspend", .dispatcher,
        #"{"reason": "wait", "until": "2024-03-08T00:00:00Z", "approver": "\#(leader)"}"#,
        "suspended"
      ),
      ("resume", .dispatcher, "{}", "handling"),
      ("return", .sanitation, #"{"text": "不属我处"}"#, "handling"),
      (
        "feed-back", .roads,
        #"{"text": "已修", "factFinding": "属实", "claimFinding": "合理", "fields": {"cause": "雨"}}"#,
        "handled"
      ),
      ("rework", .dispatcher, #"{"text": "不平"}"#, "handling"),
      (
        "feed-back", .roads, #"{"text": "重修", "factFinding": "属实", "claimFinding": "合理"}"#,
        "handled"
      ),
      ("verify", .dispatcher, "{}", "verified"),
      (
        "close", .dispatcher, #"{"conditions": ["tidy"], "fields": {"bill": "12"}, "text": "好"}"#,
        "closed"
      ),
      ("call-back", .intake, #"{"resolved": true, "satisfaction": 4, "text": "满意"}"#, "closed"),
      ("reopen", .duty, #"{"text": "又坏了"}"#, "filed"),
      ("comment", .leader, #"{"text": "请关注"}"#, "filed"),
    ]
    let id = try await town.bring(to: .accepted)
    var callers: [WebTown.Who: Caller] = [:]
    for who in Set(steps.map(\.who)) { callers[who] = try await town.token(who) }
    try await town.centre.cases.attach(
      NewAttachment(blob: try town.photo(), name: "a", subject: .after), to: id, by: .command)
    try await town.visit { [callers] site in
      for step in steps {
        let caller = try #require(callers[step.who])
        let answer = try await site.post(
          "/api/v1/cases/\(id)/moves/\(step.move)", step.json, by: caller)
        #expect(answer.status == 200, "\(step.move): \(answer.text)")
        #expect(try answer.json()["state"]?.text == step.state, "\(step.move)")
        let read = try await site.get("/api/v1/cases/\(id)", by: try #require(callers[.duty]))
        #expect(read.status == 200, "after \(step.move)")
        let entries = try await site.get(
          "/api/v1/cases/\(id)/ledger", by: try #require(callers[.duty])
        ).json()["entries"]?.list
        #expect(entries?.last?["verb"]?.text == "case.\(step.move)")
      }
    }
    let file = try await town.file(id)
    #expect(file.title == "路面塌陷")
    #expect(file.latitude == 31.46)
    #expect(file.extensionCount == 1 && file.reworkCount == 1 && file.reopenCount == 1)
  }

  @Test("a move on an older revision is refused and nothing changes; on the present one it is made")
  func stale() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.dispatcher)
    let before = try await town.verbs(about: id)
    try await town.visit { site in
      let uri = "/api/v1/cases/\(id)/moves/dispatch"
      let stale = try await site.post(
        uri, #"{"organisation": "roads", "revision": 2}"#, by: token)
      #expect(stale.status == 409)
      #expect(stale.code == "case.stale")
      #expect(try await town.verbs(about: id) == before)
      let right = try await site.post(
        uri, #"{"organisation": "roads", "revision": 3}"#, by: token)
      #expect(right.status == 200)
      #expect(try right.json()["revision"]?.whole == 4)
      let again = try await site.post(
        uri, #"{"organisation": "roads", "revision": 3}"#, by: token)
      #expect(again.code == "case.stale")
      let now = try await site.post(uri, #"{"organisation": "roads"}"#, by: token)
      #expect(now.status == 409)
      #expect(now.code == "case.move-not-now")
    }
  }

  @Test("of two who move at once on one revision, one is told that the other was faster")
  func race() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let first = try await town.token(.dispatcher)
    let second = try await town.token(.duty)
    let answers = try await town.visit { site in
      try await withThrowingTaskGroup(of: WebAnswer.self) { group in
        for (caller, unit) in [(first, "roads"), (second, "market")] {
          group.addTask {
            try await site.post(
              "/api/v1/cases/\(id)/moves/dispatch",
              "{\"organisation\": \"\(unit)\", \"revision\": 3}", by: caller)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(Set(answers.map(\.status)) == [200, 409])
    #expect(answers.first { $0.status == 409 }?.code == "case.stale")
    #expect(try await town.verbs(about: id).filter { $0 == "case.dispatch" }.count == 1)
  }

  @Test("a right that is missing is 403, a case out of scope 404, and neither changes anything")
  func refused() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let before = try await town.verbs(about: id)
    let leader = try await town.token(.leader)
    let strangers = [
      try await town.token(.villageLeader), try await town.token(.otherPatroller),
      try await town.token(.roads), try await town.token(.system),
    ]
    try await town.visit { site in
      let uri = "/api/v1/cases/\(id)"
      let forbidden = try await site.post(
        "\(uri)/moves/dispatch", #"{"organisation": "roads"}"#, by: leader)
      #expect(forbidden.status == 403)
      #expect(forbidden.code == "right.missing")
      for stranger in strangers {
        for (move, json) in [
          ("dispatch", #"{"organisation": "roads"}"#), ("comment", #"{"text": "x"}"#),
        ] {
          let answer = try await site.post("\(uri)/moves/\(move)", json, by: stranger)
          #expect(answer.status == 404)
          #expect(answer.code == "case.missing")
        }
        for part in ["", "/ledger"] {
          #expect(try await site.get(uri + part, by: stranger).status == 404)
        }
        #expect(try await site.post("\(uri)/reporter", by: stranger).status == 404)
        let attach = try await site.send(
          .post, "\(uri)/attachments", by: stranger, body: SampleFile.png())
        #expect(attach.status == 404)
        let none = try await site.get("/api/v1/cases/1", by: stranger)
        #expect(
          none.bytes == (try await site.get(uri, by: stranger)).bytes, "nothing is given away")
      }
    }
    #expect(try await town.verbs(about: id) == before)
    #expect(try await town.count("blob") == 0)
  }

  @Test(
    "what is wrong with a move is named",
    arguments: [
      ("dispatch", "{}", "organisation: value.missing"),
      ("dispatch", #"{"organisation": "nobody"}"#, "organisation: organisation.unknown"),
      (
        "dispatch", #"{"organisation": "roads", "helpers": ["nobody"]}"#,
        "helpers: organisation.unknown"
      ),
      ("dispatch", #"{"organisation": "roads", "helpers": ["roads"]}"#, "helpers: helper.is-lead"),
      ("dispatch", #"{"organisation": "roads", "helpers": "market"}"#, "helpers: type.wrong"),
      ("dispatch", #"{"organisation": "roads", "helpers": [7]}"#, "helpers[0]: type.wrong"),
      ("dispatch", #"{"organisation": "roads", "person": 7}"#, "person: type.wrong"),
      ("dispatch", #"{"organisation": "roads", "person": "x"}"#, "person: value.id"),
      (
        "dispatch", #"{"organisation": "roads", "person": "1"}"#,
        "person: person.not-in-organisation"
      ),
      ("dispatch", #"{"organisation": "roads", "revision": 3.5}"#, "revision: value.whole"),
      ("dispatch", #"{"organisation": "roads", "revision": "3"}"#, "revision: type.wrong"),
      ("dispatch", #"{"organization": "roads"}"#, "organization: key.unknown"),
      ("comment", #"{"text": ""}"#, "text: value.missing"),
      ("comment", #"{"text": null}"#, "text: value.missing"),
      ("comment", #"{"text": 5}"#, "text: type.wrong"),
      ("correct", #"{"latitude": 31.45}"#, "longitude: point.half"),
      ("correct", #"{"area": "nowhere"}"#, "area: area.unknown"),
      ("correct", #"{"fields": {"count": "x"}}"#, "fields.count: value.number"),
    ])
  func wrong(_ move: String, _ json: String, _ expected: String) async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let before = try await town.verbs(about: id)
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let answer = try await site.post("/api/v1/cases/\(id)/moves/\(move)", json, by: token)
      #expect(answer.status == 422)
      #expect(answer.wrong.contains(expected), "\(answer.text)")
      for error in try answer.json()["errors"]?.list ?? [] {
        #expect(error["detail"]?.text?.contains("{") == false)
      }
    }
    #expect(try await town.verbs(about: id) == before)
  }

  @Test("a move that there is not, and an id that is none, are not there")
  func unknown() async throws {
    let town = try await WebTown()
    let id = try await town.bring(to: .filed)
    let token = try await town.token(.dispatcher)
    try await town.visit { site in
      let move = try await site.post("/api/v1/cases/\(id)/moves/explode", by: token)
      #expect(move.status == 404)
      #expect(move.code == "move.unknown")
      for id in ["x", "0", "-1", "99999999999999999999", "%00", "1.5"] {
        #expect(try await site.get("/api/v1/cases/\(id)", by: token).status == 404, "\(id)")
        #expect(try await site.get("/api/v1/attachments/\(id)", by: token).status == 404)
      }
    }
  }
}
