import Base
import City
import Foundation

/// Makes the page of a sheet for one reader.
struct SheetPageBuilder {
  let detail: ProjectDetail
  let sheet: SheetFile
  let words: [SheetWord]
  let people: [ID<Person>: String]
  let doer: Doer

  private var project: Project { detail.file.project }
  private var kind: SheetKind { sheet.kind }
  /// What the form begins with.
  private var content: SheetContent {
    if let last = sheet.last { return last.content }
    guard kind == .targets else { return SheetContent(kind) }
    var targets = TargetsContent()
    targets.goal = project.goal
    targets.lines = detail.file.indicators.map(TargetLine.init)
    return .targets(targets)
  }

  var page: SheetPage {
    let step = detail.year.life[kind.phase]
    var page = SheetPage(
      kind: kind, project: .init(name: project.name, url: .project(project.id)),
      year: project.year, organisation: detail.parties[project.organisation]?.name ?? "",
      state: sheet.state, due: step?.due)
    page.isOverdue = step?.isOverdue(detail.today) ?? false
    show(sheet.last?.content, on: &page)
    page.changes = sheet.targetChanges.map {
      .init(
        name: $0.name, what: .key("target.change.\($0.field.rawValue)"), before: $0.before,
        after: $0.after, reason: $0.reason, at: $0.at, by: name($0.by))
    }
    let moves = SheetFlow.moves(on: sheet, by: doer)
    if moves.contains(.edit) { page.form = form(content) }
    page.moves = moves.filter { $0 != .edit }.map(move)
    for index in page.moves.indices { page.moves[index].form.submission = UUID().uuidString }
    page.rounds = sheet.rounds.reversed().map { round in
      .init(
        number: round.round, state: round.state, reason: round.reason,
        submitted: round.submittedAt.map { (name(round.submittedBy), $0) },
        settled: round.settledAt.map { (name(round.settledBy), $0) })
    }
    page.words = words.map {
      .init(author: name($0.author), at: $0.at, words: $0.body, move: $0.move.rawValue)
    }
    return page
  }

  func form(_ content: SheetContent) -> SheetForm {
    var form = SheetForm(
      content, to: .sheet(kind.rawValue, of: project.id), revision: sheet.revision,
      detail: detail)
    form.submission = UUID().uuidString
    return form
  }

  /// The page with what was typed, and what is stored beside it where others were faster.
  func returned(_ typed: SheetContent, _ fault: Fault) -> SheetPage {
    var page = page
    page.errors = ErrorSummary(lead: Phrase(fault), lines: [])
    guard page.form != nil else { return page }
    var form = form(typed)
    form.put(fault)
    page.errors = form.summary(fault)
    if fault.code == "sheet.stale" {
      let stored = self.form(content)
      page.clashes = form.fields.compactMap { field in
        guard let other = stored.fields.first(where: { $0.name == field.name }),
          other.written != field.written
        else { return nil }
        return .init(label: field.label, stored: other.written)
      }
    }
    page.form = form
    return page
  }

  private func name(_ person: ID<Person>?) -> String { person.flatMap { people[$0] } ?? "—" }

  private func move(_ move: SheetMove) -> ProjectPage.Move {
    let needsWords = SheetFlow.wantsReason(move, on: kind)
    let label =
      move == .giveBack ? "project.words.reason" : needsWords ? "sheet.reason" : "project.words"
    var form = Form(
      "do-\(move.rawValue)", to: .moveSheet(move.rawValue, kind.rawValue, of: project.id),
      move == .recall ? [] : [.area("words", label, required: needsWords)],
      submit: .key("sheet.move.\(move.rawValue)"), revision: String(sheet.revision),
      weight: [.submit, .review, .approve].contains(move) ? .primary : .plain)
    if move == .waive { form.confirmation = .key("sheet.move.waive.confirm") }
    return .init(
      code: move.rawValue, label: .key("sheet.move.\(move.rawValue)"),
      lead: .either(
        [
          "sheet.move.\(move.rawValue).\(kind.rawValue).lead", "sheet.move.\(move.rawValue).lead",
        ]), form: form)
  }
}

extension SheetPageBuilder {
  private func show(_ content: SheetContent?, on page: inout SheetPage) {
    switch content {
    case .appraisal(let one): show(one, on: &page)
    case .targets(let one): show(one, on: &page)
    case .monitoring(let one): show(one, on: &page)
    case .use(let one): show(one, on: &page)
    case nil: return
    }
  }

  private func fact(_ name: String, _ value: Phrase?) -> CasePage.Fact? {
    value.map { .init(label: .key("sheet.field.\(name)"), value: $0) }
  }

  private func plain(_ text: String) -> Phrase? { text.isEmpty ? nil : .plain(text) }

  private func money(_ number: PrintedNumber) -> Phrase? {
    number.isNone ? nil : .plain("\(number.text) \(project.moneyUnit?.rawValue ?? "")")
  }

  private func show(_ one: AppraisalContent, on page: inout SheetPage) {
    page.facts = [
      fact("day", one.day.map { .day($0) }),
      fact("appraiser", plain(one.appraiser)),
      fact("giver", one.isOutside ? .key("sheet.field.isOutside") : nil),
      fact(
        "score",
        one.score.isNone
          ? nil
          : .key(
            "sheet.score",
            [
              "score": .plain(one.score.text), "outOf": .plain(one.outOf.text),
              "grade": .plain(one.grade?.rawValue ?? "—"),
            ])), fact("mean", plain(one.mean.text)),
      fact(
        "conclusion", one.conclusion.map { .key("appraisal.conclusion.\($0.rawValue)") }),
      fact("requested", money(one.requested)),
    ].compactMap(\.self)
    page.texts = [fact("opinion", plain(one.words))].compactMap(\.self)
    page.document = detail.parts.attachments.first { $0.id == one.document }.map {
      .init(name: $0.name, size: $0.size, url: .projectFile($0.id))
    }
  }

  private func show(_ one: TargetsContent, on page: inout SheetPage) {
    page.texts = [
      plain(one.goal).map { .init(label: .key("project.field.goal"), value: $0) }
    ].compactMap(\.self)
    page.table = .init(
      title: .key("form.indicators"),
      heads: ["name", "level1", "level2", "target", "weight"].map { .key("indicator.\($0)") },
      rows: one.lines.map { [$0.name, $0.level1, $0.level2, $0.target, $0.weight.text] })
    // Departures of the form are about what is in force.
    page.warnings =
      detail.year.notices.filter {
        [.targetDeparts, .weightDeparts, .targetMissing, .targetUndeclared].contains($0.code)
      }.map { .init(severity: $0.severity, text: .notice($0)) }
  }

  private func show(_ one: MonitoringContent, on page: inout SheetPage) {
    page.facts = [
      fact("asOf", one.asOf.map { .day($0) }),
      fact("elapsed", one.elapsed(year: project.year).map { .plain("\($0)%") }),
      fact("adjusted", money(one.adjusted)), fact("executed", money(one.executed)),
      fact("rate", one.rate.map { .plain($0.plain(2) + "%") }),
    ].compactMap(\.self)
    page.texts = [fact("measures", plain(one.measures))].compactMap(\.self)
    page.table = .init(
      title: .key("form.indicators"),
      heads: ["indicator.name", "indicator.target", "monitoring.actual", "monitoring.forecast"]
        .map { .key($0) } + [.key("monitoring.note")],
      rows: one.lines.map { [$0.name, $0.target, $0.actual, $0.forecast, $0.note] })
    page.warnings = one.warnings(year: project.year).map {
      .init(severity: $0.severity, text: .warning($0))
    }
  }

  private func show(_ one: UseContent, on page: inout SheetPage) {
    page.facts = [
      fact("decision", one.decision.map { .key("use.decision.\($0.rawValue)") }),
      fact("nextBudget", money(one.nextBudget)),
      fact("disclosedOn", one.disclosedOn.map { .day($0) }),
      fact("disclosedAt", plain(one.disclosedAt)),
    ].compactMap(\.self)
    page.texts = [fact("use-words", plain(one.words))].compactMap(\.self)
    if !one.items.isEmpty {
      page.table = .init(
        title: .key("rectification.title"),
        heads: ["what", "responsible", "due"].map { .key("rectification.\($0)") },
        rows: one.items.map { [$0.what, $0.responsible, $0.due?.description ?? ""] })
    }
  }
}

extension Field {
  /// What stands in its control, as text.
  var written: String {
    switch control {
    case .line(let line): line.value
    case .area(let area): area.value
    case .select(let select):
      select.groups.flatMap(\.options).filter(\.isChosen).map(\.value).joined(separator: ",")
    case .radios(let options), .checks(let options):
      options.filter(\.isChosen).map(\.value).joined(separator: ",")
    case .photos: ""
    }
  }
}

extension Phrase {
  /// What a form says otherwise than its year's papers.
  static func notice(_ notice: YearNotice) -> Phrase {
    .key(
      "notice.\(notice.code.rawValue)",
      Dictionary(
        uniqueKeysWithValues: notice.arguments.map { name, value in
          switch name {
          case "budget-row": (name, .coded(value, family: "budget.row"))
          case "budget-column": (name, .coded(value, family: "budget.column"))
          default: (name, .plain(value))
          }
        }))
  }

  /// What monitoring gives cause to ask.
  static func warning(_ warning: MonitoringWarning) -> Phrase {
    .key(
      "monitoring.warning.\(warning.code.rawValue)", warning.arguments.mapValues { .plain($0) })
  }
}
