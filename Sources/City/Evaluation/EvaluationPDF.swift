import Base
import Paper

/// The forms of a PDF.
enum EvaluationPDF {
  /// Text in the order of the page's content keeps cells together, and is read first; where it
  /// leaves more open than the page's setting does, that is read instead.
  static func forms(_ bytes: [UInt8], named source: String) throws -> [EvaluationForm] {
    let reader = try PDFText()
    let content = EvaluationReading.forms(try reader.text(bytes, .content), named: source)
    let open = content.reduce(0) { $0 + $1.unplaced.count }
    guard content.isEmpty || open > 0 else { return content }
    let layout = EvaluationReading.forms(try reader.text(bytes, .layout), named: source)
    let layoutOpen = layout.reduce(0) { $0 + $1.unplaced.count }
    return layout.count > content.count || layout.count == content.count && layoutOpen < open
      ? layout : content
  }
}
