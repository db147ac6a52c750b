import Base
import Foundation

/// What a command says: results to standard output, everything else to standard error.
enum Output {
  static func line(_ text: String) { write(text, to: .standardOutput) }

  static func note(_ text: String) { write(text, to: .standardError) }

  /// One JSON object on one line, its keys sorted.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    line(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Writes a file whole or not at all. What is no file, such as a device, a pipe or a link, is written
  /// into and never replaced.
  ///
  /// - Throws: `file.unwritable`.
  static func file(_ path: String, _ bytes: [UInt8]) throws {
    do {
      guard isOpenEnded(path) else {
        let file = URL(filePath: path).resolvingSymlinksInPath()
        return try Data(bytes).write(to: file, options: .atomic)
      }
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? handle.close() }
      try handle.write(contentsOf: Data(bytes))
    } catch { throw Fault(.invalid, "file.unwritable", ["path": path]) }
  }

  /// `/dev/stdout` may lead to a file, and stays what it is all the same.
  private static func isOpenEnded(_ path: String) -> Bool {
    var found = stat()
    return path.hasPrefix("/dev/")
      || stat(path, &found) == 0 && ![S_IFREG, S_IFDIR].contains(found.st_mode & S_IFMT)
  }

  private static func write(_ text: String, to file: FileHandle) {
    // A reader that has gone away, as `head` does, is no fault of the command.
    try? file.write(contentsOf: Data((text + "\n").utf8))
  }
}
