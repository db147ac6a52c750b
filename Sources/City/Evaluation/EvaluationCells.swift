/// Parts what stands before a weight into the name of an indicator, its target and its actual value.
struct IndicatorCells {
  private(set) var name = ""
  private(set) var target = ""
  private(set) var actual = ""
  private(set) var isCertain = true

  private let widths: ColumnWidths

  init(_ pieces: [TextPiece], widths: ColumnWidths) {
    self.widths = widths
    guard !pieces.isEmpty, pieces.count <= Self.most else {
      // Nothing of a form is so long: it is kept whole, and reported.
      name = CellText.join(pieces)
      isCertain = false
      return
    }
    if let place = pieces.indices.dropFirst().first(where: { Self.isBound(pieces[$0].text) }) {
      name = CellText.join(pieces[..<place])
      parseBound(Array(pieces[place...]))
    } else if let count = Self.verdict(pieces) {
      actual = CellText.join(pieces[(pieces.count - count)...])
      parseNameAndTarget(Array(pieces[..<(pieces.count - count)]))
    } else if let (from, middle) = Self.echo(pieces) {
      name = CellText.join(pieces[..<from])
      target = CellText.join(pieces[from..<middle])
      actual = CellText.join(pieces[middle...])
    } else {
      parseByLines(pieces)
    }
  }

  /// More pieces than any three cells have, since every way to part them is looked at.
  private static let most = 300

  /// Beginning with a sign of comparison, as targets of figures do.
  static func isBound(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return "=≥≤><＝＞＜≧≦⩾⩽".unicodeScalars.contains(first)
  }

  /// How many pieces at the end say that a target is reached, or not; nil when they do not.
  private static func verdict(_ pieces: [TextPiece]) -> Int? {
    for count in 1...2 where pieces.count >= count {
      let text = pieces.suffix(count).reduce(into: "") { $0 += $1.text }
      if verdicts.contains(text) { return count }
    }
    return nil
  }

  private static let verdicts: Set<String> = [
    "达成指标", "未达成指标", "部分达成指标", "基本达成指标", "达成预期指标", "部分达成预期指标并具有一定效果",
    "未达成预期指标且效果较差",
  ]

  /// The target said again as the actual value; the longest such.
  private static func echo(_ pieces: [TextPiece]) -> (Int, Int)? {
    var best: (Int, Int)?
    for middle in pieces.indices.dropFirst(2) {
      let right = pieces[middle...].reduce(into: "") { $0 += $1.text }
      var left = ""
      for from in (1..<middle).reversed() {
        left = pieces[from].text + left
        if left.utf8.count >= right.utf8.count {
          if left == right, best == nil || middle < best?.1 ?? 0 { best = (from, middle) }
          break
        }
      }
    }
    return best
  }
}

// MARK: - Bounds

extension IndicatorCells {
  /// A target that begins with a sign, then the actual value.
  private mutating func parseBound(_ pieces: [TextPiece]) {
    if let count = Self.verdict(pieces), count < pieces.count {
      target = CellText.join(pieces[..<(pieces.count - count)])
      actual = CellText.join(pieces[(pieces.count - count)...])
      return
    }
    if let second = pieces.indices.dropFirst().first(where: { Self.isBound(pieces[$0].text) }) {
      return take(pieces, second)
    }
    switch pieces.count {
    case 1:
      target = CellText.join(pieces)
      isCertain = false
    case 2: take(pieces, 1)
    default: splitBound(pieces)
    }
  }

  private mutating func take(_ pieces: [TextPiece], _ place: Int) {
    target = CellText.join(pieces[..<place])
    actual = CellText.join(pieces[place...])
  }

  /// The actual value has the shape of its target: the same words and units around its figures. Else
  /// brackets that close say where a cell ends.
  private mutating func splitBound(_ pieces: [TextPiece]) {
    let texts = pieces.indices.dropFirst().map { place in
      (
        place, Self.unbound(pieces[..<place].reduce(into: "") { $0 += $1.text }),
        pieces[place...].reduce(into: "") { $0 += $1.text }
      )
    }
    let rules: [(String, String) -> Bool] = [
      { $0 == $1 },
      { Self.shape($0) == Self.shape($1) },
      { Self.isClosed($0) && Self.isClosed($1) && Self.unit($0) == Self.unit($1) },
      { Self.isClosed($0) && Self.isClosed($1) && Self.startsWithFigure($1) },
    ]
    for rule in rules {
      let places = texts.filter { rule($0.1, $0.2) }.map(\.0)
      if places.count == 1 { return take(pieces, places[0]) }
      if places.count > 1 { break }
    }
    isCertain = false
    take(pieces, pieces.count - 1)
  }

  private static func unbound(_ text: String) -> String {
    String(text.drop { isBound(String($0)) })
  }

  /// The text with every figure as one sign.
  private static func shape(_ text: String) -> String {
    var shape = ""
    var inFigure = false
    for scalar in text.unicodeScalars {
      let isFigure =
        CellText.isDigit(scalar) || (inFigure && (scalar == "." || scalar == "," || scalar == "．"))
      if !isFigure { shape.unicodeScalars.append(scalar) } else if !inFigure { shape.append("#") }
      inFigure = isFigure
    }
    return shape
  }

  private static func unit(_ text: String) -> String {
    String(shape(text).drop { $0 == "#" || $0 == "." })
  }

  private static func startsWithFigure(_ text: String) -> Bool {
    text.unicodeScalars.first.map(CellText.isDigit) ?? false
  }

  /// Every bracket that opens also closes, and none closes that did not open.
  private static func isClosed(_ text: String) -> Bool {
    var depth = 0
    for scalar in text.unicodeScalars {
      if scalar == "(" || scalar == "（" { depth += 1 }
      if scalar == ")" || scalar == "）" { depth -= 1 }
      if depth < 0 { return false }
    }
    return depth == 0
  }
}

// MARK: - Words

extension IndicatorCells {
  private mutating func set(_ pieces: [TextPiece], _ place: Int, certain: Bool = true) {
    name = CellText.join(pieces[..<place])
    target = CellText.join(pieces[place...])
    isCertain = isCertain && certain
  }

  /// A name and a target in words, one after the other.
  private mutating func parseNameAndTarget(_ pieces: [TextPiece]) {
    let lines = TextLine.lines(pieces)
    guard pieces.count > 1, let last = lines.last else {
      name = CellText.join(pieces)
      isCertain = false
      return
    }
    // The actual value stands on the line of the target's end, if that is one line.
    if lines.count == 1 {
      let (place, isCertain) = Self.split(last.pieces)
      return set(pieces, place, certain: isCertain)
    }
    if let place = Self.onlyGap(lines) { return set(pieces, place) }
    if last.pieces.last?.endsLine == false {
      // On one line with the actual value: the whole line is the target, the lines above the name.
      let above = pieces.count - last.pieces.count
      return set(pieces, above, certain: nameLines(Array(lines.dropLast())))
    }
    let places = (1..<lines.count).filter {
      nameLines(Array(lines[..<$0])) && Self.targetLines(Array(lines[$0...]))
    }
    let chosen = places.last ?? 1
    let place = lines[..<chosen].reduce(0) { $0 + $1.pieces.count }
    set(pieces, place, certain: places.count == 1)
  }

  /// The one gap within a line of several that parts two cells, counted in pieces.
  private static func onlyGap(_ lines: [TextLine]) -> Int? {
    var found: Int?
    var before = 0
    for line in lines {
      for place in line.pieces.indices.dropFirst()
      where !isSetting(line.pieces[place - 1].text, line.pieces[place].text) {
        guard found == nil else { return nil }
        found = before + place
      }
      before += line.pieces.count
    }
    return found
  }

  /// All but the last are as wide as the column, or nearly.
  private func nameLines(_ lines: [TextLine]) -> Bool {
    lines.dropLast().allSatisfy { $0.width >= widths.name - 3 }
  }

  private static func targetLines(_ lines: [TextLine]) -> Bool {
    let widest = lines.map(\.width).max() ?? 0
    return lines.dropLast().allSatisfy { $0.width >= widest - 3 }
  }

  /// On one line: the one gap that setting does not put between words and figures.
  private static func split(_ pieces: [TextPiece]) -> (Int, Bool) {
    guard pieces.count > 2 else { return (1, pieces.count == 2) }
    let gaps = pieces.indices.dropFirst()
    let plain = gaps.filter { !isSetting(pieces[$0 - 1].text, pieces[$0].text) }
    if plain.count == 1 { return (plain[0], true) }
    if plain.isEmpty {
      // A year and a month are one date.
      let beforeDate = gaps.filter {
        $0 + 1 < pieces.count && pieces[$0].text.hasSuffix("年")
          && (pieces[$0].text.unicodeScalars.first.map(CellText.isDigit) ?? false)
      }
      if beforeDate.count == 1 { return (beforeDate[0], true) }
    }
    return (plain.last ?? gaps.upperBound - 1, false)
  }

  /// A gap between a Chinese character and a Latin letter or figure may come from setting.
  private static func isSetting(_ left: String, _ right: String) -> Bool {
    guard let last = left.unicodeScalars.last, let first = right.unicodeScalars.first else {
      return false
    }
    return CellText.isNarrowWord(last) != CellText.isNarrowWord(first)
  }

  /// Without a sign, a verdict or an echo only the lines remain: three texts on one line, or a name
  /// above two.
  private mutating func parseByLines(_ pieces: [TextPiece]) {
    let lines = TextLine.lines(pieces)
    guard pieces.count >= 3, let last = lines.last else {
      name = CellText.join(pieces)
      isCertain = false
      return
    }
    let isThree = lines.count == 1 && pieces.count == 3
    let isTwo = lines.count > 1 && last.pieces.count == 2 && nameLines(Array(lines.dropLast()))
    let end = pieces.count - 1
    actual = pieces[end].text
    name = CellText.join(pieces[..<(end - 1)])
    target = pieces[end - 1].text
    isCertain = isThree || isTwo
  }
}
