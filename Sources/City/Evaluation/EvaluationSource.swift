import Paper

/// The forms of a file with what they were read out of, to be shown beside them.
public struct EvaluationDocument: Sendable {
  /// A part whose lines are counted for themselves: the text, or one sheet.
  public struct Section: Equatable, Sendable, Codable {
    /// The sheet's name; empty of all else.
    public let name: String
    /// As unplaced texts count them, from 1: lines of a text, rows of a sheet or a document.
    public let lines: [String]

    public init(name: String, lines: [String]) {
      self.name = name
      self.lines = lines
    }
  }

  public let forms: [EvaluationForm]
  /// For each form, which section it was read out of.
  public let places: [Int]
  private let source: Source

  private enum Source {
    case none
    case text(String)
    case office([OfficeFile.Section])
  }

  /// Forms without a source that could be shown.
  init(_ forms: [EvaluationForm]) {
    self.forms = forms
    places = forms.map { _ in 0 }
    source = .none
  }

  init(_ forms: [EvaluationForm], text: String) {
    self.forms = forms
    places = forms.map { _ in 0 }
    source = .text(text)
  }

  init(_ forms: [(form: EvaluationForm, section: Int)], sections: [OfficeFile.Section]) {
    self.forms = forms.map(\.form)
    places = forms.map(\.section)
    source = .office(sections)
  }

  /// The most lines of a section.
  static let mostLines = 20_000

  /// Empty of JSON, which has no lines that unplaced texts count.
  public var sections: [Section] {
    switch source {
    case .none: []
    case .text(let text): [Section(name: "", lines: Self.lines(text))]
    case .office(let sections): sections.map(Self.section)
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(
      maxSplits: mostLines, omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).prefix(mostLines).map { line in
      String(String.UnicodeScalarView(line.unicodeScalars.filter { $0 != "\0" && $0 != "\u{0C}" }))
    }
  }

  private static func section(_ section: OfficeFile.Section) -> Section {
    let last = min(section.rows.last?.number ?? 0, mostLines)
    var lines = Array(repeating: "", count: max(0, last))
    for row in section.rows where lines.indices.contains(row.number - 1) {
      lines[row.number - 1] = row.cells.map {
        $0.text.split(whereSeparator: \.isNewline).joined(separator: " ")
      }.joined(separator: "\t")
    }
    return Section(name: section.name, lines: lines)
  }
}
