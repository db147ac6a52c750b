import Base

@testable import City
@testable import Web

extension DispatchPage {
  static let sample = DispatchPage(
    tallies: [
      DeskPage.Tally(
        label: .key("dispatch.tally.overdue"), count: 3, url: .queue, tone: .danger),
      DeskPage.Tally(label: .key("dispatch.tally.hour"), count: 2, url: .queue, tone: .soon),
      DeskPage.Tally(label: .key("dispatch.tally.soon"), count: 9, url: .queue, tone: .soon),
      DeskPage.Tally(label: .key("dispatch.tally.day"), count: 31, url: .queue, tone: .plain),
    ],
    waiting: [
      Line(
        card: card(.filed, 1), unit: ("lighting", "路灯<所>"), person: "周某", helpers: ["小庙村委会"],
        reason: .key(
          "dispatch.reason.town", ["kinds": .plain("路灯"), "area": .plain("小庙<村>")]),
        remark: .key("who.person.gone"), why: .who,
        back: Back(
          move: .giveBack, unit: "城市建设<管理>办公室", text: "灯杆属供电公司，<b>不归</b>本单位管养。",
          at: Sample.at("2026-11-21T11:20+08:00")), other: .move("dispatch", on: ID<Case>(1))),
      Line(
        card: card(.resident, 2), unit: nil, reason: .key("who.nobody"), why: .who,
        back: Back(move: .reopen, unit: nil, text: "居民反映没有解决", at: Sample.now),
        other: .move("dispatch", on: ID<Case>(2))),
    ], waitingTotal: 61, submission: "one",
    untaken: [
      Untaken(
        card: card(.soon, 3), sentAt: Sample.at("2026-11-20T09:00+08:00"),
        elsewhere: .sendElsewhere(ID<Case>(3)))
    ], untakenTotal: 1, next: [.soon, .calm],
    loads: [
      Load(code: "city", name: "城管<中队>", load: load(open: 12, late: 3)),
      Load(code: "water", name: "水务站", load: load(open: 0, late: 0)),
    ], live: .cases(after: 7))

  static let empty = DispatchPage(
    tallies: [], waiting: [], waitingTotal: 0, submission: "two", untaken: [], untakenTotal: 0,
    next: [], loads: [])

  private static func card(_ card: CaseCard, _ id: Int) -> CaseCard {
    var card = card
    card.id = "\(id)"
    return card
  }

  private static func load(open: Int, late: Int) -> CaseLoad {
    var load = CaseLoad(ID(1))
    (load.open, load.sent, load.taken, load.late) = (open, open / 3, open / 2, late)
    (load.soon, load.returned) = (open / 4, 2)
    return load
  }
}

extension ElsewherePage {
  static let sample = ElsewherePage(
    line: .soon,
    form: .elsewhere(
      ID(3), revision: 7,
      leads: [
        Field.Group(
          label: .key("dispatch.proposed"),
          options: [Field.Option(value: "housing", label: .plain("房屋<管理>所"))])
      ]))

  static let refused: ElsewherePage = {
    var page = sample
    let fault = Fault.invalid("text", "value.missing")
    page.errors = ErrorSummary(fault, in: page.form)
    page.form = page.form.returned(fault, typed: [:])
    return page
  }()
}
