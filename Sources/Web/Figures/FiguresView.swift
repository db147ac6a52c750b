import Base

extension FiguresPage: Shown {
  func shown(in wording: Wording) -> Any {
    [
      "fields": fields.map { FieldView(field: $0, formID: "figures") }, "groups": groups,
      "chart": chart as Any, "from": query.from, "to": query.to, "all": SiteURL.figures,
    ] as [String: Any]
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
          Field.Select(groups: choices.kinds, nothing: .key("queue.filter.all")))),
      .select(
        "channel", "figures.channel", .worded("channel", choices.channels),
        nothing: "queue.filter.all"),
    ]
    fields[2].fill([query.area])
    fields[3].fill([query.organisation])
    fields[4].fill([query.kind])
    fields[5].fill([query.channel])
    return fields
  }
}

extension FiguresPage.Group: Shown {
  func shown(in wording: Wording) -> Any {
    ["heading": Phrase.key("figures.group.\(code)"), "figures": figures] as [String: Any]
  }
}

extension FiguresPage.Figure: Shown {
  func shown(in wording: Wording) -> Any {
    [
      "code": code, "label": Phrase.key("figure.\(code)"),
      "formula": Phrase.key("figure.\(code).formula"), "value": value, "url": url as Any,
      "part": part as Any,
      "whole": whole as Any,
    ] as [String: Any]
  }
}

extension FiguresPage.Value: Shown {
  func shown(in wording: Wording) -> Any {
    switch self {
    case .count(let count): wording.text(count)
    case .rate(let rate), .score(let rate): wording.percentage(rate)
    }
  }
}

extension FiguresPage.Part: Shown {
  func shown(in wording: Wording) -> Any {
    ["tally": Phrase.count(count), "url": url as Any] as [String: Any]
  }
}

extension FiguresPage.Chart: Shown {
  func shown(in wording: Wording) -> Any {
    [
      "caption": title, "shape": shape.rawValue, "columns": columns,
      "series": series.map { series in
        [
          "label": series.label, "isRate": series.isRate,
          "values": series.values.map { cell($0, series.isRate, wording) },
        ] as [String: Any]
      },
    ] as [String: Any]
  }

  /// What people read, and the bare number for the chart.
  private func cell(_ value: Double?, _ isRate: Bool, _ wording: Wording) -> [String: Any] {
    guard let value else { return ["text": "—", "number": ""] }
    return isRate
      ? ["text": wording.percentage(value), "number": "\(value)"]
      : ["text": wording.text(Int(value)), "number": "\(Int(value))"]
  }
}
