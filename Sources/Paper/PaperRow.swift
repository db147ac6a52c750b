/// One row of cells of a document, wherever it comes from: a table of a text document, a sheet, or
/// a line whose cells tabs part. A paragraph outside of tables is a row of one cell.
public struct PaperRow: Equatable, Sendable {
  /// From 1: the line of a text, the row of a sheet, or the count of rows and paragraphs so far.
  public let number: Int
  /// Cells that hold something, from the left. A merged cell stands once, in its first row.
  public let cells: [PaperCell]

  public init(number: Int, cells: [PaperCell]) {
    self.number = number
    self.cells = cells
  }

  /// A line whose cells are parted by tabs.
  public init(number: Int, tabbed line: some StringProtocol) {
    let texts = line.split(separator: "\t", omittingEmptySubsequences: false)
    self.init(
      number: number,
      cells: texts.enumerated().compactMap { column, text in
        text.allSatisfy(\.isWhitespace) ? nil : PaperCell(column: column, text: String(text))
      })
  }
}

/// A cell that holds something.
public struct PaperCell: Equatable, Sendable {
  /// From 0.
  public let column: Int
  /// How many columns it spans.
  public let span: Int
  public let text: String
  /// It holds a formula, and the file does not keep what came of it.
  public let lacksValue: Bool

  public init(column: Int, span: Int = 1, text: String, lacksValue: Bool = false) {
    self.column = column
    self.span = max(1, span)
    self.text = text
    self.lacksValue = lacksValue
  }

  public var columns: Range<Int> { column..<(column + span) }
}
