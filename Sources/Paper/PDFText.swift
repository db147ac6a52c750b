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

  /// Where `pdftotext` is.
  private let program: URL
  private let seconds: Int
  private let largestText: Int

  /// - Throws: `pdf.tool-missing` when `pdftotext` is on no path.
  public init(seconds: Int = 20, largestText: Int = 16 << 20) throws {
    let folders = ["/usr/bin", "/usr/local/bin", "/bin", "/opt/homebrew/bin"]
    guard
      let folder = folders.first(where: {
        FileManager.default.isExecutableFile(atPath: $0 + "/pdftotext")
      })
    else { throw Fault(.unavailable, "pdf.tool-missing") }
    program = URL(filePath: folder + "/pdftotext")
    self.seconds = seconds
    self.largestText = largestText
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
    let status = try run(input, output, errors, setting)
    let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
    if said.contains("Incorrect password") || said.contains("encrypt") {
      throw Fault(.invalid, "pdf.encrypted")
    }
    guard status == 0, let data = try? Data(contentsOf: output) else {
      throw Fault(.invalid, "pdf.damaged", ["part": "PDF"])
    }
    let text = String(decoding: data, as: UTF8.self)
    guard text.contains(where: { !$0.isWhitespace }) else { throw Fault(.invalid, "pdf.scanned") }
    return text
  }

  private func run(
    _ input: URL, _ output: URL, _ errors: URL, _ setting: Setting
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = program
    process.arguments = [setting.rawValue, "-enc", "UTF-8", input.path, output.path]
    process.environment = ["LC_ALL": "C"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let handle = try FileHandle(forWritingTo: errors)
    defer { try? handle.close() }
    process.standardError = handle
    do { try process.run() } catch { throw Fault(.unavailable, "pdf.tool-missing") }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while process.isRunning {
      if clock.now > end {
        stop(process)
        throw Fault(.invalid, "pdf.timed-out", ["seconds": "\(seconds)"])
      }
      if size(output) > largestText {
        stop(process)
        throw Fault(.tooLarge, "pdf.too-large")
      }
      Thread.sleep(forTimeInterval: 0.005)
    }
    guard size(output) <= largestText else { throw Fault(.tooLarge, "pdf.too-large") }
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  private func stop(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func size(_ file: URL) -> Int {
    let values = try? FileManager.default.attributesOfItem(atPath: file.path)
    return (values?[.size] as? NSNumber)?.intValue ?? 0
  }
}
