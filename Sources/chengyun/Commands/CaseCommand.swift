import ArgumentParser

/// `chengyun case …`
struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case", abstract: "Bring cases in, take them out, and count them.",
    subcommands: [
      CaseImportCommand.self, CaseExportCommand.self, CaseFiguresCommand.self,
      CaseRankCommand.self,
    ])
}
