import Base
import City

@testable import Web

extension WhoPage {
  static let sample: WhoPage = {
    var page = WhoPage(
      kind: "H0402", area: "310114109001", kinds: QueuePage.kinds, areas: QueuePage.areas)
    page.answer = Answer(
      lead: "云浦镇<城管>中队", person: "周某", helpers: ["南埝村村委会"], isPersonGone: true,
      away: .key(
        "who.away",
        ["name": .plain("周某"), "until": .plain("2026-11-30"), "substitute": .plain("沈某")]),
      lines: WhoGets.Outcome.allCases.map {
        Line(
          isOwn: $0 == .decides, kinds: $0 == .absent ? nil : .plain("H04…"),
          area: $0 == .helps ? "南埝村" : nil, unit: .plain("城管中队"), outcome: $0)
      })
    page.posts = [
      Post(code: "handler", name: "处置<员>", people: 12, isGiven: true),
      Post(
        code: "warden", name: "巡查员", from: Day("2026-01-01"), until: Day("2026-10-31"), people: 1,
        isGiven: false),
    ]
    return page
  }()

  static let nobody: WhoPage = {
    var page = WhoPage(kinds: QueuePage.kinds, areas: QueuePage.areas)
    page.answer = Answer(lead: nil, person: nil, helpers: [], lines: [])
    return page
  }()
}
