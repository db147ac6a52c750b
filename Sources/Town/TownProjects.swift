import Base
import City
import Store

/// The town's fiscal projects: last year's published, this year's in every state, next year's before
/// their budget, written by those whose work it is. All of it is made up.
struct TownProjects {
  let scene: TownScene

  init(_ scene: TownScene) { self.scene = scene }

  private var desk: ProjectDesk { scene.projects }

  /// Everything at one present, the end of the town's time.
  func make(in tx: Transaction) throws {
    guard let evaluator = scene.cast.evaluators.first,
      let keeper = scene.cast.evaluators.last, let leader = scene.cast.leaders.first,
      let centre = try desk.owner(named: TownUnits.centre.code, in: tx),
      let unit = try desk.owner(named: TownUnits.withProjects, in: tx)
    else { throw TownFault.nobody }
    let today = tx.now.local(in: desk.zone).day
    let units = TownYear(
      scene: scene, maker: keeper, leader: leader, finance: evaluator, today: today)
    let own = TownYear(
      scene: scene, maker: evaluator, leader: leader, finance: .command, today: today)
    let published = try lastYear(today.year - 1, unit, by: keeper, leader, evaluator, in: tx)
    if let first = published.first { try units.use(first, in: tx) }
    _ = try lastYear(
      today.year - 1, centre, [TownForms.platforms, TownForms.patrol], by: .command, leader,
      evaluator, in: tx)
    try reviewed(units, today.year, unit, in: tx)
    try ownProjects(own, today.year, centre, in: tx)
    try nextYear(units, own, unit, centre, in: tx)
    try setDays(today, centre, by: evaluator, in: tx)
  }

  /// The days of this year and the next.
  private func setDays(
    _ today: Day, _ centre: ID<Organisation>, by evaluator: Doer, in tx: Transaction
  ) throws {
    let year = today.year
    var days: [ProjectPhase: Day] = [
      .submission: today + -3, .departmentReview: today + 5, .financeReview: today + 12,
      .publication: today + 30, .use: today + 60,
    ]
    days[.targets] = Day(year: year, month: 2, day: 28).map { min($0, today + -8) }
    days[.monitoring] = Day(year: year, month: 8, day: 15).map { min($0, today + -5) }
    try desk.setYear(days, year: year, of: centre, by: evaluator, in: tx)
    try desk.setYear(
      [.appraisal: today + -2, .targets: today + 6], year: year + 1, of: centre, by: evaluator,
      in: tx)
  }

  /// What is asked for next year: appraised, declared, or neither yet.
  private func nextYear(
    _ units: TownYear, _ own: TownYear, _ unit: ID<Organisation>, _ centre: ID<Organisation>,
    in tx: Transaction
  ) throws {
    func add(_ name: String, _ owner: ID<Organisation>, by doer: Doer) throws -> ID<Project> {
      var draft = ProjectDraft()
      draft.name = name
      draft.department = "云浦镇人民政府"
      return try desk.add(draft, year: units.today.year + 1, for: owner, by: doer, in: tx)
    }
    let smart = try add("智慧公厕建设", unit, by: units.maker)
    try units.appraise(smart, score: "89", approved: true, in: tx)
    try units.declare(
      smart, "改造智慧公厕 8 座，设备在线率不低于 95%。",
      [
        TargetLine("成本指标", "经济成本指标", "概算控制率", "≤100%", "20"),
        TargetLine("产出指标", "数量指标", "改造公厕数", "=8座", "30"),
        TargetLine("产出指标", "质量指标", "设备在线率", "≥95%", "20"),
        TargetLine("满意度指标", "服务对象满意度指标", "使用人员满意度", "≥90%", "20"),
      ], to: .reviewed, in: tx)
    let night = try add("夜间巡查队伍", centre, by: own.maker)
    try own.appraise(night, score: "82.5", approved: false, in: tx)
    _ = try add("数字体征大屏更新", centre, by: own.maker)
  }

  /// Two that have gone all the way.
  private func lastYear(
    _ year: Int, _ unit: ID<Organisation>,
    _ drafts: [TownForm] = [TownForms.cleaning, TownForms.sorting], by keeper: Doer,
    _ leader: Doer, _ finance: Doer, in tx: Transaction
  ) throws -> [ID<Project>] {
    try drafts.map { draft in
      let id = try desk.add(draft.form(shrunk: true), year: year, for: unit, by: keeper, in: tx)
      try desk.make(.submit, words: "年度自评已完成。", on: id, by: keeper, in: tx)
      try desk.make(.reviewDepartment, on: id, by: leader, in: tx)
      try desk.make(.reviewFinance, on: id, by: finance, in: tx)
      try desk.make(.publish, on: id, by: keeper, in: tx)
      return id
    }
  }

  /// The unit's own of this year: one with each reviewer, one given back and handed in anew.
  private func reviewed(
    _ circle: TownYear, _ year: Int, _ unit: ID<Organisation>, in tx: Transaction
  ) throws {
    let (keeper, leader, finance) = (circle.maker, circle.leader, circle.finance)
    let cleaning = try desk.add(
      TownForms.cleaning.form(), year: year, for: unit, by: keeper, in: tx)
    try circle.grant(cleaning, "640.00", then: "28.50", because: "新接管道路两条", in: tx)
    var lines = try desk.view(cleaning, by: keeper, in: tx).indicators.map(TargetLine.init)
    lines[2].target = "≥93%"
    try circle.declare(cleaning, TownForms.cleaning.goal, lines, to: .approved, in: tx)
    try circle.change(cleaning, lines[2].name, to: "≥95%", because: "按考核办法收紧", in: tx)
    try circle.monitor(
      cleaning, executed: "301.20",
      [("98%", ""), ("42条", ""), ("95%", ""), ("100%", ""), ("2件", "3件"), ("88%", "")],
      measures: "雨季增加落叶清运班次。", to: .approved, in: tx)
    try desk.make(.submit, on: cleaning, by: keeper, in: tx)
    try desk.make(
      .giveBack, words: "公厕保洁合格率的依据只有自查记录，请补充第三方检查结果。", on: cleaning, by: leader, in: tx)
    var corrected = TownForms.cleaning.form(after: true)
    for (place, indicator) in try desk.view(cleaning, by: keeper, in: tx).indicators.enumerated() {
      corrected.indicators[place].id = indicator.id
    }
    try desk.edit(cleaning, corrected, by: keeper, in: tx)
    try desk.make(.submit, words: "已按意见补充并调减得分。", on: cleaning, by: keeper, in: tx)
    let sorting = try desk.add(
      TownForms.sorting.form(), year: year, for: unit, by: keeper, in: tx)
    try desk.make(.submit, on: sorting, by: keeper, in: tx)
    try desk.make(.reviewDepartment, words: "同意。", on: sorting, by: leader, in: tx)
    let toilets = try desk.add(
      TownForms.toilets.form(), year: year, for: unit, by: keeper, in: tx)
    try desk.make(.submit, on: toilets, by: keeper, in: tx)
    try desk.make(.reviewDepartment, on: toilets, by: leader, in: tx)
    try desk.make(.reviewFinance, on: toilets, by: finance, in: tx)
  }

  /// The centre's: a total with its parts, and one whose form still contradicts itself.
  private func ownProjects(
    _ circle: TownYear, _ year: Int, _ centre: ID<Organisation>, in tx: Transaction
  ) throws {
    let evaluator = circle.maker
    let total = try desk.add(
      TownForms.platforms.form(), year: year, for: centre, by: evaluator, in: tx)
    try circle.declare(total, TownForms.platforms.goal, to: .approved, in: tx)
    try circle.monitor(
      total, executed: "92.40",
      [("90%", ""), ("2个", ""), ("99%", ""), ("0次", ""), ("91%", "")], to: .approved, in: tx)
    for part in [TownForms.video, TownForms.orders] {
      var draft = part.form()
      draft.parent = total
      let id = try desk.add(draft, year: year, for: centre, by: evaluator, in: tx)
      try circle.declare(id, part.goal, to: .approved, in: tx)
    }
    let patrol = try desk.add(
      TownForms.patrol.form(), year: year, for: centre, by: evaluator, in: tx)
    // The form has 264.00, typed: the book says otherwise until somebody asks for its figures.
    try circle.grant(patrol, "230.00", then: "30.00", because: "增配巡查装备", in: tx)
    try circle.monitor(
      patrol, executed: "70.50", [("26人", ""), ("89%", "91%"), ("100%", ""), ("0件", "")],
      measures: "七月起补足两个班次，装备款第三季度支付。", to: .submitted, in: tx)
    var assessment = OutsideScoreDraft()
    assessment.giver = "区城市运行管理中心"
    assessment.score = "89"
    assessment.outOf = "100"
    assessment.mean = "86.61"
    try circle.score(patrol, assessment, scene.papers.assessment, named: "巡查年度考核.pdf", in: tx)
    let duty = try desk.add(TownForms.duty.form(), year: year, for: centre, by: evaluator, in: tx)
    try circle.declare(duty, TownForms.duty.goal, to: .approved, in: tx)
    try desk.make(.submit, on: duty, by: evaluator, in: tx)
  }
}

extension ProjectDesk {
  /// The organisation with a code.
  fileprivate func owner(
    named code: String, in tx: Transaction
  ) throws -> ID<Organisation>? {
    try owners(by: .command, in: tx).first { $0.code == code }?.id
  }
}
