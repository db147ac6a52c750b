/// A page of cells as it is to look, whatever the format it is written in.
public struct PrintedSheet: Equatable, Sendable {
  /// What a workbook calls it; cut and told apart where that is needed.
  public var name: String
  /// Above the table; the first is the heading.
  public var titles: [String]
  /// The widths of the columns in millimetres.
  public var columns: [Int]
  public var rows: [PrintedRow]
  /// On its side.
  public var isWide: Bool

  public init(
    name: String, titles: [String], columns: [Int], rows: [PrintedRow], isWide: Bool = false
  ) {
    self.name = name
    self.titles = titles
    self.columns = columns
    self.rows = rows
    self.isWide = isWide
  }
}

/// A row of cells.
public struct PrintedRow: Equatable, Sendable {
  /// From the left. Where a cell from above reaches down, there is none.
  public var cells: [PrintedCell]
  /// It is the head of all that follows, up to the next head, and is repeated on the next page.
  public var isHead: Bool
  /// Its text may be so long that it goes on on the next page.
  public var mayBreak: Bool

  public init(_ cells: [PrintedCell], isHead: Bool = false, mayBreak: Bool = false) {
    self.cells = cells
    self.isHead = isHead
    self.mayBreak = mayBreak
  }
}

/// A cell, over as many columns and rows as it spans.
public struct PrintedCell: Equatable, Sendable {
  /// What a cell holds, and how it is set.
  public enum Style: String, Hashable, Sendable, CaseIterable {
    /// The fixed words of a form, in the middle.
    case label
    /// Words, from the left.
    case text
    /// A figure in the middle; a workbook keeps it as a number where it then shows the same.
    case figure
    /// A figure of a column of figures, to the right.
    case amount
  }

  /// From 0.
  public var column: Int
  public var span: Int
  public var rows: Int
  public var text: String
  public var style: Style
  /// The sheet that it leads to, by its place from 0: HTML links it, and PDF prints its page where
  /// there is no text.
  public var target: Int?

  public init(_ column: Int, _ text: String, _ style: Style, span: Int = 1, rows: Int = 1) {
    self.column = column
    self.span = max(1, span)
    self.rows = max(1, rows)
    self.text = text
    self.style = style
  }

  /// The columns it covers.
  public var columns: Range<Int> { column..<(column + span) }
}

extension PrintedSheet {
  /// The width of a cell in millimetres.
  func width(_ cell: PrintedCell) -> Int {
    columns[min(cell.column, columns.count)..<min(cell.column + cell.span, columns.count)]
      .reduce(0, +)
  }

  /// For each row the cells that begin above it and reach into it.
  var reachingIn: [[PrintedCell]] {
    var reaching = [[PrintedCell]](repeating: [], count: rows.count)
    for (index, row) in rows.enumerated() {
      for cell in row.cells where cell.rows > 1 {
        for below in (index + 1)..<max(index + 1, min(index + cell.rows, rows.count)) {
          reaching[below].append(cell)
        }
      }
    }
    return reaching
  }
}
