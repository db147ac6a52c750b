import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// The rules of checking by their page and over the API.
@Suite struct RuleFormTests {
  private func made(_ town: WebTown) async throws -> ID<Project> {
    let evaluator = try await town.doer(.evaluator)
    let owner = try await town.owner()
    return try await town.centre.projects.add(
      ProjectDraft.sample, year: 2024, for: owner.id, by: evaluator)
  }

  @Test("a rule is switched off with a reason, its findings are folded away with it, and back on")
  func switching() async throws {
    let town = try await WebTown()
    let id = try await made(town)
    let evaluator = try await town.session(.evaluator)
    let leader = try await town.session(.leader)
    let organisation = try await town.store.database.read {
      try town.centre.projects.view(id, by: .command, in: $0).project.organisation
    }
    let code = "score.full-though-missed"
    let values = [("rule", code), ("organisation", "\(organisation)"), ("until", "")]
    try await town.visit { site in
      let before = try await site.get("/projects/\(id)", by: leader)
      #expect(before.text.contains("finding-error") && !before.text.contains("试行口径"))
      let without = try await site.submit("/projects/rules/off", values, by: evaluator)
      #expect(without.status == 422)
      let reasoned = values + [("reason", "试行口径 <b>")]
      let refused = try await site.submit("/projects/rules/off", reasoned, by: leader)
      #expect(refused.status == 403)
      let off = try await site.submit("/projects/rules/off", reasoned, by: evaluator)
      #expect(off.status == 303)
      let twice = try await site.submit("/projects/rules/off", reasoned, by: evaluator)
      #expect(twice.status == 422)
      let after = try await site.get("/projects/\(id)", by: leader)
      #expect(!after.text.contains("finding-error") && after.text.contains("试行口径 &lt;b&gt;"))
      let rules = try await site.get("/projects/rules", by: leader)
      #expect(rules.text.contains("试行口径 &lt;b&gt;") && rules.text.contains(code))
      #expect(!rules.text.contains("/projects/rules/on"), "who may not does not see how")
      let one = try #require(
        try await town.centre.database.read {
          try town.centre.projects.checks.policy(by: .command, in: $0).offs.first
        })
      let foreign = try await site.submit(
        "/projects/rules/on", [("id", "\(one.id)")], by: leader)
      #expect(foreign.status == 403)
      let on = try await site.submit("/projects/rules/on", [("id", "\(one.id)")], by: evaluator)
      #expect(on.status == 303)
      let again = try await site.get("/projects/\(id)", by: leader)
      #expect(again.text.contains("finding-error") && !again.text.contains("试行口径"))
    }
  }

  @Test("limits are the administrator's, and a mistake is named by its line and key")
  func limits() async throws {
    let town = try await WebTown()
    let system = try await town.session(.system)
    let evaluator = try await town.session(.evaluator)
    try await town.visit { site in
      let text = "# ours\r\nlowExecution: 70\r\nlargeChange: much\r\n"
      let wrong = try await site.submit("/projects/rules/limits", [("text", text)], by: system)
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("check-limits.yaml:3 largeChange"))
      #expect(wrong.text.contains("lowExecution: 70"), "what was typed is still there")
      let mine = [("text", "lowExecution: 70\n")]
      #expect(
        try await site.submit("/projects/rules/limits", mine, by: evaluator).status == 403)
      #expect(try await site.submit("/projects/rules/limits", mine, by: system).status == 303)
      let shown = try await site.get("/projects/rules", by: evaluator)
      #expect(shown.text.contains("<dd>70</dd>"))
      #expect(
        try await site.submit("/projects/rules/limits", [("text", "")], by: system).status == 303)
      let back = try await site.get("/projects/rules", by: evaluator)
      #expect(back.text.contains("<dd>80</dd>") && !back.text.contains("<dd>70</dd>"))
    }
  }

  @Test("the API lists, switches and sets the same")
  func api() async throws {
    let town = try await WebTown()
    let evaluator = try await town.token(.evaluator)
    let system = try await town.token(.system)
    let dispatcher = try await town.token(.dispatcher)
    try await town.visit { site in
      let uri = "/api/v1/evaluation/rules"
      #expect(try await site.get(uri, by: dispatcher).status == 403)
      let list = try await site.get(uri, by: system).json()
      #expect(list["rules"]?.list.count == CheckRule.all.count)
      #expect(list["limits"]?["lowExecution"]?.text == "80")
      let mistaken = #"{"rule": "grade.mistaken", "reason": "x"}"#
      #expect(try await site.post(uri + "/off", mistaken, by: system).status == 422)
      let past = #"{"rule": "grade.misstated", "reason": "x", "until": "1999-01-01"}"#
      #expect(try await site.post(uri + "/off", past, by: system).status == 422)
      let all = #"{"rule": "grade.misstated", "reason": "x", "until": "2099-12-31"}"#
      #expect(try await site.post(uri + "/off", all, by: dispatcher).status == 403)
      let off = try await site.post(uri + "/off", all, by: system)
      #expect(off.status == 201)
      let one = try #require(try off.json()["off"]?.list.first)
      #expect(one["rule"]?.text == "grade.misstated" && one["until"]?.text == "2099-12-31")
      let id = try #require(one["id"]?.text)
      #expect(try await site.send(.delete, uri + "/off/\(id)", json: "", by: system).status == 204)
      #expect(try await site.send(.delete, uri + "/off/\(id)", json: "", by: system).status == 404)
      let set = try await site.send(
        .put, "/api/v1/evaluation/limits", json: #"{"text": "rateGap: 2.5"}"#, by: system)
      #expect(try set.json()["limits"]?["rateGap"]?.text == "2.5")
      let wrong = try await site.send(
        .put, "/api/v1/evaluation/limits", json: #"{"text": "rategap: 2.5"}"#, by: system)
      #expect(wrong.status == 422 && wrong.text.contains("check-limits.yaml:1 rategap"))
      #expect(
        try await site.send(
          .put, "/api/v1/evaluation/limits", json: #"{"text": ""}"#, by: evaluator
        ).status == 403)
    }
  }
}
