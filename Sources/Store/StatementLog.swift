import Foundation
import Synchronization

/// Collects the text of every statement that ran, so that the same statements can be prepared on
/// the other engine. One JSON string a line, in that engine's dialect.
public final class StatementLog: Sendable {
  private let file: URL
  private let dialect: Dialect
  private let seen = Mutex<Set<String>>([])

  /// - Parameter folder: each process writes a file of its own there.
  public init(folder: URL, dialect: Dialect) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    file = folder.appending(path: "\(ProcessInfo.processInfo.processIdentifier).sql")
    if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
    self.dialect = dialect
  }

  func note(_ text: String) throws {
    try seen.withLock { seen in
      guard seen.insert(text).inserted else { return }
      let line = try JSONEncoder().encode(dialect.statement(text)) + Data("\n".utf8)
      // Several databases of one process write the same file: one appending write for a line.
      let descriptor = open(file.path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
      guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
      defer { close(descriptor) }
      _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
  }
}
