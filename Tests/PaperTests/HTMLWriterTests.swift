import Base
import Foundation
import Testing

@testable import Paper

@Suite("Writing HTML and PDF")
struct HTMLWriterTests {
  private let html = HTMLWriter.document(
    [SampleSheets.merged, SampleSheets.merged], title: "a < b", language: "zh-Hans")

  @Test("Texts are text, and cells span what they span")
  func cells() {
    #expect(html.contains("<title>a &lt; b</title>"))
    #expect(html.contains("<td colspan=\"2\">a &lt; b &amp; &quot;c&quot;</td>"))
    #expect(html.contains("<th rowspan=\"2\">甲</th>"))
    #expect(!html.contains("a < b"))
    #expect(html.components(separatedBy: "<article id=").count == 3)
  }

  @Test("What is written is read back cell by cell; a page of others is not read")
  func readBack() throws {
    let sections = try #require(try PageReader.sections(Array(html.utf8)))
    #expect(sections.count == 2)
    #expect(
      SampleSheets.shown(sections[0].rows) == ["0+1 标题", "0+1 （2025年度）"] + SampleSheets.read)
    for other in ["<!doctype html>\n<p>甲</p>", "<html></html>", "<!DOCTYPE HTML><table>"] {
      #expect(PaperKind(Array(other.utf8)) == .page)
      #expect(try PageReader.sections(Array(other.utf8)) == nil)
    }
    #expect(throws: Fault.self) { try PageReader.sections(Array(html.dropLast(9).utf8)) }
  }

  @Test("It stands for itself: nothing is fetched and nothing runs")
  func alone() {
    #expect(!html.contains("href=") && !html.contains("src=") && !html.contains("url("))
    #expect(!html.contains("<script"))
  }

  @Test("A head is repeated above its own rows only")
  func heads() {
    var sheet = SampleSheets.merged
    sheet.rows.insert(PrintedRow([PrintedCell(0, "前", .text, span: 4)]), at: 0)
    let html = HTMLWriter.document([sheet], title: "", language: "zh-Hans")
    #expect(html.components(separatedBy: "<table>").count == 3)
    #expect(html.components(separatedBy: "<thead>").count == 2)
    #expect(
      html.components(separatedBy: "<tbody>").count
        == html.components(separatedBy: "</tbody>").count)
  }

  @Test(
    "A PDF has a page for each sheet and its text",
    .enabled(if: (try? PDFPrinter()) != nil && (try? PDFText()) != nil, "weasyprint is missing"))
  func pdf() throws {
    let bytes = try PDFPrinter().bytes(html)
    #expect(PaperKind(bytes) == .pdf)
    let text = try PDFText().text(bytes, .layout)
    #expect(text.split(separator: "\u{0C}").filter { $0.contains("1,838.35") }.count == 2)
  }

  @Test(
    "A page that takes too long is given up on",
    .enabled(if: (try? PDFPrinter()) != nil, "weasyprint is missing"))
  func tooSlow() throws {
    let printer = try PDFPrinter(seconds: 0)
    #expect(throws: Fault(.unavailable, "print.timed-out", ["seconds": "0"])) {
      try printer.bytes(self.html)
    }
  }
}
