import Base
import Foundation

/// The text of a PDF, by Debian's `pdftotext` (poppler-utils) as a process of its own: a damaged or
/// hostile file can then neither crash nor hold up who reads it.
public struct PDFText: Sendable {
  /// How the text is set.
  public enum Setting: String, Sendable {
    /// Words of one height side by side, columns kept apart by spaces.
    case layout = "-layout"
    /// In the order of the page's content.
    case content = "-raw"
  }

  private let process: LimitedProcess

  /// - Throws: `pdf.tool-missing` when `pdftotext` is on no path.
  public init(seconds: Int = 20, largestText: Int = 16 << 20) throws {
    guard
      let process = LimitedProcess("pdftotext", seconds: seconds, largestOutput: largestText)
    else { throw Fault(.unavailable, "pdf.tool-missing") }
    self.process = process
  }

  /// - Throws: `pdf.encrypted`, `pdf.damaged`, `pdf.scanned` (no text on any page), `pdf.timed-out`,
  ///   `pdf.too-large`.
  public func text(_ bytes: [UInt8], _ setting: Setting) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chengyun-pdf-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "in.pdf")
    let output = folder.appending(path: "out.txt")
    let errors = folder.appending(path: "errors.txt")
    try Data(bytes).write(to: input)
    guard FileManager.default.createFile(atPath: errors.path, contents: nil) else {
      throw Fault(.broken, "pdf.folder-unwritable")
    }
    let outcome = process.run(
      [setting.rawValue, "-enc", "UTF-8", input.path, output.path], output: output, errors: errors)
    let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
    if said.contains("Incorrect password") || said.contains("encrypt") {
      throw Fault(.invalid, "pdf.encrypted")
    }
    let data: Data?
    switch outcome {
    case .timedOut: throw Fault(.invalid, "pdf.timed-out", ["seconds": "\(process.seconds)"])
    case .tooLarge: throw Fault(.tooLarge, "pdf.too-large")
    case .notThere: throw Fault(.unavailable, "pdf.tool-missing")
    case .ended(let status): data = status == 0 ? try? Data(contentsOf: output) : nil
    }
    guard let data else { throw Fault(.invalid, "pdf.damaged", ["part": "PDF"]) }
    let text = String(decoding: data, as: UTF8.self)
    guard text.contains(where: { !$0.isWhitespace }) else { throw Fault(.invalid, "pdf.scanned") }
    return text
  }
}
