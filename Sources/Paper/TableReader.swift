import Base

/// Reads a table row by row: delimited text (RFC 4180), in memory that does not grow with the file, or
/// the first sheet of a workbook (`.xlsx`).
///
/// Blank lines are passed over; a byte order mark is dropped. What is wrong with one row comes with
/// the row; what makes the rest unreadable is thrown, and thrown again if reading goes on.
///
/// A reference type: it is a place in an open file. Not to be shared between tasks.
public final class TableReader {
  /// What is known of the file beforehand, and what it may ask of memory.
  public struct Options: Sendable {
    public var delimiter = CSVDelimiter.comma
    /// Nil to find out from the bytes. This and the delimiter are of text only.
    public var encoding: TextEncoding?
    /// The columns' names where the file has no header row.
    public var columns: [String]?
    public var limits = CSVLimits()

    public init() {}
  }

  public let header: TableHeader
  private let input: ByteInput
  private var stream: any TableStream
  private var failure: Fault?

  /// Opens a file, plain or gzip, and reads its header.
  ///
  /// - Throws: `table.empty`, `table.header-invalid`, `file.not-text`; the errors of `ByteInput` and of
  ///   `next()`; of workbooks `zip.damaged`, `zip.encrypted`, `zip.too-large` and `xml.damaged`.
  public convenience init(path: String, options: Options = Options()) throws {
    try self.init(ByteInput(path: path), options: options)
  }

  /// Reads the header from `input`; throws like `init(path:options:)`.
  public init(_ input: ByteInput, options: Options = Options()) throws {
    self.input = input
    stream =
      input.isPacked
      ? try SheetStream(input, options: options) : try CSVStream(input, options: options)
    header = try options.columns.map(TableHeader.init) ?? Self.header(&stream)
  }

  private static func header(_ stream: inout any TableStream) throws -> TableHeader {
    guard let row = try stream.next() else { throw Fault(.invalid, "table.empty") }
    guard row.text.broken.isEmpty else {
      throw Fault(
        .invalid, "table.header-invalid",
        fields: row.text.broken.map { Fault.Field(String($0 + 1), "text-broken") })
    }
    return try TableHeader(row.text.fields)
  }

  /// As asked for or found out; nil while nothing but ASCII has been met, and of a workbook.
  public var encoding: TextEncoding? { stream.encoding }
  /// Bytes of the file read so far, of `total`.
  public var consumed: Int { stream.consumed }
  /// Bytes of the file on the disk; 0 where not known.
  public var total: Int { input.total }

  /// The next row; nil at the end.
  ///
  /// - Throws: `table.quote-open`, `table.field-too-large`, `table.row-too-large` and
  ///   `table.too-many-columns` with row and line; the errors of `ByteInput.read`.
  public func next() throws -> TableRow? {
    if let failure { throw failure }
    do {
      return try stream.next().map(row)
    } catch let fault as Fault {
      failure = fault
      throw fault
    }
  }

  private func row(_ raw: RawTableRow) -> TableRow {
    TableRow(
      ordinal: raw.ordinal, line: raw.line, header: header, problem: problem(raw),
      text: raw.text)
  }

  private func problem(_ row: RawTableRow) -> Fault? {
    let expected = header.names.count
    let found = row.text.count
    if row.text.broken.isEmpty, row.strayField == nil, row.valueless.isEmpty, found == expected {
      return nil
    }
    var fields = row.text.broken.map { Fault.Field(columnName($0), "text-broken") }
    if let stray = row.strayField { fields.append(Fault.Field(columnName(stray), "quote-stray")) }
    fields += row.valueless.map { Fault.Field(columnName($0), "formula-empty") }
    if found != expected {
      fields.append(
        Fault.Field(
          "line \(row.line)", "row-ragged",
          ["expected": String(expected), "found": String(found)]))
    }
    return Fault(
      .invalid, "table.row-invalid", ["row": String(row.ordinal), "line": String(row.line)],
      fields: fields)
  }

  /// The name of a column, or its number from 1 where it has none.
  private func columnName(_ place: Int) -> String {
    let name = header.names.indices.contains(place) ? header.names[place] : ""
    return name.isEmpty ? String(place + 1) : name
  }
}

/// Where the rows of a table come from.
protocol TableStream {
  /// Of text; nil where there is none to be found out.
  var encoding: TextEncoding? { get }
  /// Bytes of the file that what has been read stands for.
  var consumed: Int { get }
  mutating func next() throws -> RawTableRow?
}
