import Base
import Paper

/// The forms of a PDF.
enum EvaluationPDF {
  /// Text in the order of the page's content keeps cells together, and is read first; where it
  /// leaves more open than the page's setting does, that is read instead.
  static func document(_ bytes: [UInt8], named source: String) throws -> EvaluationDocument {
    let reader = try PDFText()
    let content = try Self.read(reader.text(bytes, .content), source)
    let open = content.forms.reduce(0) { $0 + $1.unplaced.count }
    guard content.forms.isEmpty || open > 0 else { return content }
    let layout = try Self.read(reader.text(bytes, .layout), source)
    let layoutOpen = layout.forms.reduce(0) { $0 + $1.unplaced.count }
    return layout.forms.count > content.forms.count
      || layout.forms.count == content.forms.count && layoutOpen < open ? layout : content
  }

  private static func read(_ text: String, _ source: String) -> EvaluationDocument {
    EvaluationDocument(EvaluationReading.forms(text, named: source), text: text)
  }
}
