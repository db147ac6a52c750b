/// Writes delimited text (RFC 4180) into bytes that are taken away as they come.
public struct CSVWriter: Sendable {
  /// Who is going to read the file.
  public struct Options: Sendable {
    public var delimiter = CSVDelimiter.comma
    /// Begin with the mark by which spreadsheets know UTF-8; without it they show 停车 as 鍋滆溅.
    public var hasByteOrderMark = false
    /// For files that people open in a spreadsheet: text that one would take for a formula is
    /// written with an apostrophe before it. Not for files that are read back by programs.
    public var guardsFormulas = false

    public init() {}
  }

  private let options: Options
  private var bytes: [UInt8]

  public init(options: Options = Options()) {
    self.options = options
    bytes = options.hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []
  }

  /// Appends a row, ended by CR LF.
  public mutating func write(_ fields: some Collection<String>) {
    // A line with nothing on it would be no row to a reader.
    let isLoneEmpty = fields.count == 1 && fields.first?.isEmpty == true
    var isFirst = true
    for field in fields {
      if !isFirst { bytes.append(options.delimiter.byte) }
      isFirst = false
      append(options.guardsFormulas ? Self.guarded(field) : field, quoted: isLoneEmpty)
    }
    bytes.append(contentsOf: [0x0D, 0x0A])
  }

  /// What has been written since the last call.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func append(_ field: String, quoted: Bool) {
    let needsQuotes =
      quoted
      || field.utf8.contains { byte in
        byte == options.delimiter.byte || byte == 0x22 || byte == 0x0A || byte == 0x0D
      }
    guard needsQuotes else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(0x22)
    for byte in field.utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// The characters after which spreadsheets calculate (OWASP, CSV Injection), with the wide forms
  /// that East Asian editions take for the same.
  private static let formulaStarts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]

  static func guarded(_ field: String) -> String {
    guard let first = field.unicodeScalars.first, formulaStarts.contains(first),
      !isNumber(field)
    else { return field }
    return "'" + field
  }

  /// `-71.0772` is only a number, and must stay one.
  private static func isNumber(_ field: String) -> Bool {
    guard field.utf8.first == 0x2D || field.utf8.first == 0x2B else { return false }
    let parts = field.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
  }
}
