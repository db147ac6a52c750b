import Foundation

/// A packed file of stored parts, as small as a document of Office can be.
func storedZip(_ parts: [(name: String, text: String)]) -> [UInt8] {
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, text) in parts {
    let data = Array(text.utf8)
    let fields =
      little(20, 2) + little(0, 8) + little(crc(data), 4) + little(data.count, 4)
      + little(data.count, 4) + little(name.utf8.count, 2) + little(0, 2)
    directory +=
      [0x50, 0x4B, 1, 2] + little(20, 2) + fields + little(0, 2) + little(0, 4) + little(0, 4)
      + little(file.count, 4) + Array(name.utf8)
    file += [0x50, 0x4B, 3, 4] + fields + Array(name.utf8) + data
  }
  let end =
    [0x50, 0x4B, 5, 6] + little(0, 4) + little(parts.count, 2) + little(parts.count, 2)
    + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
  return file + directory + end
}

private func little(_ number: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}

private func crc(_ data: [UInt8]) -> Int {
  let sum = data.reduce(UInt32.max) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
      value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320
    }
  }
  return Int(sum ^ UInt32.max)
}

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
    return storedZip([
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
    return storedZip([
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
