import ArgumentParser
import Foundation

/// Where a new password comes from: never the command line, which others on the machine can read.
struct PasswordInput: ParsableArguments {
  @Option(help: "A file whose first line is the password; standard input without it.")
  var passwordFile: String?

  func read() throws -> String {
    if let passwordFile { return Self.firstLine(try Self.content(of: passwordFile)) }
    if isatty(FileHandle.standardInput.fileDescriptor) != 0 { return try Self.ask() }
    let data = try FileHandle.standardInput.read(upToCount: 4096) ?? Data()
    return Self.firstLine(data)
  }

  private static func content(of path: String) throws -> Data {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure("cannot read \(path)")
    }
    defer { try? file.close() }
    return try file.read(upToCount: 4096) ?? Data()
  }

  private static func firstLine(_ data: Data) -> String {
    let line = data.prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// Asks on the terminal, without showing what is typed.
  private static func ask() throws -> String {
    guard let typed = getpass("Password: ") else { throw CommandFailure("no password was given") }
    return String(cString: typed)
  }
}
