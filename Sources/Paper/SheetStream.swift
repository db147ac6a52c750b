import Base

/// The rows of the first sheet of a workbook that holds anything, one after another.
///
/// What is read is what the cells hold, not how they show it: numbers with all their digits, days as
/// `2024-01-31`. A title above the header, a row of one cell, is passed over; merged cells count as
/// their first.
struct SheetStream: TableStream {
  /// Bytes of a workbook as it is packed.
  static let largestFile = 128 << 20
  /// Bytes of its sheet, or of its texts, when unpacked.
  static let largestPart = 256 << 20
  /// So many rows may be titles.
  private static let mostTitles = 5

  private let total: Int
  private let limits: CSVLimits
  private let cells: SheetReader
  private var walk: OfficeXMLWalk
  private var waiting: [PaperRow] = []
  /// Columns of the first row; later ones that are shorter are filled up with nothing.
  private var width = 0
  private var ordinal: Int

  /// - Throws: `file.not-text` for packed files that are no workbook, `table.empty`; the faults of
  ///   `ByteInput.read`, `ZipArchive` and `OfficeXML`.
  init(_ input: ByteInput, options: TableReader.Options) throws {
    let archive = try ZipArchive(Self.all(of: input))
    guard let book = try archive.part("xl/workbook.xml", limit: Self.largestPart) else {
      throw Fault(.invalid, "file.not-text", ["kind": PaperKind.zip.rawValue])
    }
    let workbook = try WorkbookReader(archive, book, limit: Self.largestPart)
    total = input.total
    limits = options.limits
    ordinal = options.columns == nil ? 0 : 1
    for sheet in workbook.sheets {
      guard let bytes = try archive.part(sheet.part, limit: Self.largestPart) else { continue }
      let cells = workbook.reader(.whole(since1904: workbook.isSince1904))
      var walk = try OfficeXMLWalk(bytes)
      guard let first = try Self.pull(&walk, cells) else { continue }
      (self.cells, self.walk, waiting) = (cells, walk, [first])
      try passTitles()
      return
    }
    throw Fault(.invalid, "table.empty")
  }

  var encoding: TextEncoding? { nil }

  /// Bytes of the file that what has been read stands for.
  var consumed: Int { Int(Double(total) * walk.done) }

  /// - Throws: `table.too-many-columns`, `table.field-too-large`, `table.row-too-large` with row and
  ///   line; `xml.damaged`.
  mutating func next() throws -> RawTableRow? {
    guard let row = try waiting.isEmpty ? Self.pull(&walk, cells) : waiting.removeFirst() else {
      return nil
    }
    defer { ordinal += 1 }
    let count = max(width, (row.cells.last?.column ?? -1) + 1)
    if width == 0 { width = count }
    guard count <= limits.columns else {
      throw fault("table.too-many-columns", limits.columns, row)
    }
    var bytes: [UInt8] = []
    var ends: [Int32] = []
    for cell in row.cells {
      while ends.count < cell.column { ends.append(Int32(bytes.count)) }
      let text = cell.lacksValue ? "" : cell.text
      guard text.utf8.count <= limits.field else {
        throw fault("table.field-too-large", limits.field, row)
      }
      bytes += text.utf8
      guard bytes.count <= limits.row else { throw fault("table.row-too-large", limits.row, row) }
      ends.append(Int32(bytes.count))
    }
    while ends.count < count { ends.append(Int32(bytes.count)) }
    return RawTableRow(
      text: TableRowText(bytes: bytes, ends: ends, encoding: .utf8), ordinal: ordinal,
      line: row.number, strayField: nil,
      valueless: row.cells.filter(\.lacksValue).map(\.column))
  }

  private static func all(of input: ByteInput) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = try input.read()
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= largestFile else {
        throw Fault(.tooLarge, "file.too-large", ["limit": String(largestFile)])
      }
    }
  }

  /// The next row that holds anything.
  private static func pull(_ walk: inout OfficeXMLWalk, _ cells: SheetReader) throws -> PaperRow? {
    while try walk.step(cells) {
      if let row = cells.takeRow() { return row }
    }
    return nil
  }

  /// A row of one cell above one of several is a title. A sheet of one column has none.
  private mutating func passTitles() throws {
    while waiting.count <= Self.mostTitles, waiting.last?.cells.count == 1,
      let row = try Self.pull(&walk, cells)
    {
      waiting.append(row)
    }
    if let last = waiting.last, last.cells.count > 1 { waiting = [last] }
  }

  private func fault(_ code: String, _ limit: Int, _ row: PaperRow) -> Fault {
    Fault(
      .invalid, code,
      ["limit": String(limit), "row": String(ordinal), "line": String(row.number)])
  }
}
