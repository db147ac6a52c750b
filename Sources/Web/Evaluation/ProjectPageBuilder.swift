import Base
import City
import Foundation

/// A project with everything that hangs from it, and the names that it needs.
struct ProjectDetail: Sendable {
  let file: ProjectFile
  let parts: ProjectParts
  let findings: [Finding]
  let muted: [MutedFinding]
  let settings: CheckSettings
  /// What its year has beside the form.
  let year: ProjectYearParts
  let today: Day
  let calendar: WorkingCalendar
  let parties: PartyMap

  func name(_ person: ID<Person>?) -> String { person.flatMap { parts.people[$0] } ?? "—" }
}

extension CheckSettings {
  /// What checking would find in a form as it is being written, by itself.
  func found(in form: EvaluationForm) -> [Finding] {
    EvaluationCheck.check([form], settings: self)[0].findings
  }
}

/// Makes the page of a project for one reader.
struct ProjectPageBuilder {
  let detail: ProjectDetail
  let doer: Doer

  init(_ detail: ProjectDetail, _ doer: Doer) {
    self.detail = detail
    self.doer = doer
  }

  private var project: Project { detail.file.project }

  var page: ProjectPage {
    let moves = ProjectFlow.moves(on: detail.file, by: doer)
    var page = ProjectPage(
      name: project.name, year: project.year,
      organisation: detail.parties[project.organisation]?.name ?? "", state: project.state,
      view: view, yearsURL: .projectYears(project.organisation))
    page.printURL = .printProject(project.id)
    page.due = detail.year.life.next?.due?.day
    page.duePhase = detail.year.life.next?.phase
    page.isOverdue = detail.year.life.steps.contains { $0.isOverdue(detail.today) }
    page.moves = moves.filter { ![.edit, .attach].contains($0) }.map(move)
    if moves.contains(.edit) { page.editURL = .editProject(project.id) }
    if project.state == .published { page.publicURL = .published(project.id) }
    if !detail.parts.versions.isEmpty || detail.parts.reading != nil {
      page.compareURL = .compareProject(project.id)
    }
    if moves.contains(.attach) { page.attachForm = attachForm }
    if doer.may(
      .projectEdit, organisationPath: project.organisationPath, areaPath: "")
    {
      page.copyForm = .copyProject(project)
    }
    page.files = detail.parts.attachments.filter { $0.indicator == nil }.map(link)
    page.comments = detail.parts.comments.filter { $0.indicator == nil }.map(said)
    page.changes = detail.parts.changes.reversed().map {
      .init(
        row: $0.row, column: $0.column, before: $0.before.text, after: $0.after.text,
        reason: $0.reason, day: $0.effective, by: detail.name($0.by), origin: $0.origin)
    }
    page.versions = detail.parts.versions.reversed().map {
      .init(
        number: $0.number, by: detail.name($0.submittedBy), at: $0.submittedAt,
        total: $0.form.total.score.text)
    }
    page.parent = detail.parts.parent.map { .init(name: $0.name, url: .project($0.id)) }
    page.children = detail.year.parts.map {
      .init(name: $0.project.name, url: .project($0.project.id))
    }
    page.source = project.source
    page.unplaced = detail.parts.reading?.form.unplaced ?? []
    page.muted = detail.muted.map { muted in
      .init(
        finding: FindingView(muted.finding), reason: muted.off.reason,
        by: muted.who ?? "—", until: muted.off.until)
    }
    addYear(to: &page)
    for index in page.moves.indices { page.moves[index].form.submission = UUID().uuidString }
    page.attachForm?.submission = UUID().uuidString
    page.scoreForm?.submission = UUID().uuidString
    return page
  }

  private var view: FormView {
    var view = FormView(form: detail.file.form, findings: detail.findings)
    let changes = targetChanges
    view.notes = detail.file.indicators.map { indicator in
      FormView.Note(
        origin: origin(indicator.source),
        files: detail.parts.attachments.filter { $0.indicator == indicator.id }.map(link),
        comments: detail.parts.comments.filter { $0.indicator == indicator.id }.map(said),
        proposal: ScoreProposal(indicator.cells, direction: indicator.direction),
        notices: detail.year.notices.filter { $0.place == .indicator(indicator.place) },
        changes: changes[indicator.id] ?? [])
    }
    return view
  }

  private func origin(_ source: FigureSource) -> Phrase {
    let document = detail.parts.attachments.first { $0.id == source.document }?.name ?? ""
    return .key(
      "origin.\(source.origin.rawValue).by",
      ["who": .plain(detail.name(source.by)), "document": .plain(document)])
  }

  private func link(_ file: ProjectAttachment) -> FormView.FileLink {
    .init(name: file.name, size: file.size, url: .projectFile(file.id))
  }

  private func said(_ comment: ProjectComment) -> FormView.Said {
    .init(
      author: detail.name(comment.author), at: comment.at, words: comment.body,
      move: comment.move == .comment ? nil : comment.move.rawValue)
  }

  private var indicators: Field {
    .select(
      "indicator", "project.about",
      detail.file.indicators.map {
        .init(value: $0.id.description, label: .plain($0.cells.name))
      }, nothing: "project.about.whole")
  }

  private func move(_ move: ProjectMove) -> ProjectPage.Move {
    var fields: [Field] = []
    if move == .comment { fields.append(indicators) }
    if move != .publish, move != .discard {
      fields.append(
        .area(
          "words", move == .giveBack ? "project.words.reason" : "project.words",
          required: move == .giveBack || move == .comment))
    }
    var form = Form(
      "do-\(move.rawValue)", to: .moveProject(move.rawValue, of: project.id), fields,
      submit: .key("project.move.\(move.rawValue)"), revision: String(project.revision),
      weight: move == .discard ? .danger : move == .giveBack || move == .comment ? .plain : .primary
    )
    if move == .discard || move == .publish {
      form.confirmation = .key("project.move.\(move.rawValue).confirm")
    }
    return .init(move: move, form: form)
  }

  private var attachForm: Form {
    Form(
      "attach", to: .moveProject("attach", of: project.id),
      [
        indicators,
        .photos(
          "files", "project.files.add",
          .init(largest: BlobStore.largest, most: 10, takesPapers: true), required: true),
      ], submit: .key("project.files.attach"), weight: .plain)
  }
}

extension Form {
  /// Goes on with a project in another year.
  static func copyProject(_ project: Project) -> Form {
    Form(
      "copy", to: .moveProject("copy", of: project.id),
      [
        .line(
          "year", "project.copy.year",
          .init(kind: .number, value: String(project.year + 1), step: "1"), required: true)
      ], submit: .key("project.copy"), weight: .plain)
  }

  static func newProject(_ year: Int, _ owners: [Organisation]) -> Form {
    Form(
      "new", to: .newProject,
      [
        .line("name", "project.name", .init(maximumLength: 200), required: true),
        .line(
          "year", "projects.year", .init(kind: .number, value: String(year), step: "1"),
          required: true, half: true),
        .organisation(owners),
        .select(
          "sector", "project.sector",
          IndicatorLibrary.shipped.sectors.map {
            .init(value: $0.code, label: .named($0.name, english: $0.english))
          }),
      ], submit: .key("projects.new.submit"))
  }

  static func deadline(_ year: Int, _ owners: [Organisation]) -> Form {
    var form = Form(
      "deadline", to: .projectDeadlines,
      [
        .organisation(owners),
        .select(
          "phase", "projects.phase",
          .worded("project.phase", ProjectPhase.allCases.map(\.rawValue)), required: true,
          nothing: nil),
        .line("due", "projects.due.day", .init(kind: .date), hint: "projects.due.hint"),
      ], submit: .key("projects.due.set"), weight: .plain)
    form.hidden = [.init(name: "year", value: String(year))]
    return form
  }
}

extension Field {
  fileprivate static func organisation(_ owners: [Organisation]) -> Field {
    .select(
      "organisation", "projects.organisation",
      owners.map { .init(value: $0.id.description, label: .plain($0.name)) }, required: true,
      nothing: nil)
  }
}

extension ProjectsPage.Row {
  init(_ line: ProjectLine) {
    self.init(
      url: .project(line.project.id), name: line.project.name, organisation: line.organisation,
      depth: line.depth, isTotal: line.hasParts, state: line.project.state, budget: line.budget,
      moneyUnit: line.project.moneyUnit, rate: line.rate, score: line.project.total.score.text,
      grade: line.project.grade, due: line.next?.due, phase: line.next?.phase,
      isOverdue: line.isOverdue, isSoon: line.isSoon,
      errors: line.count(.error), warnings: line.count(.warning), remarks: line.count(.remark))
  }
}
