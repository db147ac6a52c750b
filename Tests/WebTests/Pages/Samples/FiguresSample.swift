import Base
import City

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

extension FigureCasesPage {
  static let sample = FigureCasesPage(
    figure: .handlingOnTime, query: FiguresPage.query, isPart: true, rows: [.overdue, .closed],
    next: FiguresPage.query.cases(of: .handlingOnTime, isPart: true))

  static let empty = FigureCasesPage(
    figure: .resolvedRate, query: FiguresPage.query, isPart: false, rows: [])
}
