import ArgumentParser
import Base
import City
import Foundation
import Store

/// `chengyun person work`: what was sent to somebody by name and is not done.
struct PersonWorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "List what was sent to somebody by name and is not done.")

  @OptionGroup var database: DatabaseOptions
  @Argument(help: "The name they sign in with.")
  var signIn: String

  func run() async throws {
    let centre = try await PersonWorkCommand.centre(database)
    let work = try await centre.database.read { snapshot in
      let id = try PersonDesk.find(signIn: signIn, by: .command, in: snapshot).person.id
      return try centre.cases.work(of: id, by: .command, in: snapshot)
    }
    var table = TextTable([.left, .left, .left, .left])
    for item in work {
      table.add([item.line.number, item.line.kind, item.line.state.rawValue, item.line.title])
    }
    table.lines.forEach(Output.line)
  }

  /// The desks over a database; attachments are not looked at.
  static func centre(_ options: DatabaseOptions) async throws -> Centre {
    try await Centre(
      database: options.open(), blobs: FileManager.default.temporaryDirectory,
      now: SystemClock.now)
  }
}

/// `chengyun person hand-over`: all that somebody has goes to others.
struct PersonHandOverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: "Hand over all that was sent to somebody by name and is not done.",
    discussion: "Each case has an entry in the ledger. All of it or nothing, 500 cases at once.")

  @OptionGroup var database: DatabaseOptions
  @Argument(help: "The name they sign in with.")
  var signIn: String
  @Option(
    help:
      "Who gets it, by sign-in name; without it, the organisations that have it. So does what lies with another organisation than theirs."
  )
  var to: String?
  @Flag(help: "They leave: bar them from signing in, in one.")
  var leaving = false

  func run() async throws {
    let centre = try await PersonWorkCommand.centre(database)
    let (id, heir) = try await centre.database.read { snapshot in
      (
        try PersonDesk.find(signIn: signIn, by: .command, in: snapshot).person.id,
        try to.map { try PersonDesk.find(signIn: $0, by: .command, in: snapshot).person.id }
      )
    }
    let handed = try await centre.leave(
      id, handingOverTo: heir, isBarred: leaving, by: .command)
    for item in handed {
      Output.line("\(item.number)\t\(item.to == nil ? "organisation" : to ?? "")")
    }
    Output.note("\(handed.count) cases handed over\(leaving ? "; disabled" : "")")
  }
}

/// `chengyun person validity`: from when to when somebody belongs here.
struct PersonValidityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validity", abstract: "Say from when to when somebody belongs here.",
    discussion: """
      Before their first day and after their last they are disabled; what they have then goes to the \
      organisations that have it. Without a day there is no such bound.
      """)

  @OptionGroup var named: NamedPerson
  @Option(help: "Their first day, such as 2026-11-21.")
  var from: Day?
  @Option(help: "Their last day.")
  var until: Day?

  func run() async throws {
    let zone = try await TownZone.load(from: named.database.open())
    var edit = PersonEdit()
    edit.validFrom = from.map { .set($0.start(in: zone)) } ?? .clear
    edit.validUntil = until.map { .set(($0 + 1).start(in: zone)) } ?? .clear
    let change = edit
    try await named.change { try await $0.edit($1, change, by: .command) }
  }
}
