import Base
import City

/// The cases that a figure counts, so that nobody has to believe it.
struct FigureCasesPage: Page {
  static let template = "figure-cases"

  var figure: CaseFigure
  var query: FiguresQuery
  /// Whether those that count are shown, or all that the figure is out of.
  var isPart: Bool
  var rows: [CaseCard]
  var previous: SiteURL?
  var next: SiteURL?

  /// A count has no denominator.
  private var shows: String {
    [.count, .amount].contains(figure.measure) ? "counted" : isPart ? "part" : "whole"
  }

  var title: Phrase { .key("figure.\(figure.rawValue)") }
  var section: Section? { .figures }

  var parts: [String: any Shown] {
    [
      "formula": Phrase.key("figure.\(figure.rawValue).formula"), "figures": query.url,
      "shows": Phrase.key("figures.cases.\(shows)"),
      "from": query.from, "to": query.to, "rows": rows, "previous": previous, "next": next,
      "export": rows.isEmpty
        ? nil
        : ExportLinks(
          url: query.exportedCases(of: figure, isPart: isPart), watch: .exportProgress),
      "dueReading": query.due == DueReading.cohort.rawValue
        ? Phrase.key("figures.due.cohort.lead") : nil,
      "hasPages": previous != nil || next != nil,
    ]
  }
}
