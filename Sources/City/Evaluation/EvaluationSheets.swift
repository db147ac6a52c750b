import Paper

/// The forms of documents whose cells are known.
enum EvaluationSheets {
  /// - Parameter sections: a document's rows, or each sheet's.
  static func document(
    _ sections: [OfficeFile.Section], named source: String
  ) -> EvaluationDocument {
    // A document without tables is text.
    guard sections.contains(where: { $0.rows.contains { $0.cells.count > 1 } }) else {
      let lines = sections.flatMap { section in section.rows.flatMap { $0.cells.map(\.text) } }
      let text = lines.joined(separator: "\n")
      return EvaluationDocument(EvaluationReading.forms(text, named: source), text: text)
    }
    let parts = sections.enumerated().flatMap { place, section in
      Self.parts(section.rows).map { (rows: $0, section: place) }
    }
    let forms = parts.enumerated().map { index, part in
      var reader = EvaluationCellReader(
        part.rows, into: EvaluationForm(source: source, ordinal: index + 1))
      reader.read()
      return (form: reader.form, section: part.section)
    }
    return EvaluationDocument(forms, sections: sections)
  }

  /// Cuts at titles. A sheet may have its title elsewhere, e.g. in its name: then the labels show
  /// that it is a form.
  private static func parts(_ rows: [PaperRow]) -> [[PaperRow]] {
    var parts: [[PaperRow]] = []
    var current: [PaperRow]?
    for row in rows {
      if row.cells.contains(where: { FormSource.titleEnd($0.text[...]) != nil }) {
        if let current { parts.append(current) }
        current = []
      }
      current?.append(row)
    }
    if let current { parts.append(current) }
    let forms = parts.filter {
      holds($0, [.project]) || holds($0, [.levels]) || holds($0, [.total])
    }
    guard forms.isEmpty, holds(rows, [.project, .total, .levels]) else { return forms }
    return [rows]
  }

  private static func holds(_ rows: [PaperRow], _ labels: [EvaluationLabel]) -> Bool {
    labels.allSatisfy { label in
      rows.contains { $0.cells.contains { EvaluationCellReader.isLabel($0, label) } }
    }
  }
}
