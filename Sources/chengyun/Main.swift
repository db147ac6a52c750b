import ArgumentParser
import Base

@main
struct Chengyun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chengyun", version: Version.current,
    subcommands: [
      ServeCommand.self, DemoCommand.self, CaseCommand.self, CatalogueCommand.self,
      RatingCommand.self,
      AreaCommand.self, OrganisationCommand.self, PostCommand.self, DutyGridCommand.self,
      ResponsibleCommand.self, PersonCommand.self,
      EvaluationCommand.self, LedgerCommand.self, BackupCommand.self, RestoreCommand.self,
      MoveCommand.self,
      SchemaCommand.self,
    ])

  static func main() async {
    ProcessTitle.hidePasswords()
    await Running.main(Self.self)
  }
}
