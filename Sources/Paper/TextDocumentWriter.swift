/// Writes sheets as a text document (`.docx`; ECMA-376, part 1, 17), each beginning a page.
public enum TextDocumentWriter {
  /// - Throws: `zip.unavailable`, `zip.too-large`.
  public static func bytes(_ sheets: [PrintedSheet]) throws -> [UInt8] {
    try ZipWriter.bytes(
      [
        ("[Content_Types].xml", contentTypes), ("_rels/.rels", links),
        ("word/_rels/document.xml.rels", documentLinks), ("word/styles.xml", styles),
        ("word/document.xml", document(sheets)),
      ].map { ($0, Array(($1).utf8)) })
  }

  private static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
  private static let words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  private static let relation = "http://schemas.openxmlformats.org/package/2006/relationships"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"

  private static let contentTypes =
    head + #"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#
    + #"<Default Extension="rels" "#
    + #"ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#
    + #"<Default Extension="xml" ContentType="application/xml"/>"#
    + #"<Override PartName="/word/document.xml" ContentType="\#(kind).document.main+xml"/>"#
    + #"<Override PartName="/word/styles.xml" ContentType="\#(kind).styles+xml"/></Types>"#

  private static let links =
    head + #"<Relationships xmlns="\#(relation)"><Relationship Id="rId1" "#
    + #"Type="\#(office)/officeDocument" Target="word/document.xml"/></Relationships>"#

  private static let documentLinks =
    head + #"<Relationships xmlns="\#(relation)"><Relationship Id="rId1" "#
    + #"Type="\#(office)/styles" Target="styles.xml"/></Relationships>"#

  /// SimSun and SimHei are on every Chinese Windows; elsewhere they are replaced by what is there.
  private static let styles =
    head + #"<w:styles xmlns:w="\#(words)"><w:docDefaults><w:rPrDefault><w:rPr>"#
    + #"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun"/>"#
    + #"<w:sz w:val="18"/><w:szCs w:val="18"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>"#
    + #"</w:rPrDefault></w:docDefaults>"#
    + #"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>"#
    + #"</w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>"#
    + #"<w:pPr><w:spacing w:after="60"/><w:jc w:val="center"/></w:pPr><w:rPr>"#
    + #"<w:rFonts w:eastAsia="SimHei"/><w:b/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>"#
    + #"</w:style><w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/>"#
    + #"<w:pPr><w:spacing w:after="120"/><w:jc w:val="center"/></w:pPr>"#
    + #"<w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style></w:styles>"#

  private static func document(_ sheets: [PrintedSheet]) -> String {
    var xml = head + "<w:document xmlns:w=\"\(words)\"><w:body>"
    for (index, sheet) in sheets.enumerated() {
      for (place, title) in sheet.titles.enumerated() {
        let breaks = index > 0 && place == 0 ? "<w:pageBreakBefore/>" : ""
        xml += "<w:p><w:pPr><w:pStyle w:val=\"\(place == 0 ? "Title" : "Subtitle")\"/>\(breaks)"
        xml += "</w:pPr>"
        appendRun(title, to: &xml)
        xml += "</w:p>"
      }
      appendTable(sheet, to: &xml)
    }
    // A document ends with a paragraph: a small one, that makes no page of its own.
    xml += "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>"
    return xml + section(isWide: sheets.first?.isWide ?? false) + "</w:body></w:document>"
  }

  /// A4 with margins of 14 and 12 mm, in twentieths of a point.
  private static func section(isWide: Bool) -> String {
    let size = isWide ? (16_838, 11_906, " w:orient=\"landscape\"") : (11_906, 16_838, "")
    return "<w:sectPr><w:pgSz w:w=\"\(size.0)\" w:h=\"\(size.1)\"\(size.2)/>"
      + "<w:pgMar w:top=\"794\" w:right=\"680\" w:bottom=\"794\" w:left=\"680\" w:header=\"400\" "
      + "w:footer=\"400\" w:gutter=\"0\"/></w:sectPr>"
  }

  /// In twentieths of a point.
  private static func twips(_ millimetres: Int) -> Int { millimetres * 1440 * 10 / 254 }

  /// A head is repeated on each page only where it begins a table; so each begins one of its own,
  /// parted from the one above by a paragraph of a point, without which the two would be one.
  private static func appendTable(_ sheet: PrintedSheet, to xml: inout String) {
    let rows = Array(zip(sheet.rows, sheet.reachingIn))
    for (index, (row, reaching)) in rows.enumerated() {
      if index == 0 || row.isHead {
        if index > 0 { xml += "</w:tbl>" + gap }
        beginTable(sheet, to: &xml)
      }
      appendRow(row, reaching, of: sheet, to: &xml)
    }
    if !rows.isEmpty { xml += "</w:tbl>" }
  }

  private static let gap =
    "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>"
    + "<w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>"

  private static func beginTable(_ sheet: PrintedSheet, to xml: inout String) {
    let line = #"w:val="single" w:sz="4" w:space="0" w:color="000000""#
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"]
      .map { "<w:\($0) \(line)/>" }.joined()
    xml += "<w:tbl><w:tblPr><w:tblW w:w=\"\(twips(sheet.columns.reduce(0, +)))\" w:type=\"dxa\"/>"
    xml += "<w:jc w:val=\"center\"/><w:tblBorders>\(sides)</w:tblBorders>"
    xml += "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
    xml += "<w:top w:w=\"28\" w:type=\"dxa\"/><w:left w:w=\"57\" w:type=\"dxa\"/>"
    xml += "<w:bottom w:w=\"28\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/>"
    xml += "</w:tblCellMar></w:tblPr><w:tblGrid>"
    for column in sheet.columns { xml += "<w:gridCol w:w=\"\(twips(column))\"/>" }
    xml += "</w:tblGrid>"
  }

  private static func appendRow(
    _ row: PrintedRow, _ reaching: [PrintedCell], of sheet: PrintedSheet, to xml: inout String
  ) {
    let keeps = (row.mayBreak ? "" : "<w:cantSplit/>") + (row.isHead ? "<w:tblHeader/>" : "")
    xml += "<w:tr>" + (keeps.isEmpty ? "" : "<w:trPr>\(keeps)</w:trPr>")
    let cells = row.cells.map { ($0, goesOn: false) } + reaching.map { ($0, goesOn: true) }
    var column = 0
    for (cell, goesOn) in cells.sorted(by: { $0.0.column < $1.0.column }) {
      // A place that nobody claimed is an empty cell: a row must fill its grid.
      if column < cell.column {
        append(
          PrintedCell(column, "", .text, span: cell.column - column), false, of: sheet, to: &xml)
      }
      append(cell, goesOn, of: sheet, to: &xml)
      column = cell.columns.upperBound
    }
    if column < sheet.columns.count {
      append(
        PrintedCell(column, "", .text, span: sheet.columns.count - column), false, of: sheet,
        to: &xml)
    }
    xml += "</w:tr>"
  }

  private static func append(
    _ cell: PrintedCell, _ goesOn: Bool, of sheet: PrintedSheet, to xml: inout String
  ) {
    xml += "<w:tc><w:tcPr><w:tcW w:w=\"\(twips(sheet.width(cell)))\" w:type=\"dxa\"/>"
    if cell.span > 1 { xml += "<w:gridSpan w:val=\"\(cell.span)\"/>" }
    if cell.rows > 1 { xml += goesOn ? "<w:vMerge/>" : "<w:vMerge w:val=\"restart\"/>" }
    xml += "<w:vAlign w:val=\"center\"/></w:tcPr><w:p>"
    let side = [PrintedCell.Style.label: "center", .figure: "center", .amount: "right"][cell.style]
    if let side { xml += "<w:pPr><w:jc w:val=\"\(side)\"/></w:pPr>" }
    if !goesOn, !cell.text.isEmpty { appendRun(cell.text, to: &xml) }
    xml += "</w:p></w:tc>"
  }

  private static func appendRun(_ text: String, to xml: inout String) {
    xml += "<w:r>"
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { xml += "<w:br/>" }
      xml += "<w:t xml:space=\"preserve\">"
      XMLText.append(String(line), to: &xml)
      xml += "</w:t>"
    }
    xml += "</w:r>"
  }
}
