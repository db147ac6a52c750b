import Base
import City

/// The days of a year for one organisation, its own and those it has from above.
struct YearDatesPage: Page {
  static let template = "project-dates"

  var year: Int
  var organisation: Field
  var owner: String
  var rows: [Row]
  var form: Form?
  var errors: ErrorSummary?

  struct Row: Sendable {
    var phase: ProjectPhase
    var due: DueDay?
    /// The organisation that set it; nil where it is the one that is shown.
    var from: String?
  }

  var title: Phrase { .key("dates.title") }
  var section: Section? { .projects }
}

extension YearDatesPage {
  init(
    year: Int, owner: Organisation, organisations: [Organisation],
    deadlines: [ProjectDeadline], calendar: WorkingCalendar, maySet: Bool,
    typed: [String: [String]]? = nil, fault: Fault? = nil
  ) {
    let names = Dictionary(
      organisations.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    self.init(
      year: year,
      organisation: .select(
        "organisation", "projects.organisation",
        organisations.map {
          .init(value: $0.code, label: .plain($0.name), isChosen: $0.id == owner.id)
        }, nothing: nil), owner: owner.name,
      rows: ProjectPhase.allCases.map { phase in
        let set = deadlines.nearest(phase, above: owner.path)
        return .init(
          phase: phase, due: set.map { DueDay($0.due, calendar) },
          from: set.flatMap { $0.organisation == owner.id ? nil : names[$0.organisation] ?? "—" })
      })
    guard maySet else { return }
    let here = SiteURL.yearDates.with([("organisation", owner.code), ("year", String(year))])
    var form = Form(
      "dates", to: here,
      ProjectPhase.allCases.map { phase in
        let own = deadlines.first { $0.phase == phase && $0.organisation == owner.id }?.due
        var field = Field.day(phase.rawValue, "project.phase.\(phase.rawValue)", own)
        if own == nil, let set = deadlines.nearest(phase, above: owner.path) {
          field.hint = .key("dates.inherited", ["day": .day(set.due)])
        }
        return field
      }, submit: .key("dates.set"))
    form.hidden = [
      .init(name: "year", value: String(year)),
      .init(name: "organisation", value: owner.id.description),
    ]
    if let fault, let typed {
      errors = ErrorSummary(fault, in: form)
      form = form.returned(fault, typed: typed)
    }
    self.form = form
  }

  var parts: [String: any Shown] {
    [
      "year": String(year), "owner": owner, "list": SiteURL.projects.with([("year", String(year))]),
      "fields": [
        organisation,
        .line("year", "projects.year", .init(kind: .number, value: String(year), step: "1")),
      ].map { FieldView(field: $0, formID: "choose") },
      "rows": rows.each {
        [
          "phase": Phrase.key("project.phase.\($0.phase.rawValue)"),
          "due": $0.due.map { Phrase.due($0) }, "from": $0.from,
        ]
      }, "form": form, "errors": errors,
    ]
  }
}
