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
  /// What the figures are compared with, as far as there is any of it.
  var rivals: Set<FigureRival> = []
  /// The class whose means are shown.
  var kindOfOrganisation: Phrase?
  var chart: Chart?

  struct Choices: Sendable {
    var areas: [Field.Option]
    var organisations: [Field.Option]
    var kinds: [Field.Group]
    var channels: [Channel]
    /// What kinds are found by.
    var kindWords: SiteURL?
    /// The people of the organisation that was chosen.
    var people: [Field.Option] = []
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
    /// The same of a year earlier, and the mean of the organisation's class.
    var lastYear: Rival?
    var classMean: Rival?
  }

  /// What a figure is compared with, and by how much it is more or less than that.
  struct Rival: Sendable {
    var amount: Phrase
    var difference: Phrase?
    /// Of a year earlier: its cases.
    var url: SiteURL?
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

  /// What is wrong with the filters; there are no figures then.
  var wrong: Fault?

  var title: Phrase { .key("figures.title") }
  var section: Section? { .figures }
  var extras: [Extra] { chart == nil ? [] : [.chart] }
}
