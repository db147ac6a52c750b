/// Reads one form whose cells follow one another in the order of the printed page, parted only by
/// white space: what comes out of a PDF or a Word file as plain text.
///
/// It holds on to the fixed labels and to the pairs of weight and score that end every line of the
/// table, and gives the pieces between to the cells they can belong to. Where more than one way is
/// open, it says so.
struct EvaluationTextReader {
  let text: FormText
  let widths: ColumnWidths
  var form: EvaluationForm

  init(_ text: FormText, widths: ColumnWidths, into form: EvaluationForm) {
    self.text = text
    self.widths = widths
    self.form = form
  }

  /// The labels in the order of the page; nil for one that is not there.
  typealias Anchors = [EvaluationLabel: Range<Int>]

  /// Nil when labels stand in another order than on the page: then nothing between them can be
  /// trusted.
  static func anchors(_ text: FormText) -> Anchors? {
    let order: [EvaluationLabel] = [
      .project, .department, .unit, .money, .opening, .total, .currentYear, .carriedOver, .other,
      .goals, .goal, .result, .levels, .reason,
    ]
    var anchors: Anchors = [:]
    var from = 0
    for label in order {
      if let found = text.find(label, in: from..<text.scalars.count) {
        anchors[label] = found
        from = found.upperBound
      } else if text.find(label, in: 0..<from) != nil {
        return nil
      }
    }
    // The last 总分 that a number follows: above it the word may be part of an indicator.
    var search = from
    while let found = text.find(.sum, in: search..<text.scalars.count) {
      let end = text.starts[min(text.piece(at: found.upperBound) + 1, text.pieces.count)]
      // No number is longer; a piece without end would be copied for each of its words.
      let near = min(max(found.upperBound, end), found.upperBound + 64)
      let next = end > near ? nil : text.pieces(in: found.upperBound..<near).first
      if let next, PrintedNumber(next.text.droppingLabelSign).value != nil {
        anchors[.sum] = found
      }
      search = found.upperBound
    }
    if let sum = anchors[.sum] { from = sum.upperBound }
    anchors[.grade] = text.find(.grade, in: from..<text.scalars.count)
    return anchors
  }

  mutating func read(_ anchors: Anchors) {
    readHead(anchors)
    readBudget(anchors)
    readGoals(anchors)
    readIndicators(anchors)
    readEnd(anchors)
  }

  mutating func note(_ reason: UnplacedText.Reason, _ text: String, line: Int?) {
    form.unplaced.append(UnplacedText(line: line, text: text, reason: reason))
  }

  /// From the end of one label to the start of the first other that is there.
  private func section(
    _ label: EvaluationLabel, before others: [EvaluationLabel], _ anchors: Anchors
  ) -> Range<Int>? {
    guard let start = anchors[label]?.upperBound else { return nil }
    let end = others.lazy.compactMap { anchors[$0]?.lowerBound }.first { $0 >= start }
    return start..<(end ?? text.scalars.count)
  }
}

// MARK: - The head

extension EvaluationTextReader {
  private mutating func readHead(_ anchors: Anchors) {
    form.year = Self.year(text, before: anchors[.project]?.lowerBound ?? text.scalars.count)
    if form.year == nil { note(.missing, "年度", line: text.pieces.first?.line) }
    let rest: [EvaluationLabel] = [.department, .unit, .money, .opening, .total, .goals, .levels]
    form.project = named(.project, before: rest, anchors)
    form.department = named(.department, before: Array(rest.dropFirst()), anchors)
    form.unit = named(.unit, before: Array(rest.dropFirst(2)), anchors)
    if let range = section(.money, before: [.opening, .total], anchors) {
      form.moneyUnit = Self.moneyUnit(text.text(in: range))
    }
    if form.moneyUnit == nil {
      note(.missing, "万元 / 元", line: anchors[.money].flatMap { text.line(at: $0.lowerBound) })
    }
  }

  private mutating func named(
    _ label: EvaluationLabel, before others: [EvaluationLabel], _ anchors: Anchors
  ) -> String {
    let value = section(label, before: others, anchors).map { text.text(in: $0) } ?? ""
    if value.isEmpty {
      note(
        .missing, label.wordings[0], line: anchors[label].flatMap { text.line(at: $0.lowerBound) })
    }
    return value
  }

  /// Four digits before 年度, the first that stand there.
  static func year(_ text: FormText, before end: Int) -> Int? {
    let scalars = text.scalars
    var index = 4
    while index < min(end, scalars.count) {
      if scalars[index] == "年", let year = number(scalars[(index - 4)..<index]),
        (1990...2100).contains(year)
      {
        return year
      }
      index += 1
    }
    return nil
  }

  private static func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
    var number = 0
    for digit in digits {
      switch digit.value {
      case 0x30...0x39: number = number * 10 + Int(digit.value - 0x30)
      case 0xFF10...0xFF19: number = number * 10 + Int(digit.value - 0xFF10)
      default: return nil
      }
    }
    return number
  }

  static func moneyUnit(_ text: some StringProtocol) -> MoneyUnit? {
    if text.contains("万元") { return .tenThousandYuan }
    return text.contains("元") ? .yuan : nil
  }
}

// MARK: - Budget

extension EvaluationTextReader {
  private static let rows: [(EvaluationLabel, EvaluationBudgetRow.Name)] = [
    (.total, .total), (.currentYear, .currentYear), (.carriedOver, .carriedOver), (.other, .other),
  ]

  private mutating func readBudget(_ anchors: Anchors) {
    let after: [EvaluationLabel] = [.goals, .goal, .result, .levels, .reason, .sum]
    for (index, (label, name)) in Self.rows.enumerated() {
      let others = Self.rows[(index + 1)...].map(\.0) + after
      guard let range = section(label, before: others, anchors) else {
        note(.missing, label.wordings[0], line: nil)
        continue
      }
      let (row, unplaced) = BudgetRowReading.row(text.pieces(in: range))
      form.budget[name] = row
      form.unplaced += unplaced
    }
  }
}

/// Gives the figures of a row of 项目资金 their columns.
enum BudgetRowReading {
  static func row(_ pieces: [TextPiece]) -> (EvaluationBudgetRow, [UnplacedText]) {
    var unplaced: [UnplacedText] = []
    var figures: [(number: PrintedNumber, line: Int)] = []
    for piece in pieces {
      let text = piece.text.droppingLabelSign
      let number = PrintedNumber(text)
      if number.value != nil || PrintedNumber.isDash(text) {
        figures.append((number, piece.line))
      } else if !text.isEmpty, !text.hasPrefix("其中") {
        unplaced.append(UnplacedText(line: piece.line, text: text, reason: .noPlace))
      }
    }
    let (row, isCertain) = place(figures.map(\.number))
    if !isCertain, let line = figures.first?.line {
      let text = figures.map(\.number.text).joined(separator: " ")
      unplaced.append(UnplacedText(line: line, text: text, reason: .ambiguous))
    }
    return (row, unplaced)
  }

  /// Six figures are the six columns. Of fewer, a dash under the weight parts the amounts from the
  /// rate and the score; a percent sign shows a rate. What remains open is read from the left.
  private static func place(_ figures: [PrintedNumber]) -> (EvaluationBudgetRow, Bool) {
    var row = EvaluationBudgetRow()
    let columns = EvaluationBudgetRow.Column.allCases
    guard figures.count < columns.count else {
      for (column, figure) in zip(columns, figures) { row[column] = figure }
      return (row, figures.count == columns.count)
    }
    let dash = figures.firstIndex { $0.value == nil } ?? figures.count
    let amounts = figures.prefix(min(dash, 3))
    for (column, figure) in zip(columns, amounts) { row[column] = figure }
    guard figures.count > amounts.count else { return (row, figures.count == 3) }
    row.weight = figures[amounts.count]
    let rest = figures.dropFirst(amounts.count + 1)
    var isCertain = amounts.count == 3
    if rest.count == 2 {
      row.rate = rest[rest.startIndex]
      row.score = rest[rest.startIndex + 1]
    } else if let figure = rest.first {
      if figure.isPercent { row.rate = figure } else { row.score = figure }
      // Before a dash alone, a figure may be the rate of a row whose weight is empty.
      let isDash = figure.value == nil && row.weight.value == nil
      isCertain = isCertain && (figure.isPercent || isDash) && rest.count == 1
    }
    return (row, isCertain)
  }
}

// MARK: - Goals and end

extension EvaluationTextReader {
  private mutating func readGoals(_ anchors: Anchors) {
    let end = section(.result, before: [.levels, .reason, .sum], anchors)
    guard let end else {
      note(.missing, EvaluationLabel.result.wordings[0], line: nil)
      return
    }
    let between = section(.goal, before: [.result], anchors).map { text.pieces(in: $0) } ?? []
    let after = text.pieces(in: end)
    if !between.isEmpty {
      form.goal = CellText.join(between)
      form.result = CellText.join(after)
      return
    }
    let split = GoalSplit(TextLine.lines(after))
    form.goal = split.goal
    form.result = split.result
    if !split.isCertain {
      note(
        .ambiguous, split.doubt,
        line: split.line
          ?? anchors[.result].flatMap {
            text.line(at: $0.lowerBound)
          })
    }
  }

  private mutating func readEnd(_ anchors: Anchors) {
    guard let range = section(.sum, before: [.grade], anchors) else {
      note(.cutOff, EvaluationLabel.sum.wordings[0], line: text.pieces.last?.line)
      return
    }
    var pieces = text.pieces(in: range)[...]
    let figures = pieces.prefix(2).map { PrintedNumber($0.text.droppingLabelSign) }
    let numbers = figures.prefix { $0.value != nil }
    if numbers.count == 2 {
      form.total = EvaluationTotal(weight: numbers[0], score: numbers[1])
    } else {
      note(.ambiguous, figures.map(\.text).joined(separator: " "), line: pieces.first?.line)
    }
    pieces = pieces.dropFirst(numbers.count)
    if let range = section(.grade, before: [], anchors) {
      var after = text.pieces(in: range)[...]
      if let line = text.line(at: range.lowerBound - 1), after.first?.line == line {
        form.grade = after.removeFirst().text.droppingLabelSign
      }
      pieces += after
    }
    for line in TextLine.lines(pieces) where !Self.isPageMark(line.text) {
      note(.noPlace, line.text, line: line.number)
    }
  }

  /// The number of a page, as headers and footers print it: `3`, `- 3 -`, `第3页`, `3/12`.
  static func isPageMark(_ text: String) -> Bool {
    let text = CellText.squeeze(text)
    let digits = text.unicodeScalars.count { CellText.isDigit($0) }
    guard digits > 0, digits <= 6 else { return false }
    let marks = text.filter { !$0.isNumber }
    return ["", "--", "——", "––", "第页", "第页共页", "第页，共页", "第页/共页", "/"].contains(marks)
  }
}
