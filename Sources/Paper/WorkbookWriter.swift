import Base
import CXlsx
import Foundation

/// Writes sheets as a workbook (`.xlsx`) by Debian's libxlsxwriter, each on paper of A4.
public enum WorkbookWriter {
  /// The most a cell of a workbook holds, in units of UTF-16.
  static let longestText = 32_767

  /// - Throws: `workbook.text-too-long` with the sheet's name, `workbook.unwritable`.
  public static func bytes(_ sheets: [PrintedSheet]) throws -> [UInt8] {
    for sheet in sheets {
      let texts = sheet.titles + sheet.rows.flatMap { $0.cells.map(\.text) }
      guard texts.allSatisfy({ $0.utf16.count <= longestText }) else {
        throw Fault(.tooLarge, "workbook.text-too-long", ["sheet": sheet.name])
      }
    }
    // Debian's edition of the library writes to a file only.
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chengyun-xlsx-\(UUID().uuidString)")
    let unwritable = Fault(.broken, "workbook.unwritable")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw unwritable }
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "book.xlsx")
    guard let book = workbook_new(file.path) else { throw unwritable }
    var isWhole = true
    var styles = WorkbookStyles(book)
    for (sheet, name) in zip(sheets, SheetNames.of(sheets.map(\.name))) {
      guard let page = workbook_add_worksheet(book, name) else {
        isWhole = false
        break
      }
      var writer = WorkbookPage(page, sheet)
      isWhole = writer.write(&styles) && isWhole
    }
    // Closed in any case, since that is what frees it.
    guard workbook_close(book) == LXW_NO_ERROR, isWhole, let data = try? Data(contentsOf: file)
    else { throw unwritable }
    return [UInt8](data)
  }
}

/// The names of sheets as a workbook allows them: at most 31 units, some signs not, none twice.
enum SheetNames {
  private static let longest = 31

  static func of(_ wanted: [String]) -> [String] {
    var taken: Set<String> = ["history"]
    return wanted.map { wanted in
      let clean = Self.clean(wanted)
      var name = cut(clean, to: longest)
      var count = 1
      while name.isEmpty || !taken.insert(name.lowercased()).inserted {
        count += 1
        name = cut(clean, to: longest - "\(count)".count - 1) + (clean.isEmpty ? "" : " ")
        name += "\(count)"
      }
      return name
    }
  }

  private static func clean(_ name: String) -> String {
    let signs = name.unicodeScalars.map { "[]:*?/\\'".unicodeScalars.contains($0) ? " " : $0 }
      .filter { XMLText.isAllowed($0) && $0.value >= 0x20 }
    return String(String.UnicodeScalarView(signs)).trimmingCharacters(in: .whitespaces)
  }

  private static func cut(_ name: String, to count: Int) -> String {
    var short = name
    while short.utf16.count > count { short.removeLast() }
    return short.trimmingCharacters(in: .whitespaces)
  }
}

/// The formats of cells, each made once for a workbook.
struct WorkbookStyles {
  private struct Key: Hashable {
    let style: String
    let number: String
  }

  private let book: UnsafeMutablePointer<lxw_workbook>
  private var made: [Key: UnsafeMutablePointer<lxw_format>] = [:]

  init(_ book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

  mutating func title(isFirst: Bool) -> UnsafeMutablePointer<lxw_format>? {
    make(Key(style: isFirst ? "title" : "subtitle", number: "")) { format in
      format_set_font_size(format, isFirst ? 16 : 10.5)
      if isFirst { format_set_bold(format) }
      format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    }
  }

  mutating func cell(
    _ style: PrintedCell.Style, number: String
  ) -> UnsafeMutablePointer<lxw_format>? {
    make(Key(style: style.rawValue, number: number)) { format in
      format_set_font_size(format, 9)
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_text_wrap(format)
      let side =
        switch style {
        case .label, .figure: LXW_ALIGN_CENTER
        case .text: LXW_ALIGN_LEFT
        case .amount: LXW_ALIGN_RIGHT
        }
      format_set_align(format, UInt8(side.rawValue))
      if !number.isEmpty { format_set_num_format(format, number) }
    }
  }

  private mutating func make(
    _ key: Key, _ set: (UnsafeMutablePointer<lxw_format>) -> Void
  ) -> UnsafeMutablePointer<lxw_format>? {
    if let format = made[key] { return format }
    guard let format = workbook_add_format(book) else { return nil }
    format_set_font_name(format, "SimSun")
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    set(format)
    made[key] = format
    return format
  }
}
