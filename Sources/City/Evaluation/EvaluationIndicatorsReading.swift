/// How wide the columns of a source are, in halves of a Chinese character, as far as its lines
/// show: a cell's line that goes on in the next is nearly as wide as its column.
struct ColumnWidths {
  /// The widest line that stands in the column of third-level names.
  private(set) var name = 0

  mutating func learn(from pieces: ArraySlice<TextPiece>) {
    for line in TextLine.lines(pieces) where line.pieces.count == 1 && line.width > 10 {
      name = max(name, line.width)
    }
  }
}

/// One line of the table: the pieces before its weight and score, and those after on the same line.
struct IndicatorRegion {
  var pieces: [TextPiece]
  var weight: PrintedNumber
  var score: PrintedNumber
  var reason: [TextPiece]
  /// The line of the weight.
  var line: Int
}

extension EvaluationTextReader {
  /// Where the table's lines stand.
  static func table(_ text: FormText, _ anchors: Anchors) -> [TextPiece] {
    guard let start = anchors[.reason]?.upperBound ?? anchors[.levels]?.upperBound else {
      return []
    }
    let end = anchors[.sum]?.lowerBound ?? anchors[.grade]?.lowerBound ?? text.scalars.count
    return start < end ? text.pieces(in: start..<end) : []
  }

  /// The pieces of a table of well over a thousand indicators; what follows them is not read.
  private static let longestTable = 20_000

  mutating func readIndicators(_ anchors: Anchors) {
    if anchors[.levels] == nil {
      note(.missing, EvaluationLabel.levels.wordings[0], line: nil)
    }
    let table = Self.table(text, anchors)
    if table.count > Self.longestTable {
      let over = table[Self.longestTable]
      note(.noPlace, over.text, line: over.line)
    }
    let (regions, rest) = Self.regions(Array(table.prefix(Self.longestTable)))
    var levels = LevelReading(regions.map(\.pieces) + [rest])
    levels.read()
    for (index, region) in regions.enumerated() {
      let found = levels.regions[index]
      readReason(found.before, after: index, found, line: region.line)
      let pieces = withoutReason(found, line: region.line)
      let cells = IndicatorCells(pieces, widths: widths)
      var indicator = EvaluationIndicator(
        name: cells.name, target: cells.target, actual: cells.actual, weight: region.weight,
        score: region.score, reason: CellText.join(region.reason))
      let place = levels.places[index]
      indicator.level1 = place.level1
      indicator.level2 = place.level2
      form.indicators.append(indicator)
      if !cells.isCertain {
        note(.ambiguous, CellText.join(pieces), line: pieces.first?.line ?? region.line)
      }
    }
    readRest(levels.regions.last, isCutOff: anchors[.sum] == nil)
    form.unplaced += levels.unplaced
    if form.indicators.isEmpty {
      note(.missing, "三级指标", line: anchors[.levels].flatMap { text.line(at: $0.lowerBound) })
    }
  }

  /// What stands between a score and the next label can only be the reason's further lines.
  private mutating func readReason(
    _ pieces: [TextPiece], after index: Int, _ region: LevelReading.Region, line: Int
  ) {
    guard !pieces.isEmpty else { return }
    guard let last = form.indicators.indices.last else {
      return note(.noPlace, CellText.join(pieces), line: pieces[0].line)
    }
    append(reason: pieces, to: last)
  }

  private mutating func append(reason pieces: [TextPiece], to index: Int) {
    let more = CellText.join(pieces)
    let isDeducted =
      (form.indicators[index].score.value ?? 0) < (form.indicators[index].weight.value ?? 0)
    guard isDeducted || !form.indicators[index].reason.isEmpty else {
      return note(.noPlace, more, line: pieces.first?.line)
    }
    form.indicators[index].reason += more
  }

  /// Where the indicator above has a reason and no name of a level stands between, the lines first
  /// in this one may still be that reason's. They are when this one's cells all stand on its last
  /// line and those before are too short to go on; else it stays open.
  private mutating func withoutReason(_ region: LevelReading.Region, line: Int) -> [TextPiece] {
    let pieces = region.cells
    guard let last = form.indicators.indices.last, !form.indicators[last].reason.isEmpty,
      region.level1 == nil, region.level2 == nil, region.before.isEmpty
    else { return pieces }
    let own = pieces.filter { $0.line == line }
    let above = pieces.filter { $0.line != line }
    guard !above.isEmpty else { return pieces }
    let cells = IndicatorCells(own, widths: widths)
    let isWhole =
      cells.isCertain && own.first.map { !IndicatorCells.isBound($0.text) } ?? false
      && !cells.target.isEmpty
    let isShort = TextLine.lines(above).allSatisfy { $0.width < widths.name - 3 }
    guard isWhole, isShort else {
      note(.ambiguous, CellText.join(above), line: above.first?.line)
      return pieces
    }
    append(reason: above, to: last)
    return own
  }

  /// What stands after the last score.
  private mutating func readRest(_ region: LevelReading.Region?, isCutOff: Bool) {
    guard let region else { return }
    let pieces = region.before + region.cells
    guard !pieces.isEmpty else { return }
    if isCutOff || form.indicators.isEmpty {
      for line in TextLine.lines(pieces) { note(.noPlace, line.text, line: line.number) }
    } else {
      append(reason: pieces, to: form.indicators.count - 1)
    }
  }

  /// Cuts the table at its pairs of weight and score: the last two of two or more numbers in a row.
  static func regions(_ pieces: [TextPiece]) -> ([IndicatorRegion], [TextPiece]) {
    var regions: [IndicatorRegion] = []
    var current: [TextPiece] = []
    var index = 0
    while index < pieces.count {
      guard let end = pairEnd(pieces, at: index) else {
        current.append(pieces[index])
        index += 1
        continue
      }
      current += pieces[index..<(end - 1)]
      let weight = pieces[end - 1]
      var reason: [TextPiece] = []
      var next = end + 1
      while next < pieces.count, pieces[next].line == pieces[end].line {
        reason.append(pieces[next])
        next += 1
      }
      regions.append(
        IndicatorRegion(
          pieces: current, weight: PrintedNumber(weight.text),
          score: PrintedNumber(pieces[end].text), reason: reason, line: weight.line))
      current = []
      index = next
    }
    return (regions, current.filter { !($0.startsLine && $0.endsLine && isPageMark($0.text)) })
  }

  /// The index of the score when a run of two or more numbers begins here.
  private static func pairEnd(_ pieces: [TextPiece], at start: Int) -> Int? {
    var end = start
    while end < pieces.count, isPlain(pieces[end].text) { end += 1 }
    return end - start >= 2 ? end - 1 : nil
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, CellText.isDigit(first) else { return false }
    let number = PrintedNumber(text)
    return number.value != nil && !number.isPercent
  }
}
