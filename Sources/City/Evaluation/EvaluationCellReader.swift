import Paper

/// Reads one form out of rows of cells: it finds the labels in cells and takes what stands beside
/// and below them.
struct EvaluationCellReader {
  let rows: [PaperRow]
  var form: EvaluationForm
  /// The first row not yet read.
  var next = 0

  init(_ rows: [PaperRow], into form: EvaluationForm) {
    self.rows = rows.map(Self.clean)
    self.form = form
  }

  mutating func read() {
    readHead()
    readBudget()
    readGoals()
    readTable()
    readEnd()
    for row in rows {
      for cell in row.cells where cell.lacksValue {
        note(.formulaWithoutValue, cell.text, line: row.number)
      }
    }
  }

  mutating func note(_ reason: UnplacedText.Reason, _ text: String, line: Int?) {
    form.unplaced.append(UnplacedText(line: line, text: text, reason: reason))
  }

  /// Markup and the breaks of lines are taken out of cells; those left empty go.
  private static func clean(_ row: PaperRow) -> PaperRow {
    PaperRow(
      number: row.number,
      cells: row.cells.compactMap { cell in
        let text = CellText.tidy(MarkedText.plain(cell.text))
        guard !text.isEmpty || cell.lacksValue else { return nil }
        return PaperCell(
          column: cell.column, span: cell.span, text: text, lacksValue: cell.lacksValue)
      })
  }

  /// The first row from `next` with a cell of this label.
  func row(of label: EvaluationLabel) -> Int? { row { Self.isLabel($0, label) } }

  func row(where matches: (PaperCell) -> Bool) -> Int? {
    rows[min(next, rows.count)...].firstIndex { $0.cells.contains(where: matches) }
  }

  /// The cell is the label, or begins with it and a colon or bracket.
  static func isLabel(_ cell: PaperCell, _ label: EvaluationLabel) -> Bool {
    rest(cell, of: label) != nil
  }

  /// What a cell says after its label; nil when it does not begin with it.
  static func rest(_ cell: PaperCell, of label: EvaluationLabel) -> String? {
    var text = CellText.squeeze(cell.text)[...]
    if text.hasPrefix("其中") { text = text.dropFirst(2).drop { $0 == ":" || $0 == "：" } }
    for wording in label.wordings where text.hasPrefix(wording) {
      let rest = text.dropFirst(wording.count)
      if rest.isEmpty { return "" }
      if let sign = rest.first, ":：(（".contains(sign) { return String(rest).droppingLabelSign }
    }
    return nil
  }
}

// MARK: - Head

extension EvaluationCellReader {
  private mutating func readHead() {
    let end = row { CellText.squeeze($0.text) == "年初预算数" } ?? row(of: .total) ?? row(of: .levels)
    let head = rows[..<(end ?? rows.count)]
    let text = FormText(
      head.flatMap(\.cells).map {
        TextPiece(
          text: CellText.squeeze($0.text), line: 0, startsLine: true, endsLine: true,
          afterBlank: false)
      })
    form.year = EvaluationTextReader.year(text, before: text.scalars.count)
    if form.year == nil { note(.missing, "年度", line: rows.first?.number) }
    form.project = named(.project, head)
    form.department = named(.department, head)
    form.unit = named(.unit, head)
    next = head.endIndex
  }

  /// The next cell of the row that is no label itself.
  private mutating func named(_ label: EvaluationLabel, _ head: ArraySlice<PaperRow>) -> String {
    for row in head {
      guard let place = row.cells.firstIndex(where: { Self.isLabel($0, label) }) else { continue }
      if let rest = Self.rest(row.cells[place], of: label), !rest.isEmpty {
        return String(row.cells[place].text.drop { $0 != ":" && $0 != "：" }).droppingLabelSign
      }
      if let value = row.cells[(place + 1)...].first, !Self.isAnyLabel(value) { return value.text }
      note(.missing, label.wordings[0], line: row.number)
      return ""
    }
    note(.missing, label.wordings[0], line: nil)
    return ""
  }

  static func isAnyLabel(_ cell: PaperCell) -> Bool {
    EvaluationLabel.allCases.contains { isLabel(cell, $0) }
  }
}

// MARK: - Budget

extension EvaluationCellReader {
  private mutating func readBudget() {
    let end = row(of: .goals) ?? row(of: .goal) ?? row(of: .levels) ?? rows.count
    let part = rows[next..<max(next, end)]
    form.moneyUnit =
      part.lazy.flatMap(\.cells).compactMap { cell in
        Self.isLabel(cell, .money) ? EvaluationTextReader.moneyUnit(cell.text) : nil
      }.first ?? Self.unitAnywhere(rows[..<max(next, end)])
    if form.moneyUnit == nil { note(.missing, "万元 / 元", line: part.first?.number) }
    let heads = part.first.map(Self.budgetColumns) ?? [:]
    let names: [(EvaluationLabel, EvaluationBudgetRow.Name)] = [
      (.total, .total), (.currentYear, .currentYear), (.carriedOver, .carriedOver),
      (.other, .other),
    ]
    for (label, name) in names {
      guard let row = part.first(where: { $0.cells.contains { Self.isLabel($0, label) } }) else {
        note(.missing, label.wordings[0], line: nil)
        continue
      }
      let after = row.cells.drop { !Self.isLabel($0, label) }.dropFirst()
      form.budget[name] = budgetRow(Array(after), heads, line: row.number)
    }
    next = max(next, end)
  }

  /// Some forms say it in a line of its own above the table (单位：万元).
  private static func unitAnywhere(_ rows: ArraySlice<PaperRow>) -> MoneyUnit? {
    rows.lazy.flatMap(\.cells).map { CellText.squeeze($0.text) }
      .first { $0.contains("单位:") || $0.contains("单位：") || $0 == "(万元)" || $0 == "（万元）" }
      .flatMap(EvaluationTextReader.moneyUnit)
  }

  private static func budgetColumns(
    _ row: PaperRow
  ) -> [EvaluationBudgetRow.Column: Range<Int>] {
    var columns: [EvaluationBudgetRow.Column: Range<Int>] = [:]
    for cell in row.cells {
      let text = CellText.squeeze(cell.text)
      switch text {
      case "年初预算数": columns[.opening] = cell.columns
      case "全年预算数": columns[.adjusted] = cell.columns
      case "全年执行数": columns[.executed] = cell.columns
      case "分值", "分数", "权重": columns[.weight] = cell.columns
      case "得分": columns[.score] = cell.columns
      default: if text.hasPrefix("执行率") { columns[.rate] = cell.columns }
      }
    }
    return columns
  }

  /// By the columns of the head when every figure stands in one; else by their order.
  private mutating func budgetRow(
    _ cells: [PaperCell], _ heads: [EvaluationBudgetRow.Column: Range<Int>], line: Int
  ) -> EvaluationBudgetRow {
    var row = EvaluationBudgetRow()
    var taken = Set<EvaluationBudgetRow.Column>()
    for cell in cells {
      let owners = heads.filter { $0.value.overlaps(cell.columns) }.map(\.key)
      guard owners.count == 1, taken.insert(owners[0]).inserted else {
        let pieces = cells.map {
          TextPiece(
            text: CellText.squeeze($0.text), line: line, startsLine: false, endsLine: false,
            afterBlank: false)
        }
        let (row, unplaced) = BudgetRowReading.row(pieces)
        form.unplaced += unplaced
        return row
      }
      row[owners[0]] = PrintedNumber(cell.text)
    }
    return row
  }
}

// MARK: - Goals and end

extension EvaluationCellReader {
  private mutating func readGoals() {
    let end = row(of: .levels) ?? row(of: .sum) ?? rows.count
    defer { next = max(next, end) }
    guard let head = row(of: .goal), head < end else {
      note(.missing, EvaluationLabel.goal.wordings[0], line: nil)
      return
    }
    guard let place = rows[head].cells.first(where: { Self.isLabel($0, .result) }) else {
      form.goal = beside(.goal, head)
      if let row = row(of: .result), row < end { form.result = beside(.result, row) }
      return
    }
    let start = rows[head].cells.first { Self.isLabel($0, .goal) }?.column ?? 0
    var goal: [String] = []
    var result: [String] = []
    for row in rows[(head + 1)..<end] {
      for cell in row.cells where !Self.isLabel(cell, .goals) {
        if cell.column >= place.column {
          result.append(cell.text)
        } else if cell.column >= start || !EvaluationLevel.isPartOfGoals(cell.text) {
          goal.append(cell.text)
        }
      }
    }
    form.goal = CellText.tidy(goal.joined(separator: "\n"))
    form.result = CellText.tidy(result.joined(separator: "\n"))
  }

  private func beside(_ label: EvaluationLabel, _ row: Int) -> String {
    rows[row].cells.drop { !Self.isLabel($0, label) }.dropFirst().first?.text ?? ""
  }

  private mutating func readEnd() {
    guard let sum = row(of: .sum) else {
      note(.cutOff, EvaluationLabel.sum.wordings[0], line: rows.last?.number)
      return
    }
    let figures = rows[sum].cells.drop { !Self.isLabel($0, .sum) }.dropFirst()
      .map { PrintedNumber($0.text) }
    let numbers = figures.filter { $0.value != nil }
    if numbers.count == 2 {
      form.total = EvaluationTotal(weight: numbers[0], score: numbers[1])
    } else {
      note(.ambiguous, figures.map(\.text).joined(separator: " "), line: rows[sum].number)
    }
    next = sum + 1
    if let grade = row(of: .grade) {
      form.grade = beside(.grade, grade)
      for row in rows[next..<grade] { noteRow(row) }
      next = grade + 1
    }
    for row in rows[next...] { noteRow(row) }
  }

  private mutating func noteRow(_ row: PaperRow) {
    let text = row.cells.map(\.text).joined(separator: " ")
    guard !text.isEmpty, !EvaluationTextReader.isPageMark(text) else { return }
    note(.noPlace, text, line: row.number)
  }
}

extension EvaluationLevel {
  /// Part of 年度总体目标, where a page break or its narrow column broke it.
  static func isPartOfGoals(_ text: String) -> Bool {
    "年度总体目标".contains(CellText.squeeze(text))
  }
}
