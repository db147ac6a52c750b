import Foundation

@testable import City

/// Forms made for the tests of checking.
enum CheckSamples {
  /// A form in which nothing is to be found.
  static let sound: EvaluationForm = {
    var form = EvaluationForm(source: "made.txt", ordinal: 1)
    form.year = 2025
    form.project = "河道巡查服务"
    form.department = "青石镇人民政府"
    form.unit = "青石镇城市运行管理中心"
    form.moneyUnit = .tenThousandYuan
    form.budget.total = row(
      "100.00", "100.00", "98.00", rate: "98.00", weight: "10.00", score: "9.80")
    form.budget.currentYear = row("100.00", "100.00", "98.00", rate: "98.00")
    form.budget.carriedOver = row("0.00", "0.00", "0.00", rate: "0.00")
    form.budget.other = row("0.00", "0.00", "0.00", rate: "0.00")
    form.goal = "对全镇 12 条河道开展日常巡查，发现问题当日上报。"
    form.result = "组织巡查 246 次，上报问题 310 件，整改 288 件。"
    form.indicators = [
      indicator("产出指标", "数量指标", "河道巡查次数", "≥240.00(次)", "246.00(次)", "20.00"),
      indicator("产出指标", "质量指标", "巡查记录完整率", "≥95.00(%)", "97.00(%)", "15.00"),
      indicator("产出指标", "时效指标", "年度报告提交时间", "11月30日前", "11月20日", "15.00"),
      indicator("效益指标", "社会效益指标", "河道问题整改率", "≥90.00(%)", "93.00(%)", "30.00"),
      indicator("满意度指标", "服务对象满意度指标", "沿河居民满意度", "≥85.00(%)", "88.00(%)", "10.00"),
    ]
    form.total = EvaluationTotal(weight: "100.00", score: "99.80")
    form.grade = "优"
    return form
  }()

  static func row(
    _ opening: PrintedNumber, _ adjusted: PrintedNumber, _ executed: PrintedNumber,
    rate: PrintedNumber, weight: PrintedNumber = .none, score: PrintedNumber = "-"
  ) -> EvaluationBudgetRow {
    var row = EvaluationBudgetRow()
    (row.opening, row.adjusted, row.executed) = (opening, adjusted, executed)
    (row.rate, row.weight, row.score) = (rate, weight, score)
    return row
  }

  static func indicator(
    _ level1: String, _ level2: String, _ name: String, _ target: String, _ actual: String,
    _ weight: PrintedNumber, score: PrintedNumber? = nil, reason: String = ""
  ) -> EvaluationIndicator {
    EvaluationIndicator(
      level1: level1, level2: level2, name: name, target: target, actual: actual, weight: weight,
      score: score ?? weight, reason: reason)
  }
}

extension EvaluationForm {
  /// Rate, points of the budget, total and grade as they follow from the rest.
  mutating func settle() {
    for name in EvaluationBudgetRow.Name.allCases {
      let row = budget[name]
      guard let executed = row.executed.value, let adjusted = row.adjusted.value, adjusted > 0
      else { continue }
      budget[name].rate = PrintedNumber((executed * 100 / adjusted).printed(2))
    }
    if let score = computed.budgetScore { budget.total.score = PrintedNumber(score.printed(2)) }
    if let sum = computed.total { total.score = PrintedNumber(sum.printed(2)) }
    if let computed = computed.grade { grade = computed.rawValue }
  }

  /// All money in one source.
  mutating func money(
    _ opening: PrintedNumber, _ adjusted: PrintedNumber, _ executed: PrintedNumber
  ) {
    for name in [EvaluationBudgetRow.Name.total, .currentYear] {
      budget[name].opening = opening
      budget[name].adjusted = adjusted
      budget[name].executed = executed
    }
    settle()
  }

  /// Target and actual value of an indicator.
  mutating func set(_ index: Int, _ target: String, _ actual: String) {
    indicators[index].target = target
    indicators[index].actual = actual
  }
}
