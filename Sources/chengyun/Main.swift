import ArgumentParser

@main
struct Chengyun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chengyun",
    subcommands: [
      ServeCommand.self, DemoCommand.self, CaseCommand.self, CatalogueCommand.self,
      LedgerCommand.self,
      PersonCommand.self, SchemaCommand.self,
    ])

  static func main() async { await Running.main(Self.self) }
}
