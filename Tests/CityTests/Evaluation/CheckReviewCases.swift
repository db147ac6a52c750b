@testable import City

extension CheckCase {
  static let review = [
    CheckCase("structure.part-missing") { form in
      form.indicators[1].actual = ""
    } silent: { form in
      // What could not be placed may be the value.
      form.indicators[1].actual = ""
      form.unplaced = [UnplacedText(line: 9, text: "97", reason: .ambiguous)]
    },
    CheckCase("structure.part-missing") { form in
      form.goal = ""
      form.result = ""
    } silent: { form in
      // A form that nobody has scored yet is not finished.
      form.result = ""
      form.total = EvaluationTotal()
      form.grade = ""
    },
    CheckCase("structure.part-missing") { form in
      form.indicators = []
    } silent: { form in
      form.indicators[1].actual = ""
      form.indicators[1].score = "0.00"
      form.indicators[1].reason = "资料未齐，来年补做。"
      form.settle()
    },
    CheckCase("score.deducted-without-reason") { form in
      form.set(3, "通过验收", "达成指标")
      form.indicators[3].score = "28.00"
      form.settle()
    } silent: { form in
      form.set(3, "通过验收", "达成指标")
      form.indicators[3].score = "28.00"
      form.indicators[3].reason = "两处问题跨年整改，已列入下年计划。"
      form.settle()
    },
    CheckCase("score.deducted-without-reason") { form in
      form.set(3, "通过验收", "达成指标")
      form.indicators[3].score = "28.00"
      form.indicators[3].reason = "无"
      form.settle()
    } silent: { form in
      form.indicators[3].reason = "—"
    },
    CheckCase("score.deducted-though-met") { form in
      form.set(2, "11月30日前", "达成指标")
      form.indicators[2].score = "14.00"
      form.indicators[2].reason = "报告附件需补充。"
      form.settle()
    } silent: { form in
      form.set(2, "及时", "达成指标")
      form.indicators[2].score = "14.00"
      form.indicators[2].reason = "报告附件需补充。"
      form.settle()
    },
    CheckCase("budget.low-execution-all-met") { form in
      form.money("100.00", "100.00", "35.00")
    } silent: { form in
      form.money("100.00", "100.00", "35.00")
      form.set(0, "≥240(次)", "120(次)")
      form.indicators[0].score = "10.00"
      form.indicators[0].reason = "合同年中签订，次年提前招标。"
      form.settle()
    },
    CheckCase("budget.adjusted-to-executed") { form in
      form.money("100.00", "96.20", "96.20")
    } silent: { form in
      form.money("96.20", "96.20", "96.20")
    },
    CheckCase("budget.large-change-unexplained") { form in
      form.money("100.00", "140.00", "138.00")
    } silent: { form in
      form.money("100.00", "140.00", "138.00")
      form.result += "年中追加应急抢险任务。"
    },
    CheckCase("budget.no-opening") { form in
      form.money("0.00", "50.00", "49.00")
    } silent: { form in
      form.project += "（青府〔2025〕8号）"
      form.money("0.00", "50.00", "49.00")
    },
    CheckCase("indicator.weight-concentrated", also: ["weights.off-guide"]) { form in
      form.indicators[0].weight = "45.00"
      form.indicators[0].score = "45.00"
      form.indicators[3].weight = "5.00"
      form.indicators[3].score = "5.00"
    } silent: { form in
      form.indicators[0].weight = "35.00"
      form.indicators[0].score = "35.00"
      form.indicators[3].weight = "15.00"
      form.indicators[3].score = "15.00"
    },
    CheckCase("indicator.weight-zero") { form in
      form.indicators[0].weight = "0.00"
      form.indicators[0].score = "0.00"
      form.indicators[1].weight = "35.00"
      form.indicators[1].score = "35.00"
    } silent: { form in
      form.indicators[0].weight = "0.50"
      form.indicators[0].score = "0.50"
      form.indicators[1].weight = "34.50"
      form.indicators[1].score = "34.50"
    },
    CheckCase("indicator.duplicate") { form in
      form.indicators[3].name = "巡查记录 完整率"
    } silent: { form in
      form.indicators[3].name = "巡查记录抽查完整率"
    },
    CheckCase("indicator.compound") { form in
      form.indicators[3].name = "问题整改率、巡查到岗率"
    } silent: { form in
      form.indicators[3].name = "涵洞、泵闸问题整改率"
    },
    CheckCase("indicator.compound") { form in
      form.indicators[2].name = "工单受理及时率、回复及时率和办结率"
      form.set(2, "≥90%", "92%")
    } silent: { form in
      form.indicators[2].name = "船舶及泵闸检修及时率"
      form.set(2, "≥90%", "92%")
    },
    CheckCase("indicator.misplaced") { form in
      form.indicators[4].name = "巡查船只验收合格率"
    } silent: { form in
      form.indicators[4].level1 = "效益指标"
    },
    CheckCase("indicator.unit-doubtful") { form in
      form.set(1, "≥95(件)", "97(件)")
    } silent: { form in
      form.set(1, "≥95(百分比)", "97(百分比)")
      form.indicators[0].name = "河道巡查频率"
      form.set(0, "≥4(次/月)", "4.5(次/月)")
    },
    CheckCase("indicator.target-not-measurable") { form in
      form.set(3, "有效提升", "达成指标")
    } silent: { form in
      form.set(3, "高于2024年", "达成指标")
    },
    CheckCase("indicator.target-far-exceeded") { form in
      form.set(0, "≥100(次)", "146(次)")
    } silent: { form in
      form.set(0, "≤200(次)", "46(次)")
    },
    CheckCase("indicator.bounds-met-to-the-dot") { form in
      form.set(0, "≥240(次)", "240(次)")
      form.set(1, "≥95%", "95%")
      form.set(3, "≥90%", "90%")
      form.set(4, "≥85%", "85%")
    } silent: { form in
      form.set(0, "≥240(次)", "240(次)")
      form.set(1, "≥100%", "100%")
      form.set(3, "≥90%", "90%")
      form.set(4, "≥85%", "85%")
    },
    CheckCase("indicator.contradicts-budget") { form in
      form.indicators[1].name = "巡查经费执行率"
      form.set(1, ">80%", "91%")
    } silent: { form in
      form.indicators[1].name = "巡查经费执行率"
      form.set(1, "≥95%", "98%")
    },
    CheckCase("indicator.leap-year") { form in
      form.year = 2024
      form.indicators[0].name = "泵闸值守天数"
      form.set(0, "=365(天)", "365(天)")
    } silent: { form in
      form.indicators[0].name = "泵闸值守天数"
      form.set(0, "=365(天)", "365(天)")
    },
    CheckCase("indicator.leap-year") { form in
      form.indicators[0].name = "泵闸全年运行"
      form.set(0, "=366(天)", "366(天)")
    } silent: { form in
      form.year = 2024
      form.indicators[0].name = "水泵质保期限"
      form.set(0, "=365(天)", "365(天)")
    },
    CheckCase("indicator.scope-outgrown") { form in
      form.set(0, "=9大类60小类", "10大类72小类")
    } silent: { form in
      form.set(0, "=9大类60小类", "9大类60小类")
    },
  ]
}
