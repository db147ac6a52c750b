import ArgumentParser
import City
import Web

/// `chengyun evaluation rules`: what is checked, how much it weighs, what it rests on.
struct EvaluationRulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules by which forms are checked.")

  @Flag(help: "Print a JSON array, in Chinese and English.")
  var json = false

  func run() async throws {
    if json {
      let both = [try Wording.embedded(.chinese), try Wording.embedded(.english)]
      return try Output.json(CheckRule.all.map { RuleLine($0, both) })
    }
    let wording = try Running.wording()
    var table = TextTable([.left, .left, .left])
    for rule in CheckRule.all {
      table.add([rule.code, wording.text(rule.severity), wording.rule(rule.code)])
    }
    for (line, rule) in zip(table.lines, CheckRule.all) {
      Output.line(line)
      Output.line("    \(wording.basis(of: rule.code))")
    }
  }
}

/// A rule in words, by language.
private struct RuleLine: Encodable {
  let code: String
  let severity: String
  let group: String
  let rule: [String: String]
  /// What findings say, the names of their figures in braces.
  let sentence: [String: String]
  let basis: [String: String]

  init(_ rule: CheckRule, _ wordings: [Wording]) {
    func worded(_ text: (Wording) -> String) -> [String: String] {
      Dictionary(wordings.map { ($0.language.rawValue, text($0)) }, uniquingKeysWith: { $1 })
    }
    code = rule.code
    severity = rule.severity.rawValue
    group = rule.group.rawValue
    self.rule = worded { $0.rule(rule.code) }
    sentence = worded { $0.text("finding.\(rule.code)") }
    basis = worded { $0.basis(of: rule.code) }
  }
}
