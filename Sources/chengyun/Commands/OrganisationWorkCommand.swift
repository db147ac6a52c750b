import ArgumentParser
import Base
import City
import Store

/// `chengyun organisation hand-over`: all that an organisation has goes to another.
struct OrganisationHandOverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: "Hand over all that an organisation has in cases that are not over.",
    discussion: """
      The parts keep their clocks. Where the other organisation sent a part, or leads or helps beside it, \
      that part ends: the other has the case already. Each case has an entry in the ledger; 500 cases to a \
      transaction.
      """)

  @OptionGroup var database: DatabaseOptions
  @Argument(help: "The organisation's code.")
  var code: String
  @Option(help: "The code of the organisation that gets it.")
  var to: String
  @Flag(help: "Take it out of service in the same transaction, or hand over nothing.")
  var retiring = false

  func run() async throws {
    let centre = try await PersonWorkCommand.centre(database)
    let parties = try await centre.parties.value(from: centre.database)
    let from = try parties.named(code, "organisation")
    let heir = try parties.named(to, "to")
    var count = 0
    var left = 0
    repeat {
      let handed = try await centre.handOver(
        workOf: from.id, to: heir.id, retiring: retiring, by: .command)
      for item in handed.cases {
        Output.line("\(item.number)\t\(item.isTaken ? heir.code : "\(heir.code) has it already")")
      }
      count += handed.cases.count
      left = handed.left
    } while left > 0
    Output.note("\(count) cases handed over")
    if retiring { Output.note("\(from.code) is retired") }
  }
}

/// `chengyun organisation retire`: an organisation leaves.
struct OrganisationRetireCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Take an organisation out of service.",
    discussion: """
      Not while it has parts of cases that are not over, organisations below it, people, rules or duty \
      grids, or alone answers for a kind in force. Its code stays taken, and old cases keep its name.
      """)

  @OptionGroup var database: DatabaseOptions
  @Argument(help: "The organisation's code.")
  var code: String

  func run() async throws {
    let centre = try await PersonWorkCommand.centre(database)
    let found = try await centre.parties.value(from: centre.database).named(code, "organisation")
    try await centre.retire(found.id, by: .command)
    Output.line("done")
  }
}

extension PartyMap {
  /// - Throws: `organisation.unknown` at a field.
  fileprivate func named(_ code: String, _ field: String) throws -> Organisation {
    guard let found = organisation(code: code) else {
      throw Fault.invalid(field, "organisation.unknown", ["organisation": String(code.prefix(64))])
    }
    return found
  }
}
