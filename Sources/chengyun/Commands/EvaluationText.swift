import City
import Web

/// A form in lines for a terminal.
struct EvaluationText {
  private let form: EvaluationForm
  private let wording: Wording

  init(_ form: EvaluationForm, _ wording: Wording) {
    self.form = form
    self.wording = wording
  }

  /// All that stands in it.
  var whole: [String] {
    head + indented(money) + goals + indented(indicators) + [result] + unplaced + [""]
  }

  /// What was found in it, the heaviest first.
  var checked: [String] {
    head + [result] + findings + unplaced + [""]
  }

  private func word(_ key: String, _ arguments: [String: String] = [:]) -> String {
    wording.text("evaluation.form.\(key)", arguments)
  }

  private func field(_ field: Finding.Field) -> String {
    wording.text("finding.field.\(field.rawValue)")
  }

  private func indented(_ lines: [String]) -> [String] { lines.map { "  " + $0 } }

  // MARK: - Head and end

  private var head: [String] {
    let project = form.project.isEmpty ? word("unnamed") : form.project
    let year = form.year.map { word("year", ["year": "\($0)"]) }
    let bodies = [(Finding.Field.department, form.department), (.unit, form.unit)]
      .filter { !$0.1.isEmpty }.map { "\(field($0.0)) \($0.1)" }
    return ["\(form.source)#\(form.ordinal)  \(project)"]
      + indented([([year].compactMap(\.self) + bodies).joined(separator: " · ")])
  }

  /// Money, rate, total and grade in one line; what they ought to be where that differs.
  private var result: String {
    let row = form.budget.total
    func shown(_ number: PrintedNumber) -> String { number.isEmpty ? "—" : number.text }
    var parts = [
      word(
        "money",
        [
          "opening": shown(row.opening), "adjusted": shown(row.adjusted),
          "executed": shown(row.executed) + (form.moneyUnit.map { " \($0.rawValue)" } ?? ""),
          "rate": shown(row.rate) + (row.rate.isPercent || row.rate.value == nil ? "" : "%"),
        ])
    ]
    var total = word("total", ["total": shown(form.total.score)])
    if let computed = form.computed.total, computed != form.total.score.value {
      total += " (\(word("computed", ["total": computed.printed(2)])))"
    }
    parts.append(total)
    if !form.grade.isEmpty { parts.append(word("grade", ["grade": form.grade])) }
    return "  " + parts.joined(separator: " · ")
  }

  // MARK: - What it says

  private var money: [String] {
    var table = TextTable([.left] + EvaluationBudgetRow.Column.allCases.map { _ in .right })
    let unit = form.moneyUnit.map { word("money-unit", ["unit": $0.rawValue]) } ?? ""
    table.add(
      [unit]
        + EvaluationBudgetRow.Column.allCases.map { wording.text("finding.column.\($0.rawValue)") })
    for name in EvaluationBudgetRow.Name.allCases {
      table.add(
        [wording.text("finding.row.\(name.rawValue)")]
          + EvaluationBudgetRow.Column.allCases.map { form.budget[name][$0].text })
    }
    return table.lines
  }

  private var goals: [String] {
    [(Finding.Field.goal, form.goal), (.result, form.result)]
      .map { "  \(field($0.0)): \($0.1.isEmpty ? "—" : $0.1)" }
  }

  private var indicators: [String] {
    guard !form.indicators.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left, .left, .right, .right, .left])
    table.add(
      ["level1", "level2", "name", "target", "actual", "weight", "score", "reason"].map { word($0) }
    )
    var last: EvaluationIndicator?
    for indicator in form.indicators {
      let isFirst = last?.level1 != indicator.level1
      let isSecond = isFirst || last?.level2 != indicator.level2
      table.add([
        isFirst ? indicator.level1 : "", isSecond ? indicator.level2 : "", indicator.name,
        indicator.target, indicator.actual, indicator.weight.text, indicator.score.text,
        indicator.reason,
      ])
      last = indicator
    }
    return table.lines
  }

  // MARK: - What is wrong with it

  private var findings: [String] {
    guard !form.findings.isEmpty else { return ["  " + word("no-findings")] }
    return Finding.Severity.allCases.flatMap { severity in
      form.findings.filter { $0.severity == severity }.flatMap { finding in
        [
          "  [\(wording.text(severity))] \(finding.code) · "
            + wording.place(finding.place, in: form),
          "      \(wording.text(finding))", "      \(wording.basis(of: finding.code))",
        ]
      }
    }
  }

  private var unplaced: [String] {
    guard !form.unplaced.isEmpty else { return [] }
    let lines = form.unplaced.map { piece in
      let line = piece.line.map { word("line", ["line": "\($0)"]) }
      return ([line, piece.text].compactMap(\.self).joined(separator: "  "))
        + "  — \(wording.text(piece.reason))"
    }
    return ["  " + word("unplaced", ["count": "\(form.unplaced.count)"])]
      + lines.map { "    " + $0 }
  }
}
