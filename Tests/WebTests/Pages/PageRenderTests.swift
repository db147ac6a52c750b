import Base
import Foundation
import Testing

@testable import Web

/// Every page of the house by name, and the frame it stands in.
struct Specimen {
  var name: String
  var page: any Page
  var isOutside = false

  static let all: [Specimen] =
    [
      Specimen(name: "sign-in", page: SignInPage.sample, isOutside: true),
      Specimen(name: "sign-in-refused", page: SignInPage.refused, isOutside: true),
      Specimen(name: "desk", page: DeskPage.sample),
      Specimen(name: "desk-empty", page: DeskPage.empty),
      Specimen(name: "dispatch", page: DispatchPage.sample),
      Specimen(name: "dispatch-empty", page: DispatchPage.empty),
      Specimen(name: "elsewhere", page: ElsewherePage.sample),
      Specimen(name: "elsewhere-refused", page: ElsewherePage.refused),
      Specimen(name: "queue", page: QueuePage.sample),
      Specimen(name: "queue-filtered", page: QueuePage.filtered),
      Specimen(name: "queue-empty", page: QueuePage.empty),
      Specimen(name: "file-choose", page: FileCasePage.choosing),
      Specimen(name: "file-case", page: FileCasePage.sample),
      Specimen(name: "file-returned", page: FileCasePage.withFaults),
      Specimen(name: "phone", page: PhonePage.sample),
      Specimen(name: "case", page: CasePage.sample),
      Specimen(name: "case-hostile", page: CasePage.hostile),
      Specimen(name: "conflict", page: ConflictPage.sample),
      Specimen(name: "figures", page: FiguresPage.sample),
      Specimen(name: "figures-compared", page: FiguresPage.compared),
      Specimen(name: "ranking", page: RankingPage.sample),
      Specimen(name: "ranking-scores", page: RankingPage.scores),
      Specimen(name: "ranking-choosing", page: RankingPage.choosing),
      Specimen(name: "score", page: ScorePage.sample),
      Specimen(name: "who", page: WhoPage.sample),
      Specimen(name: "call-backs", page: CallBackPage.sample),
      Specimen(name: "call-backs-empty", page: CallBackPage.empty),
      Specimen(name: "batch", page: BatchPage.sample),
      Specimen(name: "batch-supervise", page: BatchPage.supervise),
      Specimen(name: "batch-report", page: BatchPage.reported),
      Specimen(name: "batch-export", page: BatchPage.exported),
      Specimen(name: "area-import", page: AreaImportPage.empty),
      Specimen(name: "area-import-report", page: AreaImportPage.sample),
      Specimen(name: "area-import-refused", page: AreaImportPage.refused),
      Specimen(name: "ledger", page: LedgerPageView.sample),
      Specimen(name: "ledger-proving", page: LedgerPageView.proving),
      Specimen(name: "ledger-entry", page: LedgerEntryPage.sample),
      Specimen(name: "absences", page: AbsencePage.sample),
      Specimen(name: "absences-own", page: AbsencePage.own),
      Specimen(name: "work", page: WorkPage.sample),
      Specimen(name: "work-empty", page: WorkPage.empty),
      Specimen(name: "desk-substitute", page: DeskPage.substitute),
      Specimen(name: "who-nobody", page: WhoPage.nobody),
      Specimen(name: "figure-cases", page: FigureCasesPage.sample),
      Specimen(name: "figure-cases-empty", page: FigureCasesPage.empty),
      Specimen(name: "projects", page: ProjectsPage.sample),
      Specimen(name: "projects-empty", page: ProjectsPage.empty),
      Specimen(name: "project", page: ProjectPage.sample),
      Specimen(name: "project-year", page: ProjectPage.year),
      Specimen(name: "project-sheet-appraisal", page: SheetPage.sample(.appraisal)),
      Specimen(name: "project-sheet-targets", page: SheetPage.sample(.targets)),
      Specimen(name: "project-sheet-monitoring", page: SheetPage.sample(.monitoring)),
      Specimen(name: "project-sheet-use", page: SheetPage.sample(.use)),
      Specimen(name: "project-budget", page: BudgetBookPage.sample),
      Specimen(name: "project-dates", page: YearDatesPage.sample),
      Specimen(name: "edit-project-merged", page: EditProjectPage.merged),
      Specimen(name: "desk-projects", page: DeskPage.projects),
      Specimen(name: "project-hostile", page: ProjectPage.hostile),
      Specimen(name: "new-project", page: NewProjectPage.sample),
      Specimen(name: "edit-project", page: EditProjectPage.sample),
      Specimen(name: "edit-project-refused", page: EditProjectPage.refused),
      Specimen(name: "read-forms", page: ReadFormsPage.sample),
      Specimen(name: "read-forms-read", page: ReadFormsPage.read),
      Specimen(name: "read-forms-refused", page: ReadFormsPage.refused),
      Specimen(name: "rules", page: RulesPage.sample),
      Specimen(name: "compare-forms", page: CompareFormsPage.sample),
      Specimen(name: "project-years", page: ProjectYearsPage.sample),
      Specimen(name: "published", page: PublishedFormPage.sample, isOutside: true),
    ] + FaultPage.samples.map { Specimen(name: "fault-\($0.status)", page: $0) }

  func html(_ renderer: Renderer, _ language: Language) -> String {
    renderer.html(page, in: isOutside ? .outside(language) : .sample(language))
  }
}

@Suite struct PageRenderTests {
  /// Built once, as the server does.
  private static let built = Result { try Renderer() }
  let renderer: Renderer

  init() throws { renderer = try Self.built.get() }

  @Test(
    "every page is well formed, labelled and without inline code, in both languages",
    arguments: Specimen.all.map(\.name), Language.allCases)
  func wellFormed(name: String, language: Language) throws {
    let shown = try #require(Specimen.all.first { $0.name == name })
    let markup = Markup(shown.html(renderer, language))
    #expect(markup.faults == [])
    #expect(markup.all("html").first?.attributes["lang"] == language.rawValue)
  }

  @Test(
    "no page shows a tag of a template or the key of a text",
    arguments: Specimen.all.map(\.name), Language.allCases)
  func worded(name: String, language: Language) throws {
    let shown = try #require(Specimen.all.first { $0.name == name })
    let html = shown.html(renderer, language)
    #expect(!html.contains("{{") && !html.contains("}}"))
    let markup = Markup(html)
    let spoken =
      markup.texts
      + markup.elements.flatMap { element in
        ["aria-label", "title", "placeholder"].compactMap { element.attributes[$0] }
      }
    let key = /[a-z][a-z-]*(\.[A-Za-z0-9-]+)+/
    let codes = markup.all("code").map(\.text)
    let words = spoken.flatMap { $0.split(separator: " ").map(String.init) }
    #expect(words.filter { $0.wholeMatch(of: key) != nil && !codes.contains($0) } == [])
  }

  @Test("what people wrote is text, never markup", arguments: Language.allCases)
  func escaped(language: Language) {
    let html = renderer.html(CasePage.hostile, in: .sample(language))
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("&lt;script&gt;alert(&#39;城&#39;)"))
    let markup = Markup(html)
    #expect(markup.elements.allSatisfy { $0.attributes["onfocus"] == nil })
    #expect(markup.elements.allSatisfy { $0.attributes["autofocus"] == nil })
  }

  @Test("a quotation mark with a combining accent does not end an attribute")
  func combiningMark() {
    #expect(SafeHTML.escaped("a\"\u{301} b'<>&\u{0}c") == "a&quot;\u{301} b&#39;&lt;&gt;&amp;c")
  }

  @Test("templates name only what some page has")
  func names() {
    var known: Set<String> = []
    for shown in Specimen.all {
      let frame = shown.isOutside ? Frame.outside(.chinese) : .sample(.chinese)
      collect(renderer.showing(shown.page, in: frame), into: &known)
    }
    // Scripts fetched before building are absent here, and these kinds of control from pages.
    known.formUnion(["script", "style", "chart", "map", "content", "layout"])
    let tag = /\{\{[#^?\/$<>]?\s*([A-Za-z0-9.\-\/]+)\s*\}\}/
    for (path, source) in Embedded.files where path.hasPrefix("Pages/") {
      for match in source.matches(of: tag) {
        let name = match.1
        if name.hasPrefix("part/") {
          // A part that is not there does not load.
          continue
        }
        for part in name.split(separator: ".") {
          #expect(known.contains(String(part)), "\(path) names \(name)")
        }
      }
    }
  }

  private func collect(_ value: Showing, into known: inout Set<String>) {
    switch value {
    case .node(let children):
      known.formUnion(children.keys)
      for child in children.values { collect(child, into: &known) }
    case .list(let items): for item in items { collect(item, into: &known) }
    case .text, .flag, .absent: return
    }
  }

  @Test("a form that came back says what is wrong beside the field and in the summary")
  func returnedForm() throws {
    let markup = Markup(renderer.html(FileCasePage.withFaults, in: .sample(.chinese)))
    let wrong = markup.elements.filter { $0.attributes["aria-invalid"] == "true" }
    #expect(
      wrong.compactMap { $0.attributes["id"] }
        == ["case-title", "case-description", "case-latitude"])
    let links = markup.all("a").compactMap { $0.attributes["href"] }.filter {
      $0.hasPrefix("#case-")
    }
    #expect(
      links == ["#case-description", "#case-fields-material", "#case-latitude", "#case-title"])
    let title = markup.elements.first { $0.attributes["id"] == "case-title" }
    #expect(title?.attributes["value"] == "新建一路 88 弄南门堆放建筑垃圾")
    let ticked = markup.all("input").filter { $0.attributes["checked"] != nil }
    #expect(ticked.compactMap { $0.attributes["value"] } == ["camera"])
  }

  @Test("every form that changes something carries the proof of its page, and its revision")
  func guarded() {
    let html = renderer.html(CasePage.sample, in: .sample(.chinese))
    let forms = html.components(separatedBy: "<form").dropFirst()
    for form in forms where form.contains("method=\"post\"") {
      #expect(form.contains("name=\"csrf\" value=\"b3d1c7e09a\""))
    }
    let page = CasePage.sample
    let others =
      page.same.flatMap(\.forms) + (page.company?.links.compactMap(\.unlinking) ?? [])
    #expect(
      forms.filter { $0.contains("name=\"revision\" value=\"7\"") }.count
        == page.moves.count + others.count)
  }

  @Test("what was typed can be shown under the words of its form")
  func answers() {
    let form = CasePage.forms.callBack().form
    let facts = form.answers([
      "resolved": ["true"], "satisfaction": [""], "text": ["好"], "csrf": ["x"],
    ])
    #expect(
      facts.map(\.label) == [.key("call-back.resolved"), .key("move.note")])
    #expect(facts.map(\.value) == [.list([.key("resolved.true")]), .list([.plain("好")])])
  }

  @Test("files of one name that were read are told apart")
  func fileNames() {
    let markup = Markup(renderer.html(ReadFormsPage.read, in: .sample(.chinese)))
    #expect(
      markup.all("h2").map(\.text).filter { $0.contains("自评表") } == [
        "自评表.txt", "自评表.txt (2)",
      ])
  }

  @Test("passwords are never sent back")
  func passwords() {
    let form = Form(
      "f", to: .signIn,
      [.line("password", "sign-in.password", Field.Line(kind: .password))],
      submit: .key("sign-in.submit"))
    let returned = form.returned(
      Fault.invalid("password", "required"), typed: ["password": ["secret"]])
    guard case .line(let line) = returned.fields[0].control else { return }
    #expect(line.value == "")
  }
}
