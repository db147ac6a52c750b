import Paper

/// The columns of the table of indicators.
private enum TableColumn: CaseIterable {
  case level1, level2, name, target, actual, weight, score, reason

  init?(head: String) {
    switch head {
    case "一级指标": self = .level1
    case "二级指标": self = .level2
    case "三级指标": self = .name
    case "年度指标值", "指标值", "年度目标值", "目标值": self = .target
    case "实际完成值", "完成值", "全年完成值": self = .actual
    case "分值", "分数", "权重": self = .weight
    case "得分", "自评得分": self = .score
    default:
      guard head.contains("偏差原因") || head.contains("改进措施") else { return nil }
      self = .reason
    }
  }
}

/// The names of one level down the rows: carried on where a cell is empty, and put together where
/// a page break left a part in a later row.
private struct CarriedLevel {
  let level: Int
  private(set) var name = ""
  /// The first indicator under the name.
  private(set) var start = 0

  init(level: Int) { self.level = level }

  /// True when the text ended the name before it, rather than being a name of its own.
  mutating func take(_ text: String, at index: Int) -> Bool {
    let text = CellText.squeeze(text)
    let whole = name + text
    let isKnown = EvaluationLevel.kinds(name).contains(level)
    let isPart =
      level == 1
      ? EvaluationLevel.isPrefixOfFirst(whole) : EvaluationLevel.isPrefixOfSecond(whole)
    let endsIt = "指标".hasSuffix(text) && !name.hasSuffix("指标")
    if !name.isEmpty, endsIt || !isKnown && isPart {
      name = whole
      return true
    }
    name = text
    start = index
    return false
  }

  mutating func clear(at index: Int) {
    name = ""
    start = index
  }
}

extension EvaluationCellReader {
  mutating func readTable() {
    guard let head = row(of: .levels) else {
      note(.missing, EvaluationLabel.levels.wordings[0], line: nil)
      return
    }
    var columns: [TableColumn: Range<Int>] = [:]
    for cell in rows[head].cells {
      if let column = TableColumn(head: CellText.squeeze(cell.text)) {
        columns[column] = cell.columns
      }
    }
    next = head + 1
    let end = row(of: .sum) ?? row(of: .grade) ?? rows.count
    var first = CarriedLevel(level: 1)
    var second = CarriedLevel(level: 2)
    for row in rows[next..<end] { read(row, columns, &first, &second) }
    next = end
    if form.indicators.isEmpty { note(.missing, "三级指标", line: rows[head].number) }
    noteMissingLevels(from: head)
  }

  private mutating func read(
    _ row: PaperRow, _ columns: [TableColumn: Range<Int>], _ first: inout CarriedLevel,
    _ second: inout CarriedLevel
  ) {
    var cells = Self.placed(row, columns)
    let isLine =
      cells[.weight].flatMap { PrintedNumber($0).value } != nil
      && cells[.score].flatMap { PrintedNumber($0).value } != nil
    if !isLine {
      guard let shifted = Self.shifted(row, columns) else {
        return goOn(row, cells, &first, &second)
      }
      cells = shifted
    }
    let index = form.indicators.count
    take(cells, at: index, &first, &second)
    form.indicators.append(
      EvaluationIndicator(
        level1: first.name, level2: second.name, name: cells[.name] ?? "",
        target: cells[.target] ?? "", actual: cells[.actual] ?? "",
        weight: PrintedNumber(cells[.weight] ?? ""), score: PrintedNumber(cells[.score] ?? ""),
        reason: cells[.reason] ?? ""))
    if cells[.name] == nil || cells[.target] == nil || cells[.actual] == nil {
      note(.ambiguous, row.cells.map(\.text).joined(separator: " "), line: row.number)
    }
  }

  private mutating func take(
    _ cells: [TableColumn: String], at index: Int, _ first: inout CarriedLevel,
    _ second: inout CarriedLevel
  ) {
    if let text = cells[.level1] {
      if first.take(text, at: index) {
        for place in first.start..<index { form.indicators[place].level1 = first.name }
      } else {
        second.clear(at: index)
      }
    }
    if let text = cells[.level2], second.take(text, at: index) {
      for place in second.start..<index { form.indicators[place].level2 = second.name }
    }
  }

  /// A row without weight and score goes on with the cells of the row above, or is a mistake.
  private mutating func goOn(
    _ row: PaperRow, _ cells: [TableColumn: String], _ first: inout CarriedLevel,
    _ second: inout CarriedLevel
  ) {
    take(cells, at: form.indicators.count, &first, &second)
    let others = cells.filter { ![.level1, .level2].contains($0.key) }
    guard !others.isEmpty else { return }
    guard let last = form.indicators.indices.last else {
      return note(.noPlace, row.cells.map(\.text).joined(separator: " "), line: row.number)
    }
    form.indicators[last].append(others[.name], others[.target], others[.actual], others[.reason])
    if others[.weight] != nil || others[.score] != nil {
      note(.noPlace, row.cells.map(\.text).joined(separator: " "), line: row.number)
    }
  }

  /// Each cell under the head that it stands below.
  private static func placed(
    _ row: PaperRow, _ columns: [TableColumn: Range<Int>]
  ) -> [TableColumn: String] {
    var cells: [TableColumn: String] = [:]
    for cell in row.cells {
      let owner = TableColumn.allCases.first { columns[$0]?.overlaps(cell.columns) ?? false }
      guard let owner else { continue }
      cells[owner] = cells[owner].map { CellText.tidy($0 + "\n" + cell.text) } ?? cell.text
    }
    return cells
  }

  /// A row whose cells stand beside their columns: its weight and score are the last two of a run
  /// of numbers, and before them stand the actual value, the target and the name.
  private static func shifted(
    _ row: PaperRow, _ columns: [TableColumn: Range<Int>]
  ) -> [TableColumn: String]? {
    let cells = row.cells
    let isNumber = cells.map { PrintedNumber($0.text).value != nil }
    guard let score = cells.indices.dropFirst(4).last(where: { isNumber[$0] && isNumber[$0 - 1] })
    else { return shortShifted(row) }
    return line(cells, score: score, columns)
  }

  /// Without levels of its own.
  private static func shortShifted(_ row: PaperRow) -> [TableColumn: String]? {
    let cells = row.cells
    guard cells.count == 5, PrintedNumber(cells[4].text).value != nil,
      PrintedNumber(cells[3].text).value != nil
    else { return nil }
    return line(cells, score: 4, [:])
  }

  private static func line(
    _ cells: [PaperCell], score: Int, _ columns: [TableColumn: Range<Int>]
  ) -> [TableColumn: String] {
    var found: [TableColumn: String] = [
      .score: cells[score].text, .weight: cells[score - 1].text, .actual: cells[score - 2].text,
      .target: cells[score - 3].text, .name: cells[score - 4].text,
    ]
    let levels = cells[..<(score - 4)].suffix(2)
    if levels.count == 2 {
      found[.level1] = levels.first?.text
      found[.level2] = levels.last?.text
    } else if let level = levels.first {
      let isFirst = columns[.level1]?.overlaps(level.columns) ?? false
      found[isFirst ? .level1 : .level2] = level.text
    }
    let reason = cells[(score + 1)...].map(\.text).joined(separator: "\n")
    if !reason.isEmpty { found[.reason] = CellText.tidy(reason) }
    return found
  }

  private mutating func noteMissingLevels(from head: Int) {
    for indicator in form.indicators where indicator.level1.isEmpty || indicator.level2.isEmpty {
      note(.levelUncertain, indicator.name, line: nil)
    }
  }
}

extension EvaluationIndicator {
  /// The further lines of its cells, after a page break.
  fileprivate mutating func append(
    _ name: String?, _ target: String?, _ actual: String?, _ reason: String?
  ) {
    func joined(_ text: String, _ more: String?) -> String {
      more.map { CellText.tidy(text + "\n" + $0) } ?? text
    }
    self.name = joined(self.name, name)
    self.target = joined(self.target, target)
    self.actual = joined(self.actual, actual)
    self.reason = joined(self.reason, reason)
  }
}
