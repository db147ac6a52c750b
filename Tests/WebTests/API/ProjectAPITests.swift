import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Projects and their year over the API; the contract of every answer is held by the visitor.
@Suite struct ProjectAPITests {
  struct Scene {
    let town: WebTown
    let id: ID<Project>
    let evaluator: Caller
    let leader: Caller
    let stranger: Caller
    var uri: String { "/api/v1/projects/\(id)" }
  }

  private func scene() async throws -> Scene {
    let town = try await WebTown(start: "2025-07-07T09:30:00+08:00")
    let owner = try await town.owner()
    var draft = ProjectDraft.sample
    draft.budget = EvaluationBudget()
    draft.indicators = [ProjectDraft.line("处置率", "≥95%", "", "90", "")]
    let id = try await town.centre.projects.add(draft, year: 2025, for: owner.id, by: .command)
    return Scene(
      town: town, id: id, evaluator: try await town.token(.evaluator),
      leader: try await town.token(.leader), stranger: try await town.token(.dispatcher))
  }

  @Test("a project and a year's projects are read by those who may, and by nobody else")
  func reading() async throws {
    let scene = try await scene()
    try await scene.town.visit { site in
      let list = try await site.get("/api/v1/projects?year=2025&state=draft", by: scene.leader)
      #expect(try list.json()["projects"]?.list.map { $0["id"]?.text } == ["\(scene.id)"])
      let none = try await site.get("/api/v1/projects?year=2024&due=soon", by: scene.leader)
      #expect(try none.json()["projects"]?.list.count == 0)
      let wrong = try await site.get("/api/v1/projects?phase=all", by: scene.leader)
      #expect(wrong.status == 422)
      #expect(try await site.get("/api/v1/projects", by: scene.stranger).status == 403)
      #expect(try await site.get(scene.uri, by: scene.stranger).status == 404)
      let project = try await site.get(scene.uri, by: scene.evaluator).json()
      #expect(project["life"]?.list.count == 8)
      #expect(project["moves"]?.list.compactMap(\.text).contains("submit") == true)
      let reader = try await site.get(scene.uri, by: scene.leader).json()
      #expect(reader["moves"]?.list.compactMap(\.text) == ["comment"])
    }
  }

  @Test("a sheet is written, refused for what it lacks, and goes through its reviewers")
  func sheets() async throws {
    let scene = try await scene()
    let uri = "\(scene.uri)/sheets/targets"
    try await scene.town.visit { site in
      let empty = try await site.get(uri, by: scene.evaluator).json()
      #expect(empty["rounds"]?.list.isEmpty == true)
      let unknown = try await site.send(
        .put, uri, json: #"{"content": {"aim": "x"}}"#, by: scene.evaluator)
      #expect(unknown.wrong == ["content.aim: key.unknown"])
      let other = try await site.send(
        .put, "\(scene.uri)/sheets/all", json: #"{"content": {}}"#, by: scene.evaluator)
      #expect(other.status == 404)
      let foreign = try await site.send(
        .put, uri, json: #"{"content": {}}"#, by: scene.leader)
      #expect(foreign.status == 403)
      let line = #"{"level1": "产出指标", "name": "巡查次数", "target": "≥1200次", "weight": "80"}"#
      let written = try await site.send(
        .put, uri, json: #"{"content": {"goal": "巡查", "lines": [\#(line)]}, "revision": 0}"#,
        by: scene.evaluator)
      #expect(try written.json()["revision"] == .number(1))
      let late = try await site.send(
        .put, uri, json: #"{"content": {}, "revision": 0}"#, by: scene.evaluator)
      #expect(late.code == "sheet.stale")
      let early = try await site.post("\(uri)/moves/submit", by: scene.evaluator)
      #expect(early.wrong == ["lines: weights.sum"])
      let full = line.replacing("80", with: "90")
      _ = try await site.send(
        .put, uri, json: #"{"content": {"goal": "巡查", "lines": [\#(full)]}}"#, by: scene.evaluator)
      #expect(try await site.post("\(uri)/moves/submit", by: scene.evaluator).status == 200)
      #expect(try await site.post("\(uri)/moves/review", by: scene.evaluator).status == 403)
      #expect(try await site.post("\(uri)/moves/leap", by: scene.evaluator).status == 404)
      let due = try await site.get("/api/v1/projects/due", by: scene.leader).json()
      #expect(due["reminders"]?.list.map { $0["phase"]?.text } == ["targets"])
      #expect(try await site.get("/api/v1/projects/due", by: scene.stranger).status == 403)
      #expect(try await site.post("\(uri)/moves/review", by: scene.leader).status == 200)
      let silent = try await site.post("\(uri)/moves/return", by: scene.leader)
      #expect(silent.status == 409, "it lies with finance now")
    }
  }

  @Test("monitoring says what gives cause to ask, in the reader's language")
  func monitoring() async throws {
    let scene = try await scene()
    let indicator = try await scene.town.store.database.read {
      try scene.town.centre.projects.view(scene.id, by: .command, in: $0).indicators[0].id
    }
    try await scene.town.visit { site in
      let body = """
        {"content": {"asOf": "2025-06-30", "executed": "1",
        "lines": [{"id": "\(indicator)", "actual": "80%"}]}}
        """
      let sheet = try await site.send(
        .put, "\(scene.uri)/sheets/monitoring", json: body, by: scene.evaluator
      ).json()
      #expect(sheet["warnings"]?.list.map { $0["code"]?.text } == ["below"])
      #expect(sheet["warnings"]?.list.first?["message"]?.text?.contains("80%") == true)
      let wrong = try await site.send(
        .put, "\(scene.uri)/sheets/monitoring",
        json: #"{"content": {"asOf": "30 June"}}"#, by: scene.evaluator)
      #expect(wrong.status == 422)
    }
  }

  @Test("budget, evidence and scores from outside come in, each with what it wants")
  func figures() async throws {
    let scene = try await scene()
    try await scene.town.visit { site in
      let entry = #"{"kind": "opening", "source": "currentYear", "amount": "80.5", "revision": 1}"#
      let book = try await site.post("\(scene.uri)/budget", entry, by: scene.evaluator)
      #expect(book.status == 201)
      #expect(try book.json()["entries"]?.list.map { $0["after"]?.text } == ["80.5"])
      #expect(try await site.post("\(scene.uri)/budget", entry, by: scene.evaluator).status == 409)
      let total = try await site.post(
        "\(scene.uri)/budget", #"{"kind": "change", "source": "total", "amount": "1"}"#,
        by: scene.evaluator)
      #expect(total.wrong == ["source: budget.source-total", "reason: value.missing"])
      #expect(try await site.get("\(scene.uri)/budget", by: scene.stranger).status == 404)
      let file = try await site.send(
        .post, "\(scene.uri)/attachments?name=report.png", by: scene.evaluator,
        body: SampleFile.png())
      #expect(file.status == 201)
      let document = try #require(try file.json()["id"]?.text)
      let bare = #"{"kind": "assessment", "giver": "区", "score": "89", "day": "2025-07-01""#
      let without = try await site.post(
        "\(scene.uri)/scores", bare + #", "document": "5"}"#, by: scene.evaluator)
      #expect(without.wrong == ["document: origin.document-missing"])
      let brought = try await site.post(
        "\(scene.uri)/scores",
        bare + #", "document": "\#(document)", "outOf": "100", "mean": "86.61"}"#,
        by: scene.evaluator)
      #expect(brought.status == 201)
      #expect(try brought.json()["scores"]?.list.map { $0["score"]?.text } == ["89"])
    }
  }

  @Test("a year's days are read by all who read projects, and set by finance")
  func days() async throws {
    let scene = try await scene()
    let uri = "/api/v1/projects/deadlines"
    let body = """
      {"year": 2025, "organisation": "grid-centre",
      "days": {"monitoring": "2025-10-01", "submission": "2026-01-20"}}
      """
    try await scene.town.visit { site in
      #expect(try await site.send(.put, uri, json: body, by: scene.leader).status == 403)
      let set = try await site.send(.put, uri, json: body, by: scene.evaluator)
      #expect(
        try set.json()["deadlines"]?.list.map { $0["counts"]?.text } == [
          "2025-10-09", "2026-01-20",
        ])
      let wrong = try await site.send(
        .put, uri, json: body.replacing("submission", with: "end"), by: scene.evaluator)
      #expect(wrong.wrong == ["days.end: key.unknown"])
      let order = try await site.send(
        .put, uri, json: body.replacing("2026-01-20", with: "2025-01-20"), by: scene.evaluator)
      #expect(order.wrong == ["submission: deadline.order"])
      let read = try await site.get("\(uri)?year=2025", by: scene.leader).json()
      #expect(read["deadlines"]?.list.count == 2)
      #expect(try await site.get(uri, by: scene.stranger).status == 403)
    }
  }

  @Test("the form's own moves and what was put right go over the API too")
  func moves() async throws {
    let scene = try await scene()
    try await scene.town.visit { site in
      let early = try await site.post("\(scene.uri)/moves/submit", by: scene.evaluator)
      #expect(early.status == 422)
      #expect(try await site.post("\(scene.uri)/moves/edit", by: scene.evaluator).status == 404)
      let said = try await site.post(
        "\(scene.uri)/moves/comment", #"{"words": "请补充"}"#, by: scene.leader)
      #expect(said.status == 200)
      let item = try await site.post(
        "/api/v1/rectifications/1", #"{"done": "2025-07-01", "words": "已办"}"#,
        by: scene.evaluator)
      #expect(item.status == 404)
      let gone = try await site.post("\(scene.uri)/moves/discard", by: scene.evaluator)
      #expect(gone.status == 204)
      #expect(try await site.get(scene.uri, by: scene.evaluator).status == 404)
    }
  }
}
