import Base
import City
import Foundation

/// The projects of a year, with what is spent, what is due and what is doubtful.
struct ProjectsPage: Page {
  static let template = "projects"

  var query: ProjectsQuery
  var years: [Int]
  var organisations: [Field.Option]
  var rows: [Row]
  var money = EvaluationSummary.Money()
  var isCut = false
  /// Whether the reader may make and read in projects.
  var mayMake = false
  /// The bodies whose years can be compared.
  var bodies: [Body] = []
  var deadlines: [Deadline] = []
  /// Sets a deadline; for those who may.
  var deadlineForm: Form?
  /// What the reader has to do, of any year.
  var reminders: [ReminderView] = []

  struct Body: Sendable {
    var name: String
    var url: SiteURL
  }

  struct Deadline: Sendable {
    var organisation: String
    var phase: ProjectPhase
    var due: Day
  }

  struct Row: Sendable {
    var url: SiteURL
    var name: String
    var organisation: String
    var depth = 0
    var isTotal = false
    var state: ProjectState
    var budget: EvaluationBudgetRow
    var moneyUnit: MoneyUnit?
    var rate: Decimal?
    var score = ""
    var grade = ""
    var due: DueDay?
    var phase: ProjectPhase?
    var isOverdue = false
    var isSoon = false
    var errors = 0
    var warnings = 0
    var remarks = 0
  }

  var title: Phrase { .key("projects.title") }
  var section: Section? { .projects }
}

/// What is asked for, as it stands in the address.
struct ProjectsQuery: Sendable, Equatable {
  var year = ""
  var organisation = ""
  var state = ""
  var findings = ""
  var due = ""
  var phase = ""
  var text = ""

  init() {}

  init(_ value: (String) -> String?) {
    func text(_ name: String) -> String { String((value(name) ?? "").prefix(200)) }
    (year, organisation, state) = (text("year"), text("organisation"), text("state"))
    (findings, due, self.text) = (text("findings"), text("due"), text("text"))
    phase = text("phase")
  }

  var url: SiteURL { .projects.with(parameters) }

  /// The same list as one document.
  var printURL: SiteURL { .printProjects.with(parameters) }

  private var parameters: [(String, String?)] {
    [
      ("year", year), ("organisation", organisation), ("state", state), ("findings", findings),
      ("due", due), ("phase", phase), ("text", text),
    ]
  }

  var isFiltered: Bool {
    !(organisation + state + findings + due + phase + text).isEmpty
  }
}

extension ProjectsPage {
  var parts: [String: any Shown] {
    [
      "search": query.text, "fields": fields.map { FieldView(field: $0, formID: "filter") },
      "isFiltered": query.isFiltered, "all": SiteURL.projects.with([("year", query.year)]),
      "rows": rows, "isCut": isCut, "mayMake": mayMake,
      "rules": SiteURL.checkRules,
      "print": rows.isEmpty ? nil : PrintLinks(url: query.printURL), "new": SiteURL.newProject,
      "read": SiteURL.readForms, "count": Phrase.count(rows.count),
      "most": Phrase.count(ProjectDesk.mostLines), "adjusted": Self.amount(money.adjusted),
      "executed": Self.amount(money.executed), "rate": Self.percent(money.rate),
      "bodies": bodies.each { ["name": $0.name, "url": $0.url] },
      "deadlines": deadlines.each {
        [
          "organisation": $0.organisation, "due": $0.due.description,
          "phase": Phrase.key("project.phase.\($0.phase.rawValue)"),
        ]
      },
      "deadlineForm": deadlineForm, "reminders": reminders, "moreReminders": nil as String?,
      "toDo": reminders.isEmpty
        ? nil
        : Phrase.key(
          "reminders.count",
          [
            "count": .count(reminders.count), "late": .count(reminders.count(where: \.isOverdue)),
          ]),
      "dates": SiteURL.yearDates.with([("year", query.year)]),
    ]
  }

  private var fields: [Field] {
    let years = years.map {
      Field.Option(value: String($0), label: .plain(String($0)), isChosen: String($0) == query.year)
    }
    var bodies = organisations
    bodies.choose([query.organisation])
    return [
      .select("year", "projects.year", years, nothing: nil),
      .select("organisation", "projects.organisation", bodies, nothing: "choice.all"),
      .select(
        "state", "projects.state",
        .worded(
          "project.state",
          ProjectState.allCases.filter { $0 != .discarded }.map(\.rawValue), chosen: query.state),
        nothing: "choice.all"),
      .select(
        "findings", "projects.findings",
        .worded(
          "projects.findings", Finding.Severity.allCases.map(\.rawValue), chosen: query.findings),
        nothing: "choice.all"),
      .select(
        "due", "projects.due", .worded("projects.due", ["overdue", "soon"], chosen: query.due),
        nothing: "choice.all"),
      .select(
        "phase", "projects.phase",
        .worded("project.phase", ProjectPhase.allCases.map(\.rawValue), chosen: query.phase),
        nothing: "choice.all"),
    ]
  }

  /// 元 as 万元, to two places.
  static func amount(_ yuan: Decimal) -> String {
    let text = (yuan / 10_000).plain(2)
    var whole = String(text.prefix { $0 != "." })
    var place = whole.count - 3
    while place > (whole.hasPrefix("-") ? 1 : 0) {
      whole.insert(",", at: whole.index(whole.startIndex, offsetBy: place))
      place -= 3
    }
    return whole + text.drop { $0 != "." }
  }

  static func percent(_ rate: Decimal?) -> String { rate.map { $0.plain(2) + "%" } ?? "—" }
}

extension ProjectsPage.Row: Composed {
  var parts: [String: any Shown] {
    [
      "url": url, "name": name, "organisation": organisation, "isPart": depth > 0,
      "isTotal": isTotal, "state": state.rawValue,
      "stateLabel": Phrase.key("project.state.\(state.rawValue)"),
      "adjusted": budget.adjusted.text, "executed": budget.executed.text,
      "moneyUnit": moneyUnit?.rawValue, "rate": ProjectsPage.percent(rate),
      "meter": rate.map { min($0, 100).plain(0) }, "score": score, "grade": grade,
      "due": due?.day.description, "moved": due.flatMap { $0.isMoved ? Phrase.due($0) : nil },
      "isOverdue": isOverdue, "isSoon": isSoon,
      "phase": due == nil ? nil : phase.map { Phrase.key("project.phase.\($0.rawValue)") },
      "errors": errors > 0 ? Phrase.counted("tally.error", errors) : nil,
      "warnings": warnings > 0 ? Phrase.counted("tally.warning", warnings) : nil,
      "remarks": remarks > 0 ? Phrase.counted("tally.remark", remarks) : nil,
      "isClean": errors + warnings + remarks == 0,
    ]
  }
}

extension Decimal {
  /// With so many places, half up.
  func plain(_ places: Int) -> String {
    var rounded = Decimal()
    var value = self
    NSDecimalRound(&rounded, &value, places, .plain)
    guard places > 0 else { return "\(rounded)" }
    let parts = "\(rounded)".split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    return parts[0] + "." + fraction
      + String(repeating: "0", count: max(0, places - fraction.count))
  }
}
