import Paper

extension EvaluationReading {
  /// The lines of a document as unplaced texts count them, to be shown beside what was read: the
  /// lines of a text, the rows of a document's one table or sheet. Empty of all else, and of what
  /// cannot be read.
  public static func lines(of bytes: [UInt8]) -> [String] {
    switch PaperKind(bytes) {
    case .text:
      let text = PlainText.decode(bytes) ?? ""
      return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .map(String.init)
    case .zip:
      // Rows of several sheets have the same numbers.
      guard let sections = try? OfficeFile.sections(bytes), sections.count == 1,
        let last = sections[0].rows.last?.number, last <= 20_000
      else { return [] }
      var lines = Array(repeating: "", count: last)
      for row in sections[0].rows where lines.indices.contains(row.number - 1) {
        lines[row.number - 1] = row.cells.map(\.text).joined(separator: "\t")
      }
      return lines
    case .json, .compound, .pdf, .other: return []
    }
  }
}
