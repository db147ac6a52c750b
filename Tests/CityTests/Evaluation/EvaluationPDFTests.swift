import Base
import Foundation
import Paper
import PaperSamples
import Testing

@testable import City

private let hasTool = (try? PDFText()) != nil
private let hasPrinter = (try? PDFPrinter()) != nil

@Suite("Reading self-evaluation forms out of PDF", .enabled(if: hasTool, "pdftotext is missing"))
struct EvaluationPDFTests {
  private func pdf(_ text: String) -> [UInt8] {
    SamplePDF.lines(text.split(separator: "\n").map(String.init))
  }

  @Test("A form over several pages is the form of its text")
  func form() throws {
    let forms = try EvaluationReading.read(pdf(SampleForms.spaced), named: "sample.pdf")
    let text = try EvaluationReading.read(text: SampleForms.spaced, named: "sample.pdf")
    #expect(forms.count == 1)
    #expect(forms.first?.lines == text.first?.lines)
    #expect(forms.first?.budget == text.first?.budget)
    #expect(forms.first?.goal == text.first?.goal)
    #expect(forms.first?.result == text.first?.result)
    #expect(forms.first?.total == text.first?.total)
  }

  @Test(
    "A form that is printed over two pages is read back whole",
    .enabled(if: hasPrinter, "weasyprint is missing"))
  func printed() throws {
    var form = CheckSamples.sound
    // Cells of one line and without white space are kept apart by setting alone.
    form.goal = "全年对镇内十二条河道开展日常巡查。"
    form.result = "全年巡查二百四十六次。"
    for name in [EvaluationBudgetRow.Name.currentYear, .carriedOver, .other] {
      form.budget[name].weight = "-"
    }
    // The widest figure of a narrow column stays on its line.
    form.budget.total.rate = "100.00%"
    let first = form.indicators[0]
    form.indicators.insert(
      contentsOf: (1...30).map { number in
        var indicator = first
        indicator.name = "第\(number)号河道巡查次数"
        return indicator
      }, at: 1)
    let bytes = try EvaluationPrint.bytes([form], as: .pdf)
    let read = try #require(try EvaluationReading.read(bytes, named: form.source).first)
    #expect(read.unplaced == [])
    #expect(read == form)
  }

  @Test("Encrypted, scanned, damaged and other PDF files are each refused in their own way")
  func refused() {
    func code(_ bytes: [UInt8]) -> String? {
      do {
        _ = try EvaluationReading.read(bytes, named: "sample.pdf")
        return nil
      } catch {
        let fault = error as? Fault
        #expect(fault?.arguments["file"] == "sample.pdf")
        return fault?.code
      }
    }
    #expect(code(SamplePDF.lines(["密"], encrypted: true)) == "evaluation.encrypted")
    #expect(code(SamplePDF.lines([])) == "evaluation.scanned")
    #expect(code(bytes("%PDF-1.7\nnothing")) == "evaluation.damaged")
    #expect(code(SamplePDF.lines(["会议通知"])) == "evaluation.no-form")
  }
}
