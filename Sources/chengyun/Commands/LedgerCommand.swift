import ArgumentParser
import City
import Foundation
import Store

/// `chengyun ledger …`
struct LedgerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Prove, seal and fix the ledger.",
    subcommands: [Verify.self, Seal.self, Head.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove every entry and every seal.",
      discussion: "Ends with 1 at the first entry or seal that does not hold.")

    @OptionGroup var database: DatabaseOptions
    @Option(help: "A head that was kept outside, as `ledger head` printed it.")
    var head: LedgerHead?
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
      let report = try await LedgerVerifier(database: database.openAsItIs(), keptHead: head)
        .verify()
      let said = LedgerAnswer(report)
      if json { try Output.json(said) } else { Output.line(said.text) }
      if !report.isWhole { throw ExitCode(1) }
    }
  }

  struct Seal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Seal what was entered since the last seal.")

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let database = try await database.open()
      let sealed = try await LedgerSweep.run(in: database, holder: "command-\(UUID())")
      Output.line("\(sealed) entries sealed")
    }
  }

  struct Head: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the last seal, to be kept outside.")

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      guard let head = try await database.openAsItIs().read({ try Ledger.head(in: $0) }) else {
        throw CommandFailure("the ledger has no seal yet")
      }
      Output.line(head.description)
    }
  }
}

extension LedgerHead: ExpressibleByArgument {}

/// What `ledger verify` says.
private struct LedgerAnswer: Encodable {
  struct Break: Encodable {
    let kind: String
    let number: Int64
  }

  let intact: Bool
  let entries: Int64
  let sealedEntries: Int64
  let seals: Int64
  let head: String?
  let broken: Break?

  init(_ report: LedgerReport) {
    intact = report.isWhole
    entries = report.entries
    sealedEntries = report.sealedEntries
    seals = report.seals
    head = report.head?.description
    broken = report.broken.map { Break(kind: $0.kind.rawValue, number: $0.number) }
  }

  var text: String {
    let read = "\(entries) entries, \(sealedEntries) of them under \(seals) seals"
    if let broken { return "BROKEN at \(broken.kind) \(broken.number), after \(read)" }
    return "whole: \(read)" + (head.map { "; head \($0)" } ?? "")
  }
}
