import Base
import City

extension FiguresPage {
  var parts: [String: any Shown] {
    [
      "fields": fields.marked(wrong).map { FieldView(field: $0, formID: "figures") },
      "errors": wrong.map { ErrorSummary($0, with: fields, of: "figures") },
      "isWrong": wrong != nil,
      "groups": groups.map { GroupView(group: $0, rivals: rivals) }, "rankings": rankings,
      "dueReading": query.due == DueReading.cohort.rawValue
        ? Phrase.key("figures.due.cohort.lead") : nil,
      "classIs": rivals.contains(.kind)
        ? kindOfOrganisation.map { Phrase.key("figures.class-is", ["class": $0]) } : nil,
      "chart": chart, "from": query.from, "to": query.to, "all": SiteURL.figures,
      "export": wrong == nil ? ExportLinks(url: query.exportURL) : nil,
    ]
  }

  /// The same period ranked.
  private var rankings: SiteURL {
    .rankings.with(query.parameters.filter { !["organisation", "person"].contains($0.0) })
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
      .select(
        "due", "figures.due", .worded("figures.due", DueReading.allCases.map(\.rawValue)),
        nothing: nil),
      .select(
        "compare", "figures.compare",
        .worded("figures.compare", FigureRival.allCases.map(\.rawValue) + [FiguresQuery.nothing]),
        nothing: "figures.compare.both"),
    ]
    fields[2].fill([query.area])
    fields[3].fill([query.organisation])
    fields[4].fill([query.kind])
    fields[5].fill([query.channel])
    fields[6].fill([query.due])
    fields[7].fill([query.compare])
    if !choices.people.isEmpty {
      var person = Field.select(
        "person", "figures.person", choices.people, nothing: "queue.filter.all")
      person.fill([query.person])
      fields.insert(person, at: 4)
    }
    return fields
  }
}

/// Figures that belong together, with the columns that some of them fill.
private struct GroupView: Composed {
  let group: FiguresPage.Group
  let rivals: Set<FigureRival>

  var parts: [String: any Shown] {
    [
      "heading": Phrase.key("figures.group.\(group.code)"), "figures": group.figures,
      "hasParts": group.figures.contains { $0.part != nil || $0.whole != nil },
      "hasYear": rivals.contains(.year), "hasClass": rivals.contains(.kind),
    ]
  }
}

extension FiguresPage.Rival: Composed {
  var parts: [String: any Shown] {
    ["amount": amount, "difference": difference, "url": url]
  }
}

extension FiguresPage.Figure: Composed {
  var parts: [String: any Shown] {
    [
      "label": Phrase.key("figure.\(figure.rawValue)"),
      "formula": Phrase.key("figure.\(figure.rawValue).formula"), "value": value, "url": url,
      "part": part, "whole": whole, "lastYear": lastYear, "classMean": classMean,
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
