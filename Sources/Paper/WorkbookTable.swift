import Base
import CXlsx
import Foundation

/// A workbook of one table, by Debian's libxlsxwriter: its header stays in sight and filters the rows.
///
/// The library keeps one row in memory (its `constant_memory`), so rows come in their order.
final class WorkbookTable {
  private typealias Format = UnsafeMutablePointer<lxw_format>

  private var book: UnsafeMutablePointer<lxw_workbook>?
  private let page: UnsafeMutablePointer<lxw_worksheet>
  private let columns: Int
  private let moment: Format
  private var row: UInt32 = 1

  /// - Throws: `table.unwritable`.
  init(path: String, name: String, columns: [TableWriter.Column]) throws {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    let opened = folder.withCString { folder in
      // The library only reads the name of the folder.
      var options = lxw_workbook_options(
        constant_memory: 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
      return workbook_new_opt(path, &options)
    }
    guard let book = opened, let page = workbook_add_worksheet(book, SheetNames.of([name])[0]),
      let head = workbook_add_format(book), let moment = workbook_add_format(book)
    else {
      if let opened { _ = workbook_close(opened) }
      throw TableWriter.unwritable
    }
    (self.book, self.page, self.columns, self.moment) = (book, page, columns.count, moment)
    format_set_bold(head)
    format_set_bottom(head, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_num_format(moment, "yyyy-mm-dd hh:mm")
    for (place, column) in columns.enumerated() {
      worksheet_set_column(page, UInt16(place), UInt16(place), Double(column.width), nil)
      worksheet_write_string(page, 0, UInt16(place), column.title, head)
    }
    worksheet_freeze_panes(page, 1, 0)
  }

  deinit {
    if let book { _ = workbook_close(book) }
  }

  /// - Throws: `table.unwritable`, `workbook.text-too-long`.
  func write(_ cells: [TableWriter.Cell]) throws {
    for (place, cell) in cells.enumerated() {
      guard try write(cell, UInt16(place)) == LXW_NO_ERROR else { throw TableWriter.unwritable }
    }
    row += 1
  }

  private func write(_ cell: TableWriter.Cell, _ place: UInt16) throws -> lxw_error {
    switch cell {
    case .empty: return LXW_NO_ERROR
    case .text(let text): return try write(text, place)
    case .count(let count): return worksheet_write_number(page, row, place, Double(count), nil)
    case .decimal(let text):
      // 15 digits are all that a workbook keeps.
      guard text.count(where: \.isNumber) <= 15, let number = Double(text), number.isFinite else {
        return try write(text, place)
      }
      return worksheet_write_number(page, row, place, number, nil)
    case .moment(let time):
      let day = time.day.parts
      var date = lxw_datetime(
        year: Int32(day.year), month: Int32(day.month), day: Int32(day.day),
        hour: Int32(time.hour), min: Int32(time.minute), sec: Double(time.second))
      return worksheet_write_datetime(page, row, place, &date, moment)
    }
  }

  private func write(_ text: String, _ place: UInt16) throws -> lxw_error {
    guard text.utf16.count <= WorkbookWriter.longestText else {
      throw Fault(.tooLarge, "workbook.text-too-long", ["sheet": String(row)])
    }
    return text.isEmpty ? LXW_NO_ERROR : worksheet_write_string(page, row, place, text, nil)
  }

  /// - Throws: `table.unwritable`.
  func finish() throws {
    guard let book else { return }
    worksheet_autofilter(page, 0, 0, max(1, row - 1), UInt16(max(1, columns) - 1))
    self.book = nil
    guard workbook_close(book) == LXW_NO_ERROR else { throw TableWriter.unwritable }
  }
}
