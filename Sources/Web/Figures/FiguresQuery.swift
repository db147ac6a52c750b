import Base
import City

/// What the figures are asked for, as it stands in the address.
struct FiguresQuery: Sendable, Equatable {
  var from = ""
  var to = ""
  var due = ""
  var area = ""
  var organisation = ""
  /// An id.
  var person = ""
  var kind = ""
  var channel = ""
  /// `year`, `class`, both when empty, or `nothing`.
  var compare = ""

  init() {}

  init(_ value: (String) -> String?) {
    func text(_ name: String) -> String { String((value(name) ?? "").prefix(200)) }
    (from, to, area) = (text("from"), text("to"), text("area"))
    (organisation, kind, channel) = (text("organisation"), text("kind"), text("channel"))
    (due, person, compare) = (text("due"), text("person"), text("compare"))
  }

  static let nothing = "nothing"

  var rivals: Set<FigureRival> {
    if compare.isEmpty { return Set(FigureRival.allCases) }
    return Set(FigureRival(rawValue: compare).map { [$0] } ?? [])
  }

  var url: SiteURL { .figures.with(parameters + [("compare", compare)]) }

  var exportURL: SiteURL { .exportFigures.with(parameters + [("compare", compare)]) }

  /// The cases of a figure within the same bounds.
  func cases(of figure: CaseFigure, isPart: Bool) -> SiteURL {
    .figure(figure.rawValue, isPart: isPart).with(parameters)
  }

  /// The same cases as a file.
  func exportedCases(of figure: CaseFigure, isPart: Bool) -> SiteURL {
    .exportFigure(figure.rawValue, isPart: isPart).with(parameters)
  }

  var parameters: [(String, String?)] {
    [
      ("from", from), ("to", to), ("due", due), ("area", area), ("organisation", organisation),
      ("person", person), ("kind", kind), ("channel", channel),
    ]
  }

  /// What the API's parameters of the same names say.
  ///
  /// - Throws: `input.invalid` naming what is wrong.
  func scope(_ centre: Centre) async throws -> FigureScope {
    try await Query(
      Dictionary(parameters.map { ($0, $1 ?? "") }, uniquingKeysWith: { first, _ in first })
    ).figureScope(centre)
  }

  /// The same days of the year before.
  func yearBefore(_ centre: Centre, _ scope: FigureScope) -> FiguresQuery {
    var query = self
    let before = scope.yearBefore(in: centre.zone)
    query.from = before.from.local(in: centre.zone).day.description
    query.to = (before.before.local(in: centre.zone).day + -1).description
    return query
  }
}
