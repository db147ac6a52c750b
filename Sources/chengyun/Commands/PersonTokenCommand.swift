import ArgumentParser
import Base
import City
import Store

/// `chengyun person token …`
struct PersonTokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make, list and end API tokens.",
    subcommands: [Add.self, List.self, Revoke.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a token; it is shown this once.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The name that the person signs in with.")
    var signIn: String
    @Option(help: "What the token is for.")
    var name: String
    @Option(help: ArgumentHelp("A right that it carries; may be repeated.", valueName: "right"))
    var right: [Right]
    @Option(help: "For how many days it is good, at most 366.")
    var days = 90
    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
      guard (1...366).contains(days) else { throw ValidationError("--days is 1 to 366") }
    }

    func run() async throws {
      let identity = Identity(database: try await database.open(), now: SystemClock.now)
      let person = try await identity.people.find(signIn: signIn, by: .command).person.id
      let request = TokenRequest(
        person: person, name: name, rights: Set(right),
        expiresAt: SystemClock.now() + Int64(days) * 86_400)
      let token = try await identity.tokens.add(request, by: .command)
      guard json else { return Output.line(token.text) }
      try Output.json([
        "id": token.id.description, "token": token.text,
        "expiresAt": token.expiresAt.description,
      ])
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List a person's tokens.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The name that the person signs in with.")
    var signIn: String
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let identity = Identity(database: try await database.open(), now: SystemClock.now)
      let person = try await identity.people.find(signIn: signIn, by: .command).person.id
      for token in try await identity.tokens.list(of: person, by: .command) {
        let line = TokenLine(token)
        if json { try Output.json(line) } else { Output.line(line.text) }
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "End a token.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The token's id, as `token list` shows it.")
    var id: String

    func run() async throws {
      guard let id = ID<APIToken>(id) else { throw ValidationError("an id is a number") }
      let identity = Identity(database: try await database.open(), now: SystemClock.now)
      try await identity.tokens.revoke(id, by: .command)
      Output.line("done")
    }
  }
}

extension Right: ExpressibleByArgument {}

/// One line of `person token list`.
private struct TokenLine: Encodable {
  let id: String
  let name: String
  let rights: [String]
  let expiresAt: Moment
  let revoked: Bool

  init(_ token: APIToken) {
    id = token.id.description
    name = token.name
    rights = token.rights.map(\.rawValue).sorted()
    expiresAt = token.expiresAt
    revoked = token.revokedAt != nil
  }

  var text: String {
    let end = revoked ? "revoked" : "until \(expiresAt)"
    return [id, name, rights.joined(separator: " "), end].joined(separator: "\t")
  }
}
