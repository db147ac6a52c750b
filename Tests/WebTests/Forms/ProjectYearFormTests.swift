import Base
import Foundation
import TestSupport
import Testing

@testable import City
@testable import Web

/// The year of a project by the forms of its pages.
@Suite struct ProjectYearFormTests {
  struct Scene {
    let town: WebTown
    let id: ID<Project>
    let owner: ID<Organisation>
    let evaluator: Caller
    let leader: Caller
    let dispatcher: Caller
  }

  private func scene() async throws -> Scene {
    let town = try await WebTown(start: "2025-07-07T09:30:00+08:00")
    let owner = try await town.owner()
    var draft = ProjectDraft()
    draft.name = "网格巡查服务"
    draft.moneyUnit = .tenThousandYuan
    let id = try await town.centre.projects.add(draft, year: 2025, for: owner.id, by: .command)
    return Scene(
      town: town, id: id, owner: owner.id, evaluator: try await town.session(.evaluator),
      leader: try await town.session(.leader), dispatcher: try await town.session(.dispatcher))
  }

  private func sheet(_ kind: SheetKind, _ scene: Scene) async throws -> SheetFile {
    try await scene.town.store.database.read {
      try scene.town.centre.projects.sheet(kind, of: scene.id, by: .command, in: $0)
    }
  }

  @Test("a form that is sent twice does its thing once, and each of them is answered the same")
  func twice() async throws {
    let scene = try await scene()
    let project = "/projects/\(scene.id)"
    let uri = "\(project)/sheets/targets"
    try await scene.town.visit { site in
      func sent(_ path: String, _ form: String, on page: String, _ values: [(String, String)])
        async throws -> [Int]
      {
        let markup = Markup(try await site.get(page, by: scene.evaluator).text)
        let keys = markup.all("input").filter { $0.attributes["name"] == "submission" }
        let key = try #require(keys.last?.attributes["value"])
        #expect(Set(keys.compactMap { $0.attributes["value"] }).count == keys.count, "\(form)")
        let values = values + [("submission", key)]
        let first = try await site.submit(path, values, by: scene.evaluator)
        let second = try await site.submit(path, values, by: scene.evaluator)
        #expect(first.header("Location") == second.header("Location"), "\(form)")
        return [first.status, second.status].map { Int($0) }
      }
      let targets = [
        ("revision", "0"), ("goal", "全年不间断巡查"), ("lines.0.level1", "产出指标"),
        ("lines.0.name", "巡查次数"), ("lines.0.target", "≥1200次"), ("lines.0.weight", "90"),
      ]
      #expect(try await sent(uri, "sheet", on: uri, targets) == [303, 303])
      #expect(try await sheet(.targets, scene).revision == 1)
      #expect(
        try await sent("\(uri)/submit", "submit", on: uri, [("revision", "1")]) == [303, 303])
      let handed = try await sheet(.targets, scene)
      #expect(handed.revision == 2 && handed.state == .submitted && handed.last?.version == 1)
      let words = [("words", "请补充")]
      #expect(try await sent("\(project)/comment", "comment", on: project, words) == [303, 303])
      #expect(try await scene.town.count("project_comment") == 1)
      let entry = [
        ("kind", "opening"), ("source", "currentYear"), ("amount", "100"), ("reason", "批复"),
        ("effective", "2025-01-01"),
      ]
      let book = "\(project)/budget"
      #expect(try await sent(book, "entry", on: book, entry) == [303, 303])
      #expect(try await scene.town.count("project_budget_entry") == 1)
    }
  }

  @Test("a page that was gone back to and changed is no repetition: others' changes are shown")
  func changedAgain() async throws {
    let scene = try await scene()
    let uri = "/projects/\(scene.id)/sheets/targets"
    try await scene.town.visit { site in
      let values = [("revision", "0"), ("goal", "全年不间断巡查"), ("submission", "k-1")]
      #expect(try await site.submit(uri, values, by: scene.evaluator).status == 303)
      let changed = [("revision", "0"), ("goal", "另一目标"), ("submission", "k-1")]
      let late = try await site.submit(uri, changed, by: scene.evaluator)
      #expect(late.status == 409 && late.text.contains("另一目标"))
      let onTop = [("revision", "1"), ("goal", "另一目标"), ("submission", "k-1")]
      #expect(try await site.submit(uri, onTop, by: scene.evaluator).status == 303)
      #expect(try await sheet(.targets, scene).revision == 2)
    }
  }

  @Test("targets are written, refused with what was typed, reviewed, and become the form")
  func targets() async throws {
    let scene = try await scene()
    let uri = "/projects/\(scene.id)/sheets/targets"
    let lines = [
      ("goal", "全年不间断巡查"), ("lines.0.level1", "产出指标"), ("lines.0.name", "巡查次数"),
      ("lines.0.target", "≥1200次"), ("lines.0.weight", "90"), ("lines.1.name", ""),
    ]
    try await scene.town.visit { site in
      let empty = try await site.get(uri, by: scene.evaluator)
      #expect(empty.status == 200)
      #expect(empty.text.contains("id=\"sheet\""))
      let reader = try await site.get(uri, by: scene.leader)
      #expect(!reader.text.contains("id=\"sheet\""))
      let stranger = try await site.get(uri, by: scene.dispatcher)
      #expect(stranger.status == 404)
      let unproved = try await site.submit(uri, lines, by: scene.evaluator, csrf: "x")
      #expect(unproved.status == 403)
      let wrong = try await site.submit(
        uri, [("revision", "0"), ("lines.0.name", "<b>"), ("lines.0.weight", "九十")],
        by: scene.evaluator)
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("九十") && wrong.text.contains("&lt;b&gt;"))
      #expect(wrong.text.contains("sheet-lines-0-weight"))
      let saved = try await site.submit(uri, [("revision", "0")] + lines, by: scene.evaluator)
      #expect(saved.status == 303)
      let late = try await site.submit(
        uri, [("revision", "0"), ("goal", "另一目标")], by: scene.evaluator)
      #expect(late.status == 409)
      #expect(late.text.contains("另一目标"), "what was typed is not lost")
      #expect(late.text.contains("全年不间断巡查"), "what is stored is shown")
      #expect(late.text.contains("name=\"revision\" value=\"1\""))
      let short = try await site.submit(
        uri, [("revision", "1")] + lines.map { $0.0.hasSuffix("weight") ? ($0.0, "80") : $0 },
        by: scene.evaluator)
      #expect(short.status == 303)
      let early = try await site.submit("\(uri)/submit", [], by: scene.evaluator)
      #expect(early.status == 422)
      let right = try await site.submit(uri, [("revision", "2")] + lines, by: scene.evaluator)
      #expect(right.status == 303)
      let handed = try await site.submit("\(uri)/submit", [], by: scene.evaluator)
      #expect(handed.status == 303)
      let own = try await site.submit("\(uri)/review", [], by: scene.evaluator)
      #expect(own.status == 403)
      let unknown = try await site.submit("\(uri)/edit", [], by: scene.evaluator)
      #expect(unknown.status == 404)
      let silent = try await site.submit("\(uri)/return", [], by: scene.leader)
      #expect(silent.status == 422)
      let desk = try await site.get("/desk", by: scene.leader)
      #expect(desk.text.contains("/projects/\(scene.id)/sheets/targets"))
      let passed = try await site.submit("\(uri)/review", [], by: scene.leader)
      #expect(passed.status == 303)
    }
    try await scene.town.centre.projects.make(.approve, .targets, on: scene.id, by: .command)
    try await scene.town.visit { site in
      let page = try await site.get("/projects/\(scene.id)", by: scene.evaluator)
      #expect(page.text.contains("≥1200次"))
      #expect(page.text.contains("class=\"life\""))
      let none = try await site.get("/projects/\(scene.id)/sheets/all", by: scene.evaluator)
      #expect(none.status == 404)
    }
  }

  @Test("an appraisal comes with its document in one form")
  func appraisal() async throws {
    let scene = try await scene()
    let uri = "/projects/\(scene.id)/sheets/appraisal"
    let values = [
      ("revision", "0"), ("day", "2024-10-20"), ("appraiser", "某事务所"), ("isOutside", "1"),
      ("score", "89"), ("outOf", "100"), ("mean", "86.61"), ("conclusion", "support"),
    ]
    try await scene.town.visit { site in
      let file = FormFile(field: "files", bytes: SampleFile.png())
      let saved = try await site.upload(uri, values, files: [file], by: scene.evaluator)
      #expect(saved.status == 303)
      let handed = try await site.submit("\(uri)/submit", [], by: scene.evaluator)
      #expect(handed.status == 303)
      let page = try await site.get(uri, by: scene.leader)
      #expect(page.text.contains("89 / 100") && page.text.contains("86.61"))
      #expect(page.text.contains("/project-files/"))
      let day = try await site.upload(
        "/projects/\(scene.id)/sheets/monitoring", [("asOf", "30.6.")], files: [],
        by: scene.evaluator)
      #expect(day.status == 422)
    }
    #expect(try await sheet(.appraisal, scene).last?.content.appraisal?.isOutside == true)
  }

  @Test("the budget is entered in its book, once for each form that was shown")
  func budget() async throws {
    let scene = try await scene()
    let uri = "/projects/\(scene.id)/budget"
    let entry = [
      ("revision", "1"), ("kind", "opening"), ("source", "currentYear"), ("amount", "1,838.35"),
      ("effective", "2025-01-01"),
    ]
    try await scene.town.visit { site in
      #expect(try await site.get(uri, by: scene.dispatcher).status == 404)
      let wrong = try await site.submit(
        uri, entry.map { $0.0 == "amount" ? ($0.0, "x<") : $0 }, by: scene.evaluator)
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("x&lt;"))
      let entered = try await site.submit(uri, entry, by: scene.evaluator)
      #expect(entered.status == 303)
      let twice = try await site.submit(uri, entry, by: scene.evaluator)
      #expect(twice.status == 409)
      let foreign = try await site.submit(uri, entry, by: scene.leader)
      #expect(foreign.status == 403)
      let page = try await site.get(uri, by: scene.leader)
      #expect(page.text.contains("1,838.35"))
    }
    #expect(try await scene.town.count("project_budget_entry") == 1)
  }

  @Test("a score from outside is refused without its document, and taken with it")
  func scores() async throws {
    let scene = try await scene()
    let uri = "/projects/\(scene.id)/scores"
    let values = [
      ("revision", "1"), ("kind", "assessment"), ("giver", "区城运中心"), ("score", "89"),
      ("unit", "分"), ("outOf", "100"), ("mean", "86.61"), ("day", "2025-07-01"),
    ]
    try await scene.town.visit { site in
      let bare = try await site.upload(uri, values, files: [], by: scene.evaluator)
      #expect(bare.status == 422)
      #expect(bare.text.contains("区城运中心"))
      let file = FormFile(field: "files", bytes: SampleFile.png())
      let taken = try await site.upload(uri, values, files: [file], by: scene.evaluator)
      #expect(taken.status == 303)
      let page = try await site.get("/projects/\(scene.id)", by: scene.leader)
      #expect(page.text.contains("+2.39"))
    }
    #expect(try await scene.town.count("project_outside_score") == 1)
  }

  @Test("a year's days are set by finance, in their order, and shown where they come from")
  func dates() async throws {
    let scene = try await scene()
    try await scene.town.visit { site in
      let page = try await site.get("/projects/dates?year=2025", by: scene.evaluator)
      #expect(page.status == 200)
      #expect(page.text.contains("id=\"dates\""))
      let reader = try await site.get("/projects/dates?year=2025", by: scene.leader)
      #expect(reader.status == 200)
      #expect(!reader.text.contains("id=\"dates\""))
      #expect(try await site.get("/projects/dates", by: scene.dispatcher).status == 403)
      let unknown = try await site.get("/projects/dates?organisation=x", by: scene.leader)
      #expect(unknown.status == 422)
      let base = [("year", "2025"), ("organisation", "\(scene.owner)")]
      let wrong = try await site.submit(
        "/projects/dates", base + [("targets", "2025-03-01"), ("appraisal", "2025-04-01")],
        by: scene.evaluator)
      #expect(wrong.status == 422)
      let foreign = try await site.submit(
        "/projects/dates", base + [("targets", "2025-03-01")], by: scene.leader)
      #expect(foreign.status == 403)
      let set = try await site.submit(
        "/projects/dates", base + [("targets", "2025-03-03"), ("monitoring", "2025-10-01")],
        by: scene.evaluator)
      #expect(set.status == 303)
      let shown = try await site.get("/projects/dates?year=2025", by: scene.leader)
      #expect(shown.text.contains("2025-03-03") && shown.text.contains("2025-10-09"))
      let late = try await site.get("/projects?year=2025&due=overdue", by: scene.evaluator)
      #expect(late.text.contains("网格巡查服务"))
      let step = try await site.get("/projects?year=2025&phase=use", by: scene.evaluator)
      #expect(!step.text.contains("class=\"project-name\""))
      let desk = try await site.get("/desk", by: scene.evaluator)
      #expect(desk.text.contains("网格巡查服务"))
    }
  }

  @Test("a save over an older form puts one's own text onto the newest, and tells what clashed")
  func conflict() async throws {
    let scene = try await scene()
    let desk = scene.town.centre.projects
    var theirs = ProjectDraft()
    theirs.name = "网格巡查服务"
    theirs.goal = "他人的目标"
    theirs.result = "他人的结果"
    try await desk.edit(scene.id, theirs, by: .command)
    let uri = "/projects/\(scene.id)/edit"
    let mine = [
      ("revision", "1"), ("name", "网格巡查服务"), ("moneyUnit", "万元"), ("goal", "我的目标"),
      ("unit", "我的单位"), ("budget.total.weight", ""), ("indicators.0.name", "我的指标"),
    ]
    try await scene.town.visit { site in
      let late = try await site.submit(uri, mine, by: scene.evaluator)
      #expect(late.status == 409)
      #expect(late.text.contains("name=\"revision\" value=\"2\""))
      #expect(late.text.contains("class=\"merge\""))
      for text in ["我的目标", "他人的目标", "他人的结果", "我的单位", "我的指标"] {
        #expect(late.text.contains(text), "\(text)")
      }
      let again = try await site.submit(
        uri, mine.map { $0.0 == "revision" ? ("revision", "2") : $0 } + [("result", "他人的结果")],
        by: scene.evaluator)
      #expect(again.status == 303)
    }
    let file = try await scene.town.store.database.read {
      try desk.view(scene.id, by: .command, in: $0)
    }
    #expect(file.project.goal == "我的目标" && file.project.result == "他人的结果")
  }

  @Test("what is to be put right is marked on the project's page")
  func rectification() async throws {
    let scene = try await scene()
    let desk = scene.town.centre.projects
    try await scene.town.store.database.write { tx in
      try tx.run("UPDATE project SET state = 'published' WHERE id = \(scene.id)")
    }
    var use = UseContent()
    use.decision = .keep
    use.words = "保持"
    var item = UseItem()
    item.what = "补充人手"
    item.responsible = "巡查科"
    item.due = Day("2025-07-10")
    use.items = [item]
    try await desk.write(.use(use), on: scene.id, by: .command)
    try await desk.make(.submit, .use, on: scene.id, by: .command)
    try await desk.make(.approve, .use, on: scene.id, by: .command)
    let kept = try #require(
      try await scene.town.store.database.read {
        try RectificationRows.all(of: scene.id, in: $0).first
      })
    let uri = "/rectifications/\(kept.id)"
    try await scene.town.visit { site in
      let page = try await site.get("/projects/\(scene.id)", by: scene.evaluator)
      #expect(page.text.contains("补充人手"))
      let silent = try await site.submit(uri, [("day", "2025-07-07")], by: scene.evaluator)
      #expect(silent.status == 422)
      let foreign = try await site.submit(uri, [("words", "完成")], by: scene.dispatcher)
      #expect(foreign.status == 404)
      let done = try await site.submit(
        uri, [("day", "2025-07-07"), ("words", "已招聘")], by: scene.evaluator)
      #expect(done.status == 303)
      let twice = try await site.submit(
        uri, [("day", "2025-07-07"), ("words", "已招聘")], by: scene.evaluator)
      #expect(twice.status == 409)
    }
  }
}
