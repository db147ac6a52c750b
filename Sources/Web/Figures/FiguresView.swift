import Base
import City

extension FiguresPage {
  var parts: [String: any Shown] {
    [
      "fields": fields.map { FieldView(field: $0, formID: "figures") }, "groups": groups,
      "chart": chart, "from": query.from, "to": query.to, "all": SiteURL.figures,
      "export": ExportLinks(url: query.exportURL),
    ]
  }

  private var fields: [Field] {
    var fields: [Field] = [
      .line("from", "figures.from", Field.Line(kind: .date, value: query.from)),
      .line("to", "figures.to", Field.Line(kind: .date, value: query.to)),
      .select("area", "figures.area", choices.areas, nothing: "queue.filter.all"),
      .select(
        "organisation", "figures.organisation", choices.organisations, nothing: "queue.filter.all"),
      Field(
        name: "kind", label: .key("figures.kind"),
        control: .select(
          Field.Select(
            groups: choices.kinds, nothing: .key("queue.filter.all"), words: choices.kindWords))),
      .select(
        "channel", "figures.channel", .worded("channel", choices.channels.map(\.rawValue)),
        nothing: "queue.filter.all"),
    ]
    fields[2].fill([query.area])
    fields[3].fill([query.organisation])
    fields[4].fill([query.kind])
    fields[5].fill([query.channel])
    return fields
  }
}

extension FiguresPage.Group: Composed {
  var parts: [String: any Shown] {
    [
      "heading": Phrase.key("figures.group.\(code)"), "figures": figures,
      "hasParts": figures.contains { $0.part != nil || $0.whole != nil },
    ]
  }
}

extension FiguresPage.Figure: Composed {
  var parts: [String: any Shown] {
    [
      "label": Phrase.key("figure.\(figure.rawValue)"),
      "formula": Phrase.key("figure.\(figure.rawValue).formula"), "value": value, "url": url,
      "part": part,
      "whole": whole,
    ]
  }
}

extension FiguresPage.Value: Shown {
  func shown(in wording: Wording) -> Showing {
    switch self {
    case .count(let count): .text(wording.text(count))
    case .rate(let rate), .score(let rate): .text(wording.percentage(rate))
    case .amount(let amount): .text(wording.text(.yuan(amount)))
    case .time(let minutes): .text(wording.duration(minutes: minutes))
    }
  }
}

extension FiguresPage.Part: Composed {
  var parts: [String: any Shown] {
    ["tally": Phrase.count(count), "url": url]
  }
}

extension FiguresPage.Chart: Composed {
  var parts: [String: any Shown] {
    [
      "caption": title, "shape": shape.rawValue, "columns": columns,
      "series": series.each { series in
        [
          "label": series.label, "isRate": series.isRate,
          "values": series.values.map { cell($0, series.isRate) },
        ]
      },
    ]
  }

  /// What people read, and the bare number for the chart.
  private func cell(_ value: Double?, _ isRate: Bool) -> [String: any Shown] {
    guard let value else { return ["text": "—", "number": ""] }
    return isRate
      ? ["text": Phrase.rate(value), "number": "\(value)"]
      : ["text": Phrase.count(Int(value)), "number": "\(Int(value))"]
  }
}
