import ArgumentParser
import Base
import Foundation
import Web

/// How a command ends: 0 done, 1 it could not be done, 2 it was asked in a wrong way.
enum Running {
  /// Parses and runs the command line of `Root`, and ends the process.
  static func main<Root: AsyncParsableCommand>(_ root: Root.Type) async -> Never {
    do {
      var command = try await root.asyncParseAsRoot(nil)
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      exit(0)
    } catch {
      exit(end(root, with: error))
    }
  }

  private static func end<Root: AsyncParsableCommand>(
    _ root: Root.Type, with error: any Error
  ) -> Int32 {
    let code = root.exitCode(for: error)
    if code == .failure, !(error is ExitCode) {
      Output.note("chengyun: \(reason(error))")
      return 1
    }
    let message = root.fullMessage(for: error)
    if code == .success {
      Output.line(message)
    } else if !message.isEmpty {
      Output.note(message)
    }
    return code == .validationFailure ? 2 : code.rawValue
  }

  /// A fault as people read it, each of several fields on a line of its own; everything else as it
  /// says of itself.
  private static func reason(_ error: any Error) -> String {
    if let fault = error as? Fault, let wording = try? wording() {
      let fields = fault.fields.map { "\($0.name): \(wording.text($0))" }
      return ([wording.text(fault)] + fields).joined(separator: fields.count > 1 ? "\n  " : " ")
    }
    return "\(error)".split(separator: "\n").first.map(String.init) ?? "it failed"
  }

  /// The texts of the operator's language.
  static func wording() throws -> Wording { try Wording.embedded(language) }

  /// Chinese where the operator's shell is.
  private static var language: Language {
    let set = ProcessInfo.processInfo.environment
    let locale = set["LC_ALL"] ?? set["LC_MESSAGES"] ?? set["LANG"] ?? ""
    return locale.hasPrefix("zh") ? .chinese : .english
  }
}

/// Something that stops a command, in one line for the operator.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
