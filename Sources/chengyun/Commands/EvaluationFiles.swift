import ArgumentParser
import Base
import City
import Foundation
import Web

/// The forms of the files and folders that a command was given.
struct EvaluationFiles {
  private(set) var forms: [EvaluationForm] = []
  /// Files of which nothing could be read; each was named on standard error.
  private(set) var refused = 0

  /// So many files are read before it is said how far it is.
  private static let fewFiles = 20

  /// Reads all; what cannot be read is said, and does not stop the rest.
  init(_ paths: [String], in wording: Wording) {
    let files = paths.flatMap { path -> [String] in
      guard Self.isFolder(path) else { return [path] }
      let found = Self.files(in: path)
      if found.isEmpty {
        refuse(path, Fault(.invalid, "evaluation.folder-empty", ["file": path]), wording)
      }
      return found
    }
    let bar = files.count > Self.fewFiles ? ProgressBar() : nil
    for (index, file) in files.enumerated() {
      do {
        forms += try EvaluationReading.read(file: URL(filePath: file))
      } catch {
        refuse(file, error, wording)
      }
      let count = wording.text("evaluation.progress", ["count": "\(forms.count)"])
      bar?.show(index + 1, of: files.count, count)
    }
    bar?.end()
  }

  /// Ends the command with 1 where a file was refused.
  func finish() throws {
    if refused > 0 { throw ExitCode.failure }
  }

  private mutating func refuse(_ path: String, _ error: any Error, _ wording: Wording) {
    refused += 1
    guard let fault = error as? Fault else {
      return Output.note("chengyun: \(path): \(error.localizedDescription)")
    }
    // Named as it was asked for, so that of two files of one name it is plain which.
    let named = fault.arguments.merging(["file": path]) { $1 }
    Output.note("chengyun: \(wording.text(Fault(fault.kind, fault.code, named)))")
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// All files in a folder and below it, by name. Hidden ones, and those that Word keeps beside an
  /// open document, are none of the forms.
  private static func files(in folder: String) -> [String] {
    let walk = FileManager.default.enumerator(atPath: folder)
    let names = walk?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      !name.split(separator: "/").contains { $0.hasPrefix(".") || $0.hasPrefix("~$") }
        && isRegular("\(folder)/\(name)")
    }.sorted().map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
  }

  /// A pipe or a device in a folder would be waited for without end.
  private static func isRegular(_ path: String) -> Bool {
    let target = URL(filePath: path).resolvingSymlinksInPath()
    let values = try? target.resourceValues(forKeys: [.isRegularFileKey])
    return values?.isRegularFile ?? false
  }
}
