import ArgumentParser
import Base
import City
import Foundation
import Web

/// `chengyun rating`: looks at files of composite scores, and puts them in force.
struct RatingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rating",
    abstract: "Check files of composite scores and put them in force.",
    subcommands: [Show.self, Check.self, Load.self, Write.self])

  /// Reads the files as one book; every mistake by file, line and key.
  ///
  /// - Throws: `ExitCode.failure` after the mistakes have been written down.
  fileprivate static func read(_ paths: [String]) throws -> ([NamedFile], RatingBook) {
    let files = try paths.map { path in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw CommandFailure("there is no file \(path)")
      }
      return NamedFile(name: URL(filePath: path).lastPathComponent, bytes: Array(data))
    }
    do {
      return (files, try RatingBook.read(files))
    } catch let fault as Fault {
      let wording = try Running.wording()
      for field in fault.fields { Output.note("\(field.name): \(wording.text(Phrase(field)))") }
      Output.note(wording.text(Phrase(fault)))
      throw ExitCode.failure
    }
  }

  fileprivate static func summary(_ book: RatingBook) -> String {
    "\(book.ratings.count) scores, \(book.classes.count) classes, \(book.measures.count) measures"
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the composite scores in force, with their formulas.")

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let opened = try await database.open()
      let centre = try await Centre(
        database: opened, blobs: database.blobs, now: SystemClock.now)
      let book = try await opened.read { try centre.ratings.shelf(by: .command, in: $0).book }
      let wording = try Running.wording()
      for rating in book.ratings {
        Output.line(
          "\(rating.code)  "
            + wording.text(Phrase.named(rating.name, english: rating.english)))
        for term in rating.terms {
          Output.line(
            "    \(wording.text(Phrase.named(term.name, english: term.english))): "
              + term.formula.text)
        }
      }
      try opened.close()
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check files without putting them in force.")

    @Argument(help: "Files that belong together.")
    var files: [String]

    func run() async throws {
      Output.line(RatingCommand.summary(try RatingCommand.read(files).1))
    }
  }

  struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put files in force, in place of those before.")

    @OptionGroup var database: DatabaseOptions
    @Argument(help: "Files that belong together; none brings back what ships.")
    var files: [String] = []

    func run() async throws {
      let read = files.isEmpty ? [] : try RatingCommand.read(files).0
      let opened = try await database.open()
      let centre = try await Centre(
        database: opened, blobs: database.blobs, now: SystemClock.now)
      let book = try await centre.ratings.install(read, by: .command)
      try opened.close()
      Output.line("\(RatingCommand.summary(book)) in force")
    }
  }

  struct Write: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the file that ships into a folder, to start from.")

    @Argument(help: "A folder; it is made where it is not there.")
    var folder: String

    func run() async throws {
      let place = URL(filePath: folder)
      for file in RatingBook.shippedFiles {
        let url = place.appending(path: file.name)
        guard !FileManager.default.fileExists(atPath: url.path) else {
          throw CommandFailure("\(url.path) is there already; choose another folder")
        }
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(file.bytes).write(to: url, options: .withoutOverwriting)
      }
      Output.line("\(RatingBook.shippedFiles.count) files in \(place.path)")
    }
  }
}
