import ArgumentParser
import Foundation

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
      let reason = "\(error)".split(separator: "\n").first ?? "it failed"
      Output.note("chengyun: \(reason)")
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
}

/// Something that stops a command, in one line for the operator.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
