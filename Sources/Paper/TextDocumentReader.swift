/// Paragraphs and rows of `word/document.xml` (ECMA-376, part 1, 17).
///
/// Struck-out changes, and the fallbacks of drawings that would repeat their text, are left out. The
/// text of a table within a cell is part of that cell.
final class TextDocumentReader: OfficeXMLHandler {
  private(set) var rows: [PaperRow] = []

  private var cells: [PaperCell] = []
  private var column = 0
  private var cell = ""
  private var span = 1
  private var goesOn = false
  private var paragraph = ""
  private var tableDepth = 0
  private var cellDepth = 0
  private var skipping = 0
  private var isText = false

  private static let skipped: Set<String> = ["Fallback", "del", "instrText", "delText", "rPr"]

  func began(_ name: String, _ attributes: [String: String]) {
    if skipping > 0 || Self.skipped.contains(name) {
      skipping += 1
      return
    }
    switch name {
    case "tbl": tableDepth += 1
    case "tr" where tableDepth == 1:
      cells = []
      column = 0
    case "gridBefore" where tableDepth == 1: column += Self.count(attributes)
    case "tc":
      cellDepth += 1
      if cellDepth == 1 {
        cell = ""
        span = 1
        goesOn = false
      }
    case "gridSpan" where cellDepth == 1: span = max(1, Self.count(attributes))
    case "vMerge" where cellDepth == 1: goesOn = attributes.local("val") != "restart"
    case "p": paragraph = ""
    case "t": isText = true
    case "br", "cr": add("\n")
    case "tab", "ptab": add(" ")
    case "noBreakHyphen": add("-")
    default: break
    }
  }

  func ended(_ name: String) {
    if skipping > 0 {
      skipping -= 1
      return
    }
    switch name {
    case "t": isText = false
    case "p": endParagraph()
    case "tc":
      cellDepth -= 1
      if cellDepth == 0 { endCell() }
    case "tr" where tableDepth == 1: endRow()
    case "tbl": tableDepth -= 1
    default: break
    }
  }

  func read(_ text: String) {
    if isText, skipping == 0 { add(text) }
  }

  private static func count(_ attributes: [String: String]) -> Int {
    min(max(0, attributes.local("val").flatMap { Int($0) } ?? 1), 1000)
  }

  private func add(_ text: String) {
    if cellDepth > 0 { cell += text } else { paragraph += text }
  }

  private func endParagraph() {
    if cellDepth > 0 {
      cell += "\n"
    } else if !paragraph.allSatisfy(\.isWhitespace) {
      append([PaperCell(column: 0, text: paragraph)])
      paragraph = ""
    }
  }

  private func endCell() {
    // A cell merged with the one above may hold what a careless writer left there.
    if !goesOn, !cell.allSatisfy(\.isWhitespace) {
      cells.append(PaperCell(column: column, span: span, text: cell))
    }
    column += span
  }

  private func endRow() {
    append(cells)
    cells = []
  }

  private func append(_ cells: [PaperCell]) {
    rows.append(PaperRow(number: rows.count + 1, cells: cells))
  }
}
