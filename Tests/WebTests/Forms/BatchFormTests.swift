import Base
import City
import Testing

@testable import Web

/// One act on a selection of the queue, by form and over JSON.
@Suite struct BatchFormTests {
  private func boxes(_ text: String) -> Int {
    text.components(separatedBy: #"name="cases" value="#).count - 1
  }

  @Test("cases are chosen, dispatched as the form says, and what failed is told with its reason")
  func dispatches() async throws {
    let town = try await WebTown()
    let filed = [try await town.bring(to: .filed), try await town.bring(to: .filed)]
    let reported = try await town.bring(to: .reported)
    let caller = try await town.session(.dispatcher)
    try await town.visit { visitor in
      let queue = try await visitor.get("/cases", by: caller)
      #expect(boxes(queue.text) == 3)
      let ids = (filed + [reported]).map { ("cases", $0.description) }
      let chosen = try await visitor.submit("/batch", ids + [("act", "dispatch")], by: caller)
      #expect(chosen.status == 200 && boxes(chosen.text) == 3)
      let form = ids + [("move", "dispatch"), ("organisation", "roads"), ("submission", "one")]
      let answer = try await visitor.submit("/batch/do", form, by: caller)
      #expect(answer.status == 303, "reloading what follows sends nothing")
      let address = try #require(answer.header("Location"))
      let done = try await visitor.get(address, by: caller)
      let others = try await visitor.get(address, by: try await town.session(.duty))
      #expect(others.status == 404 && !others.text.contains("已办理 2 件"), "another's is not shown")
      let file = try await town.file(reported)
      #expect(done.status == 200 && done.text.contains("已办理 2 件"))
      #expect(done.text.contains("1 件未办理") && done.text.contains(file.number))
      for id in filed { #expect(try await town.file(id).state == .dispatched) }
      #expect(file.state == .reported && file.revision == 1)
      let entries = try await town.count("ledger_entry")
      let twice = try await visitor.submit("/batch/do", form, by: caller)
      #expect(twice.header("Location") == address)
      let again = try await visitor.get(address, by: caller)
      #expect(again.text.contains("已办理 2 件"), "a second click says the same")
      #expect(try await town.count("ledger_entry") == entries, "and does nothing")
      let other = try await visitor.submit(
        "/batch/do",
        ids + [("move", "dispatch"), ("organisation", "market"), ("submission", "one")],
        by: caller)
      #expect(other.status == 409)
    }
  }

  @Test(
    "a supervision wants its words once; all that a list has may be taken; export takes the chosen")
  func supervises() async throws {
    let town = try await WebTown()
    let ids = [
      try await town.bring(to: .dispatched), try await town.bring(to: .dispatched),
      try await town.bring(to: .dispatched),
    ]
    let duty = try await town.session(.duty)
    let handler = try await town.session(.roads)
    try await town.visit { visitor in
      let empty = try await visitor.submit(
        "/batch/do", ids.map { ("cases", $0.description) } + [("move", "supervise")], by: duty)
      #expect(empty.status == 422)
      #expect(try await town.count("case_clock WHERE step = 'supervision'") == 0)
      let whole = try await visitor.submit(
        "/batch", [("all", "yes"), ("state", "dispatched"), ("act", "supervise")], by: duty)
      #expect(boxes(whole.text) == 3)
      let done = try await visitor.submit(
        "/batch/do",
        ids.map { ("cases", $0.description) }
          + [("move", "supervise"), ("text", "请尽快"), ("until", "2024-03-08"), ("submission", "s")],
        by: duty)
      let report = try await visitor.get(try #require(done.header("Location")), by: duty)
      #expect(report.text.contains("已办理 3 件"))
      #expect(try await town.count("case_clock WHERE step = 'supervision'") == 3)
      for (path, name) in [("/batch", "act"), ("/batch/do", "move")] {
        let none = try await visitor.submit(
          path, [(name, "dispatch"), ("state", "filed")], by: duty)
        let list = try await visitor.get(try #require(none.header("Location")), by: duty)
        #expect(list.status == 200 && list.text.contains("还没有选择案件"), "\(path)")
      }
      let odd = try await visitor.submit(
        "/batch/do",
        [
          ("cases", ids[0].description), ("move", "supervise"), ("text", "x"),
          ("submission", "../a"),
        ],
        by: duty)
      let kept = try await visitor.get(try #require(odd.header("Location")), by: duty)
      #expect(kept.status == 200 && kept.text.contains("1 件未办理"))
      let may = try await visitor.submit(
        "/batch/do",
        [("cases", ids[0].description), ("move", "supervise"), ("text", "x"), ("submission", "h")],
        by: handler)
      #expect(may.status == 403)
      let list = try await visitor.get("/cases", by: handler)
      #expect(!list.text.contains(#"value="supervise""#) && list.text.contains(#"value="export""#))
      let export = try await visitor.submit(
        "/batch", [("cases", ids[1].description), ("act", "export")], by: handler)
      let address = try #require(export.header("Location"))
      let file = try await visitor.get(
        address.replacing("as=xlsx", with: "as=csv"), by: handler)
      #expect(file.status == 200)
      #expect(file.text.split(whereSeparator: \.isNewline).count == 2, "its head and one line")
      let hidden = try await town.bring(to: .filed)
      let partly = try await visitor.submit(
        "/batch",
        [("cases", ids[1].description), ("cases", hidden.description), ("act", "export")],
        by: handler)
      let told = try await visitor.get(try #require(partly.header("Location")), by: handler)
      #expect(told.text.contains("可以导出 1 件") && told.text.contains("1 件不能导出"))
      #expect(!told.text.contains(try await town.file(hidden).number), "nothing is given away")
    }
  }

  @Test(
    "over JSON each case has its answer; a batch without an organisation goes where the rules say")
  func overJSON() async throws {
    let town = try await WebTown()
    let filed = try await town.bring(to: .filed)
    let closed = try await town.bring(to: .closed)
    let caller = try await town.token(.dispatcher)
    try await town.visit { visitor in
      let none = try await visitor.post(
        "/api/v1/cases/batch", #"{"move":"dispatch","cases":[]}"#, by: caller)
      #expect(none.wrong == ["cases: batch.empty"])
      let other = try await visitor.post(
        "/api/v1/cases/batch", #"{"move":"close","cases":["1"]}"#, by: caller)
      #expect(other.wrong == ["move: batch.move"])
      let wordless = try await visitor.post(
        "/api/v1/cases/batch", #"{"move":"supervise","cases":["\#(filed)"]}"#,
        by: try await town.token(.duty))
      #expect(wordless.status == 422 && wordless.wrong == ["text: value.missing"])
      let json = """
        {"move":"dispatch","cases":["\(filed)","\(closed)","12"]}
        """
      let nobody = try await visitor.post("/api/v1/cases/batch", json, by: caller)
      #expect(nobody.value["done"]?.whole == 0)
      #expect(
        nobody.value["cases"]?.list.compactMap { $0["code"]?.text }
          == ["batch.nobody", "case.move-not-now", "case.missing"])
      var draft = ResponsibilityDraft(kindPrefix: "T0001", organisation: "market", person: nil)
      draft.areaPath = ""
      let rule = draft
      try await town.store.database.write {
        try ResponsibilityDesk.set(rule, by: .command, in: $0)
      }
      let sent = try await visitor.post(
        "/api/v1/cases/batch?state=filed", #"{"move":"dispatch"}"#, by: caller)
      #expect(sent.value["done"]?.whole == 1 && sent.value["failed"]?.whole == 0)
      #expect(try await town.file(filed).state == .dispatched)
      let list = try await visitor.get("/api/v1/cases?ids=\(filed),x", by: caller)
      #expect(list.wrong == ["ids: case.ids"])
      let one = try await visitor.get("/api/v1/cases?ids=\(filed)", by: caller)
      #expect(one.value["cases"]?.list.count == 1)
    }
  }
}
