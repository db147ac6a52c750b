/// Writes sheets as one HTML document that stands for itself: for reading, and for printing on A4.
///
/// But for its first line it is XML too, so that `PageReader` reads it back.
public enum HTMLWriter {
  /// The first line, and the mark by which a document of ours is known.
  static let (head, mark) = ("<!doctype html>\n", "<meta name=\"generator\" content=\"Chengyun\"/>")

  /// - Parameters:
  ///   - title: what the browser's tab says.
  ///   - language: of the texts, e.g. `zh-Hans`.
  public static func document(
    _ sheets: [PrintedSheet], title: String, language: String
  ) -> String {
    let isWide = sheets.first?.isWide ?? false
    var html = "\(head)<html lang=\"\(XMLText.escaped(language))\">\n<head>\n"
    html += "<meta charset=\"utf-8\"/>\n\(mark)\n"
    html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
    html += "<title>\(XMLText.escaped(title))</title>\n"
    html += "<style>\n\(style)\n@page { size: A4\(isWide ? " landscape" : ""); }\n</style>\n"
    html += "</head>\n<body>\n"
    for (place, sheet) in sheets.enumerated() { append(sheet, at: place, to: &html) }
    return html + "</body>\n</html>\n"
  }

  private static let style = """
    @page { margin: 14mm 12mm; @bottom-center { content: counter(page) " / " counter(pages);
      font-size: 8pt; } }
    body { margin: 0; background: #fff; color: #000; font-size: 9pt; line-height: 1.35;
      font-family: "Times New Roman", SimSun, "Songti SC", "Noto Serif CJK SC", serif; }
    article + article { break-before: page; }
    h1 { margin: 0 0 1mm; font: bold 16pt/1.3 SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif;
      text-align: center; }
    p { margin: 0 0 2mm; font-size: 10.5pt; text-align: center; }
    table { width: 100%; border-collapse: collapse; table-layout: fixed; }
    table + table { margin-top: -1px; }
    th, td { border: 1px solid #000; padding: 1mm; overflow-wrap: anywhere; font-weight: normal;
      vertical-align: middle; }
    th, .figure { text-align: center; }
    .amount { text-align: right; }
    .figure { padding-left: 0; padding-right: 0; }
    .figure, .amount { font-variant-numeric: tabular-nums; }
    tr { break-inside: avoid; }
    a { color: inherit; text-decoration: none; }
    a.page::after { content: target-counter(attr(href), page); }
    @media screen { a:not(.page) { text-decoration: underline; } }
    tr.long { break-inside: auto; }
    @media screen { body { max-width: 186mm; margin: 10mm auto; padding: 0 4mm; }
      article + article { margin-top: 15mm; } }
    """

  private static func append(_ sheet: PrintedSheet, at place: Int, to html: inout String) {
    html += "<article id=\"sheet-\(place)\">\n"
    for (index, title) in sheet.titles.enumerated() {
      let name = index == 0 ? "h1" : "p"
      html += "<\(name)>\(XMLText.escaped(title))</\(name)>\n"
    }
    let all = sheet.columns.reduce(0, +)
    let columns = sheet.columns.map { width in
      let tenths = width * 1000 / max(1, all)
      return "<col style=\"width: \(tenths / 10).\(tenths % 10)%\"/>"
    }.joined()
    var isOpen = false
    var grid = PageGrid(sheet.columns.count)
    for row in sheet.rows {
      // Each head begins a table of its own, so that it is repeated above its own rows only.
      if row.isHead || !isOpen {
        if isOpen { html += "</tbody>\n</table>\n" }
        html +=
          "<table>\n<colgroup>\(columns)</colgroup>\n" + (row.isHead ? "<thead>\n" : "<tbody>\n")
        isOpen = true
        grid = PageGrid(sheet.columns.count)
      }
      append(row, in: &grid, to: &html)
      if row.isHead { html += "</thead>\n<tbody>\n" }
    }
    html += (isOpen ? "</tbody>\n</table>\n" : "") + "</article>\n"
  }

  private static func append(
    _ row: PrintedRow, in grid: inout PageGrid, to html: inout String
  ) {
    html += row.mayBreak ? "<tr class=\"long\">" : "<tr>"
    for cell in row.cells {
      html += String(repeating: "<td></td>", count: grid.gaps(before: cell))
      let name = cell.style == .label ? "th" : "td"
      html += "<\(name)"
      if cell.span > 1 { html += " colspan=\"\(cell.span)\"" }
      if cell.rows > 1 { html += " rowspan=\"\(cell.rows)\"" }
      if cell.style == .figure || cell.style == .amount {
        html += " class=\"\(cell.style.rawValue)\""
      }
      let text = XMLText.escaped(cell.text).replacing("\n", with: "<br/>")
      let linked = cell.target.map { target in
        "<a\(text.isEmpty ? " class=\"page\"" : "") href=\"#sheet-\(target)\">\(text)</a>"
      }
      html += ">\(linked ?? text)</\(name)>"
    }
    html += String(repeating: "<td></td>", count: grid.endRow()) + "</tr>\n"
  }
}

/// Which places of a row nobody claims: each is an empty cell, so that the others stand where they
/// belong.
private struct PageGrid {
  /// Of each column the first row that no cell from above takes up.
  private var free: [Int]
  private var row = 0
  private var column = 0

  init(_ columns: Int) { free = Array(repeating: 0, count: columns) }

  mutating func gaps(before cell: PrintedCell) -> Int {
    let gaps = gaps(upTo: cell.column)
    column = cell.column + cell.span
    for one in free.indices where cell.columns.contains(one) { free[one] = row + cell.rows }
    return gaps
  }

  mutating func endRow() -> Int {
    let gaps = gaps(upTo: free.count)
    row += 1
    column = 0
    return gaps
  }

  private func gaps(upTo end: Int) -> Int {
    free.indices.count { $0 >= column && $0 < end && free[$0] <= row }
  }
}
