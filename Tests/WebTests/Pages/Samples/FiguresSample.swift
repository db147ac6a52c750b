import Base
import City
import Foundation

@testable import Web

extension FiguresPage {
  static let query = FiguresQuery {
    ["from": "2026-01-01", "to": "2026-11-21", "area": "310114109001"][$0]
  }

  static let sample = FiguresPage(
    query: query,
    choices: Choices(
      areas: QueuePage.areas, organisations: QueuePage.units, kinds: QueuePage.kinds,
      channels: [.hotline, .patrol]),
    groups: [
      Group(
        code: "counts",
        figures: counts.map { Figure(figure: $0, value: .count($1), url: .queue) }),
      Group(code: "rates", figures: rates.map(rate)),
      Group(
        code: "hotline",
        figures: [(.firstContactRate, 1_203, 1_203), (.resolvedRate, 0, 0)].map(rate)),
      Group(
        code: "times",
        figures: [
          Figure(
            figure: .handlingLateTime, value: .time(1_530),
            whole: Part(count: 901, url: query.cases(of: .handlingLateTime, isPart: false))),
          Figure(figure: .suspendedTime, value: .time(nil)),
        ]),
    ],
    chart: chart)

  static let counts: [(CaseFigure, Int)] = [
    (.reported, 21_388), (.valid, 21_102), (.accepted, 21_010), (.filed, 20_877),
    (.dispatched, 20_877), (.handled, 20_541), (.closed, 20_390),
  ]

  static let rates: [(CaseFigure, Int, Int)] = [
    (.acceptanceOnTime, 20_990, 21_010), (.filingRate, 20_877, 21_010),
    (.handlingOnTime, 19_640, 20_541), (.closingOnTime, 19_811, 20_390),
    (.reworkRate, 301, 20_390), (.overdueOpenRate, 1, 20_541),
  ]

  static func rate(_ figure: CaseFigure, _ part: Int, _ whole: Int) -> Figure {
    Figure(
      figure: figure, value: .rate(whole == 0 ? nil : Double(part) / Double(whole)),
      part: Part(count: part, url: query.cases(of: figure, isPart: true)),
      whole: Part(count: whole, url: .queue))
  }

  static let chart = Chart(
    title: .key("figures.chart"), shape: .bar,
    columns: (1...11).map { $0 < 10 ? "2026-0\($0)" : "2026-\($0)" },
    series: [
      Series(
        label: .key("figure.reported"),
        values: [1890, 1402, 2033, 1988, nil, 2120, 2245, 2301, 2098, 1976, 1320]),
      Series(
        label: .key("figure.closing-on-time"),
        values: [0.962, 0.951, 0.968, 0.97, nil, 0.958, 0.949, 0.961, 0.972, 0.975, 0.971],
        isRate: true),
    ])
}

extension FiguresPage {
  /// Of a unit, beside last year and its class, by filing.
  static let compared: FiguresPage = {
    var asked = query
    asked.organisation = "21"
    asked.due = "cohort"
    var page = FiguresPage(
      query: asked, choices: sample.choices, groups: sample.groups, chart: chart)
    page.choices.people = [Field.Option(value: "7", label: .plain("张<师傅>"))]
    page.rivals = [.year, .kind]
    page.kindOfOrganisation = .named("职能部门", english: "Departments")
    for group in page.groups.indices {
      for place in page.groups[group].figures.indices {
        let figure = page.groups[group].figures[place].figure
        page.groups[group].figures[place].lastYear = Rival(
          figure, 12, against: figure.isRate ? nil : 7, url: asked.url)
        page.groups[group].figures[place].classMean = Rival(
          figure, 1, against: Decimal(string: "0.5"))
      }
    }
    return page
  }()
}

extension RankingPage {
  static let query = RankingQuery {
    [
      "by": "closing-on-time", "over": "organisation", "class": "department",
      "from": "2026-01-01", "to": "2026-11-21",
    ][$0]
  }

  static let choices = Choices(
    areas: QueuePage.areas, organisations: QueuePage.units, kinds: QueuePage.kinds,
    channels: [.hotline, .patrol],
    classes: [Field.Option(value: "department", label: .plain("职能部门"))],
    ratings: [Field.Option(value: "jinniu-district", label: .plain("区网格处置评价"))])

  static let sample = RankingPage(
    query: query, choices: choices,
    table: Table(
      measure: .key("figure.closing-on-time"), explanation: .key("figure.closing-on-time.formula"),
      notes: [.key("rankings.note.minimum", ["count": .count(5)])], terms: [], isRate: true,
      rows: [
        Row(
          rank: 1, name: "城建<办>", url: FiguresPage.query.url, value: .rate(0.98),
          part: FiguresPage.Part(count: 98, url: FiguresPage.query.url),
          whole: FiguresPage.Part(count: 100, url: FiguresPage.query.url), points: []),
        Row(
          rank: nil, name: "水务站", url: FiguresPage.query.url, value: .rate(1),
          part: FiguresPage.Part(count: 2, url: FiguresPage.query.url),
          whole: FiguresPage.Part(count: 2, url: FiguresPage.query.url), points: [],
          remark: .key("rankings.too-few", ["count": .count(5)])),
      ], mean: .rate(0.99)))

  static let scores = RankingPage(
    query: query, choices: choices,
    table: Table(
      measure: .plain("区网格处置评价"), explanation: .key("rankings.score.lead"),
      notes: [], terms: [.plain("处置"), .plain("返工")], isRate: false,
      volume: .key("figure.handling-rate"),
      rows: [
        Row(
          rank: 1, name: "城建办", url: FiguresPage.query.url, value: .plain("49.10"),
          valueURL: FiguresPage.query.url, points: [.plain("29.50"), .plain("19.60")],
          volume: 120),
        Row(
          rank: nil, name: "水务站", url: FiguresPage.query.url, value: .plain("—"),
          valueURL: FiguresPage.query.url, points: [.plain("—"), .plain("20.00")], volume: 0,
          remark: .key("formula.gap.over-nothing", ["name": .key("figure.handling-rate")])),
      ]))

  static let choosing = RankingPage(query: query, choices: choices)
}

extension ScorePage {
  static let sample = ScorePage(
    rating: .plain("区网格处置评价"), name: "城建<办>", ranking: RankingPage.query.url,
    period: .plain("2026-01-01 – 2026-11-21"), score: .plain("—"),
    rank: .key("formula.gap.over-nothing", ["name": .key("figure.handling-rate")]),
    notes: [.key("rankings.note.low")],
    terms: [
      Term(
        name: .plain("处置"), formula: "30 * handling-rate", points: .plain("—"),
        reason: .key("formula.gap.over-nothing", ["name": .key("figure.handling-rate")]),
        inputs: [
          Input(
            name: .key("figure.handling-rate"), value: .plain("—"),
            part: FiguresPage.Part(count: 0, url: FiguresPage.query.url),
            whole: FiguresPage.Part(count: 0, url: FiguresPage.query.url)),
          Input(name: .key("rankings.measure.people"), value: .plain("12")),
        ])
    ])
}

extension FigureCasesPage {
  static let sample = FigureCasesPage(
    figure: .handlingOnTime, query: FiguresPage.query, isPart: true, rows: [.overdue, .closed],
    next: FiguresPage.query.cases(of: .handlingOnTime, isPart: true))

  static let empty = FigureCasesPage(
    figure: .resolvedRate, query: FiguresPage.query, isPart: false, rows: [])
}
