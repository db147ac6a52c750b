import ArgumentParser
import Base
import City
import Store

/// `chengyun person …`: people on the server's own machine, where the house itself acts.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Add people, give them roles, passwords and tokens.",
    subcommands: [
      Add.self, List.self, Password.self, Disable.self, Enable.self, PersonRoleCommand.self,
      PersonTokenCommand.self, PersonAbsenceCommand.self, PersonWorkCommand.self,
      PersonHandOverCommand.self, PersonValidityCommand.self,
    ])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add somebody; the password comes from standard input or a file.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var password: PasswordInput
    @OptionGroup var scope: ScopeOptions
    @Argument(help: "The name to sign in with.")
    var signIn: String
    @Option(help: "What people call them.")
    var name: String
    @Option(help: "A telephone number.")
    var phone: String?
    @Option(help: "The code or path of the organisation they belong to.")
    var memberOf: String?
    @Option(help: "The code of their post.")
    var post: String?
    @Option(help: ArgumentHelp("A role; may be repeated.", valueName: "role"))
    var role: [Role] = []
    @Flag(help: "Without a password: they cannot sign in yet.")
    var noPassword = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
      let secret = noPassword ? nil : try password.read()
      let database = try await database.open(creating: true)
      let new = try await database.read { try draft(in: $0) }
      let people = Identity(database: database, now: SystemClock.now).people
      let id = try await people.add(new, password: secret, by: .command)
      if json { try Output.json(["id": id.description]) } else { Output.line(id.description) }
    }

    private func draft(in snapshot: Snapshot) throws -> NewPerson {
      let facts = PersonFacts(
        name: name, phone: phone,
        organisation: try memberOf.map { try PersonDesk.organisation($0, in: snapshot) },
        post: post)
      let grants = try role.map { try scope.grant($0, in: snapshot) }
      return NewPerson(signIn: signIn, facts: facts, grants: grants)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List people and their roles.")

    @OptionGroup var database: DatabaseOptions
    @Option(help: "Only those who hold this role.")
    var role: Role?
    @Flag(help: "Those who are disabled too.")
    var all = false
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let people = try await Identity(database: database.open(), now: SystemClock.now).people
      var query = PersonQuery()
      query.role = role
      query.includesDisabled = all
      while true {
        let page = try await people.list(query, by: .command)
        for entry in page {
          let line = PersonLine(entry)
          if json { try Output.json(line) } else { Output.line(line.text) }
        }
        guard page.count == query.limit, let last = page.last else { return }
        query.after = last.person.signIn
      }
    }
  }

  struct Password: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Set a password, from standard input or a file, and end all sessions.")

    @OptionGroup var named: NamedPerson
    @OptionGroup var password: PasswordInput

    func run() async throws {
      let secret = try password.read()
      try await named.change { people, id in
        try await people.setPassword(secret, of: id, by: .command)
      }
    }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bar somebody from signing in, and end their sessions.",
      discussion: """
        Refused while something that was sent to them by name is not done; see hand-over, which does \
        both with --leaving.
        """)

    @OptionGroup var named: NamedPerson

    func run() async throws {
      try await named.change { try await $0.disable($1, by: .command) }
    }
  }

  struct Enable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let somebody sign in again.")

    @OptionGroup var named: NamedPerson

    func run() async throws {
      try await named.change { try await $0.enable($1, by: .command) }
    }
  }
}

/// Somebody in a database, by sign-in name.
struct NamedPerson: ParsableArguments {
  @OptionGroup var database: DatabaseOptions
  @Argument(help: "The name they sign in with.")
  var signIn: String

  func change(_ body: (PersonDesk, ID<Person>) async throws -> Void) async throws {
    let people = try await Identity(database: database.open(), now: SystemClock.now).people
    let id = try await people.find(signIn: signIn, by: .command).person.id
    try await body(people, id)
    Output.line("done")
  }
}

/// A subtree of organisations and of areas.
struct ScopeOptions: ParsableArguments {
  @Option(help: "The role's organisations: a code or path; everywhere without it.")
  var organisation = ""
  @Option(help: "The role's areas: a code or path; everywhere without it.")
  var area = ""

  func grant(_ role: Role, in snapshot: Snapshot) throws -> Grant {
    try PersonDesk.grant(role, organisation: organisation, area: area, in: snapshot)
  }
}

extension Role: ExpressibleByArgument {}

/// One line of `person list`.
private struct PersonLine: Encodable {
  struct Role: Encodable {
    let role: String
    let organisation: String
    let area: String
  }

  let id: String
  let signIn: String
  let name: String
  let disabled: Bool
  let roles: [Role]

  init(_ entry: PersonEntry) {
    id = entry.person.id.description
    signIn = entry.person.signIn
    name = entry.person.name
    disabled = entry.person.disabledAt != nil
    roles = entry.grants.map {
      Role(
        role: $0.role.rawValue, organisation: $0.organisationPath, area: $0.areaPath)
    }
  }

  var text: String {
    let held = roles.map { role in
      let places = [role.organisation, role.area].filter { !$0.isEmpty }
      return places.isEmpty ? role.role : "\(role.role)@\(places.joined(separator: "+"))"
    }
    let parts = [signIn, name, held.joined(separator: ", ")] + (disabled ? ["disabled"] : [])
    return parts.joined(separator: "\t")
  }
}
