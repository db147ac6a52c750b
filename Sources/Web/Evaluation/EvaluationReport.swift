import City
import Foundation
import Paper

/// What checking many forms found, as tables for people: bodies ranked, rules ranked, and every
/// finding with its place.
public struct EvaluationReport: Sendable {
  private let forms: [EvaluationForm]
  private let summary: EvaluationSummary
  private let wording: Wording

  /// - Parameter forms: with their findings, as `EvaluationCheck.check` gives them.
  public init(_ forms: [EvaluationForm], in wording: Wording) {
    self.forms = forms
    self.wording = wording
    summary = EvaluationSummary(forms)
  }

  /// For printing, a page or a sheet of a workbook each.
  public var sheets: [PrintedSheet] {
    [
      sheet("bodies", [54, 14, 14, 18, 30, 30, 30, 18, 13, 13, 13, 24], bodies, lead: lead),
      sheet("lines", [20, 62, 120, 18, 18, 35], lines),
      sheet("details", [40, 42, 16, 48, 40, 87], details),
    ]
  }

  /// What the report is about, in a few sentences.
  public var lead: [String] {
    let counted = summary.bodies.reduce(0) { $0 + $1.counted }
    return [
      wording.text(
        "evaluation.report.lead",
        [
          "forms": "\(forms.count - summary.copies)", "counted": "\(counted)",
          "clean": "\(summary.clean)",
        ]),
      wording.text(
        "evaluation.report.money",
        [
          "opening": Self.yuan(summary.money.opening),
          "adjusted": Self.yuan(summary.money.adjusted),
          "executed": Self.yuan(summary.money.executed), "rate": Self.rate(summary.money.rate),
        ]),
    ] + copies + (forms.first?.off ?? [:]).sorted { $0.key < $1.key }.map(wording.off)
  }

  private var copies: [String] {
    summary.copies == 0
      ? [] : [wording.text("evaluation.report.copies", ["count": "\(summary.copies)"])]
  }

  /// Bodies, those with most to ask about first; the first row is the head.
  public var bodies: [[ReportCell]] {
    let names = ["body", "year", "forms", "counted", "opening", "adjusted", "executed", "rate"]
    let head =
      names.map { wording.text("evaluation.report.\($0)") }
      + Finding.Severity.allCases.map { wording.text($0) }
      + [wording.text("evaluation.report.grades")]
    return [head.map(ReportCell.head)]
      + summary.bodies.map { body in
        [
          .text(body.name), .figure(body.year.map(String.init) ?? "—"), .figure("\(body.forms)"),
          .figure(counted(body)), .amount(Self.yuan(body.money.opening)),
          .amount(Self.yuan(body.money.adjusted)), .amount(Self.yuan(body.money.executed)),
          .figure(Self.rate(body.money.rate)), .figure("\(body.errors)"),
          .figure("\(body.warnings)"), .figure("\(body.remarks)"), .text(grades(body)),
        ]
      }
  }

  /// Rules that found something, errors first, then by how many forms.
  public var lines: [[ReportCell]] {
    let head = ["severity", "code", "rule", "forms", "findings", "basis"]
    return [head.map { .head(wording.text("evaluation.report.\($0)")) }]
      + summary.lines.map { line in
        let basis = CheckRule.of(line.code)?.basis
        return [
          .text(wording.text(line.severity)), .text(line.code), .text(wording.rule(line.code)),
          .figure("\(line.forms)"), .figure("\(line.findings)"),
          .text(basis.map { wording.text("rule.basis.\($0.rawValue)") } ?? ""),
        ]
      }
  }

  /// Every finding, in the order of the forms.
  public var details: [[ReportCell]] {
    let head = ["form", "project", "severity", "code", "place", "message"]
    return [head.map { .head(wording.text("evaluation.report.\($0)")) }]
      + forms.flatMap { form in
        form.findings.map { finding in
          [
            .text("\(form.source)#\(form.ordinal)"), .text(form.project),
            .text(wording.text(finding.severity)), .text(finding.code),
            .text(wording.place(finding.place, in: form)), .text(wording.text(finding)),
          ]
        }
      }
  }

  private func sheet(
    _ name: String, _ columns: [Int], _ table: [[ReportCell]], lead: [String] = []
  ) -> PrintedSheet {
    let name = wording.text("evaluation.report.\(name)")
    let title = lead.isEmpty ? name : wording.text("evaluation.report.title")
    let rows = table.enumerated().map { index, cells in
      PrintedRow(
        cells.enumerated().map { PrintedCell($0, $1.text, $1.style) }, isHead: index == 0)
    }
    return PrintedSheet(
      name: name, titles: [title] + lead, columns: columns, rows: rows, isWide: true)
  }

  /// How many forms' money is counted; where some have none, that is said.
  private func counted(_ body: EvaluationSummary.Body) -> String {
    let without = wording.text("evaluation.report.without-money")
    return body.withoutMoney == 0
      ? "\(body.counted)" : "\(body.counted) (\(without) \(body.withoutMoney))"
  }

  private func grades(_ body: EvaluationSummary.Body) -> String {
    EvaluationGrade.allCases.compactMap { grade in
      body.grades[grade.rawValue].map { "\(grade.rawValue) \($0)" }
    }.joined(separator: " ")
  }

  /// With separators of thousands.
  static func yuan(_ amount: Decimal) -> String {
    let printed = amount.printed(2)
    var text = ""
    let whole = printed.prefix { $0 != "." }
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0, text != "-" { text.append(",") }
      text.append(digit)
    }
    return text + printed.dropFirst(whole.count)
  }

  static func rate(_ rate: Decimal?) -> String { rate.map { $0.printed(2) + "%" } ?? "—" }
}

/// A cell of a report.
public struct ReportCell: Equatable, Sendable {
  public let text: String
  public let style: PrintedCell.Style

  static func head(_ text: String) -> ReportCell { ReportCell(text: text, style: .label) }
  static func text(_ text: String) -> ReportCell { ReportCell(text: text, style: .text) }
  static func figure(_ text: String) -> ReportCell { ReportCell(text: text, style: .figure) }
  static func amount(_ text: String) -> ReportCell { ReportCell(text: text, style: .amount) }
}
