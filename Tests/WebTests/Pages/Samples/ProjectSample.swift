import Base
import City

@testable import Web

extension EvaluationForm {
  /// A form with a contradiction and a doubt.
  static let sample: EvaluationForm = {
    var draft = ProjectDraft.sample
    return draft.form(year: 2025)
  }()
}

extension ProjectDraft {
  static let sample: ProjectDraft = {
    var draft = ProjectDraft()
    draft.name = "网格巡查服务"
    draft.department = "某镇人民政府"
    draft.unit = "某镇城市运行管理中心"
    draft.sector = "grid"
    draft.budget.currentYear.opening = "230.00"
    draft.budget.currentYear.adjusted = "264.00"
    draft.budget.currentYear.executed = "181.20"
    draft.goal = "二十六名巡查员覆盖全镇。"
    draft.result = "案件处置达标率 91%。"
    draft.indicators = [
      line("处置达标率", "≥95%", "91%", "50", "50"), line("出勤率", "≥90%", "", "40", ""),
    ]
    return draft
  }()

  static func line(
    _ name: String, _ target: String, _ actual: String, _ weight: PrintedNumber,
    _ score: PrintedNumber
  ) -> IndicatorDraft {
    var draft = IndicatorDraft()
    draft.cells = EvaluationIndicator(
      level1: "产出指标", level2: "质量指标", name: name, target: target, actual: actual,
      weight: weight, score: score)
    return draft
  }
}

extension FormView {
  static let sample: FormView = {
    let form = EvaluationCheck.check([.sample])[0]
    var view = FormView(form: form, findings: form.findings)
    view.notes = [
      Note(
        origin: .key("origin.outside.by", ["document": .plain("测评报告.pdf")]),
        files: [FileLink(name: "测评报告.pdf", size: 120_000, url: .projectFile(ID<Sample>(5)))],
        comments: [said], proposal: ScoreProposal(form.indicators[0])),
      Note(origin: .key("origin.typed.by", ["who": .plain("沈卫东")])),
    ]
    return view
  }()

  static let said = Said(
    author: "陆海燕", at: Sample.at("2026-01-12T02:00:00Z"), words: "依据只有自查记录。", move: "return")
}

extension ProjectsPage {
  static let sample: ProjectsPage = {
    var budget = EvaluationBudgetRow()
    budget.adjusted = "264.00"
    budget.executed = "181.20"
    var page = ProjectsPage(
      query: ProjectsQuery { ["year": "2025", "state": "draft"][$0] }, years: [2025, 2024],
      organisations: [.init(value: "centre", label: .plain("某镇城市运行管理中心"))],
      rows: ProjectState.allCases.map { state in
        Row(
          url: .project(ID<Sample>(7)), name: "网格巡查服务", organisation: "某镇城市运行管理中心",
          depth: state == .draft ? 0 : 1, isTotal: state == .draft, state: state, budget: budget,
          moneyUnit: .tenThousandYuan, rate: 68.64, score: "86.86", grade: "良",
          due: .sample, phase: .submission, isOverdue: state == .draft, isSoon: state == .submitted,
          errors: state == .draft ? 2 : 0,
          warnings: 1, remarks: 3)
      })
    page.money.adjusted = 2_640_000
    page.money.executed = 1_812_000
    page.mayMake = true
    page.isCut = true
    page.reminders = ReminderView.samples
    page.bodies = [.init(name: "某镇城市运行管理中心", url: .projectYears(ID<Sample>(3)))]
    page.deadlines = [
      .init(organisation: "某区", phase: .submission, due: Day(number: 20_000))
    ]
    page.deadlineForm = .deadline(2025, [])
    return page
  }()

  static let empty = ProjectsPage(
    query: ProjectsQuery { _ in nil }, years: [], organisations: [], rows: [])
}

extension ProjectPage {
  static let sample: ProjectPage = {
    var page = ProjectPage(
      name: "网格巡查服务", year: 2025, organisation: "某镇城市运行管理中心", state: .submitted,
      view: .sample, yearsURL: .projectYears(ID<Sample>(3)))
    page.due = Day("2026-01-15")
    page.isOverdue = true
    page.moves = [.comment, .giveBack].map { move in
      .init(
        move: move,
        form: Form(
          "do-\(move.rawValue)", to: .moveProject(move.rawValue, of: ID<Sample>(7)),
          [.area("words", "project.words", required: true)],
          submit: .key("project.move.\(move.rawValue)"), revision: "3"))
    }
    page.editURL = .editProject(ID<Sample>(7))
    page.publicURL = .published(ID<Sample>(7))
    page.compareURL = .compareProject(ID<Sample>(7))
    page.files = [.init(name: "合同.pdf", size: 5000, url: .projectFile(ID<Sample>(6)))]
    page.comments = [FormView.said]
    page.changes = [
      .init(
        row: .currentYear, column: .adjusted, before: "230.00", after: "264.00", reason: "追加",
        day: Day(number: 20_000), by: "沈卫东")
    ]
    page.versions = [
      .init(number: 1, by: "沈卫东", at: Sample.at("2026-01-12T02:00:00Z"), total: "86.86")
    ]
    page.parent = .init(name: "合计", url: .project(ID<Sample>(8)))
    page.children = [.init(name: "部分", url: .project(ID<Sample>(9)))]
    page.source = "自评表.docx"
    return page
  }()

  static let hostile: ProjectPage = {
    let script = "<script>alert('城')</script>\" onfocus=\"x"
    var page = sample
    page.name = script
    page.view.form.indicators[0].name = script
    page.view.form.goal = script
    page.comments[0].words = script
    return page
  }()
}

extension NewProjectPage {
  static let sample = NewProjectPage(form: .newProject(2026, []))
}

extension EditProjectPage {
  static let sample = EditProjectPage(
    name: "网格巡查服务", action: .editProject(ID<Sample>(7)), check: .checkProject(ID<Sample>(7)),
    back: .project(ID<Sample>(7)), revision: "3", draft: .sample, form: .sample,
    findings: FormView.sample.findings, documents: [.init(id: "5", name: "测评报告.pdf")],
    parents: [.init(id: "8", name: "合计")])

  static let refused: EditProjectPage = {
    var page = sample
    page.fault = Fault(
      .invalid, "input.invalid",
      fields: [
        .init("name", "value.missing"), .init("indicators.1.weight", "number.unreadable"),
        .init("budget.other.adjusted", "number.negative"),
        .init("indicators.0", "indicator.unknown"),
        .init("budgetReason", "budget.reason-missing"),
      ])
    return page
  }()
}

extension ReadFormsPage {
  static let owners = [Field.Option(value: "3", label: .plain("某镇城市运行管理中心"))]
  static let sample = ReadFormsPage(owners: owners)

  static let read: ReadFormsPage = {
    var page = ReadFormsPage(owners: owners)
    var form = EvaluationForm.sample
    form.findings = FormView.sample.findings
    form.unplaced = [.init(line: 2, text: "20.00", reason: .ambiguous)]
    page.files = [
      File(
        id: ID(12), name: "自评表.txt", forms: [(0, form)],
        sections: [.init(name: "", lines: ["项目支出绩效自评表", "项目名称 网格巡查服务 20.00"])],
        places: [0]),
      File(
        id: ID(14), name: "自评表.txt", forms: [(0, form)],
        sections: [.init(name: "", lines: ["项目支出绩效自评表"])], places: [0]),
      File(
        id: ID(13), name: "扫描.pdf", fault: Fault(.invalid, "evaluation.scanned", ["file": "扫描.pdf"])
      ),
    ]
    return page
  }()

  static let refused: ReadFormsPage = {
    var page = read
    page.fault = Fault(
      .invalid, "input.invalid", fields: [.init("forms.0.name", "project.exists", ["year": "2025"])]
    )
    return page
  }()
}

extension CompareFormsPage {
  static let sample: CompareFormsPage = {
    var after = EvaluationForm.sample
    after.indicators[0].score = "47.89"
    after.indicators[0].reason = "人手不足"
    after.indicators.append(EvaluationIndicator(name: "新增"))
    return CompareFormsPage(
      name: "网格巡查服务", back: .project(ID<Sample>(7)), address: .compareProject(ID<Sample>(7)),
      versions: [1, 0], before: 1, after: 0, comparison: FormComparison(.sample, after))
  }()
}

extension ProjectYearsPage {
  static let sample = ProjectYearsPage(
    body: "某镇城市运行管理中心", years: [2024, 2025],
    sums: [
      Sum(
        year: 2025, projects: 8, adjusted: "1,200.00", executed: "1,100.00", rate: "91.67%",
        errors: 2, warnings: 9)
    ],
    lines: [
      Line(
        name: "网格巡查服务",
        cells: [
          nil,
          Cell(
            url: .project(ID<Sample>(7)), adjusted: "264.00", rate: "68.64%", score: "86.86",
            grade: "良", errors: 2),
        ])
    ])
}

extension PublishedFormPage {
  static let sample = PublishedFormPage(
    form: .sample, print: .printPublished(ID<Sample>(7)))
}

extension RulesPage {
  static let sample: RulesPage = {
    var page = RulesPage(hasOwnLimits: true)
    page.offs = [
      Off(
        id: "5", rule: "weights.off-guide", organisation: "某镇城市运行管理中心", reason: "区里另有参考分值",
        until: Day(year: 2026, month: 3, day: 31), by: "王工", at: Moment(milliseconds: 0),
        mayLift: true),
      Off(
        id: "6", rule: "budget.no-opening", reason: "<b>试行</b>", isPast: true, by: "—",
        at: Moment(milliseconds: 0)),
    ]
    page.offForm = .ruleOff([], everywhere: true)
    page.limitsForm = .checkLimits("lowExecution: 70")
    return page
  }()
}
