import Base

/// Input, encoding and scanner put together: the rows of delimited text, its header among them.
struct CSVStream: TableStream {
  /// So many bytes from the first that is not ASCII are looked at before the encoding is judged.
  private static let sampleSize = 4096
  /// Beginnings of files people take for delimited text.
  private static let foreign: [(kind: String, magic: [UInt8])] = [
    ("xls", [0xD0, 0xCF, 0x11, 0xE0]),
    ("pdf", [0x25, 0x50, 0x44, 0x46]), ("UTF-16", [0xFF, 0xFE]), ("UTF-16", [0xFE, 0xFF]),
  ]
  private static let marks: [(TextEncoding, mark: [UInt8])] = [
    (.utf8, [0xEF, 0xBB, 0xBF]), (.gb18030, [0x84, 0x31, 0x95, 0x33]),
  ]

  private let input: ByteInput
  private(set) var encoding: TextEncoding?
  private var scanner: CSVScanner
  private var chunk: [UInt8] = []
  private var position = 0
  private var isFinished = false

  init(_ input: ByteInput, options: TableReader.Options) throws {
    self.input = input
    encoding = options.encoding
    scanner = CSVScanner(
      delimiter: options.delimiter, limits: options.limits,
      firstOrdinal: options.columns == nil ? 0 : 1)
    chunk = try input.read()
    if let foreign = Self.foreign.first(where: { chunk.starts(with: $0.magic) }) {
      throw Fault(.invalid, "file.not-text", ["kind": foreign.kind])
    }
    if let (marked, mark) = Self.marks.first(where: { chunk.starts(with: $0.mark) }) {
      position = mark.count
      encoding = encoding ?? marked
    }
    try judgeEncoding()
  }

  var consumed: Int { input.consumed }

  mutating func next() throws -> RawTableRow? {
    while !isFinished {
      let isComplete = try chunk.withUnsafeBufferPointer {
        try scanner.scan($0, from: &position)
      }
      if isComplete { return takeRow() }
      chunk = try input.read()
      position = 0
      try judgeEncoding()
      if chunk.isEmpty {
        isFinished = true
        if try scanner.finish() { return takeRow() }
      }
    }
    return nil
  }

  private mutating func takeRow() -> RawTableRow {
    let row = RawTableRow(
      text: TableRowText(
        bytes: scanner.bytes, ends: scanner.ends, encoding: encoding ?? .utf8),
      ordinal: scanner.ordinal, line: scanner.rowLine, strayField: scanner.strayField)
    scanner.startNext()
    return row
  }

  /// Decides on the encoding at the first bytes that are not ASCII, with enough of them at hand.
  private mutating func judgeEncoding() throws {
    guard encoding == nil,
      let first = chunk[position...].firstIndex(where: { $0 >= 0x80 })
    else { return }
    var isWhole = false
    while !isWhole, chunk.count - first < Self.sampleSize {
      let more = try input.read()
      chunk += more
      isWhole = more.isEmpty
    }
    encoding = TextEncoding.detect(chunk[first...], complete: isWhole)
  }
}
