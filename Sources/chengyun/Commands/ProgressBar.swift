import Foundation

/// How far a long step is, on standard error: a bar on a terminal, a line for each tenth elsewhere.
struct ProgressBar {
  private static let width = 30

  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastTenth = 0
  private var hasBar = false

  /// - Parameters:
  ///   - total: 0 where it is not known.
  ///   - note: what there is to say beside the bar.
  mutating func show(_ done: Int, of total: Int, _ note: String) {
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
    let percent = Int(share * 100)
    if isTerminal {
      let filled = Int(share * Double(Self.width))
      let bar =
        String(repeating: "#", count: filled)
        + String(repeating: ".", count: Self.width - filled)
      write(total > 0 ? "\r[\(bar)] \(percent) %  \(note)" : "\r\(note)")
      hasBar = true
    } else if percent / 10 > lastTenth {
      lastTenth = percent / 10
      write("\(percent) %  \(note)\n")
    }
  }

  /// Leaves the line of the bar.
  mutating func end() {
    if hasBar { write("\n") }
    hasBar = false
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
