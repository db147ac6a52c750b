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
    subcommands: [Check.self, Load.self, Write.self])

  /// Reads the files as one catalogue; every mistake by file, line and key.
  ///
  /// - Parameter json: whether the mistakes are written as one JSON object, for programs.
  /// - Throws: `ExitCode.failure` after the mistakes have been written down.
  static func read(_ paths: [String], json: Bool = false) throws -> Catalogue {
    let files = try paths.map { path in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw CommandFailure("there is no file \(path)")
      }
      return NamedFile(name: URL(filePath: path).lastPathComponent, bytes: Array(data))
    }
    do {
      return try Catalogue.read(files, knowing: Centre.knownNames)
    } catch let fault as Fault {
      let wording = try Running.wording()
      if json {
        try Output.json(CatalogueAnswer(fault, wording))
        throw ExitCode.failure
      }
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
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
      let catalogue = try CatalogueCommand.read(files, json: json)
      if json { return try Output.json(CatalogueAnswer(catalogue)) }
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

extension CatalogueCommand {
  struct Write: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the files that ship into a folder, to start from or to load.")

    @Argument(help: "A folder; it is made where it is not there.")
    var folder: String

    func run() async throws {
      let place = URL(filePath: folder)
      let files = Catalogue.shippedFiles.map { file in
        (file, place.appending(path: URL(filePath: file.name).lastPathComponent))
      }
      // What somebody has edited is not written over, nor half of the files written.
      if let other = files.first(where: { FileManager.default.fileExists(atPath: $1.path) }) {
        throw CommandFailure("\(other.1.path) is there already; choose another folder")
      }
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for (file, url) in files { try Data(file.bytes).write(to: url, options: .withoutOverwriting) }
      Output.line("\(files.count) files in \(place.path)")
    }
  }
}

/// What `catalogue check --json` says: the catalogue's size and version, or its mistakes.
private struct CatalogueAnswer: Encodable {
  struct Mistake: Encodable {
    /// File, line and key.
    let place: String
    let code: String
    let wording: String
  }

  let kinds: Int?
  let classes: Int?
  let version: String?
  let mistakes: [Mistake]

  init(_ catalogue: Catalogue) {
    kinds = catalogue.kinds.count
    classes = catalogue.classes.count
    version = catalogue.version
    mistakes = []
  }

  init(_ fault: Fault, _ wording: Wording) {
    kinds = nil
    classes = nil
    version = nil
    mistakes = fault.fields.map {
      Mistake(place: $0.name, code: $0.code, wording: wording.text($0))
    }
  }
}
