import ArgumentParser
import Base
import City
import Foundation
import Store
import Web

/// `chengyun catalogue`: looks at catalogues of case kinds, and puts them in force.
struct CatalogueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue", abstract: "Check catalogues of case kinds and put them in force.",
    subcommands: [Check.self, Load.self])

  /// Reads the files as one catalogue; every mistake by file, line and key.
  ///
  /// - Throws: `ExitCode.failure` after the mistakes have been written down.
  static func read(_ paths: [String]) throws -> Catalogue {
    let files = try paths.map { path in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw CommandFailure("there is no file \(path)")
      }
      return NamedFile(name: URL(filePath: path).lastPathComponent, bytes: Array(data))
    }
    do {
      return try Catalogue.read(files, knowing: Centre.knownNames)
    } catch let fault as Fault {
      let wording = try Renderer().wording(.english)
      for field in fault.fields { Output.note("\(field.name): \(wording.text(Phrase(field)))") }
      Output.note(wording.text(Phrase(fault)))
      throw ExitCode.failure
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check files without putting them in force.")

    @Argument(help: "Files of one catalogue.")
    var files: [String]

    func run() async throws {
      let catalogue = try CatalogueCommand.read(files)
      Output.line(
        "\(catalogue.kinds.count) kinds in \(catalogue.classes.count) classes, version "
          + catalogue.version.prefix(12))
    }
  }

  struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put files in force; running cases keep their own kinds.")

    @OptionGroup var database: DatabaseOptions

    @Argument(help: "Files of one catalogue: all of its kinds.")
    var files: [String]

    func run() async throws {
      let catalogue = try CatalogueCommand.read(files)
      let opened = try await database.open()
      let shelf = try await KindShelf.load(from: opened)
      let changed = try await CatalogueDesk(database: opened, shelf: shelf).install(
        catalogue, by: .command)
      try opened.close()
      Output.line("\(catalogue.kinds.count) kinds in force, \(changed) of them new or changed")
    }
  }
}
