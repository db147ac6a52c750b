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
    let texts = FormSource(text).parts.map { FormText($0.pieces()) }.filter(isForm)
    let anchors = texts.map(EvaluationTextReader.anchors)
    var widths = ColumnWidths()
    for (text, anchors) in zip(texts, anchors) {
      guard let anchors else { continue }
      let (regions, _) = EvaluationTextReader.regions(EvaluationTextReader.table(text, anchors))
      for region in regions { widths.learn(from: region.pieces[...]) }
    }
    return zip(texts, anchors).enumerated().map { index, pair in
      let form = EvaluationForm(source: source, ordinal: index + 1)
      var reader = EvaluationTextReader(pair.0, widths: widths, into: form)
      if let anchors = pair.1 { reader.read(anchors) }
      return reader.form
    }
  }

  private static func isForm(_ text: FormText) -> Bool {
    let all = 0..<text.scalars.count
    return [.project, .total, .levels].contains { text.find($0, in: all) != nil }
  }
}
