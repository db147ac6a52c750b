import City

/// The forms of the centre itself, still being written.
extension TownForms {
  private static func centre(_ form: TownForm) -> TownForm {
    var form = form
    form.unit = TownUnits.centre.name
    return form
  }

  static let platforms = centre(
    TownForm(
      name: "平台运行维护", sector: "platform", money: ("196.00", "196.00", "171.40"),
      goal: "视频系统和工单系统全年可用，故障在 24 小时内响应。",
      result: "两个系统全年可用率 99%，全部故障按时响应。",
      lines: [
        .init(
          level1: "成本指标", level2: "经济成本指标", name: "运维成本控制率", target: "≤100%",
          actual: "87%", weight: "20", score: "20"),
        .init(
          level1: "产出指标", level2: "数量指标", name: "维护系统数", target: "=2个", actual: "2个",
          weight: "20", score: "20"),
        .init(
          level1: "产出指标", level2: "质量指标", name: "系统可用率", target: "≥98%", actual: "99%",
          weight: "20", score: "20"),
        .init(
          level1: "效益指标", level2: "社会效益指标", name: "重大运维事故", target: "=0次",
          actual: "0次", weight: "20", score: "20"),
        .init(
          level1: "满意度指标", level2: "服务对象满意度指标", name: "使用人员满意度", target: "≥90%",
          actual: "91%", weight: "10", score: "10"),
      ]))

  static let video = centre(
    TownForm(
      name: "视频系统维护", sector: "sensing", money: ("118.00", "116.20", "98.60"),
      goal: "320 路视频在线率不低于 95%。", result: "",
      lines: [
        .init(
          level1: "产出指标", level2: "数量指标", name: "接入视频路数", target: "=320路", actual: "320路",
          weight: "30", score: "30"),
        .init(
          level1: "产出指标", level2: "质量指标", name: "设备在线率", target: "≥95%", actual: "",
          weight: "30", score: ""),
        .init(
          level1: "满意度指标", level2: "服务对象满意度指标", name: "接入单位满意度", target: "≥90%",
          actual: "", weight: "30", score: ""),
      ]))

  static let orders = centre(
    TownForm(
      name: "工单系统维护", sector: "platform", money: ("78.00", "79.80", "72.80"),
      goal: "工单系统全年可用，每周巡检一次。", result: "全年巡检 52 次，系统可用率 99%。",
      lines: [
        .init(
          level1: "成本指标", level2: "经济成本指标", name: "运维成本控制率", target: "≤100%",
          actual: "91%", weight: "20", score: "20"),
        .init(
          level1: "产出指标", level2: "数量指标", name: "维护巡检次数", target: "=52次", actual: "52次",
          weight: "30", score: "30"),
        .init(
          level1: "产出指标", level2: "时效指标", name: "故障响应时间", target: "≤24小时",
          actual: "12小时", weight: "30", score: "30"),
        .init(
          level1: "满意度指标", level2: "服务对象满意度指标", name: "使用人员满意度", target: "≥90%",
          actual: "90%", weight: "10", score: "10"),
      ]))

  /// With what a reviewer would send back at once: points for what was missed, others taken off
  /// without a word, weights that make no hundred.
  static let patrol = centre(
    TownForm(
      name: "网格巡查服务", sector: "grid", money: ("230.00", "264.00", "181.20"),
      goal: "26 名巡查员覆盖全镇，案件处置达标率不低于 95%。", result: "巡查覆盖全镇，案件处置达标率达到 91%。",
      lines: [
        .init(
          level1: "产出指标", level2: "数量指标", name: "巡查人员配备数", target: "=26人", actual: "26人",
          weight: "20", score: "20"),
        .init(
          level1: "产出指标", level2: "质量指标", name: "案件处置达标率", target: "≥95%", actual: "91%",
          weight: "20", score: "20"),
        .init(
          level1: "产出指标", level2: "时效指标", name: "案件处置及时率", target: "=100%",
          actual: "达成指标", weight: "20", score: "18"),
        .init(
          level1: "效益指标", level2: "社会效益指标", name: "有责投诉", target: "=0件", actual: "0件",
          weight: "20", score: "20"),
      ]))

  static let duty = centre(
    TownForm(
      name: "值班值守保障", sector: "duty", money: ("52.00", "52.00", "51.40"),
      goal: "全年每日有人值守，信息及时处置。", result: "全年值守无空岗，收到信息 1,380 条，均在时限内处置。",
      lines: [
        .init(
          level1: "成本指标", level2: "经济成本指标", name: "成本控制率", target: "≤100%", actual: "99%",
          weight: "20", score: "20"),
        .init(
          level1: "产出指标", level2: "质量指标", name: "值守到岗率", target: "=100%", actual: "100%",
          weight: "20", score: "20"),
        .init(
          level1: "产出指标", level2: "时效指标", name: "信息处置及时率", target: "=100%",
          actual: "100%", weight: "20", score: "20"),
        .init(
          level1: "效益指标", level2: "社会效益指标", name: "突发事件处置效率", target: "提升",
          actual: "达成指标", weight: "20", score: "18", reason: "夜间响应仍有差距"),
        .init(
          level1: "满意度指标", level2: "服务对象满意度指标", name: "协同部门满意度", target: "≥90%",
          actual: "93%", weight: "10", score: "10"),
      ]))
}
