import Base
import Foundation

/// Pages of PDF out of an HTML document, by Debian's `weasyprint` as a process of its own.
public struct PDFPrinter: Sendable {
  private let process: LimitedProcess

  /// - Throws: `print.tool-missing` when `weasyprint` is on no path.
  public init(seconds: Int = 60, largestFile: Int = 256 << 20) throws {
    guard
      let process = LimitedProcess("weasyprint", seconds: seconds, largestOutput: largestFile)
    else { throw Fault(.unavailable, "print.tool-missing") }
    self.process = process
  }

  /// - Parameter html: a document that needs nothing from elsewhere.
  /// - Throws: `print.failed`, `print.timed-out`.
  public func bytes(_ html: String) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chengyun-print-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "in.html")
    let output = folder.appending(path: "out.pdf")
    let errors = folder.appending(path: "errors.txt")
    try Data(html.utf8).write(to: input)
    try Data().write(to: errors)
    let outcome = process.run(
      ["--quiet", input.path, output.path], output: output, errors: errors)
    if outcome == .timedOut {
      throw Fault(.unavailable, "print.timed-out", ["seconds": "\(process.seconds)"])
    }
    guard outcome == .ended(0), let data = try? Data(contentsOf: output), !data.isEmpty else {
      throw Fault(.broken, "print.failed")
    }
    return [UInt8](data)
  }
}
