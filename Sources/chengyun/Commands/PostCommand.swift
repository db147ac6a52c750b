import ArgumentParser
import Base
import City
import Foundation
import Store

/// `chengyun post …`: what people are in their organisations.
struct PostCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "post", abstract: "Add, list and end the posts that people have.",
    discussion: """
      Kinds and people name a post by its code. Outside its time it is given to nobody; who has it \
      keeps it.
      """,
    subcommands: [Add.self, List.self, End.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add a post.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Its code.")
    var code: String
    @Option(help: "What people call it.")
    var name: String
    @Option(help: "The first day on which it is given; without it there is no beginning.")
    var from: Day?
    @Option(help: "The last day; without it there is no end.")
    var until: Day?

    func run() async throws {
      let opened = try await database.open(creating: true)
      let zone = try await TownZone.load(from: opened)
      try await PostDesk(opened).add(
        code: code, name: name, validFrom: from?.start(in: zone),
        validUntil: until.map { ($0 + 1).start(in: zone) }, by: .command)
      try opened.close()
      Output.line("done")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the posts, when each is given, and how many people have it.")

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
      let opened = try await database.openAsItIs()
      let zone = try await TownZone.load(from: opened)
      let now = SystemClock.now()
      var table = TextTable([.left, .left, .left, .right, .left])
      for (post, people) in try await PostDesk(opened).list(limit: .max) {
        let line = PostLine(post, people: people, at: now, in: zone)
        if json { try Output.json(line) } else { table.add(line.cells) }
      }
      table.lines.forEach(Output.line)
      try opened.close()
    }
  }

  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a post be given no longer; who has it keeps it.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Its code.")
    var code: String
    @Option(help: "The last day on which it is given; without it, it ends now.")
    var until: Day?

    func run() async throws {
      let opened = try await database.open()
      let zone = try await TownZone.load(from: opened)
      try await PostDesk(opened).end(
        code: code, at: until.map { ($0 + 1).start(in: zone) }, by: .command)
      try opened.close()
      Output.line("done")
    }
  }
}

/// One line of a list of posts.
private struct PostLine: Encodable {
  let code: String
  let name: String
  let from: String?
  let until: String?
  let given: Bool
  let people: Int

  init(_ post: Post, people: Int, at now: Moment, in zone: TimeZone) {
    code = post.code
    name = post.name
    from = post.validFrom?.local(in: zone).day.description
    until = post.validUntil.map {
      Moment(milliseconds: $0.milliseconds - 1).local(in: zone).day.description
    }
    given = post.isGiven(at: now)
    self.people = people
  }

  var cells: [String] {
    let time = from == nil && until == nil ? "" : "\(from ?? "") – \(until ?? "")"
    return [
      code, name, time, "\(people) \(people == 1 ? "person" : "people")", given ? "" : "not given",
    ]
  }
}
