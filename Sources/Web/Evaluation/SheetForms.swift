import Base
import City

/// The forms of the four sheets.
extension SheetForm {
  /// Empty lines below those that are there.
  static let spare = 3

  init(
    _ content: SheetContent, to action: SiteURL, revision: Int, detail: ProjectDetail
  ) {
    let documents = detail.parts.attachments.map {
      Field.Option(value: $0.id.description, label: .plain($0.name))
    }
    switch content {
    case .appraisal(let one):
      self.init(
        action: action, revision: String(revision), head: Self.fields(one, documents),
        takesFiles: true)
    case .targets(let one):
      self.init(
        action: action, revision: String(revision),
        head: [.area("goal", "project.field.goal", one.goal, rows: 4)], lines: Self.lines(one))
    case .monitoring(let one):
      self.init(
        action: action, revision: String(revision),
        head: [
          .day("asOf", "sheet.field.asOf", one.asOf, required: true),
          .number("executed", "sheet.field.executed", one.executed, half: true),
        ], lines: Self.lines(one, detail.file),
        tail: [
          .area(
            "measures", "sheet.field.measures", one.measures, hint: "sheet.field.measures.hint")
        ])
    case .use(let one):
      self.init(
        action: action, revision: String(revision), head: Self.fields(one), lines: Self.lines(one))
    }
  }

  private static func fields(_ one: AppraisalContent, _ documents: [Field.Option]) -> [Field] {
    var documents = documents
    documents.choose([one.document?.description ?? ""])
    return [
      .day("day", "sheet.field.day", one.day),
      .line(
        "appraiser", "sheet.field.appraiser", .init(value: one.appraiser, maximumLength: 200),
        half: true),
      .checks(
        "isOutside", "sheet.field.giver",
        [
          .init(
            value: "1", label: .key("sheet.field.isOutside"), isChosen: one.isOutside)
        ]),
      .number("score", "sheet.field.score", one.score, half: true),
      .number("outOf", "sheet.field.outOf", one.outOf, half: true),
      .number("mean", "sheet.field.mean", one.mean, hint: "sheet.field.mean.hint", half: true),
      .number("requested", "sheet.field.requested", one.requested, half: true),
      .select(
        "conclusion", "sheet.field.conclusion",
        .worded(
          "appraisal.conclusion", AppraisalConclusion.allCases.map(\.rawValue),
          chosen: one.conclusion?.rawValue)),
      .area("words", "sheet.field.opinion", one.words),
      .select("document", "sheet.field.document", documents, hint: "sheet.field.document.hint"),
      .photos(
        "files", "sheet.field.files",
        .init(largest: BlobStore.largest, most: 1, takesPapers: true)),
    ]
  }

  private static func fields(_ one: UseContent) -> [Field] {
    [
      .select(
        "decision", "sheet.field.decision",
        .worded(
          "use.decision", UseDecision.allCases.map(\.rawValue), chosen: one.decision?.rawValue)),
      .number("nextBudget", "sheet.field.nextBudget", one.nextBudget, half: true),
      .area("words", "sheet.field.use-words", one.words),
      .day("disclosedOn", "sheet.field.disclosedOn", one.disclosedOn),
      .line(
        "disclosedAt", "sheet.field.disclosedAt",
        .init(value: one.disclosedAt, maximumLength: 200), half: true),
    ]
  }

  private static func lines(_ content: TargetsContent) -> [Line] {
    let blanks = Array(repeating: TargetLine(), count: spare)
    return (content.lines + blanks).enumerated().map { index, line in
      let prefix = "lines.\(index)"
      let isSpare = index >= content.lines.count
      var levels = IndicatorLibrary.levels.map {
        Field.Option(value: $0, label: .plain($0), isChosen: $0 == line.level1)
      }
      if !line.level1.isEmpty, !levels.contains(where: \.isChosen) {
        levels.append(.init(value: line.level1, label: .plain(line.level1), isChosen: true))
      }
      return Line(
        legend: isSpare
          ? .key("indicator.new") : .key("sheet.line", ["number": .plain(String(index + 1))]),
        id: line.id?.description, prefix: prefix,
        fields: [
          .select("\(prefix).level1", "indicator.level1", levels),
          .line("\(prefix).level2", "indicator.level2", .init(value: line.level2)),
          .line("\(prefix).name", "indicator.name", .init(value: line.name)),
          .line("\(prefix).target", "indicator.target", .init(value: line.target)),
          .number("\(prefix).weight", "indicator.weight", line.weight),
          .select(
            "\(prefix).direction", "indicator.direction",
            .worded(
              "indicator.direction", ScoreDirection.allCases.map(\.rawValue),
              chosen: line.direction?.rawValue)),
        ], isSpare: isSpare)
    }
  }

  private static func lines(_ content: MonitoringContent, _ file: ProjectFile) -> [Line] {
    file.indicators.enumerated().map { index, indicator in
      let prefix = "lines.\(index)"
      let line = content.lines.first { $0.id == indicator.id } ?? MonitoringLine(id: indicator.id)
      return Line(
        legend: .plain(indicator.cells.name), hint: indicator.cells.target,
        id: indicator.id.description, prefix: prefix,
        fields: [
          .line("\(prefix).actual", "monitoring.actual", .init(value: line.actual)),
          .line("\(prefix).forecast", "monitoring.forecast", .init(value: line.forecast)),
          .line("\(prefix).note", "monitoring.note", .init(value: line.note)),
        ], isRemovable: false)
    }
  }

  private static func lines(_ content: UseContent) -> [Line] {
    let blanks = Array(repeating: UseItem(), count: spare)
    return (content.items + blanks).enumerated().map { index, item in
      let prefix = "items.\(index)"
      let isSpare = index >= content.items.count
      return Line(
        legend: isSpare
          ? .key("rectification.new")
          : .key("rectification.line", ["number": .plain(String(index + 1))]),
        id: item.id?.description, prefix: prefix,
        fields: [
          .line("\(prefix).what", "rectification.what", .init(value: item.what)),
          .line(
            "\(prefix).responsible", "rectification.responsible", .init(value: item.responsible)),
          .day("\(prefix).due", "rectification.due", item.due),
        ], isSpare: isSpare)
    }
  }
}

extension Field {
  static func day(
    _ name: String, _ label: String, _ day: Day?, required: Bool = false, hint: String? = nil
  ) -> Field {
    .line(
      name, label, .init(kind: .date, value: day?.description ?? ""), required: required,
      hint: hint, half: true)
  }

  /// A number as people write it: the browser must not reject 1,838.35.
  static func number(
    _ name: String, _ label: String, _ number: PrintedNumber, hint: String? = nil,
    half: Bool = false
  ) -> Field {
    .line(name, label, .init(value: number.text, maximumLength: 40), hint: hint, half: half)
  }
}
