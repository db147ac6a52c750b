import ArgumentParser

@main
struct Chengyun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chengyun", subcommands: [LedgerCommand.self, PersonCommand.self])

  static func main() async { await Running.main(Self.self) }
}
