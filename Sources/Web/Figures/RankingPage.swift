import Base
import City

/// Those of a class, a level or an organisation, ranked by a figure or a composite score.
struct RankingPage: Page {
  static let template = "ranking"

  var query: RankingQuery
  var choices: Choices
  /// Nil while something that it needs has not been chosen.
  var table: Table?
  /// What is wrong with what is asked.
  var wrong: Fault?

  struct Choices: Sendable {
    var areas: [Field.Option]
    var organisations: [Field.Option]
    var kinds: [Field.Group]
    var kindWords: SiteURL?
    var channels: [Channel]
    var classes: [Field.Option]
    var ratings: [Field.Option]
  }

  struct Table: Sendable {
    /// What is ranked by, and how it is computed.
    var measure: Phrase
    var explanation: Phrase
    /// Who is ranked, and of what.
    var notes: [Phrase]
    /// The terms of a composite score.
    var terms: [Phrase]
    var isRate: Bool
    var volume: Phrase?
    var rows: [Row]
    var mean: Phrase?
  }

  struct Row: Sendable {
    var rank: Int?
    var name: String
    /// The figures of its own.
    var url: SiteURL
    var value: Phrase
    /// The cases of the figure, or the parts of the score.
    var valueURL: SiteURL?
    var part: FiguresPage.Part?
    var whole: FiguresPage.Part?
    /// Points of the terms.
    var points: [Phrase]
    var volume: Int?
    /// Why it has no rank.
    var remark: Phrase?
  }

  var title: Phrase { .key("rankings.title") }
  var section: Section? { .figures }

  var parts: [String: any Shown] {
    [
      "fields": fields.marked(wrong).map { FieldView(field: $0, formID: "ranking") },
      "errors": wrong.map { ErrorSummary($0, with: fields, of: "ranking") },
      "isWrong": wrong != nil,
      "table": table,
      "figures": query.figures.url, "all": SiteURL.rankings,
      "export": table == nil ? nil : ExportLinks(url: query.exportURL),
    ]
  }

  private var fields: [Field] {
    let all = "queue.filter.all"
    let figures: [Field.Option] = CaseFigure.allCases.map {
      Field.Option(value: $0.rawValue, label: .key("figure.\($0.rawValue)"))
    }
    var fields: [(Field, String)] = [
      (
        Field(
          name: "by", label: .key("rankings.by"),
          control: .select(
            Field.Select(
              groups: [
                Field.Group(label: .key("rankings.scores"), options: choices.ratings),
                Field.Group(label: .key("rankings.figures"), options: figures),
              ], nothing: nil))), query.by
      ),
      (
        .select(
          "over", "rankings.over", .worded("rankings.over", FigureGroup.allCases.map(\.rawValue)),
          nothing: nil), query.over
      ),
      (.select("class", "rankings.class", choices.classes, nothing: nil), query.kind),
      (
        .select(
          "level", "rankings.level",
          .worded("area.level", AreaLevel.allCases.reversed().map(\.rawValue)), nothing: nil),
        query.level.isEmpty ? AreaLevel.villageGrid.rawValue : query.level
      ),
      (
        .line("minimum", "rankings.minimum", Field.Line(kind: .number, value: query.minimum)),
        query.minimum
      ),
      (
        .line("from", "figures.from", Field.Line(kind: .date, value: query.figures.from)),
        query.figures.from
      ),
      (
        .line("to", "figures.to", Field.Line(kind: .date, value: query.figures.to)),
        query.figures.to
      ),
      (
        .select(
          "organisation", "rankings.organisation", choices.organisations, nothing: all),
        query.figures.organisation
      ),
      (.select("area", "figures.area", choices.areas, nothing: all), query.figures.area),
      (
        Field(
          name: "kind", label: .key("figures.kind"),
          control: .select(
            Field.Select(
              groups: choices.kinds, nothing: .key(all), words: choices.kindWords))),
        query.figures.kind
      ),
      (
        .select(
          "channel", "figures.channel", .worded("channel", choices.channels.map(\.rawValue)),
          nothing: all), query.figures.channel
      ),
      (
        .select(
          "due", "figures.due", .worded("figures.due", DueReading.allCases.map(\.rawValue)),
          nothing: nil), query.figures.due
      ),
    ]
    // Those that say nothing about who is ranked are left out.
    let group = FigureGroup(rawValue: query.over) ?? .organisation
    fields.removeAll { field, _ in
      field.name == "class" && group != .organisation || field.name == "level" && group != .area
    }
    for place in fields.indices { fields[place].0.fill([fields[place].1]) }
    return fields.map(\.0)
  }
}

extension RankingPage.Table: Composed {
  var parts: [String: any Shown] {
    [
      "measure": measure, "explanation": explanation, "notes": notes, "terms": terms,
      "isRate": isRate, "volume": volume, "rows": rows, "isEmpty": rows.isEmpty, "mean": mean,
    ]
  }
}

extension RankingPage.Row: Composed {
  var parts: [String: any Shown] {
    [
      "rank": rank.map { Phrase.count($0) } ?? Phrase.plain("—"), "isListed": rank == nil,
      "name": name, "url": url, "value": value, "valueURL": valueURL, "part": part,
      "whole": whole, "points": points, "volume": volume.map { Phrase.count($0) },
      "remark": remark,
    ]
  }
}
