import Base
import City
import Foundation

/// The figures of case work for a period and a scope; each opens the cases that it counts.
struct FiguresPage: Page {
  static let template = "figures"

  var query: FiguresQuery
  var choices: Choices
  /// Figures that belong together, e.g. counts and rates.
  var groups: [Group]
  var chart: Chart?

  struct Choices: Sendable {
    var areas: [Field.Option]
    var organisations: [Field.Option]
    var kinds: [Field.Group]
    var channels: [Channel]
    /// What kinds are found by.
    var kindWords: SiteURL?
  }

  struct Group: Sendable {
    /// `figures.group.<code>`.
    var code: String
    var figures: [Figure]
  }

  struct Figure: Sendable {
    var figure: CaseFigure
    /// The count itself, or the share's; nil is "—".
    var value: Value
    /// The cases that a count counts.
    var url: SiteURL?
    /// What is counted, and of how many; each opens its list.
    var part: Part?
    var whole: Part?
  }

  enum Value: Sendable {
    case count(Int)
    case rate(Double?)
    /// Weighted points, 0…1.
    case score(Double?)
    /// Yuan.
    case amount(Decimal)
    /// A mean in minutes.
    case time(Int?)
  }

  struct Part: Sendable {
    var count: Int
    var url: SiteURL?
  }

  /// Months against a few series; a table that script draws as a chart.
  struct Chart: Sendable {
    enum Shape: String, Sendable {
      case bar, line
    }

    var title: Phrase
    var shape: Shape
    /// `2026-01`.
    var columns: [String]
    var series: [Series]
  }

  struct Series: Sendable {
    var label: Phrase
    /// One for each column; nil where there is none.
    var values: [Double?]
    var isRate = false
  }

  var title: Phrase { .key("figures.title") }
  var section: Section? { .figures }
  var extras: [Extra] { chart == nil ? [] : [.chart] }
}

/// What the figures are asked for, as it stands in the address.
struct FiguresQuery: Sendable, Equatable {
  var from = ""
  var to = ""
  var area = ""
  var organisation = ""
  var kind = ""
  var channel = ""

  init() {}

  init(_ value: (String) -> String?) {
    func text(_ name: String) -> String { String((value(name) ?? "").prefix(200)) }
    (from, to, area) = (text("from"), text("to"), text("area"))
    (organisation, kind, channel) = (text("organisation"), text("kind"), text("channel"))
  }

  var url: SiteURL { .figures.with(parameters) }

  var exportURL: SiteURL { .exportFigures.with(parameters) }

  /// The cases of a figure within the same bounds.
  func cases(of figure: CaseFigure, isPart: Bool) -> SiteURL {
    .figure(figure.rawValue, isPart: isPart).with(parameters)
  }

  private var parameters: [(String, String?)] {
    [
      ("from", from), ("to", to), ("area", area), ("organisation", organisation), ("kind", kind),
      ("channel", channel),
    ]
  }
}
