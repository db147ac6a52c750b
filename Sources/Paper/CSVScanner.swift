import Base

/// What separates the fields of a row.
///
/// Only characters whose byte is never part of a longer character, in UTF-8 and GB 18030 alike.
public enum CSVDelimiter: Sendable, CaseIterable {
  case comma, tab, semicolon

  var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .tab: 0x09
    case .semicolon: 0x3B
    }
  }
}

/// How much a file may ask of memory.
public struct CSVLimits: Sendable {
  /// Bytes of one field.
  public var field: Int
  /// Bytes of one row.
  public var row: Int
  public var columns: Int

  public init(field: Int = 1 << 20, row: Int = 8 << 20, columns: Int = 1024) {
    self.field = field
    self.row = row
    self.columns = columns
  }
}

/// Rows out of chunks of bytes: RFC 4180, each byte looked at once.
///
/// Knows nothing of characters: the bytes that matter are ASCII and, in both encodings read, never
/// part of another character.
struct CSVScanner {
  private enum State {
    case fieldStart, plain, quoted
    /// A quote within a quoted field: its end, or the first of two.
    case quoteSeen
    /// A carriage return outside quotes: the end of the row if a line feed follows.
    case returnSeen
  }

  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D
  private static let quote: UInt8 = 0x22

  private let delimiter: UInt8
  private let limits: CSVLimits
  private var state = State.fieldStart
  /// The field began with a quote, which is closed again.
  private var isClosed = false
  /// Some field of the row had quotes, so that a line of `""` is a row and not blank.
  private var hasQuoted = false
  private var fieldStart = 0
  private var line = 1

  /// The row being read: its fields' bytes without quotes, and where each field ends in them.
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int32] = []
  /// The field, from 0, that has something between its closing quote and the delimiter.
  private(set) var strayField: Int?
  /// The number of the row being read and the line it begins on, both from 1; a header is row 0.
  private(set) var ordinal: Int
  private(set) var rowLine = 1

  init(delimiter: CSVDelimiter, limits: CSVLimits, firstOrdinal: Int) {
    self.delimiter = delimiter.byte
    self.limits = limits
    ordinal = firstOrdinal
  }

  /// Reads on from `position`; true when a row is complete, false when the chunk is used up.
  mutating func scan(
    _ chunk: UnsafeBufferPointer<UInt8>, from position: inout Int
  ) throws -> Bool {
    while position < chunk.count {
      switch state {
      case .fieldStart:
        state = chunk[position] == Self.quote ? .quoted : .plain
        if state == .quoted { position += 1 }
      case .plain: try takePlain(chunk, &position)
      case .quoted: try takeQuoted(chunk, &position)
      case .quoteSeen: try takeAfterQuote(chunk, &position)
      case .returnSeen: try takeAfterReturn(chunk, &position)
      }
      if state == .fieldStart, try endsRow(chunk[position - 1]) { return true }
    }
    return false
  }

  /// The input has ended; true when that completes a last row.
  mutating func finish() throws -> Bool {
    if state == .quoted { throw fault("table.quote-open") }
    if state == .fieldStart, ends.isEmpty { return false }
    if state == .quoteSeen { isClosed = true }
    try endField()
    return !isBlank
  }

  /// Forgets the row just delivered.
  mutating func startNext() {
    ordinal += 1
    clear()
  }

  private mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    strayField = nil
    fieldStart = 0
    rowLine = line
  }

  // MARK: States

  /// Up to the delimiter or the line's end, both of which end the field.
  private mutating func takePlain(
    _ chunk: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) throws {
    let end = plainEnd(chunk, position)
    if end > position, isClosed, strayField == nil { strayField = ends.count }
    try append(chunk, position..<end)
    position = min(end + 1, chunk.count)
    guard end < chunk.count else { return }
    if chunk[end] == Self.carriageReturn {
      state = .returnSeen
    } else {
      try endField()
    }
  }

  private func plainEnd(_ chunk: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    // Most bytes are letters and lie above all three, so one comparison sends them on.
    let highest = max(delimiter, Self.carriageReturn)
    var index = start
    while index < chunk.count {
      let byte = chunk[index]
      if byte <= highest,
        byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
      {
        break
      }
      index += 1
    }
    return index
  }

  private mutating func takeQuoted(
    _ chunk: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) throws {
    var end = position
    while end < chunk.count, chunk[end] != Self.quote {
      if chunk[end] == Self.lineFeed { line += 1 }
      end += 1
    }
    try append(chunk, position..<end)
    if end < chunk.count { state = .quoteSeen }
    position = min(end + 1, chunk.count)
  }

  private mutating func takeAfterQuote(
    _ chunk: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) throws {
    if chunk[position] == Self.quote {
      try append(chunk, position..<(position + 1))
      position += 1
      state = .quoted
    } else {
      isClosed = true
      state = .plain
    }
  }

  private mutating func takeAfterReturn(
    _ chunk: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) throws {
    if chunk[position] == Self.lineFeed {
      position += 1
      try endField()
    } else {
      // A carriage return alone is a character like any other.
      if isClosed, strayField == nil { strayField = ends.count }
      bytes.append(Self.carriageReturn)
      state = .plain
    }
  }

  // MARK: Fields and rows

  private mutating func append(
    _ chunk: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) throws {
    let size = bytes.count + range.count
    guard size - fieldStart <= limits.field else {
      throw fault("table.field-too-large", limit: limits.field)
    }
    guard size <= limits.row else { throw fault("table.row-too-large", limit: limits.row) }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[range]))
  }

  private mutating func endField() throws {
    guard ends.count < limits.columns else {
      throw fault("table.too-many-columns", limit: limits.columns)
    }
    hasQuoted = hasQuoted || isClosed
    ends.append(Int32(bytes.count))
    fieldStart = bytes.count
    isClosed = false
    state = .fieldStart
  }

  private var isBlank: Bool { ends.count == 1 && bytes.isEmpty && !hasQuoted }

  /// A field has just ended with `byte`; lines with nothing on them are passed over.
  private mutating func endsRow(_ byte: UInt8) throws -> Bool {
    guard byte == Self.lineFeed, !ends.isEmpty else { return false }
    line += 1
    defer { hasQuoted = false }
    if !isBlank { return true }
    clear()
    return false
  }

  private func fault(_ code: String, limit: Int? = nil) -> Fault {
    var arguments = ["row": String(ordinal), "line": String(rowLine)]
    if let limit { arguments["limit"] = String(limit) }
    return Fault(.invalid, code, arguments)
  }
}
