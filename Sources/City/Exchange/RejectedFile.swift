import Base
import Foundation
import Paper

/// The file of the rows that an import did not take: number, line, reason, and the row as it was.
///
/// It is made with its first row. One that an earlier import left behind goes when this one took
/// everything.
public final class RejectedFile {
  public let path: String
  private let columns: [String]
  private let word: (Fault.Field) -> String
  private let wordFault: (Fault) -> String
  private var handle: FileHandle?
  private var writer: CSVWriter

  private static let firstColumns = [
    "rejected.row", "rejected.line", "rejected.field", "rejected.reason", "rejected.wording",
  ]

  /// - Parameters:
  ///   - columns: of the file that is read.
  ///   - word: what is wrong with a field, for people.
  ///   - wordFault: the same where no field is named.
  public init(
    path: String, columns: [String], word: @escaping (Fault.Field) -> String,
    wordFault: @escaping (Fault) -> String
  ) {
    self.path = path
    self.columns = columns
    self.word = word
    self.wordFault = wordFault
    var options = CSVWriter.Options()
    // People open it in a spreadsheet.
    options.hasByteOrderMark = true
    options.guardsFormulas = true
    writer = CSVWriter(options: options)
  }

  /// Where the rows of `path` go when nobody says otherwise: beside it, or here where nothing can
  /// be written there.
  public static func usualPath(for path: String) -> String {
    let file = URL(filePath: path)
    let folder = file.deletingLastPathComponent().path
    let name = file.lastPathComponent + ".rejected.csv"
    return FileManager.default.isWritableFile(atPath: folder)
      ? file.deletingLastPathComponent().appending(path: name).path : name
  }

  /// - Throws: `import.rejected-unwritable`.
  public func add(_ rejected: RejectedRow) throws {
    if handle == nil { try begin() }
    let fault = rejected.fault
    let wordings = fault.fields.map { "\($0.name): \(word($0))" }
    let reasons = fault.fields.map(\.code)
    writer.write(
      [
        String(rejected.row.ordinal), String(rejected.row.line),
        fault.fields.map(\.name).joined(separator: "; "),
        reasons.isEmpty ? fault.code : reasons.joined(separator: "; "),
        wordings.isEmpty ? wordFault(fault) : wordings.joined(separator: "; "),
      ] + rejected.row.fields)
    try flush()
  }

  /// Ends the file; see the type for what becomes of an old one.
  public func finish() throws {
    if let handle {
      try handle.close()
    } else if let old = FileHandle(forReadingAtPath: path) {
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF] + Self.firstColumns.joined(separator: ",").utf8
      let start = try old.read(upToCount: mark.count).map { Array($0) }
      try old.close()
      // Only what we wrote ourselves is ours to remove.
      if start == mark { try FileManager.default.removeItem(atPath: path) }
    }
  }

  private func begin() throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw Fault(.invalid, "import.rejected-unwritable", ["path": path]) }
    self.handle = handle
    writer.write(Self.firstColumns + columns)
  }

  private func flush() throws {
    do {
      try handle?.write(contentsOf: Data(writer.take()))
    } catch {
      throw Fault(.unavailable, "import.rejected-unwritable", ["path": path])
    }
  }
}
