import City

/// What a made-up project's form says.
struct TownForm: Sendable {
  let name: String
  let sector: String
  /// In 万元, of this year's appropriation: opening, adjusted, executed.
  let money: (opening: String, adjusted: String, executed: String)
  let goal: String
  let result: String
  let lines: [Line]
  /// What the review asked to be changed: the place of a line, its points and the reason.
  var correction: (place: Int, score: PrintedNumber, reason: String)?
  var department = "云浦镇人民政府"
  var unit = "云浦镇市容环境卫生所"

  struct Line: Sendable {
    let level1: String
    let level2: String
    let name: String
    let target: String
    let actual: String
    let weight: PrintedNumber
    let score: PrintedNumber
    var reason = ""
  }

  /// The form.
  ///
  /// - Parameters:
  ///   - after: as it is after the review's remarks.
  ///   - shrunk: as it was a year before, when there was less money.
  func form(after: Bool = false, shrunk: Bool = false) -> ProjectDraft {
    var draft = ProjectDraft()
    draft.name = name
    draft.department = department
    draft.unit = unit
    draft.sector = sector
    let less = PrintedNumber(TownForms.lastYear[name] ?? money.adjusted)
    draft.budget.currentYear.opening = shrunk ? less : PrintedNumber(money.opening)
    draft.budget.currentYear.adjusted = shrunk ? less : PrintedNumber(money.adjusted)
    draft.budget.currentYear.executed = shrunk ? less : PrintedNumber(money.executed)
    draft.goal = goal
    draft.result = result
    draft.indicators = lines.map { line in
      var indicator = IndicatorDraft()
      indicator.cells = EvaluationIndicator(
        level1: line.level1, level2: line.level2, name: line.name, target: line.target,
        actual: line.actual, weight: line.weight, score: line.score, reason: line.reason)
      return indicator
    }
    if after, let correction, draft.indicators.indices.contains(correction.place) {
      draft.indicators[correction.place].cells.score = correction.score
      draft.indicators[correction.place].cells.reason = correction.reason
      draft.indicators[correction.place].remedy = "下一年度起委托第三方按季检查"
    }
    return draft
  }
}

/// The forms of the town; amounts, names and sentences are made up.
enum TownForms {
  /// What the projects of the unit had to spend a year before.
  static let lastYear = [
    "道路清扫保洁": "612.40", "垃圾分类宣传": "36.00", "平台运行维护": "188.00", "网格巡查服务": "221.00",
  ]

  static let cleaning = TownForm(
    name: "道路清扫保洁", sector: "grid", money: ("640.00", "668.50", "655.13"),
    goal: "全镇 42 条道路每日清扫，重点路段每日两次；公厕保洁合格率不低于 95%。",
    result: "42 条道路全年按班次清扫，公厕保洁合格率 96%，收到有责投诉 3 件，均已整改。",
    lines: [
      .init(
        level1: "成本指标", level2: "经济成本指标", name: "成本控制率", target: "≤100%", actual: "98%",
        weight: "20", score: "20"),
      .init(
        level1: "产出指标", level2: "数量指标", name: "清扫道路条数", target: "=42条", actual: "42条",
        weight: "15", score: "15"),
      .init(
        level1: "产出指标", level2: "质量指标", name: "公厕保洁合格率", target: "≥95%", actual: "96%",
        weight: "15", score: "15"),
      .init(
        level1: "产出指标", level2: "时效指标", name: "清扫及时率", target: "=100%", actual: "100%",
        weight: "10", score: "10"),
      .init(
        level1: "效益指标", level2: "社会效益指标", name: "有责投诉", target: "≤2件", actual: "3件",
        weight: "20", score: "13.33", reason: "雨季落叶清运不及时"),
      .init(
        level1: "满意度指标", level2: "服务对象满意度指标", name: "居民满意度", target: "≥85%", actual: "88%",
        weight: "10", score: "10"),
    ], correction: (2, "14", "检查结果以自查为主"))

  static let sorting = TownForm(
    name: "垃圾分类宣传", sector: "community", money: ("40.00", "40.00", "39.20"),
    goal: "开展宣传活动 24 场，覆盖全部 12 个村居，居民知晓率达到 90%。",
    result: "开展宣传活动 24 场，12 个村居每村居两场，抽样调查知晓率 93%。",
    lines: [
      .init(
        level1: "成本指标", level2: "经济成本指标", name: "单场活动成本", target: "≤2万元",
        actual: "1.6万元", weight: "20", score: "20"),
      .init(
        level1: "产出指标", level2: "数量指标", name: "宣传活动场次", target: "≥24场", actual: "24场",
        weight: "20", score: "20"),
      .init(
        level1: "产出指标", level2: "质量指标", name: "村居覆盖率", target: "=100%", actual: "100%",
        weight: "10", score: "10"),
      .init(
        level1: "产出指标", level2: "时效指标", name: "活动完成时间", target: "11月30日前",
        actual: "11月20日", weight: "10", score: "10"),
      .init(
        level1: "效益指标", level2: "社会效益指标", name: "居民知晓率", target: "≥90%", actual: "93%",
        weight: "20", score: "20"),
      .init(
        level1: "满意度指标", level2: "服务对象满意度指标", name: "参加人员满意度", target: "≥90%",
        actual: "94%", weight: "10", score: "10"),
    ])

  static let toilets = TownForm(
    name: "公厕改造", sector: "works", money: ("180.00", "172.60", "170.02"),
    goal: "改造公厕 6 座，11 月底前完工，一次验收合格。",
    result: "6 座公厕改造完工，11 月 12 日通过验收，其中 1 座返修后合格。",
    lines: [
      .init(
        level1: "成本指标", level2: "经济成本指标", name: "概算控制率", target: "≤100%", actual: "96%",
        weight: "20", score: "20"),
      .init(
        level1: "产出指标", level2: "数量指标", name: "改造公厕数", target: "=6座", actual: "6座",
        weight: "20", score: "20"),
      .init(
        level1: "产出指标", level2: "质量指标", name: "一次验收合格率", target: "≥100%", actual: "83%",
        weight: "10", score: "8.30", reason: "一座公厕地面坡度不足，返修后合格"),
      .init(
        level1: "产出指标", level2: "时效指标", name: "完工时间", target: "11月30日前",
        actual: "11月12日", weight: "10", score: "10"),
      .init(
        level1: "效益指标", level2: "社会效益指标", name: "设施使用率", target: "≥95%", actual: "97%",
        weight: "20", score: "20"),
      .init(
        level1: "满意度指标", level2: "服务对象满意度指标", name: "使用人员满意度", target: "≥90%",
        actual: "92%", weight: "10", score: "10"),
    ])
}
