import Base
import Foundation
import PaperSamples
import Testing

@testable import Paper

private let hasTool = (try? PDFText()) != nil

@Suite("Text of PDF files", .enabled(if: hasTool, "pdftotext is not installed"))
struct PDFTextTests {
  private func code(_ bytes: [UInt8], largestText: Int = 1 << 20) throws -> String? {
    do {
      _ = try PDFText(largestText: largestText).text(bytes, .content)
      return nil
    } catch let fault as Fault {
      return fault.code
    }
  }

  @Test(
    "Lines come out in their order, in both settings",
    arguments: [PDFText.Setting.content, .layout])
  func lines(setting: PDFText.Setting) throws {
    let lines = (1...50).map { "第 \($0) 行：执行率 98.54% ≥" }
    let text = try PDFText().text(SamplePDF.lines(lines), setting)
    let found = text.split(whereSeparator: { $0.isNewline || $0 == "\u{0C}" })
      .map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    #expect(found == lines.map { $0.filter { !$0.isWhitespace } })
  }

  @Test("A file with a password, one without text and a damaged one are told apart")
  func refused() throws {
    #expect(try code(SamplePDF.lines(["密"], encrypted: true)) == "pdf.encrypted")
    #expect(try code(SamplePDF.lines([])) == "pdf.scanned")
    #expect(try code(Array("%PDF-1.4\nnothing".utf8)) == "pdf.damaged")
    #expect(try code(SamplePDF.lines(["text"])) == nil)
  }

  @Test("More text than the limit is refused")
  func tooLarge() throws {
    let lines = (1...400).map { "line \($0) of many" }
    #expect(try code(SamplePDF.lines(lines), largestText: 1000) == "pdf.too-large")
  }
}
