import Base
import City

@testable import Web

extension CasePage {
  static let forms = MoveForms(
    url: { .move($0, of: ID<Sample>(4312)) }, revision: "7", photos: Sample.photos)

  static let sample: CasePage = {
    var feedBack = forms.feedBack(
      findings: true,
      fields: [Field(FileCasePage.note), .evidence(.after, missing: 1, Sample.photos)])
    feedBack.isOpen = true
    var page = CasePage(
      line: .overdue, description: Parts.description, facts: Parts.facts, person: Parts.person,
      place: Parts.place, photos: Parts.photos, clocks: ClockDetail.sample,
      assignments: Parts.assignments, timeline: Event.sample, moves: [feedBack] + Parts.moves,
      comment: forms.comment())
    page.company = .sample
    page.same = SameView.sample
    page.printURL = .workOrder(ID<Case>(1))
    page.mediation = .sample
    page.into = Into(url: .file(ID<Case>(4311)), number: "261118-00017")
    return page
  }()

  /// What an attacker would write, wherever people may write.
  static let hostile: CasePage = {
    let script = "<script>alert('城')</script>\"\u{301} onfocus=alert(1) autofocus x=\""
    var page = sample
    page.line.title = script
    page.description = script
    page.timeline[0].text = script
    page.facts[0].value = .plain(script)
    page.company?.links[0].line.title = script
    page.same[0].why = [.plain(script)]
    page.mediation?.parties[0].name = script
    page.mediation?.sessions[0].body = script
    page.mediation?.result[0].value = .plain(script)
    page.photos[0].label = script
    page.place.address = script
    page.place.map?.points[0].label = script
    page.place.map?.shapes = ["{\"type\":\"Point\",\"<b>\":\"'>\",\"coordinates\":[121.27,31.4]}"]
    return page
  }()
}

extension CasePage {
  enum Parts {}
}

extension CasePage.Parts {
  typealias Fact = CasePage.Fact
  typealias Photo = CasePage.Photo
  typealias Assignment = CasePage.Assignment

  static let description = """
    新建一路 88 弄小区南门外，非机动车道上堆放装修产生的建筑垃圾约 3 吨，夹杂玻璃和铁钉，已有两辆电动自行车被扎胎。
    居民称昨晚十点左右有一辆蓝色轻型货车倾倒，门口超市有监控。
    """

  static let facts = [
    Fact(label: .key("case.fact.kind"), value: .plain("市容环境 › 偷倒乱倒垃圾渣土")),
    Fact(label: .key("case.fact.channel"), value: .key("channel.hotline")),
    Fact(label: .key("case.fact.reported"), value: .moment(Sample.at("2026-11-20T09:12+08:00"))),
    Fact(label: .key("case.fact.external"), value: .plain("20261120-310114-08213")),
    Fact(label: .plain("估计数量（吨）"), value: .plain("3")),
    Fact(label: .plain("种类"), value: .plain("建筑垃圾")),
  ]

  static let person = CasePage.Person(
    facts: [
      Fact(label: .key("case.fact.name"), value: .plain("周*")),
      Fact(label: .key("case.fact.phone"), value: .plain("138****1234")),
      Fact(label: .key("case.fact.address"), value: .plain("新建一路 **")),
    ], isOpen: false, opening: CasePage.forms.openReporter())

  static let place = CasePage.Place(
    address: "新建一路 88 弄南门", areas: ["嘉定区", "徐行镇", "新建片区", "伏虎村"],
    dutyGrid: "伏虎新建责任网格", coordinates: "121.273512, 31.402177",
    map: MapView(
      points: [.init(longitude: 121.273512, latitude: 31.402177, label: "新建一路 88 弄南门")],
      shapes: [MapView.boundary], label: .key("case.place")))

  static let photos = [
    Photo(
      url: .attachment(ID<Sample>(91)), label: "南门堆放的建筑垃圾", subject: .before,
      addedAt: Sample.at("2026-11-20T09:10+08:00")),
    Photo(
      url: .attachment(ID<Sample>(92)), label: "非机动车道", subject: .before,
      addedAt: Sample.at("2026-11-20T09:11+08:00")),
  ]

  static let assignments = [
    Assignment(
      unit: "城市建设管理办公室", person: "陆建明", isLead: true, state: .passed,
      since: Sample.at("2026-11-20T10:05+08:00"), clock: .left(-90)),
    Assignment(
      unit: "市政养护一队", isLead: true, state: .taken,
      since: Sample.at("2026-11-20T10:20+08:00"), level: 1, sender: "城市建设管理办公室",
      clock: .left(300)),
    Assignment(
      unit: "绿化市容站", isLead: false, state: .returned,
      since: Sample.at("2026-11-20T09:58+08:00")),
  ]

  /// All that there are, so that every form is looked at.
  static let moves: [CasePage.Move] = {
    let forms = CasePage.forms
    return [
      forms.passOn(
        below: QueuePage.units, people: approvers, helpers: QueuePage.units,
        own: Sample.at("2026-11-21T17:30+08:00")),
      forms.withdraw(), forms.extendBelow(), forms.giveBack(), forms.askExtension(limits: limits),
      forms.suspend(reasons: reasons, approvers: approvers), forms.contact(),
      forms.dispatch(leads: leads, helpers: QueuePage.units), forms.accept(), forms.reject(),
      forms.file(isDenied: false), forms.askCheck(checkers: leads), forms.confirmCheck(),
      forms.denyCheck(), forms.cancelCheck(), forms.askArbitration(),
      forms.arbitrate(leads: leads, helpers: QueuePage.units), forms.appeal(), forms.grantAppeal(),
      forms.refuseAppeal(), forms.recordFinding(organisations: QueuePage.units),
      forms.correct(title: "标题", description: "", place: "", areas: QueuePage.areas),
      forms.take(), forms.verify(), forms.rework(), forms.grantExtension(),
      forms.refuseExtension(), forms.resume(),
      forms.close(conditions: conditions, fields: [Field(FileCasePage.material)]),
      forms.callBack(), forms.reopen(), forms.addParty(), forms.removeParty([]),
      forms.holdSession(mediators: "顾永兴"), forms.recordOutcome(),
    ]
  }()

  static let limits = ["1 working-day", "3 working-days", "24 hours", "18:00 on working-day 1"]
    .compactMap { TimeLimit($0) }
  static let approvers = [Field.Option(value: "3", label: .plain("沈卫东"))]
  static let leads = [
    Field.Group(
      label: .key("dispatch.proposed"),
      options: [
        Field.Option(
          value: "21", label: .plain("城市建设管理办公室"), hint: .plain("伏虎村 · 渣土"), isChosen: true)
      ])
  ]

  static let reasons = [Field.Option(value: "survey", label: .plain("等待勘测"))]

  static let conditions = [
    Field.Option(value: "cleared", label: .plain("垃圾已清运，路面恢复整洁")),
    Field.Option(value: "photo", label: .plain("有处置前后同角度照片")),
  ]
}
