/// Parts the text of 预期目标 from that of 实际完成情况 where one follows the other without a sign.
///
/// The two stand in cells side by side, so a line that ends before the cell's edge ends a paragraph,
/// and only there one text can end and the other begin.
struct GoalSplit {
  private(set) var goal = ""
  private(set) var result = ""
  private(set) var isCertain = true
  /// The first line of the result as read, and its text.
  private(set) var line: Int?
  private(set) var doubt = ""

  init(_ lines: [TextLine]) {
    guard lines.count > 1 else {
      parse(single: lines.first)
      return
    }
    var (place, isCertain) = Self.place(lines)
    if !isCertain, let columns = TwoColumns.place(lines) { (place, isCertain) = (columns, true) }
    goal = CellText.join(lines[..<place].flatMap(\.pieces))
    result = CellText.join(lines[place...].flatMap(\.pieces))
    self.isCertain = isCertain
    line = lines[place].number
    doubt = lines[place].text
  }

  /// On one line two texts are two cells; a single one could be either.
  private mutating func parse(single line: TextLine?) {
    let pieces = line?.pieces ?? []
    self.line = line?.number
    doubt = CellText.join(pieces)
    let half = pieces.count / 2
    let isDoubled =
      pieces.count % 2 == 0 && CellText.join(pieces[..<half]) == CellText.join(pieces[half...])
    guard pieces.count == 2 || isDoubled, half > 0 else {
      isCertain = false
      return
    }
    goal = CellText.join(pieces[..<half])
    result = CellText.join(pieces[half...])
  }

  /// The first line of the result.
  private static func place(_ lines: [TextLine]) -> (Int, Bool) {
    if let place = repetition(lines) { return (place, true) }
    let blocks = lines.indices.dropFirst().filter { lines[$0].afterBlank }
    // Blank lines say nothing where every line has one.
    if blocks.count == 1, lines.count > 2 { return (blocks[0], true) }
    let widest = lines.map(\.width).max() ?? 0
    let ends = lines.indices.dropFirst().filter { lines[$0 - 1].width < widest - 5 }
    if ends.count == 1 { return (ends[0], true) }
    if ends.isEmpty {
      let stops = lines.indices.dropFirst().filter { endsSentence(lines[$0 - 1]) }
      if stops.count == 1 { return (stops[0], true) }
      return (stops.first ?? lines.count - 1, false)
    }
    let head = opening(lines[0])
    let restarts = ends.filter { !head.isEmpty && opening(lines[$0]) == head }
    if restarts.count == 1 { return (restarts[0], true) }
    let stops = ends.filter { endsSentence(lines[$0 - 1]) }
    if stops.count == 1, isColumn(lines[..<(stops[0] - 1)], widest) { return (stops[0], true) }
    return (stops.first ?? ends[0], false)
  }

  /// Lines as wide as one another, but not as the widest of all: those of the narrower cell.
  private static func isColumn(_ lines: ArraySlice<TextLine>, _ widest: Int) -> Bool {
    let width = lines.map(\.width).max() ?? 0
    return width * 10 >= widest * 6 && lines.allSatisfy { $0.width >= width - 5 }
  }

  /// Where the second half says the first half again, letter by letter.
  private static func repetition(_ lines: [TextLine]) -> Int? {
    let texts = lines.map { $0.pieces.reduce(into: "") { $0 += $1.text } }
    let counts = texts.map(\.unicodeScalars.count)
    let sum = counts.reduce(0, +)
    guard sum % 2 == 0 else { return nil }
    var before = 0
    for (index, count) in counts.enumerated() {
      if before == sum / 2, index > 0 {
        return texts[..<index].joined() == texts[index...].joined() ? index : nil
      }
      before += count
    }
    return nil
  }

  static func endsSentence(_ line: TextLine) -> Bool {
    guard let last = line.pieces.last?.text.unicodeScalars.last else { return false }
    return "。！？”\"".unicodeScalars.contains(last)
  }

  /// The number that opens a paragraph (`1、`, `一、`, `（1）`), or else its first words: a result
  /// often begins as its goal does.
  private static func opening(_ line: TextLine) -> String {
    let text = line.text
    let head = text.prefix(5)
    for mark in ["、", ".", "．", "）", ")"] {
      if let end = head.range(of: mark), end.lowerBound > head.startIndex {
        return String(head[..<end.upperBound])
      }
    }
    return text.count >= 6 ? String(text.prefix(6)) : ""
  }
}
