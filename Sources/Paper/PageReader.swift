import Base

/// Rows of cells out of an HTML document that `HTMLWriter` wrote: what it prints is read back the same.
/// Pages of others are another matter, and are not read.
public final class PageReader: OfficeXMLHandler {
  private var sections: [OfficeFile.Section] = []
  private var rows: [PaperRow] = []
  private var cells: [PaperCell] = []
  private var column = 0
  /// No sheet that is written has more columns; beyond them nothing is merged.
  private static let mostColumns = 64
  /// Of each column the first row of the table that no cell from above takes up.
  private var free: [Int] = []
  private var row = 0
  private var span = 1
  private var text = ""
  private var isText = false

  /// A section for each sheet; nil of a page that is none of ours.
  ///
  /// - Throws: `xml.damaged`, `xml.declares`.
  public static func sections(_ bytes: [UInt8]) throws -> [OfficeFile.Section]? {
    let head = Array(HTMLWriter.head.utf8)
    guard bytes.starts(with: head), bytes.firstRange(of: Array(HTMLWriter.mark.utf8)) != nil else {
      return nil
    }
    let reader = PageReader()
    try OfficeXML.walk(Array(bytes.dropFirst(head.count)), reader)
    return reader.sections
  }

  func began(_ name: String, _ attributes: [String: String]) {
    switch name {
    case "article": rows = []
    case "table":
      free = Array(repeating: 0, count: Self.mostColumns)
      row = 0
    case "tr":
      cells = []
      column = 0
    case "th", "td":
      while free.indices.contains(column), free[column] > row { column += 1 }
      span = Self.count(attributes, "colspan", atMost: Self.mostColumns)
      let end = row + Self.count(attributes, "rowspan", atMost: 1000)
      for one in free.indices where one >= column && one < column + span { free[one] = end }
      begin()
    case "h1", "p": begin()
    case "br": text += "\n"
    default: break
    }
  }

  func ended(_ name: String) {
    switch name {
    case "article": sections.append(OfficeFile.Section(name: "", rows: rows))
    case "tr":
      append(cells)
      row += 1
    case "th", "td":
      if !text.allSatisfy(\.isWhitespace) {
        cells.append(PaperCell(column: column, span: span, text: text))
      }
      column += span
      isText = false
    case "h1", "p":
      append([PaperCell(column: 0, text: text)])
      isText = false
    default: break
    }
  }

  func read(_ text: String) {
    if isText { self.text += text }
  }

  private func begin() {
    text = ""
    isText = true
  }

  private func append(_ cells: [PaperCell]) {
    rows.append(PaperRow(number: rows.count + 1, cells: cells))
  }

  private static func count(
    _ attributes: [String: String], _ name: String, atMost most: Int
  ) -> Int {
    min(max(1, attributes[name].flatMap { Int($0) } ?? 1), most)
  }
}
