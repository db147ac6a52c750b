import Base
import Foundation
import Testing

@testable import Paper

@Suite("Writing .xlsx")
struct WorkbookWriterTests {
  private func sections(_ sheets: [PrintedSheet]) throws -> [OfficeFile.Section] {
    try #require(try OfficeFile.sections(WorkbookWriter.bytes(sheets)))
  }

  private func xml(_ sheets: [PrintedSheet]) throws -> String {
    let archive = try ZipArchive(WorkbookWriter.bytes(sheets))
    let part = try archive.part("xl/worksheets/sheet1.xml", limit: 1 << 20)
    return String(decoding: try #require(part), as: UTF8.self)
  }

  private func column(_ cells: [PrintedCell]) -> PrintedSheet {
    PrintedSheet(name: "", titles: [], columns: [40], rows: cells.map { PrintedRow([$0]) })
  }

  @Test("What is written is read again, with its merged cells")
  func readBack() throws {
    let section = try #require(try sections([SampleSheets.merged]).first)
    #expect(section.name == "表 一")
    #expect(
      SampleSheets.shown(section.rows) == ["0+4 标题", "0+4 （2025年度）"] + SampleSheets.read)
  }

  @Test("A text that looks like a formula stays text, and nothing is calculated")
  func formula() throws {
    #expect(try !xml([SampleSheets.merged]).contains("<f>"))
  }

  @Test(
    "A figure is a number where it then shows the same",
    arguments: [
      ("10.00", "0.00"), ("1,838.35", "#,##0.00"), ("95.00%", "0.00%"), ("0", "0"), ("-5.5", "0.0"),
      ("120000", "0"), ("999,999,999.99", "#,##0.00"), ("98.5%", "0.0%"),
    ])
  func number(text: String, format: String) throws {
    #expect(CellNumber(text)?.format == format)
    let sheet = column([PrintedCell(0, text, .figure)])
    #expect(SampleSheets.shown(try sections([sheet])[0].rows) == ["0+1 \(text)"])
    #expect(try !xml([sheet]).contains("t=\"s\""))
  }

  @Test(
    "All other figures stay as they were written",
    arguments: [
      "—", "/", "１２３", "007", "1,23.4", "12,34", "1.", ".5", "+3", "98.50％", "1e5", "--", "1-2",
      "12345678901234567890", "12.00(条)", "0x10", "nan",
    ])
  func notNumber(text: String) throws {
    #expect(CellNumber(text) == nil)
    let sheet = column([PrintedCell(0, text, .figure)])
    #expect(SampleSheets.shown(try sections([sheet])[0].rows) == ["0+1 \(text)"])
  }

  @Test("Any amount of two places is shown as it was written")
  func amounts() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let cents = Int.random(in: 0...99_999_999_999, using: &generator)
      let text = "\(cents / 100).\(cents % 100 / 10)\(cents % 10)"
      let number = try #require(CellNumber(text), "\(text)")
      #expect(NumberFormat(code: number.format).show("\(number.stored)") == text)
    }
  }

  @Test("Names of sheets are cut, cleaned and told apart")
  func names() {
    let long = String(repeating: "很", count: 40)
    let names = SheetNames.of([long, long, "a:b", "A b", "", "  ", "History", "'x'"])
    #expect(names[0].count == 31)
    #expect(names[1].count == 31 && names[1].hasSuffix(" 2"))
    #expect(names[2...] == ["a b", "A b 2", "2", "3", "History 2", "x"])
  }

  @Test("Two hundred sheets of one name are two hundred sheets")
  func manyNames() throws {
    let sheets = [PrintedSheet](repeating: SampleSheets.merged, count: 200)
    #expect(try sections(sheets).count == 200)
  }

  @Test("A row too high for a workbook becomes several, and its text is still one")
  func high() throws {
    let text = String(repeating: "全年按计划清理河道。", count: 300)
    var sheet = SampleSheets.merged
    sheet.rows[1].cells[1].text = text
    let rows = try sections([sheet])[0].rows
    #expect(rows.flatMap(\.cells).filter { $0.text == text }.map(\.span) == [2])
    let heights = try xml([sheet]).matches(of: /ht="([0-9.]+)"/).compactMap { Double($0.1) }
    #expect(heights.count > 5)
    #expect(heights.allSatisfy { $0 <= 409 })
  }

  @Test("A text longer than a cell holds is refused, and no half workbook is given")
  func tooLong() {
    let text = String(repeating: "长", count: WorkbookWriter.longestText + 1)
    #expect(throws: Fault(.tooLarge, "workbook.text-too-long", ["sheet": ""])) {
      try WorkbookWriter.bytes([self.column([PrintedCell(0, text, .text)])])
    }
  }
}
