import Base
import Foundation
import Testing

@testable import City

@Suite struct RejectedFileTests {
  private func file(_ path: String) -> RejectedFile {
    RejectedFile(
      path: path, columns: ImportSamples.header.dropLast().split(separator: ",").map(String.init),
      word: { "“\($0.code)”" }, wordFault: { "“\($0.code)”" })
  }

  @Test("a rejected row is written with its number, line, reason and wording, and as it was")
  func written() async throws {
    let office = try await ImportOffice()
    let path = try office.file(
      ImportSamples.file(
        ImportSamples.row("1"), ImportSamples.row("2", ["opened": "", "title": "=1+1"])))
    let result = try await office.bring(path, ImportSamples.map())
    let target = path + ".rejected.csv"
    let rejected = file(target)
    for row in result.rejected { try rejected.add(row) }
    try rejected.finish()
    // Read as bytes, because reading as a text takes the byte order mark away.
    let text = String(decoding: try Data(contentsOf: URL(filePath: target)), as: UTF8.self)
    let lines = text.split(separator: "\r\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("\u{FEFF}rejected.row,rejected.line,rejected.field,"))
    #expect(lines[0].hasSuffix(",reply,answered"))
    #expect(
      lines[1].hasPrefix("2,3,opened,value.missing,opened: “value.missing”,2,'=1+1,"),
      "\(lines[1])")
  }

  @Test("the file of an earlier import goes when everything was taken; anybody else's stays")
  func removed() async throws {
    let office = try await ImportOffice()
    let ours = try office.file("\u{FEFF}rejected.row,rejected.line,rejected.field\r\n", named: "a")
    let theirs = try office.file("row,line\n1,2\n", named: "b")
    // Our own header in full is what tells them apart.
    let full = try office.file(
      "\u{FEFF}rejected.row,rejected.line,rejected.field,rejected.reason,rejected.wording,id\r\n",
      named: "c")
    for path in [ours, theirs, full] { try file(path).finish() }
    #expect(FileManager.default.fileExists(atPath: ours))
    #expect(FileManager.default.fileExists(atPath: theirs))
    #expect(!FileManager.default.fileExists(atPath: full))
  }

  @Test("a place where nothing can be written is told")
  func unwritable() async throws {
    let office = try await ImportOffice()
    let path = try office.file(ImportSamples.file(ImportSamples.row("", [:])))
    let result = try await office.bring(path, ImportSamples.map())
    let row = try #require(result.rejected.first)
    let fault = #expect(throws: Fault.self) { try file("/nowhere/at/all.csv").add(row) }
    #expect(fault?.code == "import.rejected-unwritable")
  }
}
