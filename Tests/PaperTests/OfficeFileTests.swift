import Base
import PaperSamples
import Testing

@testable import Paper

@Suite("Packed files")
struct ZipArchiveTests {
  private let text = Array(String(repeating: "年度资金总额 ", count: 500).utf8)

  private func code(_ bytes: [UInt8], limit: Int = 1 << 20) -> String? {
    do {
      _ = try ZipArchive(bytes).part("a", limit: limit)
      return nil
    } catch { return (error as? Fault)?.code }
  }

  @Test("Deflated parts are unpacked")
  func parts() throws {
    let archive = try ZipArchive(deflatedZip([("a", text), ("b/c", [1])]))
    #expect(archive.names == ["a", "b/c"])
    #expect(try archive.part("a", limit: text.count) == text)
    #expect(try archive.part("none", limit: 10) == nil)
  }

  @Test("A part that unpacks beyond the limit is refused before it is held")
  func bomb() {
    let bomb = deflatedZip([("a", [UInt8](repeating: 0, count: 20 << 20))])
    #expect(bomb.count < 100_000)
    #expect(code(bomb) == "zip.too-large")
    #expect(code(deflatedZip([("a", text)]), limit: text.count - 1) == "zip.too-large")
  }

  @Test("Encrypted, cut and falsified files are refused")
  func refused() {
    #expect(code(deflatedZip([("a", text)], flags: 1)) == "zip.encrypted")
    let whole = deflatedZip([("a", text)])
    #expect(code(Array(whole.dropLast(10))) == "zip.damaged")
    var changed = whole
    changed[35] ^= 0xFF
    #expect(code(changed) == "zip.damaged")
    #expect(code([]) == "zip.damaged")
  }
}

@Suite("Rows of Office files")
struct OfficeFileTests {
  private func document(_ body: String) throws -> [PaperRow] {
    let xml = "<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>"
    let sections = try OfficeFile.sections(deflatedZip([("word/document.xml", Array(xml.utf8))]))
    return sections?.first?.rows ?? []
  }

  private func run(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  @Test("Paragraphs, spans, merged cells and tables within cells")
  func cells() throws {
    let rows = try document(
      run("甲")
        + """
        <w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>\(run("乙"))\(run("丙"))</w:tc>\
        <w:tc><w:tbl><w:tr><w:tc>\(run("丁"))</w:tc></w:tr></w:tbl></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>\(run("戊"))</w:tc><w:tc>\(run("己"))</w:tc></w:tr>\
        </w:tbl>
        """)
    #expect(rows.map(\.number) == [1, 2, 3])
    #expect(rows[0].cells == [PaperCell(column: 0, text: "甲")])
    #expect(rows[1].cells.map(\.column) == [0, 2])
    #expect(rows[1].cells.map(\.span) == [2, 1])
    #expect(rows[1].cells.map { $0.text.filter { !$0.isWhitespace } } == ["乙丙", "丁"])
    #expect(rows[2].cells.map { $0.text.filter { !$0.isWhitespace } } == ["己"])
    #expect(rows[2].cells.map(\.column) == [1])
  }

  @Test("What was struck out, and what is only told to other programs, is left out")
  func changes() throws {
    let rows = try document(
      "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>")
    #expect(rows.map { $0.cells.map(\.text) } == [["新"]])
  }

  @Test("A document that declares its type is refused, as bombs of entities must")
  func entities() {
    let xml = "<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>"
    let bytes = deflatedZip([("word/document.xml", Array(xml.utf8))])
    let fault = #expect(throws: Fault.self) { try OfficeFile.sections(bytes) }
    #expect(fault?.code == "xml.declares")
  }

  @Test("A row that no workbook has is the next one")
  func rowsBeyond() throws {
    let sheet = """
      <worksheet><sheetData><row r="9223372036854775807"><c r="A9223372036854775807"><v>1</v></c></row>\
      <row><c><v>2</v></c></row><row r="-3"><c r="B-3"><v>3</v></c></row></sheetData><mergeCells>\
      <mergeCell ref="A9223372036854775800:B9223372036854775807"/></mergeCells></worksheet>
      """
    let book = "<workbook><sheets><sheet name=\"a\" r:id=\"b\"/></sheets></workbook>"
    let links = "<Relationships><Relationship Id=\"b\" Target=\"s.xml\"/></Relationships>"
    let rows = try OfficeFile.sections(
      deflatedZip([
        ("xl/workbook.xml", Array(book.utf8)), ("xl/_rels/workbook.xml.rels", Array(links.utf8)),
        ("xl/s.xml", Array(sheet.utf8)),
      ]))?.first?.rows
    #expect(rows?.map(\.number) == [1, 2, 3])
    #expect(rows?.flatMap { $0.cells.map(\.text) } == ["1", "2", "3"])
  }

  @Test("A packed file that is no document has no rows")
  func other() throws {
    #expect(try OfficeFile.sections(deflatedZip([("a", [1])])) == nil)
  }
}

@Suite("Numbers as workbooks show them")
struct NumberFormatTests {
  @Test(
    "Decimals, thousands, per cent and days",
    arguments: [
      ("General", "615.9", "615.9"), ("0.00", "615.9", "615.90"),
      ("#,##0.00", "1838.35", "1,838.35"),
      ("0.00%", "0.8417", "84.17%"), ("0%", "1", "100%"), ("0", "2.5", "3"),
      ("#,##0", "1234567", "1,234,567"), ("#,##0.00;[Red]-#,##0.00", "-1234.5", "-1,234.50"),
      ("0.00_);(0.00)", "3", "3.00"), ("0.##", "3.14", "3.14"), ("\"约\"0.0", "2.25", "2.3"),
      ("yyyy\"年\"m\"月\"d\"日\"", "45597", "2024年11月1日"), ("General", "0.30000000000000004", "0.3"),
      ("General", "x", "x"),
    ])
  func formats(code: String, stored: String, shown: String) {
    #expect(NumberFormat(code: code).show(stored) == shown)
  }

  @Test(
    "The formats that every workbook has",
    arguments: [(0, "12.5"), (2, "12.50"), (4, "12.50"), (9, "1250%")])
  func builtIn(id: Int, shown: String) {
    #expect(NumberFormat(builtIn: id).show("12.5") == shown)
  }
}

@Suite("Kinds of documents")
struct PaperKindTests {
  @Test("Bytes tell, whatever a name says")
  func kinds() {
    #expect(PaperKind(Array("%PDF-1.7".utf8)) == .pdf)
    #expect(PaperKind(Array("\u{FEFF} [{}]".utf8)) == .json)
    #expect(PaperKind(Array("财政".utf8)) == .text)
    #expect(PaperKind([]) == .text)
    #expect(PaperKind([0xFF, 0xFE, 0x22, 0x8D]) == .text)
    #expect(PaperKind([1, 0, 2]) == .other)
    #expect(PaperKind(deflatedZip([("a", [1])])) == .zip)
  }

  @Test("Text of both encodings and of UTF-16 is read; binary data is not")
  func text() throws {
    #expect(PlainText.decode(Array("\u{FEFF}执行率".utf8))?.hasSuffix("执行率") == true)
    #expect(PlainText.decode([0xD6, 0xB4, 0xD0, 0xD0]) == "执行")
    #expect(PlainText.decode([0xFF, 0xFE, 0x67, 0x62]) == "执")
    #expect(PlainText.decode([0, 1, 2]) == nil)
  }
}
