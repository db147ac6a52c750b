import ArgumentParser
import City
import Web

/// `chengyun evaluation read FILE…`: what stands in the forms.
struct EvaluationReadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Show what stands in self-evaluation forms.",
    discussion: "What cannot be placed with certainty is shown with its line and never guessed.")

  @OptionGroup var input: EvaluationInput
  @Flag(help: "Print a JSON array of forms, numbers as they are printed.")
  var json = false

  func run() async throws {
    let wording = try Running.wording()
    let files = EvaluationFiles(input.files, in: wording)
    if json {
      try Output.json(files.forms)
    } else {
      for form in files.forms { EvaluationText(form, wording).whole.forEach(Output.line) }
      Output.line(
        wording.text(
          "evaluation.end.read",
          [
            "forms": "\(files.forms.count)",
            "indicators": "\(files.forms.reduce(0) { $0 + $1.indicators.count })",
            "unplaced": "\(files.forms.reduce(0) { $0 + $1.unplaced.count })",
          ]))
      files.sayRefused(in: wording)
    }
    try files.finish()
  }
}
