import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// Projects by the forms of their pages.
@Suite struct ProjectFormTests {
  private func made(_ town: WebTown) async throws -> ID<Project> {
    let evaluator = try await town.doer(.evaluator)
    let owner = try await town.owner()
    var draft = ProjectDraft.sample
    draft.indicators = [ProjectDraft.line("处置率", "≥95%", "76%", "90", "72")]
    return try await town.centre.projects.add(draft, year: 2024, for: owner.id, by: evaluator)
  }

  private func project(_ id: ID<Project>, _ town: WebTown) async throws -> ProjectFile {
    try await town.store.database.read { try town.centre.projects.view(id, by: .command, in: $0) }
  }

  /// What the editor sends of a form with one line.
  private func values(_ id: ID<ProjectIndicator>, score: String) -> [(String, String)] {
    [
      ("revision", "1"), ("name", "改名"), ("department", "部门"), ("unit", "单位"),
      ("moneyUnit", "万元"), ("goal", "目标"), ("result", "结果"), ("budgetReason", "调整"),
      ("budget.total.opening", ""), ("budget.total.adjusted", ""), ("budget.total.executed", ""),
      ("budget.total.weight", "10"), ("budget.currentYear.opening", "100"),
      ("budget.currentYear.adjusted", "100"), ("budget.currentYear.executed", "90"),
      ("indicators.0.id", "\(id)"), ("indicators.0.level1", "产出指标"),
      ("indicators.0.name", "处置率"), ("indicators.0.target", "≥95%"),
      ("indicators.0.actual", "76%"), ("indicators.0.weight", "90"),
      ("indicators.0.score", score), ("indicators.0.origin", "typed"),
      ("indicators.1.name", ""), ("indicators.1.origin", "typed"),
    ]
  }

  @Test("a form is written, checked while it is written, and refused with what was typed")
  func editing() async throws {
    let town = try await WebTown()
    let id = try await made(town)
    let line = try #require(try await project(id, town).indicators.first).id
    let session = try await town.session(.evaluator)
    try await town.visit { site in
      let uri = "/projects/\(id)/edit"
      let page1 = try await site.get(uri, by: session)
      #expect(page1.text.contains("处置率"))
      let checked = try await site.submit(
        "/projects/\(id)/check", values(line, score: "80"), by: session)
      #expect(checked.status == 200)
      #expect(checked.text.contains("\"totalScore\":\"89.00\""))
      #expect(checked.text.contains("\"points\":\"72.00\""))
      #expect(checked.text.contains("at-indicator-0"))
      let wrong = try await site.submit(uri, values(line, score: "<b>"), by: session)
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("&lt;b&gt;"))
      #expect(try await project(id, town).project.name == "网格巡查服务")
      let right = try await site.submit(uri, values(line, score: "72"), by: session)
      #expect(right.status == 303)
      #expect(right.header("Location") == "/projects/\(id)")
      let late = try await site.submit(uri, values(line, score: "72"), by: session)
      #expect(late.status == 409)
      let unproved = try await site.submit(uri, values(line, score: "1"), by: session, csrf: "x")
      #expect(unproved.status == 403)
    }
    let file = try await project(id, town)
    #expect(file.project.name == "改名")
    #expect(file.project.total.score == "81.00")
    #expect(file.indicators.count == 1)
  }

  @Test("a form is handed in, given back, reviewed by two and read by all when it is published")
  func life() async throws {
    let town = try await WebTown()
    let id = try await made(town)
    let evaluator = try await town.session(.evaluator)
    let leader = try await town.session(.leader)
    let dispatcher = try await town.session(.dispatcher)
    let values = [("words", "说明")]
    try await town.visit { site in
      let page2 = try await site.get("/projects/\(id)", by: dispatcher)
      #expect(page2.status == 404)
      let page3 = try await site.get("/projects", by: dispatcher)
      #expect(page3.status == 403)
      let page4 = try await site.get("/published/\(id)")
      #expect(page4.status == 404)
      for (move, who) in [("submit", evaluator), ("return", leader), ("submit", evaluator)] {
        let answer = try await site.submit("/projects/\(id)/\(move)", values, by: who)
        #expect(answer.status == 303, "\(move)")
      }
      let silent = try await site.submit("/projects/\(id)/return", [("words", "")], by: leader)
      #expect(silent.status == 422)
      let stranger = try await site.submit("/projects/\(id)/publish", values, by: leader)
      #expect(stranger.status == 403)
      let passed = try await site.submit("/projects/\(id)/review-department", values, by: leader)
      #expect(passed.status == 303)
      // The evaluator wrote it.
      let own = try await site.submit("/projects/\(id)/review-finance", values, by: evaluator)
      #expect(own.status == 403)
      let unknown = try await site.submit("/projects/\(id)/edit-all", values, by: evaluator)
      #expect(unknown.status == 404)
      let compared = try await site.get("/projects/\(id)/compare", by: leader)
      #expect(compared.status == 200)
    }
    try await town.centre.projects.make(.reviewFinance, on: id, by: .command)
    try await town.centre.projects.make(.publish, on: id, by: .command)
    try await town.visit { site in
      let open = try await site.get("/published/\(id)")
      #expect(open.status == 200)
      #expect(open.text.contains("处置率"))
      #expect(!open.text.contains("说明"), "what reviewers said is not published")
      let edit = try await site.get("/projects/\(id)/edit", by: evaluator)
      #expect(edit.status == 303)
    }
  }

  @Test("evidence is shown to those who read the project, and to nobody else")
  func evidence() async throws {
    let town = try await WebTown()
    let id = try await made(town)
    let evaluator = try await town.session(.evaluator)
    let dispatcher = try await town.session(.dispatcher)
    let leader = try await town.session(.leader)
    try await town.visit { site in
      let photo = FormFile(field: "files", bytes: SampleFile.png())
      let answer = try await site.upload(
        "/projects/\(id)/attach", [], files: [photo], by: evaluator)
      #expect(answer.status == 303)
      let none = try await site.upload("/projects/\(id)/attach", [], files: [], by: evaluator)
      #expect(none.status == 422)
    }
    let file = try await project(id, town)
    let parts = try await town.store.database.read {
      try town.centre.projects.parts(of: file, in: $0)
    }
    let attachment = try #require(parts.attachments.first)
    try await town.visit { site in
      let uri = "/project-files/\(attachment.id)"
      let page5 = try await site.get(uri, by: leader)
      #expect(page5.status == 200)
      let page6 = try await site.get(uri, by: dispatcher)
      #expect(page6.status == 404)
    }
  }

  @Test("an empty form is not submitted, and each of its gaps is named")
  func gaps() async throws {
    let town = try await WebTown()
    let owner = try await town.owner()
    var draft = ProjectDraft()
    draft.name = "还没有填"
    let id = try await town.centre.projects.add(draft, year: 2025, for: owner.id, by: .command)
    let session = try await town.session(.evaluator)
    try await town.visit { site in
      let refused = try await site.submit("/projects/\(id)/submit", [], by: session)
      #expect(refused.status == 422)
      for name in ["预期目标", "全年预算数", "全年执行数", "绩效指标"] {
        #expect(refused.text.contains(name + "："), "\(name)")
      }
    }
  }

  @Test("a document is read, shown, and taken over only as far as it was chosen")
  func reading() async throws {
    let town = try await WebTown()
    let session = try await town.session(.evaluator)
    let leader = try await town.session(.leader)
    var second = EvaluationForm.sample
    second.project = "另一个"
    let json = try JSONEncoder().encode([EvaluationForm.sample, second])
    let evaluator = try await town.doer(.evaluator)
    let owner = try await town.owner()
    try await town.visit { site in
      var file = FormFile(field: "file", bytes: [UInt8](json))
      file.name = "forms.json"
      let page7 = try await site.get("/projects/read", by: leader)
      #expect(page7.status == 403)
      var other = FormFile(field: "file", bytes: Array("nothing of the kind".utf8))
      other.name = "<b>.txt"
      let read = try await site.upload("/projects/read", [], files: [other, file], by: session)
      #expect(read.status == 303)
      let shown = try await site.get("/projects/read", by: session)
      #expect(shown.text.contains("另一个") && shown.text.contains("&lt;b&gt;.txt"))
      #expect(shown.text.contains("finding-error"), "the refused file has its message")
      #expect(!shown.text.contains("&quot;indicators&quot;"), "no form travels in the page")
      #expect(try await town.count("project") == 0)
      let nothing = try await site.upload("/projects/read", [], files: [], by: session)
      #expect(nothing.status == 422)
      let reading = try #require(
        try await town.centre.database.read {
          try town.centre.projects.readings(by: evaluator, in: $0).first { $0.fault == nil }
        })
      let values = [("organisation", "\(owner.id)"), ("elsewhere", "1")]
      let none = try await site.submit("/projects/take", values, by: session)
      #expect(none.status == 422)
      let chosen = values + [("take", "\(reading.id).1")]
      let stranger = try await site.submit("/projects/take", chosen, by: leader)
      #expect(stranger.status == 403)
      let taken = try await site.submit("/projects/take", chosen, by: session)
      #expect(taken.status == 303)
      #expect(taken.header("Location") == "/projects?year=2025")
      let again = try await site.submit("/projects/take", chosen, by: session)
      #expect(again.status == 422)
      let list = try await site.get("/projects?year=2025&text=另一", by: session)
      #expect(list.text.contains("另一个") && !list.text.contains("网格巡查服务"))
      let left = try await site.get("/projects/read", by: session)
      #expect(left.text.contains("网格巡查服务") && !left.text.contains("另一个"))
      _ = try await site.submit("/projects/read/discard", [], by: session)
      #expect(try await town.count("form_reading") == 0)
    }
    #expect(try await town.count("project") == 1)
  }

  @Test("after a refusal the ticks, the organisation and the year are as they were left")
  func refusedTake() async throws {
    let town = try await WebTown()
    let session = try await town.session(.evaluator)
    var forms = [EvaluationForm.sample, .sample, .sample]
    forms[1].project = "另一个"
    forms[1].unit = "另一单位"
    forms[2].project = "第三个"
    forms[2].unplaced = [.init(line: 7, text: "<i>没有位置</i>", reason: .noPlace)]
    let json = try JSONEncoder().encode(forms)
    let evaluator = try await town.doer(.evaluator)
    let owner = try await town.owner()
    try await town.visit { site in
      var file = FormFile(field: "file", bytes: [UInt8](json))
      file.name = "forms.json"
      _ = try await site.upload("/projects/read", [], files: [file, file], by: session)
      let readings = try await town.centre.database.read {
        try town.centre.projects.readings(by: evaluator, in: $0)
      }
      let ids = readings.map(\.id)
      let chosen = [
        ("organisation", "\(owner.id)"), ("year", "2031"), ("take", "\(ids[0]).1"),
        ("take", "\(ids[1]).1"),
      ]
      let refused = try await site.submit("/projects/take", chosen, by: session)
      #expect(refused.status == 422)
      let markup = Markup(refused.text)
      let ticked = markup.all("input").filter { $0.attributes["checked"] != nil }
      #expect(
        ticked.map { $0.attributes["value"] } == ["\(ids[0]).1", "\(ids[1]).1"],
        "neither all of them nor the consent")
      #expect(refused.text.contains("value=\"2031\""))
      let links = markup.all("a").compactMap { $0.attributes["href"] }
      #expect(links.contains("#take-\(ids[1])-1"), "the fault leads to its form")
      #expect(refused.text.contains("《另一个》（forms.json (2)#"))
      #expect(refused.text.contains("只能导入其中一份"))
      #expect(refused.text.contains("表中是“另一单位”，所选机构是“\(owner.name)”"))
      let consented = [
        ("organisation", "\(owner.id)"), ("take", "\(ids[0]).2"), ("elsewhere", "1"),
      ]
      #expect(try await site.submit("/projects/take", consented, by: session).status == 303)
    }
    let id = try #require(
      try await town.centre.database.read {
        try $0.value("SELECT id FROM project", as: ID<Project>.self)
      })
    try await town.visit { site in
      for path in ["/projects/\(id)", "/projects/\(id)/edit"] {
        let page = try await site.get(path, by: session)
        #expect(page.text.contains("&lt;i&gt;没有位置&lt;/i&gt;"), "\(path)")
        #expect(page.text.contains("第 7 行"), "\(path)")
      }
      let compared = try await site.get("/projects/\(id)/compare", by: session)
      #expect(compared.status == 200 && compared.text.contains("读入时"))
    }
  }

  @Test("filters that cannot be read are refused, and a body's years are its readers'")
  func lists() async throws {
    let town = try await WebTown()
    let id = try await made(town)
    let organisation = try await project(id, town).project.organisation
    let session = try await town.session(.leader)
    let dispatcher = try await town.session(.dispatcher)
    try await town.visit { site in
      for query in ["year=x", "state=open", "findings=all", "organisation=nobody"] {
        let page8 = try await site.get("/projects?\(query)", by: session)
        #expect(page8.status == 422, "\(query)")
      }
      let late = try await site.get("/projects?due=overdue", by: session)
      #expect(late.status == 200)
      #expect(!late.text.contains("网格巡查服务"))
      let years = try await site.get("/projects/years/\(organisation)", by: session)
      #expect(years.status == 200)
      let page9 = try await site.get("/projects/years/\(organisation)", by: dispatcher)
      #expect(page9.status == 403)
    }
  }
}
