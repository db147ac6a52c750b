import Foundation
import Synchronization

/// How far a long step is, on standard error: a bar on a terminal, a line for each tenth elsewhere.
final class ProgressBar: Sendable {
  private static let width = 30

  private let isTerminal = isatty(STDERR_FILENO) == 1
  /// The percentage that was shown last, or its tenth where no bar can be drawn.
  private let last = Mutex(-1)

  /// - Parameters:
  ///   - total: 0 where it is not known.
  ///   - note: what there is to say beside the bar.
  func show(_ done: Int, of total: Int, _ note: String) {
    let percent = total > 0 ? min(100, done * 100 / total) : 0
    let step = isTerminal ? percent : percent / 10
    let isNew = last.withLock { last in
      defer { last = max(last, step) }
      return step > last
    }
    guard isNew || (isTerminal && total == 0) else { return }
    guard isTerminal else { return write("\(percent) %  \(note)\n") }
    let filled = percent * Self.width / 100
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
    write(total > 0 ? "\r[\(bar)] \(percent) %  \(note)" : "\r\(note)")
  }

  /// Leaves the line of the bar.
  func end() {
    if isTerminal, last.withLock({ $0 }) >= 0 { write("\n") }
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
