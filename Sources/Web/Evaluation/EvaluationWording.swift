import City

/// What checking self-evaluation forms says, in the reader's language.
extension Wording {
  /// A finding with its figures, and what the rule asks.
  public func text(_ finding: Finding) -> String {
    var arguments = finding.arguments
    for name in CheckRule.codedArguments {
      guard let value = arguments[name] else { continue }
      arguments[name] = texts["finding.\(name).\(value)"] ?? value
    }
    return text("finding.\(finding.code)", arguments)
  }

  /// What a rule rests on; empty of a code that is no rule.
  public func basis(of code: String) -> String {
    CheckRule.of(code).map { text("finding.basis.\($0.basis.rawValue)") } ?? ""
  }

  /// What a rule looks for, in a few words.
  public func rule(_ code: String) -> String { text("rule.\(code)") }

  /// That a rule was not checked, and why.
  public func off(_ code: String, because reason: String) -> String {
    text("evaluation.off", ["code": code, "rule": rule(code), "reason": reason])
  }

  public func text(_ severity: Finding.Severity) -> String {
    text("finding.severity.\(severity.rawValue)")
  }

  /// Where in a form; an indicator by its place, from 1, and its name.
  public func place(_ place: Finding.Place, in form: EvaluationForm) -> String {
    switch place {
    case .form: return text("evaluation.place.form")
    case .total: return text("evaluation.place.total")
    case .field(let field): return text("finding.field.\(field.rawValue)")
    case .budget(let row, nil): return text("finding.row.\(row.rawValue)")
    case .budget(let row, let column?):
      return text(
        "evaluation.place.cell",
        [
          "row": text("finding.row.\(row.rawValue)"),
          "column": text("finding.column.\(column.rawValue)"),
        ])
    case .indicator(let index):
      let number = text("evaluation.place.indicator", ["number": "\(index + 1)"])
      let name = form.indicators.indices.contains(index) ? form.indicators[index].name : ""
      return name.isEmpty ? number : "\(number) \(name)"
    }
  }

  /// Why something could not be placed.
  public func text(_ reason: UnplacedText.Reason) -> String {
    text("evaluation.unplaced.\(reason.rawValue)")
  }

  /// Sentence and basis in one, as they go to other programs.
  func message(_ finding: Finding) -> String {
    let separator = language == .english ? " " : ""
    return text(finding) + separator + basis(of: finding.code)
  }
}

extension EvaluationForm {
  /// With every finding in words: `message` in the first of the languages, `messages` in all.
  public func worded(by wordings: [Wording]) -> EvaluationForm {
    var form = self
    for index in form.findings.indices {
      let finding = form.findings[index]
      form.findings[index].message = wordings.first?.message(finding)
      form.findings[index].messages = Dictionary(
        wordings.map { ($0.language.rawValue, $0.message(finding)) }, uniquingKeysWith: { $1 })
    }
    return form
  }
}
