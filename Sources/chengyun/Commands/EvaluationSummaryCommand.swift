import ArgumentParser
import Base
import City
import Foundation
import Paper
import Web

/// `chengyun evaluation summary FILE…`: many forms at a glance.
struct EvaluationSummaryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Rank bodies and findings over many forms.",
    discussion: "Where a form is the total of others, its money is counted and theirs is not.")

  @OptionGroup var input: EvaluationInput
  @OptionGroup var rules: EvaluationRuleOptions
  @Flag(help: "Print one JSON object.")
  var json = false
  @Option(help: ArgumentHelp("Write a report to read or print.", valueName: "file"))
  var html: String?
  @Option(help: ArgumentHelp("Write a workbook.", valueName: "file"))
  var xlsx: String?

  func validate() throws {
    guard [json, html != nil, xlsx != nil].count(where: { $0 }) < 2 else {
      throw ValidationError("Choose one of --json, --html and --xlsx.")
    }
  }

  func run() async throws {
    let wording = try Running.wording()
    let settings = try rules.settings()
    let files = EvaluationFiles(input.files, in: wording)
    let forms = EvaluationCheck.check(files.forms, settings: settings)
    if json {
      try Output.json(
        SummaryAnswer(
          EvaluationSummary(forms), forms: forms.count, files.refused, off: settings.off))
    } else {
      try write(EvaluationReport(forms, in: wording), wording)
    }
    files.sayRefused(in: wording)
    try files.finish()
  }

  private func write(_ report: EvaluationReport, _ wording: Wording) throws {
    if let html {
      let document = HTMLWriter.document(
        report.sheets, title: wording.text("evaluation.report.title"),
        language: wording.language.rawValue)
      return try Output.file(html, Array(document.utf8))
    }
    if let xlsx { return try Output.file(xlsx, WorkbookWriter.bytes(report.sheets)) }
    report.lead.forEach(Output.line)
    for table in [report.bodies, report.lines] where table.count > 1 {
      Output.line("")
      var text = TextTable(table[1].map { $0.style == .text ? .left : .right })
      for row in table { text.add(row.map(\.text)) }
      text.lines.forEach(Output.line)
    }
  }
}

/// The summary for other programs; amounts in 元 as decimal strings.
private struct SummaryAnswer: Encodable {
  struct Money: Encodable {
    let opening: String
    let adjusted: String
    let executed: String
    let rate: String?

    init(_ money: EvaluationSummary.Money) {
      opening = money.opening.printed(2)
      adjusted = money.adjusted.printed(2)
      executed = money.executed.printed(2)
      rate = money.rate?.printed(2)
    }
  }

  struct Body: Encodable {
    let name: String
    let year: Int?
    let forms: Int
    let counted: Int
    let withoutMoney: Int
    let money: Money
    let errors: Int
    let warnings: Int
    let remarks: Int
    let grades: [String: Int]

    init(_ body: EvaluationSummary.Body) {
      (name, year, forms) = (body.name, body.year, body.forms)
      (counted, withoutMoney) = (body.counted, body.withoutMoney)
      (errors, warnings, remarks) = (body.errors, body.warnings, body.remarks)
      money = Money(body.money)
      grades = body.grades
    }
  }

  struct Line: Encodable {
    let code: String
    let severity: String
    let forms: Int
    let findings: Int
  }

  let forms: Int
  let clean: Int
  let copies: Int
  let refused: Int
  let money: Money
  let bodies: [Body]
  let findings: [Line]
  /// The rules that were not checked, each with the reason.
  let off: [String: String]

  init(
    _ summary: EvaluationSummary, forms: Int, _ refused: Int, off: [String: String]
  ) {
    self.forms = forms
    self.off = off
    self.refused = refused
    clean = summary.clean
    copies = summary.copies
    money = Money(summary.money)
    bodies = summary.bodies.map(Body.init)
    findings = summary.lines.map {
      Line(code: $0.code, severity: $0.severity.rawValue, forms: $0.forms, findings: $0.findings)
    }
  }
}
