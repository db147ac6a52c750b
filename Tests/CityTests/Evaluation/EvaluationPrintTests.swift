import Base
import Foundation
import Paper
import Testing

@testable import City

@Suite("Printing self-evaluation forms")
struct EvaluationPrintTests {
  /// What a reader makes of what was written, without where it came from.
  private func through(
    _ forms: [EvaluationForm], _ format: EvaluationPrint.Format
  ) throws -> [EvaluationForm] {
    let bytes = try EvaluationPrint.bytes(forms, as: format)
    return try EvaluationReading.read(bytes, named: "printed").map(Self.content)
  }

  private static func content(_ form: EvaluationForm) -> EvaluationForm {
    var form = form
    (form.source, form.ordinal, form.unplaced, form.findings) = ("", 1, [], [])
    return form
  }

  private func samples() throws -> [EvaluationForm] {
    try [SampleForms.spaced, SampleForms.tabbed, SampleForms.yuan].flatMap {
      try EvaluationReading.read(text: $0, named: "sample")
    }
  }

  @Test(
    "What is printed is read back the same", arguments: [EvaluationPrint.Format.docx, .xlsx, .html])
  func readBack(format: EvaluationPrint.Format) throws {
    let forms = try samples()
    #expect(forms.count == 3)
    #expect(try through(forms, format) == forms.map(Self.content))
    let doubts = try EvaluationReading.read(
      EvaluationPrint.bytes(forms, as: format), named: "printed"
    ).flatMap(\.doubts)
    #expect(doubts == [])
  }

  @Test(
    "Figures, signs and texts of any kind survive",
    arguments: [EvaluationPrint.Format.docx, .xlsx, .html])
  func hostile(format: EvaluationPrint.Format) throws {
    var form = try #require(try samples().first)
    form.project = "=HYPERLINK(\"http://a\")&a<c'x'"
    form.moneyUnit = .yuan
    form.budget.total.opening = "1,234,567.80"
    form.budget.total.rate = "98.50%"
    form.budget.other.executed = "—"
    form.budget.carriedOver.opening = "１２３"
    form.budget.currentYear.weight = .none
    form.goal = String(repeating: "一、清理河道；", count: 400)
    form.result = "完成3<5且7>2，A&B。"
    form.indicators[0].target = "<5%"
    form.indicators[0].actual = "+3"
    form.indicators[1].reason = "@原因"
    form.grade = ""
    #expect(try through([form], format) == [Self.content(form)])
  }

  @Test("Names of a level that come again under another first level are cells of their own")
  func levels() throws {
    var form = try #require(try samples().first)
    form.indicators = [
      ("产出指标", "成本指标"), ("成本指标", "成本指标"), ("成本指标", "经济成本指标"), ("产出指标", "数量指标"),
    ].map {
      EvaluationIndicator(
        level1: $0, level2: $1, name: "甲", target: "1", actual: "1", weight: "5", score: "5")
    }
    let rows = form.printed.rows.filter { $0.cells.contains { $0.text == "甲" } }
    #expect(rows.map(\.cells.count) == [8, 8, 7, 8])
    #expect(try through([form], .docx) == [Self.content(form)])
  }

  @Test("A form without anything can be printed, and says nothing that it does not know")
  func empty() throws {
    let sheet = EvaluationForm().printed
    #expect(sheet.titles == ["财政项目支出绩效自评表", "（    年度）"])
    #expect(!sheet.rows.contains { $0.cells.contains { $0.text == "评分等级" } })
    for format in [EvaluationPrint.Format.docx, .xlsx, .html] {
      #expect(try !EvaluationPrint.bytes([EvaluationForm()], as: format).isEmpty)
    }
  }

  @Test("Every row of the form fills the page's eight columns")
  func grid() throws {
    for form in try samples() {
      let sheet = form.printed
      var open: [(cell: PrintedCell, until: Int)] = []
      for (index, row) in sheet.rows.enumerated() {
        open.removeAll { $0.until <= index }
        let covered = (row.cells + open.map(\.cell)).flatMap { Array($0.columns) }.sorted()
        #expect(covered == Array(0..<8), "row \(index)")
        open += row.cells.filter { $0.rows > 1 }.map { ($0, index + $0.rows) }
      }
      #expect(sheet.columns.reduce(0, +) == 186)
    }
  }

  @Test(
    "Where the program for PDF is missing, that is what is said",
    .enabled(if: (try? PDFPrinter()) == nil, "weasyprint is installed"))
  func noTool() throws {
    #expect(throws: Fault(.unavailable, "print.tool-missing")) {
      try EvaluationPrint.bytes([EvaluationForm()], as: .pdf)
    }
  }
}

private let published: URL? = ProcessInfo.processInfo.environment["CHENGYUN_DATA"]
  .map { URL(filePath: $0).deletingLastPathComponent().appending(path: "seeds") }
  .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

@Suite(
  "Published forms printed",
  .enabled(if: published != nil, "CHENGYUN_DATA is not set, or has no seeds beside it"))
struct PublishedPrintTests {
  @Test(
    "All 48 forms come back the same, in one document and each alone",
    arguments: [EvaluationPrint.Format.docx, .xlsx, .html])
  func roundTrip(format: EvaluationPrint.Format) throws {
    let folder = try #require(published)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let forms = try names.filter { $0.hasSuffix(".txt") }.flatMap {
      try EvaluationReading.read(file: folder.appending(path: $0))
    }
    #expect(forms.count == 48)
    var whole = try EvaluationReading.read(EvaluationPrint.bytes(forms, as: format), named: "all")
    #expect(whole.map(\.ordinal) == Array(1...48))
    for index in whole.indices {
      let alone = try EvaluationReading.read(
        EvaluationPrint.bytes([forms[index]], as: format), named: "all")
      #expect(alone.count == 1)
      #expect(whole[index].unplaced.isEmpty, "\(index)")
      whole[index].source = forms[index].source
      whole[index].ordinal = forms[index].ordinal
      whole[index].unplaced = forms[index].unplaced
      #expect(whole[index] == forms[index], "\(index)")
      #expect(alone.first?.indicators == forms[index].indicators)
    }
  }
}
