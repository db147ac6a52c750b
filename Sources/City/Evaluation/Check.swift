/// Checks self-evaluation forms: each alone, and those of one body and year together.
public enum EvaluationCheck {
  /// The forms in their order with `findings` filled anew, by place in the form. Rules that are
  /// switched off find nothing.
  public static func check(
    _ forms: [EvaluationForm], settings: CheckSettings = CheckSettings()
  ) -> [EvaluationForm] {
    let checked = forms.map(CheckForm.init)
    var findings = checked.map { alone($0, settings.limits) }
    for (index, found) in CheckTree.findings(checked) { findings[index] += found }
    return zip(forms, findings).map { form, found in
      var form = form
      form.findings = found.filter { settings.isOn($0.code) }.sorted { order($0) < order($1) }
      form.off = settings.off
      return form
    }
  }

  /// What a form shows by itself.
  static func alone(_ form: CheckForm, _ limits: CheckLimits) -> [Finding] {
    CheckBudget.findings(form, limits) + CheckScores.findings(form, limits)
      + CheckTargets.findings(form, limits) + CheckIndicators.findings(form, limits)
      + CheckStructure.findings(form) + CheckText.findings(form) + CheckResult.findings(form)
  }

  /// From the top of the form to its end; of one place, the heaviest first.
  private static func order(_ finding: Finding) -> Int {
    let severity = Finding.Severity.allCases.firstIndex(of: finding.severity) ?? 0
    return place(finding.place) * 10 + severity
  }

  private static func place(_ place: Finding.Place) -> Int {
    switch place {
    case .form: 0
    case .field(let field): 1 + (Finding.Field.allCases.firstIndex(of: field) ?? 0)
    case .budget(let row, _): 20 + (EvaluationBudgetRow.Name.allCases.firstIndex(of: row) ?? 0)
    case .indicator(let index): 100 + index
    case .total: Int(Int32.max)
    }
  }
}
