import Foundation
import Testing

@testable import Paper

private let suite = LimitedProcess("soffice", seconds: 120, largestOutput: 1 << 26)

@Suite(
  "What is written opens in LibreOffice",
  .enabled(if: suite != nil && (try? PDFText()) != nil, "LibreOffice is not installed"))
struct OfficeSuiteTests {
  @Test("on as many pages as there are sheets, with every text", arguments: ["docx", "xlsx"])
  func opens(format: String) throws {
    let sheets = [SampleSheets.merged, SampleSheets.merged]
    let bytes =
      try format == "docx" ? TextDocumentWriter.bytes(sheets) : WorkbookWriter.bytes(sheets)
    let folder = FileManager.default.temporaryDirectory.appending(path: "suite-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "sheet.\(format)")
    let errors = folder.appending(path: "errors")
    try Data(bytes).write(to: input)
    try Data().write(to: errors)
    let output = folder.appending(path: "sheet.pdf")
    let outcome = try #require(suite).run(
      [
        "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--convert-to", "pdf",
        "--outdir", folder.path, input.path,
      ], output: output, errors: errors)
    #expect(outcome == .ended(0))
    let text = try PDFText().text([UInt8](Data(contentsOf: output)), .layout)
    let pages = text.split(separator: "\u{0C}").map { $0.filter { !$0.isWhitespace } }
    #expect(pages.count == 2)
    for page in pages {
      for part in ["标题", "（2025年度）", "类别", "甲", "a<b&\"c\"", "1,838.35", "=1+1", "95.00%"] {
        #expect(page.contains(part), "\(part)")
      }
    }
  }
}
