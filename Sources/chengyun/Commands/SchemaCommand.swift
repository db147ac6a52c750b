import ArgumentParser
import City
import Store

/// `chengyun schema`: the tables as an engine is given them.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the SQL that makes the tables.")

  @Option(help: "sqlite or postgres.")
  var engine = Dialect.sqlite

  func run() {
    for migration in Schema.migrations {
      Output.line("-- \(migration.name)")
      Output.line(engine.schema(migration.text))
    }
  }
}

extension Dialect: ExpressibleByArgument {}
