import CXlsx
import Foundation

/// Writes one sheet of a workbook. Rows are made as high as their text, since a workbook does that
/// itself for no merged cell; a row that would be higher than a workbook allows becomes several.
struct WorkbookPage {
  private let page: UnsafeMutablePointer<lxw_worksheet>
  private let sheet: PrintedSheet
  private let plan: WorkbookRows
  private var isWhole = true

  init(_ page: UnsafeMutablePointer<lxw_worksheet>, _ sheet: PrintedSheet) {
    self.page = page
    self.sheet = sheet
    plan = WorkbookRows(sheet)
  }

  /// False when the library refused something.
  mutating func write(_ styles: inout WorkbookStyles) -> Bool {
    setPaper()
    let last = UInt16(max(1, sheet.columns.count) - 1)
    for (index, title) in sheet.titles.enumerated() {
      let row = UInt32(index)
      check(worksheet_set_row(page, row, index == 0 ? 26 : 18, nil))
      let format = styles.title(isFirst: index == 0)
      if last > 0 { check(worksheet_merge_range(page, row, 0, row, last, "", format)) }
      check(worksheet_write_string(page, row, 0, Self.clean(title), format))
    }
    for (index, row) in sheet.rows.enumerated() {
      for part in 0..<plan.parts[index] {
        check(worksheet_set_row(page, UInt32(plan.starts[index] + part), plan.height(index), nil))
      }
      for cell in row.cells { write(cell, index, &styles) }
    }
    return isWhole
  }

  private mutating func setPaper() {
    // 9 is A4.
    worksheet_set_paper(page, 9)
    if sheet.isWide { worksheet_set_landscape(page) }
    worksheet_fit_to_pages(page, 1, 0)
    worksheet_set_margins(page, 0.47, 0.47, 0.55, 0.55)
    worksheet_center_horizontally(page)
    worksheet_set_footer(page, "&C&8&P / &N")
    for (column, width) in sheet.columns.enumerated() {
      let place = UInt16(column)
      check(
        worksheet_set_column(page, place, place, WorkbookRows.units(width), nil))
    }
    if let head = sheet.rows.lastIndex(where: \.isHead) {
      let row = UInt32(plan.starts[head])
      check(worksheet_repeat_rows(page, row, row))
    }
  }

  private mutating func write(_ cell: PrintedCell, _ row: Int, _ styles: inout WorkbookStyles) {
    let number = cell.style == .figure || cell.style == .amount ? CellNumber(cell.text) : nil
    let format = styles.cell(cell.style, number: number?.format ?? "")
    let top = UInt32(plan.starts[row])
    let bottom = UInt32(plan.end(of: row + cell.rows - 1) - 1)
    let (left, right) = (UInt16(cell.column), UInt16(cell.columns.upperBound - 1))
    if top < bottom || left < right {
      check(worksheet_merge_range(page, top, left, bottom, right, "", format))
    }
    if let number {
      check(worksheet_write_number(page, top, left, number.stored, format))
    } else if !cell.text.isEmpty {
      check(worksheet_write_string(page, top, left, Self.clean(cell.text), format))
    } else {
      check(worksheet_write_blank(page, top, left, format))
    }
  }

  private mutating func check(_ result: lxw_error) {
    if result != LXW_NO_ERROR { isWhole = false }
  }

  private static func clean(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(XMLText.isAllowed)))
  }
}

/// How high the rows of a sheet are, and where they stand in the workbook.
struct WorkbookRows {
  /// A width in a workbook's unit, a digit of its usual font: 7 of 96 points of an inch, and 5 of
  /// them are margin of every column.
  static func units(_ millimetres: Int) -> Double {
    max(1, (Double(millimetres) * 96 / 25.4 - 5) / 7)
  }

  /// Points; a workbook allows 409.
  private static let highest = 400.0
  /// Points of a line of text of 9 points.
  private static let line = 12.5

  /// The first row of each, from 0, below the titles.
  private(set) var starts: [Int] = []
  /// Into how many rows each is cut.
  private(set) var parts: [Int] = []
  private var heights: [Double] = []

  init(_ sheet: PrintedSheet) {
    heights = sheet.rows.map { row in
      row.cells.filter { $0.rows == 1 }.map { Self.height($0, sheet) }.max() ?? Self.line + 4
    }
    // What spans several rows and finds no room in them gets it in the last.
    for (index, row) in sheet.rows.enumerated() {
      for cell in row.cells where cell.rows > 1 {
        let end = min(index + cell.rows, heights.count)
        let room = heights[index..<end].reduce(0, +)
        heights[end - 1] += max(0, Self.height(cell, sheet) - room)
      }
    }
    parts = heights.map { max(1, Int(($0 / Self.highest).rounded(.up))) }
    var next = sheet.titles.count
    for count in parts {
      starts.append(next)
      next += count
    }
  }

  /// Of each part of a row, in points.
  func height(_ row: Int) -> Double { heights[row] / Double(parts[row]) }

  /// The row after this one's last part; of a row beyond the end, the end.
  func end(of row: Int) -> Int {
    let row = min(row, starts.count - 1)
    return starts[row] + parts[row]
  }

  private static func height(_ cell: PrintedCell, _ sheet: PrintedSheet) -> Double {
    // A character of half width is 4.5 points, which is 1.6 mm; a cell keeps 2 mm free.
    let room = max(2, Int((Double(sheet.width(cell)) - 2) / 1.6))
    let lines = cell.text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
      $0 + max(1, (halves($1) + room - 1) / room)
    }
    return Double(lines) * line + 4
  }

  /// In halves of a Chinese character.
  private static func halves(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2000 ? 1 : 2) }
  }
}

/// A figure as a workbook can keep it: a number that is shown as it was written.
struct CellNumber: Equatable {
  let stored: Double
  let format: String

  /// Nil of what is no number, or would be shown otherwise.
  init?(_ text: String) {
    let isPercent = text.hasSuffix("%")
    let digits = text.filter { $0 != "," && $0 != "%" }
    let isPlain = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    guard isPlain, digits.count <= 15, let number = Double(digits) else { return nil }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let places = parts.count > 1 ? "." + String(repeating: "0", count: parts[1].count) : ""
    format = (text.contains(",") ? "#,##0" : "0") + places + (isPercent ? "%" : "")
    stored = isPercent ? number / 100 : number
    guard NumberFormat(code: format).show("\(stored)") == text else { return nil }
  }
}
