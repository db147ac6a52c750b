import ArgumentParser
import Base
import City
import Foundation
import Store

/// `chengyun person absence …`: who is away, and who stands in.
struct PersonAbsenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "absence", abstract: "Say who is away and who stands in for them.",
    subcommands: [Add.self, List.self, End.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Enter that somebody is away.",
      discussion: """
        While it lasts, the substitute may do with what was sent to them by name what they may. \
        Without a substitute it is for the others of their organisation.
        """)

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The name they sign in with.")
    var signIn: String
    @Option(help: "The first day, such as 2026-11-21.")
    var from: Day
    @Option(help: "The last day.")
    var until: Day
    @Option(help: "Who stands in, by sign-in name.")
    var substitute: String?
    @Option(help: "Why: \(Absence.Reason.allCases.map(\.rawValue).joined(separator: ", ")).")
    var reason = Absence.Reason.leave

    func run() async throws {
      let database = try await database.open()
      let zone = try await TownZone.load(from: database)
      let id = try await database.write { tx in
        let person = try PersonDesk.find(signIn: signIn, by: .command, in: tx).person.id
        let other = try substitute.map {
          try PersonDesk.find(signIn: $0, by: .command, in: tx).person.id
        }
        return try AbsenceDesk.enter(
          AbsenceDraft(
            person: person, from: from, until: until, substitute: other, reason: reason),
          zone: zone, by: .command, in: tx)
      }
      Output.line(id.description)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the absences that are not over.")

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let database = try await database.open()
      let zone = try await TownZone.load(from: database)
      let entries = try await database.read {
        try AbsenceDesk.list(by: .command, at: SystemClock.now(), in: $0)
      }
      var table = TextTable([.left, .left, .left, .left, .left, .left])
      for line in entries.map({ AbsenceLine($0, zone) }) {
        if json { try Output.json(line) } else { table.add(line.cells) }
      }
      table.lines.forEach(Output.line)
    }
  }

  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End an absence now; one that is still to come does not come.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Its id, as the list shows it.")
    var id: String

    func run() async throws {
      guard let id = ID<Absence>(id) else { throw Fault.missing("absence") }
      let database = try await database.open()
      try await database.write { try AbsenceDesk.end(id, by: .command, in: $0) }
      Output.line("done")
    }
  }
}

extension Absence.Reason: ExpressibleByArgument {}

/// One line of `person absence list`.
private struct AbsenceLine: Encodable {
  let id: String
  let signIn: String
  let name: String
  let from: String
  let until: String
  let substitute: String?
  let isSubstituteGone: Bool
  let reason: String

  init(_ entry: AbsenceDesk.Entry, _ zone: TimeZone) {
    let absence = entry.absence
    id = absence.id.description
    signIn = entry.personSignIn
    name = entry.personName
    from = absence.from.local(in: zone).day.description
    until = Moment(milliseconds: absence.until.milliseconds - 1).local(in: zone).day.description
    substitute = entry.substituteName
    isSubstituteGone = entry.isSubstituteGone
    reason = absence.reason.rawValue
  }

  var cells: [String] {
    let stands = substitute.map { isSubstituteGone ? "\($0) (disabled: nobody stands in)" : $0 }
    return [id, signIn, "\(from) – \(until)", name, reason, stands ?? "nobody stands in"]
  }
}
