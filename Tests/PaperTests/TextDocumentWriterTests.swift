import Base
import Foundation
import Testing

@testable import Paper

@Suite("Writing .docx")
struct TextDocumentWriterTests {
  private func rows(_ sheets: [PrintedSheet]) throws -> [PaperRow] {
    let sections = try #require(try OfficeFile.sections(TextDocumentWriter.bytes(sheets)))
    return sections.flatMap(\.rows)
  }

  @Test("What is written is read again, with its merged cells")
  func readBack() throws {
    let shown = SampleSheets.shown(try rows([SampleSheets.merged]))
    #expect(shown == ["0+1 标题", "0+1 （2025年度）"] + SampleSheets.read)
  }

  @Test("Every row fills its grid, whatever reaches into it from above")
  func grid() throws {
    let bytes = try TextDocumentWriter.bytes([SampleSheets.merged])
    let part = try #require(try ZipArchive(bytes).part("word/document.xml", limit: 1 << 20))
    let xml = String(decoding: part, as: UTF8.self)
    for row in xml.components(separatedBy: "<w:tr>").dropFirst() {
      let cells = row.components(separatedBy: "<w:tc>").dropFirst()
      let spans = cells.map { cell in
        cell.firstMatch(of: /gridSpan w:val="(\d+)"/).flatMap { Int($0.1) } ?? 1
      }
      #expect(spans.reduce(0, +) == 4)
    }
    #expect(xml.components(separatedBy: "<w:vMerge/>").count == 2)
  }

  @Test("Several sheets are one document; each but the first begins a page")
  func several() throws {
    let bytes = try TextDocumentWriter.bytes([SampleSheets.merged, SampleSheets.merged])
    let part = try #require(try ZipArchive(bytes).part("word/document.xml", limit: 1 << 20))
    let xml = String(decoding: part, as: UTF8.self)
    #expect(xml.components(separatedBy: "<w:pageBreakBefore/>").count == 2)
    #expect(try rows([SampleSheets.merged, SampleSheets.merged]).count == 10)
  }

  @Test("Signs that XML does not have are left out, and lines of a cell are kept")
  func signs() throws {
    let cell = PrintedCell(0, "甲\u{1}乙\u{FFFE}\n丙", .text)
    let sheet = PrintedSheet(name: "", titles: [], columns: [50], rows: [PrintedRow([cell])])
    #expect(SampleSheets.shown(try rows([sheet])) == ["0+1 甲乙\n丙"])
  }

  @Test("The same sheets give the same bytes")
  func same() throws {
    let bytes = try TextDocumentWriter.bytes([SampleSheets.merged])
    #expect(try TextDocumentWriter.bytes([SampleSheets.merged]) == bytes)
  }

  @Test("Any part comes out of the packed file as it went in")
  func packed() throws {
    var generator = SystemRandomNumberGenerator()
    let noise = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let parts: [(name: String, bytes: [UInt8])] = [
      ("空", []), ("a/noise", noise), ("zeros", [UInt8](repeating: 0, count: 300_000)),
    ]
    let bytes = try ZipWriter.bytes(parts)
    let archive = try ZipArchive(bytes)
    #expect(archive.names == parts.map(\.name).sorted())
    for part in parts { #expect(try archive.part(part.name, limit: 1 << 20) == part.bytes) }
    #expect(bytes.count < 110_000)
  }
}

@Suite("Heads of tables in .docx")
struct TextDocumentHeadTests {
  @Test(
    "a head begins a table of its own, so that it is repeated, and the rows read back are the same")
  func heads() throws {
    let sheet = PrintedSheet(
      name: "a", titles: ["甲"], columns: [20, 20],
      rows: [
        PrintedRow([PrintedCell(0, "一", .label), PrintedCell(1, "二", .text)]),
        PrintedRow([PrintedCell(0, "头", .label), PrintedCell(1, "尾", .label)], isHead: true),
        PrintedRow([PrintedCell(0, "三", .label, rows: 2), PrintedCell(1, "四", .text)]),
        PrintedRow([PrintedCell(1, "五", .text)]),
      ])
    let bytes = try TextDocumentWriter.bytes([sheet])
    let part = try #require(try ZipArchive(bytes).part("word/document.xml", limit: 1 << 20))
    let xml = String(decoding: part, as: UTF8.self)
    #expect(xml.components(separatedBy: "<w:tbl>").count == 3)
    #expect(xml.components(separatedBy: "<w:tblHeader/>").count == 2)
    // The head is the first row of the second table.
    let second = try #require(xml.components(separatedBy: "<w:tbl>").last)
    let first = try #require(second.components(separatedBy: "<w:tr>").dropFirst().first)
    #expect(first.contains("<w:tblHeader/>") && first.contains("头"))
    let rows = try #require(try OfficeFile.sections(bytes)?.first?.rows)
    #expect(
      rows.map { $0.cells.map { $0.text.filter { !$0.isWhitespace } } } == [
        ["甲"], ["一", "二"], ["头", "尾"], ["三", "四"], ["五"],
      ])
  }
}
