import ArgumentParser
import Base
import City
import Foundation
import Web

/// `chengyun evaluation print FILE… --to FORMAT --out PATH`: forms as the official one looks.
struct EvaluationPrintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print", abstract: "Write forms as documents that look like the official form.",
    discussion: """
      Into a folder goes a document for each form, into a file all forms: a page each, or a sheet \
      each of a workbook. PDF needs Debian's weasyprint.
      """)

  @OptionGroup var input: EvaluationInput
  @Option(
    name: .customLong("to"),
    help: "One of \(EvaluationPrint.Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: EvaluationPrint.Format
  @Option(help: ArgumentHelp("A file, or a folder that exists or ends with /.", valueName: "path"))
  var out: String

  func run() async throws {
    let wording = try Running.wording()
    let files = EvaluationFiles(input.files, in: wording)
    warn(files.forms, wording)
    if isFolder {
      try writeEach(files.forms)
    } else if !files.forms.isEmpty {
      try Output.file(out, EvaluationPrint.bytes(files.forms, as: format))
    }
    files.sayRefused(in: wording)
    try files.finish()
  }

  private var isFolder: Bool {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: out, isDirectory: &isFolder)
    return isThere ? isFolder.boolValue : out.hasSuffix("/")
  }

  private func writeEach(_ forms: [EvaluationForm]) throws {
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    } catch { throw Fault(.invalid, "file.unwritable", ["path": out]) }
    // Each PDF takes seconds; of the rest a few are made before anybody asks.
    let bar = forms.count > (format == .pdf ? 1 : 5) ? ProgressBar() : nil
    var names: Set<String> = []
    for (index, form) in forms.enumerated() {
      let file = URL(filePath: out).appending(path: Self.name(form, format, &names))
      bar?.show(index, of: forms.count, file.lastPathComponent)
      try Output.file(file.path, EvaluationPrint.bytes([form], as: format))
      bar?.show(index + 1, of: forms.count, file.lastPathComponent)
    }
    bar?.end()
  }

  /// `source-2 项目.docx`: without what a file's name may not have, and no name twice.
  private static func name(
    _ form: EvaluationForm, _ format: EvaluationPrint.Format, _ taken: inout Set<String>
  ) -> String {
    let source = URL(filePath: form.source).deletingPathExtension().lastPathComponent
    let project = form.project.isEmpty ? "" : " \(form.project)"
    let signs = "\(source)-\(form.ordinal)\(project)".unicodeScalars.map {
      $0.value < 0x20 || "/\\:*?\"<>|".unicodeScalars.contains($0) ? "_" : $0
    }
    var name = String(String.UnicodeScalarView(signs))
    // A file's name has at most 255 bytes.
    while name.utf8.count > 200 { name.removeLast() }
    let plain = name
    var count = 1
    while !taken.insert(name).inserted {
      count += 1
      name = "\(plain) (\(count))"
    }
    return "\(name).\(format.rawValue)"
  }

  /// What stands in no cell is not printed either.
  private func warn(_ forms: [EvaluationForm], _ wording: Wording) {
    for form in forms where !form.unplaced.isEmpty {
      Output.note(
        wording.text(
          "evaluation.print.unplaced",
          ["form": "\(form.source)#\(form.ordinal)", "count": "\(form.unplaced.count)"]))
    }
  }
}

extension EvaluationPrint.Format: ExpressibleByArgument {}
