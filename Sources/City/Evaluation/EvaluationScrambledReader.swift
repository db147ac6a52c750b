import Foundation

/// Reads what can be trusted of a form whose cells were taken out in another order than they stand
/// on the page, as some programs take text out of a PDF.
///
/// A name is taken only where it stands at its label, figures only where they prove themselves (a
/// score that follows from its amounts, sources that add up, weights that make 100). All else is
/// reported; names of indicators are never put together with figures by chance.
struct EvaluationScrambledReader {
  private let text: FormText
  private(set) var form: EvaluationForm
  private var segments: [Segment] = []

  /// A label and what follows it up to the next.
  private struct Segment {
    let label: String
    let line: Int
    var pieces: [TextPiece] = []
  }

  /// What may stand anywhere, longest first so that no label is found inside another.
  private static let labels: [(String, [Unicode.Scalar])] =
    (EvaluationLabel.allCases.flatMap(\.wordings) + [
      "其中:当年财政拨款", "其中：当年财政拨款", "全年预算数", "全年执行数", "执行率", "分值", "分数", "得分", "二级指标", "三级指标",
      "年度指标值", "实际完成值", EvaluationLevel.spanning,
    ]).sorted { $0.count > $1.count }.map { ($0, Array($0.unicodeScalars)) }

  init(_ text: FormText, into form: EvaluationForm) {
    self.text = text
    self.form = form
    segments = Self.segments(text)
  }

  mutating func read() {
    form.year = EvaluationTextReader.year(text, before: text.scalars.count)
    form.moneyUnit =
      text.scalars.contains("元")
      ? EvaluationTextReader.moneyUnit(joined("项目资金")) : nil
    dropTitle()
    form.project = take("项目名称")
    form.department = take("主管部门")
    form.unit = take("实施单位")
    readResult()
    readTable()
    readBudget()
    for segment in segments {
      for line in TextLine.lines(segment.pieces) where !Self.isNoise(line.text) {
        note(.noPlace, line.pieces.map(\.text).joined(separator: " "), line: line.number)
      }
    }
    if index("总分") == nil { note(.cutOff, "总分", line: text.pieces.last?.line) }
  }

  private static func isNoise(_ text: String) -> Bool {
    // A bare number may be a figure here.
    text.hasPrefix("-") && EvaluationTextReader.isPageMark(text)
      || text.allSatisfy { "()（）%元万 ".contains($0) }
  }

  private mutating func note(_ reason: UnplacedText.Reason, _ text: String, line: Int?) {
    form.unplaced.append(UnplacedText(line: line, text: text, reason: reason))
  }

  // MARK: Segments

  private static func segments(_ text: FormText) -> [Segment] {
    var segments: [Segment] = []
    var place = 0
    while place < text.scalars.count {
      if let (label, end) = label(text, at: place) {
        segments.append(Segment(label: label, line: text.line(at: place) ?? 1))
        place = end
        continue
      }
      let piece = text.piece(at: place)
      let end = text.starts[piece + 1]
      if segments.isEmpty { segments.append(Segment(label: "", line: text.pieces[piece].line)) }
      segments[segments.count - 1].pieces += text.pieces(in: place..<end)
      place = end
    }
    return segments
  }

  private static func label(_ text: FormText, at place: Int) -> (String, Int)? {
    for (label, scalars) in labels {
      if let found = text.find(scalars, in: place..<min(place + scalars.count, text.scalars.count)),
        found.lowerBound == place
      {
        return (label, found.upperBound)
      }
    }
    return nil
  }

  private func index(_ label: String) -> Int? { segments.firstIndex { $0.label == label } }

  private func joined(_ label: String) -> String {
    index(label).map { CellText.join(segments[$0].pieces) } ?? ""
  }

  // MARK: Names

  /// The title and the year that follows it are read already.
  private mutating func dropTitle() {
    guard let first = segments.first, first.label.isEmpty else { return }
    let end = first.pieces.firstIndex { $0.text.contains("年度") }
    segments[0].pieces = end.map { Array(first.pieces[($0 + 1)...]) } ?? first.pieces
  }

  /// What follows a label; or what stands right before it where nothing follows and nothing before
  /// wants it.
  private mutating func take(_ label: String) -> String {
    guard let place = index(label) else {
      note(.missing, label, line: nil)
      return ""
    }
    if let name = takeName(place) { return name }
    let wanting = ["项目名称", "主管部门", "实施单位", "实际完成情况", "预期目标"]
    if place > 0, !wanting.contains(segments[place - 1].label), let name = takeName(place - 1) {
      return name
    }
    note(.missing, label, line: segments[place].line)
    return ""
  }

  private mutating func takeName(_ place: Int) -> String? {
    var pieces = segments[place].pieces
    // The money unit stands in brackets before other cells.
    while let first = pieces.first, first.text.hasSuffix(")") || first.text.hasSuffix("）") {
      guard pieces.count > 1 else { return nil }
      pieces.removeFirst()
    }
    let figures = pieces.filter { Self.figure($0) != nil }
    guard !pieces.isEmpty, figures.isEmpty else { return nil }
    segments[place].pieces = []
    return CellText.join(pieces).droppingLabelSign
  }

  private static func figure(_ piece: TextPiece) -> PrintedNumber? {
    let number = PrintedNumber(piece.text)
    return number.value != nil || PrintedNumber.isDash(piece.text) ? number : nil
  }

  private mutating func readResult() {
    guard let place = index("实际完成情况"), let line = segments[place].pieces.first?.line else { return }
    form.result = CellText.join(segments[place].pieces)
    segments[place].pieces = []
    // A single text after both labels may be either.
    note(.ambiguous, form.result, line: line)
  }
}

// MARK: - Table

extension EvaluationScrambledReader {
  /// Lines are taken where target, actual value, weight and score stand side by side.
  private mutating func readTable() {
    guard let start = index("一级指标") else { return }
    var proof: (weight: PrintedNumber, score: PrintedNumber)?
    for place in start..<segments.count {
      let (regions, rest) = EvaluationTextReader.regions(segments[place].pieces)
      var left: [TextPiece] = []
      for region in regions {
        let cells = region.pieces
        let pair = cells.suffix(2)
        if pair.count == 2, let first = pair.first, let last = pair.last,
          IndicatorCells.isBound(first.text) || first.text == last.text
        {
          form.indicators.append(
            EvaluationIndicator(
              target: first.text, actual: last.text, weight: region.weight, score: region.score))
          left += cells.dropLast(2)
          // Numbers of the next line stand on the same line of the source.
          segments[place].pieces = region.reason
          left += readOn(region.reason, &proof)
        } else if cells.isEmpty {
          proof = (region.weight, region.score)
          left += region.reason
        } else {
          left += cells + region.reason
        }
      }
      segments[place].pieces = left + rest
    }
    if !form.indicators.isEmpty { note(.missing, "三级指标", line: segments[start].line) }
    if let proof, isSum(proof.weight) {
      form.total = EvaluationTotal(weight: proof.weight, score: proof.score)
    } else if let proof {
      note(.ambiguous, "\(proof.weight) \(proof.score)", line: nil)
    }
  }

  /// The lines that follow on the same line of the source; gives back what is none.
  private mutating func readOn(
    _ pieces: [TextPiece], _ proof: inout (weight: PrintedNumber, score: PrintedNumber)?
  ) -> [TextPiece] {
    var rest = pieces[...]
    while rest.count >= 4 {
      let four = Array(rest.prefix(4))
      let weight = PrintedNumber(four[2].text)
      let score = PrintedNumber(four[3].text)
      guard weight.value != nil, score.value != nil,
        IndicatorCells.isBound(four[0].text) || four[0].text == four[1].text
      else { break }
      form.indicators.append(
        EvaluationIndicator(
          target: four[0].text, actual: four[1].text, weight: weight, score: score))
      rest = rest.dropFirst(4)
    }
    let two = rest.prefix(2).map { PrintedNumber($0.text) }
    if two.count == 2, two.allSatisfy({ $0.value != nil }) {
      proof = (two[0], two[1])
      rest = rest.dropFirst(2)
    }
    return Array(rest)
  }

  /// All weights with the budget's 10 make the sum.
  private func isSum(_ weight: PrintedNumber) -> Bool {
    form.indicators.reduce(10) { $0 + ($1.weight.value ?? 0) } == weight.value
  }
}

// MARK: - Budget

extension EvaluationScrambledReader {
  /// The total's row proves itself when its score follows from its amounts; the rest is then told
  /// by the sources adding up. Otherwise every figure is reported.
  private mutating func readBudget() {
    for place in segments.indices {
      let figures = segments[place].pieces.compactMap(Self.figure)
      guard figures.count >= 5, figures.count == segments[place].pieces.count,
        var row = Self.proven(Array(figures[..<5]))
      else { continue }
      takeRate(&row)
      form.budget.total = row
      segments[place].pieces.removeFirst(5)
      readSources(place)
      return
    }
    note(.missing, "年度资金总额", line: index("年度资金总额").map { segments[$0].line })
  }

  private static func proven(_ figures: [PrintedNumber]) -> EvaluationBudgetRow? {
    guard let adjusted = figures[1].value, adjusted > 0, let executed = figures[2].value,
      let weight = figures[3].value, let score = figures[4].value,
      (executed * weight / adjusted).halfUp(2) == score
    else { return nil }
    var row = EvaluationBudgetRow()
    row.opening = figures[0]
    row.adjusted = figures[1]
    row.executed = figures[2]
    row.weight = figures[3]
    row.score = figures[4]
    return row
  }

  /// The only figure with a percent sign that the amounts give, rounded or cut off.
  private mutating func takeRate(_ row: inout EvaluationBudgetRow) {
    guard let executed = row.executed.value, let adjusted = row.adjusted.value else { return }
    let exact = executed * 100 / adjusted
    for place in segments.indices {
      for (index, piece) in segments[place].pieces.enumerated() {
        let number = PrintedNumber(piece.text)
        guard number.isPercent, let value = number.value, abs(value - exact) < Decimal(1) / 100
        else { continue }
        row.rate = number
        segments[place].pieces.remove(at: index)
        return
      }
    }
  }

  /// The row after the total's is the first source's when all three add up to the total.
  private mutating func readSources(_ place: Int) {
    var budget = form.budget
    var notes: [UnplacedText] = []
    var taken = [place]
    (budget.currentYear, notes) = BudgetRowReading.row(segments[place].pieces)
    for (label, name) in [("上年结转资金", EvaluationBudgetRow.Name.carriedOver), ("其他资金", .other)] {
      guard let place = index(label) else { return }
      let (row, more) = BudgetRowReading.row(segments[place].pieces)
      budget[name] = row
      notes += more
      taken.append(place)
    }
    for column in [EvaluationBudgetRow.Column.opening, .adjusted] {
      let sum = [EvaluationBudgetRow.Name.currentYear, .carriedOver, .other]
        .reduce(Decimal(0)) { $0 + (budget[$1][column].value ?? 0) }
      guard sum == budget.total[column].value else { return }
    }
    form.budget = budget
    form.unplaced += notes
    for place in taken { segments[place].pieces = [] }
  }
}
