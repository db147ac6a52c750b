import Foundation
import PaperSamples

/// A cell of a sample document.
struct SampleCell {
  var text: String
  var span = 1
  /// True where a merged area begins, false where it goes on.
  var merged: Bool?

  init(_ text: String, span: Int = 1, merged: Bool? = nil) {
    self.text = text
    self.span = span
    self.merged = merged
  }
}

enum SampleOffice {
  /// The rows of the form of `SampleForms.tabbed` as cells.
  static var rows: [[SampleCell]] {
    SampleForms.tabbed.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { SampleCell(String($0)) }
    }
  }

  static func docx(_ rows: [[SampleCell]], before: [String] = []) -> [UInt8] {
    let paragraphs = before.map { "<w:p><w:r><w:t>\(escaped($0))</w:t></w:r></w:p>" }
    let table = rows.map { "<w:tr>" + $0.map(cell).joined() + "</w:tr>" }.joined()
    return sampleZip([
      ("[Content_Types].xml", "<Types/>"),
      (
        "word/document.xml",
        """
        <?xml version="1.0" encoding="UTF-8"?><w:document \
        xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\
        \(paragraphs.joined())<w:tbl>\(table)</w:tbl></w:body></w:document>
        """
      ),
    ])
  }

  private static func cell(_ cell: SampleCell) -> String {
    let merge = cell.merged.map { $0 ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>" } ?? ""
    // A word may be cut into runs anywhere.
    let half = cell.text.index(cell.text.startIndex, offsetBy: cell.text.count / 2)
    let runs = [cell.text[..<half], cell.text[half...]]
      .map { "<w:r><w:t xml:space=\"preserve\">\(escaped(String($0)))</w:t></w:r>" }
    return "<w:tc><w:tcPr><w:gridSpan w:val=\"\(cell.span)\"/>\(merge)</w:tcPr>"
      + "<w:p>\(runs.joined())</w:p></w:tc>"
  }

  /// - Parameter content: the XML of a cell by its name (`B2`), where it is not its text inline.
  static func xlsx(
    _ rows: [[SampleCell]], merges: [String] = [], styles: String = "",
    content: [String: String] = [:]
  ) -> [UInt8] {
    let sheet = rows.enumerated().map { index, cells in
      var column = 0
      let xml = cells.map { cell in
        defer { column += cell.span }
        let name = "\(letter(column))\(index + 1)"
        if let own = content[name] { return own }
        guard !cell.text.isEmpty else { return "<c r=\"\(name)\"/>" }
        let text = "<is><t xml:space=\"preserve\">\(escaped(cell.text))</t></is>"
        return "<c r=\"\(name)\" t=\"inlineStr\">\(text)</c>"
      }
      return "<row r=\"\(index + 1)\">\(xml.joined())</row>"
    }
    let areas = merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    return sampleZip([
      (
        "xl/workbook.xml",
        """
        <workbook xmlns:r="r"><sheets><sheet name="自评表" sheetId="1" r:id="rId7"/></sheets></workbook>
        """
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId7\" Target=\"worksheets/a.xml\"/></Relationships>"
      ),
      ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
      (
        "xl/worksheets/a.xml",
        """
        <worksheet><sheetData>\(sheet.joined())</sheetData><mergeCells>\(areas)</mergeCells>\
        </worksheet>
        """
      ),
    ])
  }

  private static func letter(_ column: Int) -> String {
    String(UnicodeScalar(UInt8(65 + column % 26)))
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\t", with: " ")
  }
}

/// A packed file of parts of text.
func sampleZip(_ parts: [(name: String, text: String)]) -> [UInt8] {
  deflatedZip(parts.map { ($0.name, Array($0.text.utf8)) })
}
