import Base
import Foundation
import Paper

/// Reads self-evaluation forms out of documents.
public enum EvaluationReading {
  /// All forms of a text.
  ///
  /// - Throws: `evaluation.no-form` when there is none.
  public static func read(text: String, named source: String) throws -> [EvaluationForm] {
    let forms = forms(text, named: source)
    guard !forms.isEmpty else { throw Fault(.invalid, "evaluation.no-form", ["file": source]) }
    return forms
  }

  /// A title with nothing of a form below it is a mention of one.
  static func forms(_ text: String, named source: String) -> [EvaluationForm] {
    let parts = FormSource(text).parts.map { ($0, FormText($0.pieces())) }.filter { isForm($0.1) }
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
      var reader = EvaluationTextReader(text, widths: widths, into: form)
      if let anchors { reader.read(anchors) }
      return reader.form
    }
  }

  private static func isForm(_ text: FormText) -> Bool {
    let all = 0..<text.scalars.count
    return [.project, .total, .levels].contains { text.find($0, in: all) != nil }
  }
}
