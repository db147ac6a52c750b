import ArgumentParser
import City
import Store

/// `chengyun person role …`
struct PersonRoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Give and take roles.",
    subcommands: [Give.self, Take.self])

  /// A person, a role and its scope.
  struct Target: ParsableArguments {
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var scope: ScopeOptions
    @Argument(help: "The name they sign in with.")
    var signIn: String
    @Argument(help: ArgumentHelp("The role.", valueName: "role"))
    var role: Role

    func change(_ body: (PersonDesk, PersonEntry, Grant) async throws -> Void) async throws {
      let database = try await database.open()
      let people = Identity(database: database, now: SystemClock.now).people
      let entry = try await people.find(signIn: signIn, by: .command)
      let grant = try await database.read { try scope.grant(role, in: $0) }
      try await body(people, entry, grant)
      Output.line("done")
    }
  }

  struct Give: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "grant", abstract: "Give a role over a scope.")

    @OptionGroup var target: Target

    func run() async throws {
      try await target.change { try await $0.grant($2, to: $1.person.id, by: .command) }
    }
  }

  struct Take: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Take a role over exactly that scope away.")

    @OptionGroup var target: Target

    func run() async throws {
      try await target.change { try await $0.revoke($2, from: $1.person.id, by: .command) }
    }
  }
}
