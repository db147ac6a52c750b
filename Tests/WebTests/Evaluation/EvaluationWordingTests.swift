import City
import Foundation
import Testing

@testable import Web

@Suite struct EvaluationWordingTests {
  private static let both = Result {
    [try Wording.embedded(.chinese), try Wording.embedded(.english)]
  }

  private static var form: EvaluationForm {
    var form = EvaluationForm(source: "甲.txt", ordinal: 2)
    form.project = "路灯养护"
    form.indicators = [EvaluationIndicator(name: "亮灯率")]
    form.findings = [
      Finding(
        "budget.executed-over-adjusted", .error, at: .budget(.other, .executed),
        [
          "row": "other", "executed": "5", "unit": "万元", "adjusted": "4", "difference": "1",
        ])
    ]
    return form
  }

  @Test("every rule, severity, place and doubt has its words in both languages")
  func words() throws {
    var keys = CheckRule.all.flatMap { ["rule.\($0.code)", "finding.\($0.code)"] }
    keys += CheckRule.Basis.allCases.flatMap {
      ["finding.basis.\($0.rawValue)", "rule.basis.\($0.rawValue)"]
    }
    keys += Finding.Severity.allCases.map { "finding.severity.\($0.rawValue)" }
    keys += Finding.Field.allCases.map { "finding.field.\($0.rawValue)" }
    keys += EvaluationBudgetRow.Name.allCases.map { "finding.row.\($0.rawValue)" }
    keys += EvaluationBudgetRow.Column.allCases.map { "finding.column.\($0.rawValue)" }
    keys += UnplacedText.Reason.allCases.map { "evaluation.unplaced.\($0.rawValue)" }
    for wording in try Self.both.get() { #expect(keys.filter { !wording.knows($0) } == []) }
  }

  @Test("a finding says its figures, its codes in words, and its place")
  func finding() throws {
    let (chinese, english) = (try Self.both.get()[0], try Self.both.get()[1])
    let finding = Self.form.findings[0]
    #expect(chinese.text(finding) == "其他资金：执行数 5万元，全年预算数 4万元，多 1万元。支出不应超过预算。")
    #expect(english.text(finding).hasPrefix("Of other money 5万元 were spent"))
    #expect(chinese.place(finding.place, in: Self.form) == "其他资金的全年执行数")
    #expect(chinese.place(.indicator(0), in: Self.form) == "第 1 个指标 亮灯率")
    #expect(english.place(.indicator(7), in: Self.form) == "indicator 8")
  }

  @Test("a report says at its head which rules were not checked, and why")
  func off() throws {
    let wording = try Self.both.get()[1]
    var settings = CheckSettings()
    try settings.switchOff("weights.off-guide", because: "the bureau has its own guide")
    let report = EvaluationReport(
      EvaluationCheck.check([Self.form], settings: settings), in: wording)
    let said = report.sheets[0].titles.last
    #expect(
      said?.hasSuffix("[weights.off-guide], because: the bureau has its own guide") == true)
    let plain = EvaluationReport(EvaluationCheck.check([Self.form]), in: wording)
    #expect(!plain.lead.contains { $0.contains("because") })
  }

  @Test("for other programs a finding is worded in every language, sentence and basis")
  func worded() throws {
    let both = try Self.both.get()
    let form = Self.form.worded(by: both)
    let finding = form.findings[0]
    #expect(finding.message?.hasSuffix("依据：表内数字、文字应前后一致。") == true)
    #expect(finding.messages["zh-Hans"] == finding.message)
    #expect(finding.messages["en"]?.contains("Basis: ") == true)
    let json = try JSONEncoder().encode(form)
    #expect(try JSONDecoder().decode(EvaluationForm.self, from: json) == form)
  }

  @Test("a report has a row for each body, rule and finding, and fits its paper")
  func report() throws {
    let report = EvaluationReport([Self.form], in: try Self.both.get()[0])
    #expect(report.bodies.count == 2 && report.lines.count == 2 && report.details.count == 2)
    #expect(report.details[1].map(\.text).prefix(3) == ["甲.txt#2", "路灯养护", "矛盾"])
    for sheet in report.sheets {
      #expect(sheet.columns.reduce(0, +) <= 273)
      #expect(sheet.rows.allSatisfy { $0.cells.count == sheet.columns.count })
    }
  }

  @Test(
    "amounts have separators of thousands",
    arguments: [
      ("0", "0.00"), ("999", "999.00"), ("1000", "1,000.00"), ("-1234.5", "-1,234.50"),
      ("-123", "-123.00"), ("157613900", "157,613,900.00"),
    ])
  func amounts(number: String, text: String) throws {
    #expect(EvaluationReport.yuan(try #require(Decimal(string: number))) == text)
  }

  @Test("the page for finance bureaus has every rule as it is")
  func page() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../docs/evaluation.md").standardizedFileURL
    let page = try String(contentsOf: file, encoding: .utf8)
    let (chinese, english) = (try Self.both.get()[0], try Self.both.get()[1])
    for rule in CheckRule.all {
      let line =
        "| `\(rule.code)` | \(english.text(rule.severity)) | \(english.rule(rule.code)) | "
        + "\(chinese.rule(rule.code)) | \(english.text("rule.basis.\(rule.basis.rawValue)")) |"
      #expect(page.contains(line), "\(line)")
    }
  }
}
