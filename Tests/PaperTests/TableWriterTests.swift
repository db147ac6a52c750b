import Base
import Foundation
import Testing

@testable import Paper

@Suite("Tables for spreadsheets")
struct TableWriterTests {
  private let time: LocalTime

  init() throws { time = try #require(LocalTime("2024-01-31 09:30")) }

  private func written(
    _ format: TableWriter.Format, _ rows: [[TableWriter.Cell]]
  ) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let table = try TableWriter(
      path: file.path, as: format, name: "案件",
      columns: [.init("编号", width: 10), .init("数", width: 10), .init("时间", width: 20)])
    for row in rows { try table.write([row]) }
    try table.finish()
    return [UInt8](try Data(contentsOf: file))
  }

  private func read(_ bytes: [UInt8]) throws -> [[String]] {
    let reader = try TableReader(ByteInput(bytes: bytes))
    var rows = [reader.header.names]
    while let row = try reader.next() { rows.append(row.fields) }
    return rows
  }

  @Test("what is written is read back", arguments: TableWriter.Format.allCases)
  func readBack(format: TableWriter.Format) throws {
    let bytes = try written(
      format,
      [
        [.text("违规收停车费，\"甲\""), .count(12), .moment(time)],
        [.text("007"), .decimal("121.473701"), .empty], [.text("两\n行"), .empty, .empty],
      ])
    #expect(
      try read(bytes) == [
        ["编号", "数", "时间"], ["违规收停车费，\"甲\"", "12", "2024-01-31 09:30:00"],
        ["007", "121.473701", ""], ["两\n行", "", ""],
      ])
  }

  @Test("a text that looks like a formula is never calculated")
  func formula() throws {
    let csv = String(decoding: try written(.csv, [[.text("=1+1")]]), as: UTF8.self)
    #expect(csv.contains("'=1+1"))
    let bytes = try written(.xlsx, [[.text("=1+1"), .empty, .empty]])
    let sheet = try #require(try ZipArchive(bytes).part("xl/worksheets/sheet1.xml", limit: 1 << 20))
    #expect(!String(decoding: sheet, as: UTF8.self).contains("<f>"))
    #expect(try read(bytes)[1][0] == "=1+1")
  }

  @Test("numbers and times of a workbook can be calculated with; what no number keeps stays text")
  func numbers() throws {
    let bytes = try written(
      .xlsx, [[.text("x"), .decimal("12.5"), .moment(time)], [.decimal("1234567890123456.7")]])
    let sheet = try #require(try ZipArchive(bytes).part("xl/worksheets/sheet1.xml", limit: 1 << 20))
    let xml = String(decoding: sheet, as: UTF8.self)
    #expect(xml.contains("<v>12.5</v>"))
    #expect(xml.contains("<v>45322.39583333"))
    #expect(xml.contains("autoFilter"))
    #expect(xml.contains("1234567890123456.7</t>"))
  }

  @Test("a file that cannot be made is told")
  func unwritable() {
    for format in TableWriter.Format.allCases {
      let fault = #expect(throws: Fault.self) {
        let table = try TableWriter(
          path: "/nowhere/table", as: format, name: "a", columns: [.init("a", width: 1)])
        try table.finish()
      }
      #expect(fault?.code == "table.unwritable")
    }
  }
}
