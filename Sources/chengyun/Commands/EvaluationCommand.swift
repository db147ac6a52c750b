import ArgumentParser
import Base
import City
import Foundation
import Web

/// `chengyun evaluation …`
struct EvaluationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluation",
    abstract: "Read, check and print self-evaluation forms of fiscal projects.",
    discussion: """
      Forms are read out of text, .docx, .xlsx, PDF, and our own JSON and HTML; a folder stands for all files in it. \
      A file that cannot be read is named and left out, and the command then ends with 1.
      """,
    subcommands: [
      EvaluationReadCommand.self, EvaluationCheckCommand.self, EvaluationSummaryCommand.self,
      EvaluationRulesCommand.self, EvaluationPrintCommand.self, EvaluationDueCommand.self,
    ])
}

/// Which files.
struct EvaluationInput: ParsableArguments {
  @Argument(help: "Files, or folders of them: text, .docx, .xlsx, PDF, or our own JSON and HTML.")
  var files: [String]
}

/// Which rules.
struct EvaluationRuleOptions: ParsableArguments {
  @Option(
    name: .customLong("off"),
    help: ArgumentHelp("Do not check this rule; may be repeated.", valueName: "code=reason"))
  var switchedOff: [RuleSwitch] = []
  @Option(
    help: ArgumentHelp(
      "From where on a figure is worth asking about: a file such as check-limits.yaml.",
      valueName: "file"))
  var limits: String?

  func validate() throws { _ = try rules() }

  /// - Throws: `CommandFailure` where the file of limits cannot be read; `check.limits-invalid`.
  func settings() throws -> CheckSettings {
    var settings = try rules()
    if let limits {
      guard let bytes = FileManager.default.contents(atPath: limits) else {
        throw CommandFailure("\(limits) cannot be read")
      }
      settings.limits = try CheckLimits.read(NamedFile(name: limits, bytes: bytes))
    }
    return settings
  }

  /// - Throws: `ValidationError` for a rule that does not exist or a reason that is none.
  private func rules() throws -> CheckSettings {
    var settings = CheckSettings()
    for rule in switchedOff {
      do {
        try settings.switchOff(rule.code, because: rule.reason)
      } catch {
        let wording = try Running.wording()
        throw ValidationError(error.fields.map { wording.text($0) }.joined(separator: " "))
      }
    }
    return settings
  }
}

/// A rule switched off, as `CODE=REASON`.
struct RuleSwitch: ExpressibleByArgument {
  let code: String
  let reason: String

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "=") else { return nil }
    code = String(argument[..<sign])
    reason = String(argument[argument.index(after: sign)...])
  }
}
