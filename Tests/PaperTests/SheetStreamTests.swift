import Base
import Foundation
import PaperSamples
import Testing

@testable import Paper

@Suite("Tables out of workbooks")
struct SheetStreamTests {
  private static let links =
    "<Relationships><Relationship Id=\"a\" Target=\"a.xml\"/>"
    + "<Relationship Id=\"b\" Target=\"b.xml\"/></Relationships>"
  private static let styles =
    "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"2\"/></cellXfs></styleSheet>"

  /// Two sheets, of which the first is empty when nothing else is said.
  private func reader(
    _ rows: String, first: String = "", properties: String = ""
  ) throws -> TableReader {
    let book =
      "<workbook xmlns:r=\"r\">\(properties)<sheets><sheet name=\"1\" r:id=\"a\"/>"
      + "<sheet name=\"2\" r:id=\"b\"/></sheets></workbook>"
    func sheet(_ rows: String) -> [UInt8] {
      Array("<worksheet><sheetData>\(rows)</sheetData></worksheet>".utf8)
    }
    return try TableReader(
      ByteInput(
        bytes: deflatedZip([
          ("xl/workbook.xml", Array(book.utf8)),
          ("xl/_rels/workbook.xml.rels", Array(Self.links.utf8)),
          ("xl/styles.xml", Array(Self.styles.utf8)), ("xl/a.xml", sheet(first)),
          ("xl/b.xml", sheet(rows)),
        ])))
  }

  private func row(_ number: Int, _ cells: String...) -> String {
    let letters = ["A", "B", "C", "D"]
    return "<row r=\"\(number)\">"
      + zip(letters, cells).map { letter, cell in
        cell.isEmpty ? "" : cell.replacing("<c", with: "<c r=\"\(letter)\(number)\"")
      }.joined() + "</row>"
  }

  private func text(_ text: String) -> String { "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" }
  private func number(_ number: String, style: Int = 0) -> String {
    "<c s=\"\(style)\"><v>\(number)</v></c>"
  }

  private func all(_ reader: TableReader) throws -> [TableRow] {
    var rows: [TableRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test("the first sheet that holds anything is read, below its title, with the rows of the sheet")
  func rows() throws {
    let reader = try reader(
      row(1, text("2024 年工单")) + row(3, text("编号"), text("内容"), text("时间"))
        + row(4, text("007"), text("甲"), number("45322.395833333336", style: 1)) + row(5)
        + row(7, text("8"), "", number("45323", style: 1)))
    #expect(reader.header.names == ["编号", "内容", "时间"])
    #expect(reader.encoding == nil)
    let rows = try all(reader)
    #expect(
      rows.map(\.fields) == [["007", "甲", "2024-01-31 09:30:00"], ["8", "", "2024-02-01"]])
    #expect(rows.map(\.line) == [4, 7])
    #expect(rows.map(\.ordinal) == [1, 2])
    #expect(rows.allSatisfy { $0.problem == nil })
    #expect(reader.consumed == reader.total)
  }

  @Test("numbers come with all their digits, whatever the sheet shows of them")
  func digits() throws {
    let reader = try reader(
      row(1, text("a"), text("b"))
        + row(2, number("31.230416", style: 2), number("121.4737009999999")))
    #expect(try all(reader).map(\.fields) == [["31.230416", "121.473701"]])
  }

  @Test("a workbook that counts from 1904 gives the same days")
  func macintosh() throws {
    let reader = try reader(
      row(1, text("a"), text("b")) + row(2, number("43860", style: 1), text("x")),
      properties: "<workbookPr date1904=\"1\"/>")
    #expect(try all(reader).map { $0[0] } == ["2024-01-31"])
  }

  @Test("a formula without its value, and a cell beside the table, are told with their row")
  func problems() throws {
    let reader = try reader(
      row(1, text("a"), text("b")) + row(2, "<c><f>1+1</f></c>", text("x"))
        + row(3, "<c><f>1+1</f><v>2</v></c>", text("x")) + row(4, text("1"), text("2"), text("3")))
    let rows = try all(reader)
    #expect(rows[0].problem?.fields.map { "\($0.name) \($0.code)" } == ["a formula-empty"])
    #expect(rows[1].problem == nil)
    #expect(rows[1].fields == ["2", "x"])
    #expect(rows[2].problem?.fields.map(\.code) == ["row-ragged"])
    #expect(rows[2].problem?.arguments["line"] == "4")
  }

  @Test("a sheet of one column has no title; one of rows of one cell is read whole")
  func oneColumn() throws {
    let reader = try reader((1...9).map { row($0, text("\($0)")) }.joined())
    #expect(reader.header.names == ["1"])
    #expect(try all(reader).map { $0[0] } == (2...9).map(String.init))
  }

  @Test("what is no workbook, and one that holds nothing, are refused in one clear way")
  func refused() throws {
    func code(_ make: () throws -> TableReader) -> String? {
      do {
        _ = try make()
        return nil
      } catch { return (error as? Fault)?.code }
    }
    #expect(code { try reader("") } == "table.empty")
    #expect(
      code { try TableReader(ByteInput(bytes: deflatedZip([("word/document.xml", [1])]))) }
        == "file.not-text")
    #expect(code { try TableReader(ByteInput(bytes: [0x50, 0x4B, 3, 4, 1])) } == "zip.damaged")
    let damaged = deflatedZip([
      ("xl/workbook.xml", Array("<workbook><sheets></workbook>".utf8))
    ])
    #expect(code { try TableReader(ByteInput(bytes: damaged)) } == "xml.damaged")
  }

  @Test("more columns than a table has are refused with the row")
  func wide() throws {
    let far = "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>"
    let reader = try reader(row(1, text("a"), text("b")) + far)
    let fault = #expect(throws: Fault.self) { try all(reader) }
    #expect(fault?.code == "table.too-many-columns")
    #expect(fault?.arguments["line"] == "2")
  }
}
