/// The rows of a sheet. Of merged cells only the first holds something, with the columns it spans.
final class SheetReader: OfficeXMLHandler {
  /// How numbers are read.
  enum Numbers {
    case asShown
    /// With all they hold, days and moments in digits (`NumberFormat.whole`).
    case whole(since1904: Bool)
  }

  private let strings: [String]
  private let formats: [NumberFormat]
  private let numbers: Numbers
  private var isRowWhole = false
  private var filled: [(row: Int, cell: PaperCell)] = []
  private var spans: [Place: Int] = [:]
  /// The columns of each row that merged areas cover.
  private var covered: [Int: [ClosedRange<Int>]] = [:]
  private var coveredCount = 0

  private struct Place: Hashable {
    let row: Int
    let column: Int
  }

  private var row = 0
  private var column = -1
  private var type = ""
  private var style = 0
  private var value: String?
  private var formula: String?
  private var text = ""
  private var isTaken = false

  init(strings: [String], formats: [NumberFormat], numbers: Numbers) {
    self.strings = strings
    self.formats = formats
    self.numbers = numbers
  }

  var rows: [PaperRow] {
    var rows: [PaperRow] = []
    var cells: [PaperCell] = []
    var number = filled.first?.row ?? 0
    for (row, cell) in filled {
      if row != number {
        rows.append(PaperRow(number: number, cells: cells))
        cells = []
        number = row
      }
      let place = Place(row: row, column: cell.column)
      guard !isCovered(place) else { continue }
      cells.append(
        PaperCell(
          column: cell.column, span: spans[place] ?? 1, text: cell.text,
          lacksValue: cell.lacksValue))
    }
    if !cells.isEmpty { rows.append(PaperRow(number: number, cells: cells)) }
    return rows
  }

  /// The row that has just ended, which is then no longer held; nil while none has, and of one that
  /// holds nothing. What is merged is told at the end of a sheet only, and so unknown here.
  func takeRow() -> PaperRow? {
    guard isRowWhole else { return nil }
    isRowWhole = false
    defer { filled.removeAll(keepingCapacity: true) }
    return filled.last.map { last in
      PaperRow(number: last.row, cells: filled.map(\.cell).sorted { $0.column < $1.column })
    }
  }

  /// Within a merged area but not its first cell.
  private func isCovered(_ place: Place) -> Bool {
    spans[place] == nil && (covered[place.row] ?? []).contains { $0.contains(place.column) }
  }

  func began(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "row":
      row = attributes["r"].flatMap { Self.row($0) } ?? min(row + 1, Self.lastRow)
      column = -1
    case "c": beginCell(attributes)
    case "v", "f", "t":
      text = ""
      isTaken = true
    case "rPh": isTaken = false
    case "mergeCell": merge(attributes["ref"] ?? "")
    default: break
    }
  }

  func ended(_ name: String) {
    switch name {
    case "v": value = text
    case "f": formula = text
    case "t": value = (value ?? "") + text
    case "c": endCell()
    case "row": isRowWhole = true
    default: return
    }
    isTaken = false
  }

  func read(_ more: String) {
    if isTaken { text += more }
  }

  private func beginCell(_ attributes: [String: String]) {
    column = attributes["r"].flatMap { Self.place($0)?.column } ?? min(column + 1, 16_383)
    type = attributes["t"] ?? "n"
    style = attributes["s"].flatMap { Int($0) } ?? 0
    value = nil
    formula = nil
  }

  private func endCell() {
    var shown = ""
    if let value {
      switch type {
      case "s":
        shown = Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
      case "n":
        shown = formats.indices.contains(style) ? number(value, formats[style]) : value
      case "b": shown = value == "1" ? "TRUE" : "FALSE"
      default: shown = value
      }
    }
    let lacksValue = formula != nil && (value ?? "").isEmpty
    guard lacksValue || !shown.allSatisfy(\.isWhitespace) else { return }
    let content = lacksValue ? "=" + (formula ?? "") : shown
    filled.append((row, PaperCell(column: column, text: content, lacksValue: lacksValue)))
  }

  private func number(_ value: String, _ format: NumberFormat) -> String {
    switch numbers {
    case .asShown: format.show(value)
    case .whole(let since1904): format.whole(value, since1904: since1904)
    }
  }

  private func merge(_ area: String) {
    let ends = area.split(separator: ":").compactMap { Self.place(String($0)) }
    guard ends.count == 2, ends[0].row <= ends[1].row, ends[0].column <= ends[1].column,
      coveredCount < Self.mostCovered
    else { return }
    spans[ends[0]] = ends[1].column - ends[0].column + 1
    for row in ends[0].row...min(ends[1].row, ends[0].row + 10_000) {
      covered[row, default: []].append(ends[0].column...ends[1].column)
      coveredCount += 1
    }
  }

  /// More merged rows than any form has are not looked at.
  private static let mostCovered = 100_000

  /// The last row that a workbook may have.
  private static let lastRow = 1_048_576

  private static func row(_ text: some StringProtocol) -> Int? {
    Int(text).flatMap { (1...lastRow).contains($0) ? $0 : nil }
  }

  /// `B12` is row 12, column 1.
  private static func place(_ name: String) -> Place? {
    let letters = name.prefix { $0.isLetter }
    guard !letters.isEmpty, letters.count <= 3, let row = row(name.dropFirst(letters.count)) else {
      return nil
    }
    let column = letters.uppercased().unicodeScalars.reduce(0) {
      $0 * 26 + Int($1.value) - 64
    }
    return (1...16_384).contains(column) ? Place(row: row, column: column - 1) : nil
  }
}
