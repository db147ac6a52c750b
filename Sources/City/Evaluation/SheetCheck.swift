import Base
import Foundation

/// Checks what somebody wrote into a sheet, and says everything that is wrong with it at once.
struct SheetCheck {
  private(set) var faults: [Fault.Field] = []

  /// The content in its plain form: blanks trimmed, empty lines left out. What is missing is asked for
  /// when it is handed in.
  ///
  /// - Throws: `input.invalid` naming each field: `score`, `lines.3.weight`, `items.0.due` …
  static func checked(_ content: SheetContent, of file: ProjectFile) throws -> SheetContent {
    var check = SheetCheck()
    let checked: SheetContent =
      switch content {
      case .appraisal(let one): .appraisal(check.appraisal(one))
      case .targets(let one): .targets(check.targets(one, file))
      case .monitoring(let one): .monitoring(check.monitoring(one, file))
      case .use(let one): .use(check.use(one))
      }
    guard check.faults.isEmpty else {
      throw Fault(.invalid, "input.invalid", fields: check.faults)
    }
    return checked
  }

  private mutating func appraisal(_ content: AppraisalContent) -> AppraisalContent {
    var content = content
    content.appraiser = line("appraiser", content.appraiser)
    content.words = text("words", content.words)
    number("score", content.score)
    number("outOf", content.outOf)
    number("mean", content.mean)
    number("requested", content.requested)
    if let whole = content.outOf.value, whole == 0 {
      faults.append(.init("outOf", "number.unreadable"))
    } else if let score = content.score.value, let whole = content.outOf.value, score > whole {
      faults.append(.init("score", "score.over", ["most": content.outOf.text]))
    }
    return content
  }

  private mutating func targets(_ content: TargetsContent, _ file: ProjectFile) -> TargetsContent {
    var content = content
    content.goal = text("goal", content.goal)
    content.lines.removeAll(where: \.isBlank)
    if content.lines.count > ProjectDraftCheck.mostIndicators {
      faults.append(
        .init("lines", "value.many", ["limit": String(ProjectDraftCheck.mostIndicators)]))
      return content
    }
    for index in content.lines.indices {
      let field = "lines.\(index)"
      content.lines[index].level1 = line("\(field).level1", content.lines[index].level1, 50)
      content.lines[index].level2 = line("\(field).level2", content.lines[index].level2, 50)
      content.lines[index].name = line("\(field).name", content.lines[index].name, 2000)
      content.lines[index].target = line("\(field).target", content.lines[index].target, 2000)
      number("\(field).weight", content.lines[index].weight)
      if content.lines[index].name.isEmpty {
        faults.append(.init("\(field).name", "value.missing"))
      }
    }
    return content
  }

  private mutating func monitoring(
    _ content: MonitoringContent, _ file: ProjectFile
  ) -> MonitoringContent {
    var content = content
    content.measures = text("measures", content.measures)
    number("executed", content.executed)
    let known = Dictionary(
      file.indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for index in content.lines.indices {
      let field = "lines.\(index)"
      let line = content.lines[index]
      guard let indicator = known[line.id] else {
        faults.append(.init(field, "indicator.unknown"))
        continue
      }
      content.lines[index].name = indicator.cells.name
      content.lines[index].target = indicator.cells.target
      content.lines[index].direction = indicator.direction
      content.lines[index].actual = self.line("\(field).actual", line.actual)
      content.lines[index].forecast = self.line("\(field).forecast", line.forecast)
      content.lines[index].note = self.line("\(field).note", line.note, 2000)
    }
    return content
  }

  private mutating func use(_ content: UseContent) -> UseContent {
    var content = content
    content.words = text("words", content.words)
    content.disclosedAt = line("disclosedAt", content.disclosedAt)
    number("nextBudget", content.nextBudget)
    content.items.removeAll(where: \.isBlank)
    if content.items.count > 50 { faults.append(.init("items", "value.many", ["limit": "50"])) }
    for index in content.items.indices {
      content.items[index].what = line("items.\(index).what", content.items[index].what, 2000)
      content.items[index].responsible = line(
        "items.\(index).responsible", content.items[index].responsible)
    }
    return content
  }

  private mutating func number(_ field: String, _ number: PrintedNumber) {
    guard !number.isNone else { return }
    guard let value = number.value, number.text.count <= 30 else {
      faults.append(.init(field, "number.unreadable"))
      return
    }
    if value < 0 { faults.append(.init(field, "number.negative")) }
  }

  private mutating func line(_ field: String, _ written: String, _ limit: Int = 200) -> String {
    let read = try? TextCheck.collect(&faults) {
      try TextCheck.line(field, written, atMost: limit) ?? ""
    }
    return (read ?? nil) ?? written
  }

  private mutating func text(_ field: String, _ written: String) -> String {
    let read = try? TextCheck.collect(&faults) {
      try TextCheck.text(field, written, atMost: ProjectDraftCheck.longestText) ?? ""
    }
    return (read ?? nil) ?? written
  }
}

extension SheetContent {
  /// The fields without which a sheet says nothing, and those that contradict others.
  func gaps(in file: ProjectFile, today: Day) -> [Fault.Field] {
    switch self {
    case .appraisal(let one): one.gaps(today)
    case .targets(let one): one.gaps(file.budget.total.weight.value ?? 10)
    case .monitoring(let one): one.gaps(file, today)
    case .use(let one): one.gaps
    }
  }

  fileprivate static func missing(_ names: [(String, Bool)]) -> [Fault.Field] {
    names.filter(\.1).map { .init($0.0, "value.missing") }
  }
}

extension AppraisalContent {
  fileprivate func gaps(_ today: Day) -> [Fault.Field] {
    var gaps = SheetContent.missing([
      ("day", day == nil), ("appraiser", appraiser.isEmpty), ("score", score.value == nil),
      ("outOf", outOf.value == nil), ("conclusion", conclusion == nil),
      ("document", document == nil),
    ])
    if let day, day > today { gaps.append(.init("day", "day.ahead")) }
    return gaps
  }
}

extension TargetsContent {
  fileprivate func gaps(_ budget: Decimal) -> [Fault.Field] {
    var gaps = SheetContent.missing([("goal", goal.isEmpty), ("lines", lines.isEmpty)])
    for (index, line) in lines.enumerated() {
      gaps += SheetContent.missing([
        ("lines.\(index).level1", line.level1.isEmpty),
        ("lines.\(index).target", line.target.isEmpty),
        ("lines.\(index).weight", line.weight.value == nil),
      ])
    }
    let sum = lines.reduce(budget) { $0 + ($1.weight.value ?? 0) }
    if gaps.isEmpty, sum != 100 {
      gaps.append(.init("lines", "weights.sum", ["sum": "\(sum)", "budget": "\(budget)"]))
    }
    return gaps
  }
}

extension MonitoringContent {
  fileprivate func gaps(_ file: ProjectFile, _ today: Day) -> [Fault.Field] {
    var gaps = SheetContent.missing([("asOf", asOf == nil), ("executed", executed.value == nil)])
    if let asOf {
      if asOf.year != file.project.year {
        gaps.append(.init("asOf", "day.outside-year", ["year": String(file.project.year)]))
      } else if asOf > today {
        gaps.append(.init("asOf", "day.ahead"))
      }
    }
    if file.indicators.isEmpty { gaps.append(.init("lines", "value.missing")) }
    let warned = warnings(year: file.project.year).contains { $0.severity == .warning }
    if warned, measures.isEmpty { gaps.append(.init("measures", "monitoring.measures-missing")) }
    return gaps
  }
}

extension UseContent {
  fileprivate var gaps: [Fault.Field] {
    var gaps = SheetContent.missing([("decision", decision == nil), ("words", words.isEmpty)])
    if decision == .stop, (nextBudget.value ?? 0) > 0 {
      gaps.append(.init("nextBudget", "use.stopped-with-money"))
    }
    for (index, item) in items.enumerated() {
      gaps += SheetContent.missing([
        ("items.\(index).what", item.what.isEmpty),
        ("items.\(index).responsible", item.responsible.isEmpty),
        ("items.\(index).due", item.due == nil),
      ])
    }
    return gaps
  }
}
