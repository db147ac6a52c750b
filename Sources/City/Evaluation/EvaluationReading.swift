import Base
import Foundation
import Paper

/// Reads self-evaluation forms out of documents: text, `.docx`, `.xlsx`, `.pdf`, and their own JSON
/// and HTML.
public enum EvaluationReading {
  /// The largest file that is read, in bytes: a year's forms of a district fit many times.
  public static let largestFile = 32 << 20

  /// All forms of a file, whose kind is told by its bytes.
  ///
  /// - Parameter source: how the file is named in what is read; of JSON only where it names none.
  /// - Throws: one fault for the file: `evaluation.too-large`, `.encrypted`, `.old-office`,
  ///   `.not-a-document`, `.damaged`, `.damaged-part`, `.damaged-line`, `.unpacks-too-large`,
  ///   `.declares`, `.foreign-page`, `.no-form`, `.json-broken`, `.json-invalid`, `.scanned`,
  ///   `.pdf-tool-missing`, `.timed-out`.
  public static func read(_ bytes: [UInt8], named source: String) throws -> [EvaluationForm] {
    try document(bytes, named: source).forms
  }

  /// All forms of a file with their source.
  ///
  /// - Throws: as `read(_:named:)`.
  public static func document(
    _ bytes: [UInt8], named source: String
  ) throws -> EvaluationDocument {
    guard bytes.count <= largestFile else { throw tooLarge(source) }
    let document =
      switch PaperKind(bytes) {
      case .json: try json(bytes, source)
      case .page: try sheets(source, otherwise: "foreign-page") { try PageReader.sections(bytes) }
      case .text: try text(bytes, source)
      case .compound:
        throw refused(
          PaperKind.isEncryptedOffice(bytes) ? "encrypted" : "old-office", source)
      case .zip: try sheets(source, otherwise: "not-a-document") { try OfficeFile.sections(bytes) }
      case .pdf: try pdf(bytes, source)
      case .other: throw refused("not-a-document", source)
      }
    guard !document.forms.isEmpty else { throw refused("no-form", source) }
    return document
  }

  /// All forms of a file on disk, whose size is looked at before anything of it is held.
  ///
  /// - Throws: as `read(_:named:)`, and `evaluation.file-unreadable`.
  public static func read(file: URL) throws -> [EvaluationForm] {
    let source = file.lastPathComponent
    let unreadable = Fault(.missing, "evaluation.file-unreadable", ["file": source])
    guard let handle = try? FileHandle(forReadingFrom: file) else { throw unreadable }
    defer { try? handle.close() }
    // One byte more than the limit, so that a pipe or a file that grows is found out too.
    let data: Data
    do { data = try handle.read(upToCount: largestFile + 1) ?? Data() } catch { throw unreadable }
    return try read([UInt8](data), named: source)
  }

  /// All forms of a text.
  ///
  /// - Throws: `evaluation.no-form` when there is none.
  public static func read(text: String, named source: String) throws -> [EvaluationForm] {
    let forms = forms(text, named: source)
    guard !forms.isEmpty else { throw refused("no-form", source) }
    return forms
  }

  private static func refused(_ code: String, _ source: String) -> Fault {
    Fault(.invalid, "evaluation.\(code)", ["file": source])
  }

  /// What a file is told that is larger than any that is read.
  public static func tooLarge(_ source: String) -> Fault {
    Fault(
      .tooLarge, "evaluation.too-large", ["file": source, "limit": "\(largestFile >> 20) MB"])
  }

  private static func text(_ bytes: [UInt8], _ source: String) throws -> EvaluationDocument {
    guard let text = PlainText.decode(bytes) else { throw refused("not-a-document", source) }
    return EvaluationDocument(forms(text, named: source), text: text)
  }

  /// - Parameter code: of the fault where the file is none of those that are read.
  private static func sheets(
    _ source: String, otherwise code: String, _ read: () throws -> [OfficeFile.Section]?
  ) throws -> EvaluationDocument {
    do {
      guard let sections = try read() else { throw refused(code, source) }
      return EvaluationSheets.document(sections, named: source)
    } catch let fault as Fault {
      throw reworded(fault, source)
    }
  }

  private static func pdf(_ bytes: [UInt8], _ source: String) throws -> EvaluationDocument {
    do {
      return try EvaluationPDF.document(bytes, named: source)
    } catch let fault as Fault {
      throw reworded(fault, source)
    }
  }

  /// What the readers of documents say, as a fault of this file.
  private static func reworded(_ fault: Fault, _ source: String) -> Fault {
    switch fault.code {
    case "zip.encrypted", "pdf.encrypted": refused("encrypted", source)
    case "pdf.too-large": tooLarge(source)
    case "zip.too-large":
      Fault(.tooLarge, "evaluation.unpacks-too-large", ["file": source])
    case "zip.damaged" where fault.arguments["part"] != OfficeFile.directory:
      Fault(
        .invalid, "evaluation.damaged-part",
        ["file": source, "part": fault.arguments["part"] ?? "—"])
    case "zip.damaged", "pdf.damaged": refused("damaged", source)
    case "xml.damaged":
      Fault(
        .invalid, "evaluation.damaged-line",
        ["file": source, "line": fault.arguments["line"] ?? "—"])
    case "xml.declares": refused("declares", source)
    case "pdf.scanned": refused("scanned", source)
    case "pdf.tool-missing":
      Fault(.unavailable, "evaluation.pdf-tool-missing", ["file": source])
    case "pdf.timed-out":
      Fault(
        .invalid, "evaluation.timed-out",
        ["file": source, "seconds": fault.arguments["seconds"] ?? "—"])
    default: fault
    }
  }

  /// An array of forms, or one alone.
  private static func json(_ bytes: [UInt8], _ source: String) throws -> EvaluationDocument {
    let isArray = bytes.first { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } == 0x5B
    do {
      var forms =
        isArray
        ? try JSONDecoder().decode([EvaluationForm].self, from: Data(bytes))
        : [try JSONDecoder().decode(EvaluationForm.self, from: Data(bytes))]
      for index in forms.indices where forms[index].source.isEmpty { forms[index].source = source }
      let isForeign = try EvaluationJSONMembers.note(Data(bytes), &forms)
      // Nothing but members of another kind of document is no form.
      if isForeign, !forms.contains(where: \.holdsAnything) { throw refused("no-form", source) }
      return EvaluationDocument(forms)
    } catch let error as DecodingError {
      let place = error.codingPlace
      guard !place.isEmpty else { throw refused("json-broken", source) }
      throw Fault(.invalid, "evaluation.json-invalid", ["file": source, "place": place])
    }
  }

  /// A title with nothing of a form below it is a mention of one.
  static func forms(_ text: String, named source: String) -> [EvaluationForm] {
    let parts = FormSource(text).parts.map { ($0, FormText($0.pieces()).withoutRepeatedHeads) }
      .filter { isForm($0.1) }
    let anchors = parts.map { $0.isTabbed ? nil : EvaluationTextReader.anchors($1) }
    var widths = ColumnWidths()
    for ((_, text), anchors) in zip(parts, anchors) {
      guard let anchors else { continue }
      let (regions, _) = EvaluationTextReader.regions(EvaluationTextReader.table(text, anchors))
      for region in regions { widths.learn(from: region.pieces[...]) }
    }
    return zip(parts, anchors).enumerated().map { index, pair in
      let ((part, text), anchors) = pair
      let form = EvaluationForm(source: source, ordinal: index + 1)
      if part.isTabbed {
        var reader = EvaluationCellReader(part.rows(), into: form)
        reader.read()
        return reader.form
      }
      guard let anchors else {
        var reader = EvaluationScrambledReader(text, into: form)
        reader.read()
        return reader.form
      }
      var reader = EvaluationTextReader(text, widths: widths, into: form)
      reader.read(anchors)
      return reader.form
    }
  }

  static func isForm(_ text: FormText) -> Bool {
    let all = 0..<text.scalars.count
    return [.project, .total, .levels].contains { text.find($0, in: all) != nil }
  }
}

extension DecodingError {
  /// Where in the JSON, e.g. `0.indicators.3.weight`; empty where it is none.
  fileprivate var codingPlace: String {
    let path: [any CodingKey] =
      switch self {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        context.codingPath
      case .keyNotFound(let key, let context): context.codingPath + [key]
      @unknown default: []
      }
    return path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
