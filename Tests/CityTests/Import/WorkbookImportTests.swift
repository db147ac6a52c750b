import Base
import Foundation
import Paper
import Testing

@testable import City

/// Past cases out of a workbook, by the maps that read delimited text.
@Suite struct WorkbookImportTests {
  /// The rows of delimited text as a sheet; the times of reports as times and not as text.
  private func workbook(_ text: String, in office: ImportOffice) throws -> String {
    let reader = try TableReader(ByteInput(bytes: Array(text.utf8)))
    let path = try office.file(Data(), named: "cases.xlsx")
    let table = try TableWriter(
      path: path, as: .xlsx, name: "工单", columns: reader.header.names.map { .init($0, width: 12) })
    while let row = try reader.next() {
      try table.write([
        zip(reader.header.names, row.fields).map { name, field in
          name == "opened" ? LocalTime(field).map { .moment($0) } ?? .text(field) : .text(field)
        }
      ])
    }
    try table.finish()
    return path
  }

  @Test("a workbook brings what the same rows as text bring, and the second time changes nothing")
  func same() async throws {
    let office = try await ImportOffice()
    let text = ImportSamples.file(
      ImportSamples.row("1", ["status": "done", "ended": "2023/5/10 9:05:00", "result": "fixed"]),
      ImportSamples.row("2", ["opened": ""]), ImportSamples.row("3"))
    let first = try await office.bring(try workbook(text, in: office), ImportSamples.map())
    #expect(first.summary.created == 2)
    #expect(first.rejected.map(\.row.ordinal) == [2])
    #expect(first.rejected.map(\.row.line) == [3])
    #expect(try await office.find("1").case.reportedAt == Moment("2023-05-06T10:00:00+08:00"))
    let again = try await office.bring(try office.file(text), ImportSamples.map())
    #expect(again.summary.unchanged == 2)
    #expect(again.summary.created == 0)
  }

  @Test("a workbook for another map is refused before anything is brought in")
  func otherMap() async throws {
    let office = try await ImportOffice()
    let path = try workbook("a,b\n1,2\n", in: office)
    await #expect(throws: Fault.self) { try await office.bring(path, ImportSamples.map()) }
  }
}
