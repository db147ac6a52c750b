import Foundation
import Testing

@testable import City

/// For each code, a form that shows it and one that comes near and must not.
struct CheckCase: Sendable, CustomTestStringConvertible {
  typealias Change = @Sendable (inout EvaluationForm) -> Void

  let code: String
  /// Codes that the showing form has besides.
  let also: Set<String>
  let shows: Change
  let silent: Change

  init(_ code: String, also: Set<String> = [], shows: @escaping Change, silent: @escaping Change) {
    self.code = code
    self.also = also
    self.shows = shows
    self.silent = silent
  }

  var testDescription: String { code }

  static func form(_ change: Change) -> EvaluationForm {
    var form = CheckSamples.sound
    change(&form)
    return form
  }

  static let sums = [
    CheckCase("budget.sources-do-not-add-up") { form in
      form.budget.total.opening = "103.00"
    } silent: { form in
      // Each source is rounded for itself.
      form.budget.total.opening = "100.01"
      form.budget.carriedOver.opening = "—"
    },
    CheckCase("budget.executed-over-adjusted") { form in
      form.budget.currentYear.adjusted = "80.00"
      form.budget.other.adjusted = "20.00"
      form.settle()
    } silent: { form in
      form.money("100.00", "100.00", "100.01")
    },
    CheckCase("budget.rate-misstated", also: ["total.misstated"]) { form in
      form.budget.total.rate = "99.80"
      form.budget.total.score = "9.98"
    } silent: { form in
      // 84.179 truncated.
      form.money("317.68", "317.68", "267.42")
      form.budget.total.rate = "84.17"
      form.budget.currentYear.rate = "84.17"
    },
    CheckCase("budget.rate-misstated") { form in
      form.budget.currentYear.rate = "0.89"
    } silent: { form in
      form.budget.total.rate = "0.98"
    },
    CheckCase("budget.score-misstated") { form in
      form.budget.total.score = "10.00"
      form.total.score = "100.00"
    } silent: { form in
      // Truncated instead of rounded.
      form.money("317.68", "317.68", "267.42")
      form.budget.total.score = "8.41"
      form.total.score = "98.41"
    },
    CheckCase("budget.money-unit-doubtful", also: ["budget.sources-do-not-add-up"]) { form in
      form.budget.total.opening = "1000000"
      form.budget.total.adjusted = "1000000"
      form.budget.total.executed = "980000"
    } silent: { form in
      form.money("650,000.00", "650,000.00", "640,000.00")
    },
    CheckCase("budget.score-misstated") { form in
      // Points are not cut off to whole ones.
      form.money("100.00", "100.00", "99.90")
      form.budget.total.score = "9"
      form.total.score = "99.00"
    } silent: { form in
      form.money("100.00", "100.00", "99.90")
      form.budget.total.score = "10"
      form.total.score = "100.00"
    },
    CheckCase("figure.unreadable") { form in
      form.budget.currentYear.opening = "#DIV/0!"
    } silent: { form in
      form.budget.carriedOver.opening = "—"
      form.budget.currentYear.opening = "１００．００"
    },
    CheckCase("figure.unreadable") { form in
      form.indicators[0].weight = "廿"
    } silent: { form in
      form.indicators[0].weight = "20.00"
    },
    CheckCase("weights.do-not-add-up") { form in
      form.indicators[0].weight = "25.00"
      form.indicators[0].score = "25.00"
      form.settle()
    } silent: { form in
      form.indicators[0].weight = "20"
      form.total.weight = "100"
    },
    CheckCase("total.misstated") { form in
      form.total.score = "98.80"
    } silent: { form in
      form.total.score = "99.8"
    },
    CheckCase("grade.misstated") { form in
      form.grade = "良"
    } silent: { form in
      form.grade = ""
    },
    CheckCase("score.over-weight") { form in
      form.indicators[0].score = "21.00"
      form.settle()
    } silent: { form in
      form.indicators[0].score = "20.0"
    },
    CheckCase("score.off-ratio") { form in
      form.set(0, "≥240(次)", "120(次)")
      form.indicators[0].score = "16.00"
      form.indicators[0].reason = "汛期停航，已补充人手。"
      form.settle()
    } silent: { form in
      form.set(0, "≥240(次)", "200(次)")
      form.indicators[0].score = "16.67"
      form.indicators[0].reason = "汛期停航，已补充人手。"
      form.settle()
    },
    CheckCase("score.full-though-missed") { form in
      form.set(1, "≥95.00(%)", "未完成")
    } silent: { form in
      form.set(1, "≥95.00(%)", "达成指标")
    },
    CheckCase("score.full-though-missed") { form in
      form.set(3, "通过验收", "部分完成")
    } silent: { form in
      // Said otherwise than in so many words, it is for people to judge.
      form.set(3, "通过验收", "二期未完成招标")
    },
    CheckCase("score.full-though-missed") { form in
      form.set(1, "=100%", "97%")
    } silent: { form in
      // Whether a smaller amount is better or worse cannot be told of cost.
      form.indicators[1] = CheckSamples.indicator(
        "产出指标", "成本指标", "单次巡查费用", "=300(元)", "280(元)", "15.00")
      // Nor of a span of time.
      form.set(2, "=24(小时)", "20(小时)")
    },
    CheckCase("score.full-though-missed") { form in
      form.indicators[1].name = "有责投诉次数"
      form.set(1, "=0(次)", "2(次)")
    } silent: { form in
      form.indicators[1].name = "有责投诉次数"
      form.set(1, "≤3(次)", "2(次)")
    },
  ]

  static let text = [
    CheckCase("result.repeats-goal") { form in
      form.result = "对全镇12条河道开展日常巡查,发现问题当日上报"
    } silent: { form in
      form.result = "对全镇 11 条河道开展日常巡查 246 次，上报问题 310 件。"
    },
    CheckCase("result.uninformative") { form in
      form.result = "已按计划完成各项工作任务。"
    } silent: { form in
      form.result = "已完成护栏更换。"
    },
    CheckCase("result.contradicts-indicator") { form in
      form.result = "抽查：河道整改率 81%。"
    } silent: { form in
      form.result = "抽查：河道问题整改率93%，西片河道问题整改率 81%。"
    },
    CheckCase("result.contradicts-indicator") { form in
      form.indicators[1].name = "护岸工程完成率"
      form.set(1, "=100%", "100%")
      form.result = "护岸工程尚未完工，围堰已拆除。"
    } silent: { form in
      form.result = "护岸工程尚未完工，围堰已拆除。"
    },
    CheckCase("result.contradicts-indicator") { form in
      form.indicators[2].name = "问题上报及时性"
      form.set(2, "及时", "达成指标")
      form.result = "三起偷排未及时上报，已处理责任人。"
    } silent: { form in
      form.indicators[2].name = "问题上报及时性"
      form.set(2, "及时", "达成指标")
      form.result = "全年没有一起偷排未及时上报。"
    },
    CheckCase("result.contradicts-indicator") { form in
      form.indicators[2].name = "问题上报及时性"
      form.set(2, "及时", "达成指标")
      form.result = "除汛期外，部分偷排未及时上报。"
    } silent: { form in
      form.indicators[2].name = "问题上报及时性"
      form.set(2, "及时", "达成指标")
      form.result = "除三月一起偷排未及时上报（已处理责任人）外，各类问题上报及时。"
    },
    CheckCase("result.part-year") { form in
      form.result = "1-10月巡查 205 次，上报问题 260 件。"
    } silent: { form in
      form.result = "1至12月巡查 246 次；5-6月开展汛前专项检查。"
    },
    CheckCase("result.part-year") { form in
      form.result = "截至2025年11月底，巡查 230 次；上半年重点检查泵闸。"
    } silent: { form in
      form.result = "上半年巡查 120 次，全年 246 次。"
    },
    CheckCase("result.sum-does-not-add-up") { form in
      form.result = "上报问题310件（其中垃圾类150件、排污类120件、设施类70件）。"
    } silent: { form in
      form.result = "上报问题310件（其中垃圾类150件、排污类120件），巡查246次（其中夜间30次、雨后约20余次、平时300人次）。"
    },
    CheckCase("period.outside-year") { form in
      form.project = "2023年河道巡查服务"
    } silent: { form in
      form.project = "2023-2026年河道巡查服务（青府〔2022〕8号）"
      form.set(3, "高于2023年", "达成指标")
    },
    CheckCase("period.outside-year") { form in
      form.project = "2026年河道巡查服务（预拨）"
    } silent: { form in
      form.project = "1998年建成泵闸巡查服务"
    },
    CheckCase("period.outside-year") { form in
      form.set(2, "2024年11月前", "达成指标")
    } silent: { form in
      form.set(2, "2025年11月前", "达成指标")
    },
    CheckCase("text.numbering-skips") { form in
      form.goal = "（1）巡查河道；（2）上报问题；（4）督促整改。"
    } silent: { form in
      form.goal = "一、巡查：1.日常巡查；2.0版系统上线；2.夜间巡查。二、上报：1、当日；2、见附件（4）；3、次日。"
    },
    CheckCase("text.numbering-skips") { form in
      form.goal = "一、巡查河道；三、督促整改。"
    } silent: { form in
      // A list within the third point of another.
      form.goal = "1、巡查；2、上报；3、整改：1、拆除；2、清淤；4、复核。"
    },
    CheckCase("text.unreadable") { form in
      form.result = "组织巡查 246 次，上报\u{FFFD}\u{FFFD} 310 件。"
    } silent: { form in
      form.result = "组织巡查 246 次□，上报 <紧急> 问题 310 件 ·。"
    },
    CheckCase("weights.off-guide") { form in
      form.indicators[0].weight = "30.00"
      form.indicators[0].score = "30.00"
      form.indicators[3].weight = "20.00"
      form.indicators[3].score = "20.00"
    } silent: { form in
      form.indicators[0] = CheckSamples.indicator(
        "成本指标", "经济成本指标", "单次巡查成本", "≤400(元)", "390(元)", "20.00")
      form.indicators[1].weight = "25.00"
      form.indicators[1].score = "25.00"
      form.indicators[3].weight = "20.00"
      form.indicators[3].score = "20.00"
    },
    CheckCase("structure.level-missing", also: ["weights.off-guide"]) { form in
      form.indicators[4].level1 = "效益指标"
      form.indicators[4].level2 = "社会效益指标"
      form.indicators[4].name = "沿河绿化覆盖率"
    } silent: { form in
      form.indicators[4].level1 = ""
    },
  ]
}
