import Base

/// Reads delimited text row by row (RFC 4180), in memory that does not grow with the file.
///
/// Blank lines are passed over; a byte order mark is dropped. What is wrong with one row comes with
/// the row; what makes the rest unreadable is thrown, and thrown again if reading goes on.
///
/// A reference type: it is a place in an open file. Not to be shared between tasks.
public final class CSVReader {
  /// What is known of the file beforehand, and what it may ask of memory.
  public struct Options: Sendable {
    public var delimiter = CSVDelimiter.comma
    /// Nil to find out from the bytes.
    public var encoding: TextEncoding?
    /// The columns' names where the file has no header row.
    public var columns: [String]?
    public var limits = CSVLimits()

    public init() {}
  }

  public let header: CSVHeader
  private var stream: CSVStream
  private var failure: Fault?

  /// Opens a file, plain or gzip, and reads its header.
  ///
  /// - Throws: `csv.empty`, `csv.header-invalid`, `file.not-text`; the errors of `ByteInput` and of
  ///   `next()`.
  public convenience init(path: String, options: Options = Options()) throws {
    try self.init(ByteInput(path: path), options: options)
  }

  /// Reads the header from `input`; throws like `init(path:options:)`.
  public init(_ input: ByteInput, options: Options = Options()) throws {
    stream = try CSVStream(input, options: options)
    header = try options.columns.map(CSVHeader.init) ?? Self.header(&stream)
  }

  private static func header(_ stream: inout CSVStream) throws -> CSVHeader {
    guard let row = try stream.next() else { throw Fault(.invalid, "csv.empty") }
    guard row.text.broken.isEmpty else {
      throw Fault(
        .invalid, "csv.header-invalid",
        fields: row.text.broken.map { Fault.Field(String($0 + 1), "text-broken") })
    }
    return try CSVHeader(row.text.fields)
  }

  /// As asked for or found out; nil while nothing but ASCII has been met.
  public var encoding: TextEncoding? { stream.encoding }
  /// Bytes of the file read so far, of `total`.
  public var consumed: Int { stream.input.consumed }
  /// Bytes of the file on the disk; 0 where not known.
  public var total: Int { stream.input.total }

  /// The next row; nil at the end.
  ///
  /// - Throws: `csv.quote-open`, `csv.field-too-large`, `csv.row-too-large` and
  ///   `csv.too-many-columns` with row and line; the errors of `ByteInput.read`.
  public func next() throws -> CSVRow? {
    if let failure { throw failure }
    do {
      return try stream.next().map(row)
    } catch let fault as Fault {
      failure = fault
      throw fault
    }
  }

  private func row(_ raw: CSVStream.Row) -> CSVRow {
    CSVRow(
      ordinal: raw.ordinal, line: raw.line, header: header, problem: problem(raw),
      text: raw.text)
  }

  private func problem(_ row: CSVStream.Row) -> Fault? {
    let expected = header.names.count
    let found = row.text.count
    if row.text.broken.isEmpty, row.strayField == nil, found == expected { return nil }
    var fields = row.text.broken.map { Fault.Field(columnName($0), "text-broken") }
    if let stray = row.strayField { fields.append(Fault.Field(columnName(stray), "quote-stray")) }
    if found != expected {
      fields.append(
        Fault.Field(
          "line \(row.line)", "row-ragged",
          ["expected": String(expected), "found": String(found)]))
    }
    return Fault(
      .invalid, "csv.row-invalid", ["row": String(row.ordinal), "line": String(row.line)],
      fields: fields)
  }

  /// The name of a column, or its number from 1 where it has none.
  private func columnName(_ place: Int) -> String {
    let name = header.names.indices.contains(place) ? header.names[place] : ""
    return name.isEmpty ? String(place + 1) : name
  }
}
