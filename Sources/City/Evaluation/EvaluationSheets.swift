import Paper

/// The forms of documents whose cells are known.
enum EvaluationSheets {
  /// - Parameter sections: each a document's rows, or a sheet's.
  static func forms(_ sections: [[PaperRow]], named source: String) -> [EvaluationForm] {
    // A document without tables is text.
    guard sections.contains(where: { $0.contains { $0.cells.count > 1 } }) else {
      let lines = sections.joined().flatMap { $0.cells.map(\.text) }
      return EvaluationReading.forms(lines.joined(separator: "\n"), named: source)
    }
    return sections.flatMap(parts).enumerated().map { index, rows in
      var reader = EvaluationCellReader(
        rows, into: EvaluationForm(source: source, ordinal: index + 1))
      reader.read()
      return reader.form
    }
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
