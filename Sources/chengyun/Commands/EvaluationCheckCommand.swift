import ArgumentParser
import City
import Web

/// `chengyun evaluation check FILE…`: what a reviewer would find in the forms.
struct EvaluationCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check self-evaluation forms.",
    discussion: """
      Forms of one body and year are checked together too. Findings are no failure: the command ends \
      with 0 unless a file could not be read.
      """)

  @OptionGroup var input: EvaluationInput
  @OptionGroup var rules: EvaluationRuleOptions
  @Flag(help: "Show only where a form contradicts itself.")
  var errorsOnly = false
  @Flag(help: "Print a JSON array of forms with their findings in Chinese and English.")
  var json = false

  func run() async throws {
    let wording = try Running.wording()
    let settings = try rules.settings()
    let files = EvaluationFiles(input.files, in: wording)
    var forms = EvaluationCheck.check(files.forms, settings: settings)
    if errorsOnly {
      for index in forms.indices { forms[index].findings.removeAll { $0.severity != .error } }
    }
    if json {
      let other: Language = wording.language == .english ? .chinese : .english
      let both = [wording, try Wording.embedded(other)]
      try Output.json(forms.map { $0.worded(by: both) })
    } else {
      for form in forms { EvaluationText(form, wording).checked.forEach(Output.line) }
      Output.line(Self.sum(forms, wording))
      for (code, reason) in settings.off.sorted(by: { $0.key < $1.key }) {
        Output.line(wording.off(code, because: reason))
      }
      files.sayRefused(in: wording)
    }
    try files.finish()
  }

  private static func sum(_ forms: [EvaluationForm], _ wording: Wording) -> String {
    func count(_ severity: Finding.Severity) -> String {
      "\(forms.reduce(0) { $0 + $1.findings.count { $0.severity == severity } })"
    }
    return wording.text(
      "evaluation.end.check",
      [
        "forms": "\(forms.count)", "errors": count(.error), "warnings": count(.warning),
        "remarks": count(.remark),
      ])
  }
}

extension EvaluationFiles {
  /// At the end, where the reasons may be far above.
  func sayRefused(in wording: Wording) {
    guard refused > 0 else { return }
    Output.note(wording.text("evaluation.end.refused", ["count": "\(refused)"]))
  }
}
