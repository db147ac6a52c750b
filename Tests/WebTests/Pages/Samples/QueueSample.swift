import Base
import City

@testable import Web

extension QueuePage {
  static let kinds = [
    Field.Group(
      label: .plain("市容环境"),
      options: [
        Field.Option(value: "grid.litter", label: .plain("暴露垃圾")),
        Field.Option(value: "grid.dumping", label: .plain("偷倒乱倒垃圾渣土")),
      ]),
    Field.Group(
      label: .plain("道路交通"),
      options: [Field.Option(value: "grid.road", label: .plain("道路破损"))]),
  ]

  static let areas = [
    Field.Option(value: "310114109001", label: .plain("伏虎村")),
    Field.Option(value: "310114109002", label: .plain("劳动村")),
  ]

  static let units = [
    Field.Option(value: "21", label: .plain("城市建设管理办公室")),
    Field.Option(value: "22", label: .plain("水务站")),
  ]

  static let choices = Choices(
    states: CaseState.allCases,
    kinds: kinds, channels: [.hotline, .patrol, .resident], areas: areas, units: units)

  static let sample = QueuePage(
    query: QueueQuery(), choices: choices, rows: CaseCard.all, total: 21_388,
    next: QueueQuery { $0 == "page" ? "n.17.4217" : nil }.url,
    views: [
      View(code: "all", query: QueueQuery()),
      View(code: "filed", query: QueueQuery { $0 == "state" ? "filed" : nil }, count: 6),
      View(code: "soon", query: QueueQuery { $0 == "clock" ? "soon" : nil }, count: 4),
      View(code: "overdue", query: QueueQuery { $0 == "clock" ? "overdue" : nil }, count: 1),
    ], acts: CaseBatch.moves)

  static let filtered = QueuePage(
    query: QueueQuery { ["text": "停车 \"30 元\"", "clock": "soon", "from": "2026-11-01"][$0] },
    choices: choices, rows: [.soon], total: 1,
    previous: QueueQuery { $0 == "page" ? "p.17.4327" : nil }.url)

  static let empty = QueuePage(
    query: QueueQuery { $0 == "text" ? "没有这样的词" : nil }, choices: choices, rows: [], total: 0)
}
