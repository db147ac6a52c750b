import ArgumentParser

/// `chengyun case …`
struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case", abstract: "Bring cases in, and count them.",
    subcommands: [CaseImportCommand.self, CaseFiguresCommand.self])
}
