import Base
import Foundation

@testable import City
@testable import Web

extension DueDay {
  /// The 1st of October is a holiday, so that it counts from the 9th.
  static let sample: DueDay = {
    let day = Day("2025-10-01") ?? Day(number: 0)
    guard let calendar = try? CalendarFile.standard else { preconditionFailure("no calendar") }
    return DueDay(day, calendar)
  }()
}

extension LifeView {
  static let sample = LifeView(
    steps: zip(ProjectPhase.allCases, LifeStep.State.allCases).map { phase, state in
      Step(
        phase: phase, state: state, url: state == .ahead ? nil : .sheet("use", of: ID<Sample>(7)),
        due: .sample, doneAt: Sample.at("2026-01-12T02:00:00Z"), isOverdue: state == .open,
        isSoon: state == .draft, isReopened: state == .submitted)
    })
}

extension ReminderView {
  static let samples: [ReminderView] = [
    ReminderView(
      name: "网格巡查服务", url: .project(ID<Sample>(7)), year: 2025, organisation: "某镇城运中心",
      what: .key("project.phase.monitoring"), stage: .key("life.state.open"), due: .sample,
      isOverdue: true),
    ReminderView(
      name: "道路保洁", url: .project(ID<Sample>(8)), year: 2025, organisation: "某镇城运中心",
      what: .plain("补充人手"), stage: .key("rectification.title"), due: .sample, isSoon: true),
  ]
}

extension YearNotice {
  static let samples: [YearNotice] = [
    YearNotice(
      .budgetDeparts, .warning, at: .budget(.currentYear, .adjusted),
      ["budget-row": "currentYear", "budget-column": "adjusted", "typed": "1", "book": "2"]),
    YearNotice(
      .partsDiffer, .warning, at: .budget(.total, .opening),
      ["budget-column": "opening", "total": "1", "sum": "2"]),
    YearNotice(.targetMissing, .warning, at: .form, ["name": "出勤率"]),
    YearNotice(
      .targetDeparts, .warning, at: .indicator(0),
      ["name": "处置率", "approved": "≥95%", "typed": "≥90%"]),
    YearNotice(.targetUndeclared, .remark, at: .indicator(1), ["name": "处置率"]),
    YearNotice(
      .weightDeparts, .remark, at: .indicator(1), ["name": "处置率", "approved": "10", "typed": "20"]
    ),
  ]
}

extension ProjectPage {
  /// With everything that a year may bring.
  static let year: ProjectPage = {
    var page = sample
    page.life = .sample
    page.notices = YearNotice.samples
    page.view.notes[0].notices = [YearNotice.samples[3]]
    page.view.notes[0].changes = [
      .key(
        "target.changed",
        [
          "what": .key("target.change.target"), "before": .plain("≥95%"), "after": .plain("≥90%"),
          "reason": .plain("施工"),
        ])
    ]
    page.budgetURL = .budget(ID<Sample>(7))
    page.partRows = [
      .init(
        link: .init(name: "部分", url: .project(ID<Sample>(9))), label: .plain("部分"),
        budget: ["1", "", "2"]),
      .init(link: nil, label: .key("project.parts.sum"), budget: ["1", "2", "3"]),
    ]
    page.scores = [
      .init(
        kind: .assessment, giver: "区城运中心", text: .plain("89分 / 100"), day: Day(number: 20_000),
        about: "满意度", words: "年度考核",
        file: .init(name: "考核.pdf", size: 5000, url: .projectFile(ID<Sample>(6))))
    ]
    page.scoreForm = Form(
      "outside", to: .outsideScore(ID<Sample>(7)), [.line("giver", "outside.giver")],
      submit: .key("outside.bring"))
    page.isScoreOpen = true
    page.items = [
      .init(
        id: ID(1), what: "补充人手", responsible: "巡查科", due: .sample, isOverdue: true,
        form: Form(
          "rectified-1", to: .rectification(ID<Sample>(1)), [.area("words", "project.words")],
          submit: .key("rectification.mark"))),
      .init(
        id: ID(2), what: "补齐台账", responsible: "办公室", due: .sample, doneOn: Day(number: 20_000),
        doneWords: "已补齐", doneBy: "沈卫东"),
    ]
    return page
  }()
}

extension SheetPage {
  static func sample(_ kind: SheetKind) -> SheetPage {
    var page = SheetPage(
      kind: kind, project: .init(name: "网格巡查服务", url: .project(ID<Sample>(7))), year: 2025,
      organisation: "某镇城运中心", state: .draft, due: .sample)
    page.isOverdue = true
    page.facts = [.init(label: .key("sheet.field.day"), value: .plain("2025-01-01"))]
    page.document = .init(name: "报告.pdf", size: 5000, url: .projectFile(ID<Sample>(6)))
    page.texts = [.init(label: .key("sheet.field.words"), value: .plain("说明"))]
    page.table = .init(
      title: .key("form.indicators"), heads: [.key("indicator.name"), .key("indicator.target")],
      rows: [["处置率", "≥95%"]])
    page.warnings = MonitoringWarning.Code.allCases.map { code in
      .init(
        severity: .warning,
        text: .warning(
          MonitoringWarning(
            code: code, severity: .warning, line: 0,
            arguments: [
              "name": "处置率", "target": "≥95%", "actual": "80%", "forecast": "90%",
              "rate": "20", "elapsed": "49.59",
            ])))
    }
    page.changes = TargetChange.Field.allCases.map { field in
      .init(
        name: "处置率", what: .key("target.change.\(field.rawValue)"), before: "≥95%",
        after: "≥90%", reason: "施工", at: Sample.at("2026-01-12T02:00:00Z"), by: "沈卫东")
    }
    page.clashes = [.init(label: .key("sheet.field.score"), stored: "88")]
    page.form = form(kind)
    page.moves = SheetMove.allCases.filter { $0 != .edit }.map { move in
      .init(
        code: move.rawValue, label: .key("sheet.move.\(move.rawValue)"),
        lead: .either([
          "sheet.move.\(move.rawValue).\(kind.rawValue).lead", "sheet.move.\(move.rawValue).lead",
        ]),
        form: Form(
          "do-\(move.rawValue)", to: .moveSheet(move.rawValue, kind.rawValue, of: ID<Sample>(7)),
          [.area("words", "project.words")], submit: .key("sheet.move.\(move.rawValue)"),
          revision: "2"))
    }
    page.rounds = SheetState.allCases.enumerated().map { index, state in
      .init(
        number: index + 1, state: state, reason: "施工",
        submitted: ("沈卫东", Sample.at("2026-01-12T02:00:00Z")),
        settled: ("陆海燕", Sample.at("2026-01-12T02:00:00Z")))
    }
    page.words = [FormView.said]
    return page
  }

  static func form(_ kind: SheetKind) -> SheetForm {
    var form = SheetForm(
      action: .sheet(kind.rawValue, of: ID<Sample>(7)), revision: "2",
      head: [.line("score", "sheet.field.score"), .day("day", "sheet.field.day", nil)],
      lines: [
        .init(
          legend: .plain("处置率"), hint: "≥95%", id: "5", prefix: "lines.0",
          fields: [.line("lines.0.actual", "monitoring.actual")]),
        .init(
          legend: .key("indicator.new"), prefix: "lines.1",
          fields: [.line("lines.1.actual", "monitoring.actual")], isSpare: true),
      ], tail: [.area("measures", "sheet.field.measures")], takesFiles: kind == .appraisal)
    form.put(Fault.invalid("lines.0.actual", "value.missing"))
    return form
  }
}

extension BudgetBookPage {
  static let sample: BudgetBookPage = {
    var page = BudgetBookPage(
      project: .init(name: "网格巡查服务", url: .project(ID<Sample>(7))), year: 2025,
      organisation: "某镇城运中心", moneyUnit: .tenThousandYuan,
      lines: [
        .init(
          day: Day(number: 20_000), kind: .change, source: .currentYear, amount: "-5", before: "80",
          after: "75", total: "95", reason: "追减", paper: "镇财〔2025〕8号", by: "沈卫东")
      ],
      sums: [
        .init(
          source: .currentYear,
          cells: [
            .init(column: .opening, book: "80", form: "80", origin: .computed),
            .init(column: .adjusted, book: "75", form: "76", origin: .typed),
          ]), .init(source: .total, cells: []),
      ])
    page.notices = [YearNotice.samples[0]]
    page.entry = Form(
      "entry", to: .budget(ID<Sample>(7)), [.line("amount", "budget.amount")],
      submit: .key("budget.enter"), revision: "3")
    page.adopt = Form(
      "adopt", to: .adoptBudget(ID<Sample>(7)), [], submit: .key("budget.adopt"), revision: "3")
    return page
  }()
}

extension YearDatesPage {
  static let sample: YearDatesPage = {
    var page = YearDatesPage(
      year: 2025,
      organisation: .select("organisation", "projects.organisation", [], nothing: nil),
      owner: "某镇城运中心",
      rows: ProjectPhase.allCases.map {
        .init(phase: $0, due: $0 == .use ? nil : .sample, from: $0 == .targets ? "某区" : nil)
      })
    var field = Field.day("targets", "project.phase.targets", nil)
    field.hint = .key("dates.inherited", ["day": .day(Day(number: 20_000))])
    page.form = Form("dates", to: .yearDates, [field], submit: .key("dates.set"))
    return page
  }()
}

extension EditProjectPage {
  static let merged: EditProjectPage = {
    var page = sample
    page.fault = Fault(.conflict, "project.stale")
    page.notices = YearNotice.samples
    page.merge = FormMerge(
      ProjectDraft.sample, over: nil,
      onto: {
        var draft = ProjectDraft.sample
        draft.goal = "别的目标"
        draft.unit = ""
        return draft
      }())
    return page
  }()
}

extension DeskPage {
  static let projects = DeskPage(
    counts: [], groups: [], hasCases: false, reminders: ReminderView.samples)
}
