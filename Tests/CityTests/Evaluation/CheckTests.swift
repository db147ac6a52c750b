import Base
import Foundation
import Testing

@testable import City

@Suite struct CheckTests {
  private func codes(_ form: EvaluationForm) -> Set<String> {
    Set(EvaluationCheck.check([form])[0].findings.map(\.code))
  }

  @Test("in a sound form nothing is found")
  func sound() {
    #expect(EvaluationCheck.check([CheckSamples.sound])[0].findings == [])
  }

  @Test(
    "a form shows what it is made to show, and nothing else",
    arguments: CheckCase.sums + CheckCase.review + CheckCase.text)
  func shows(example: CheckCase) throws {
    let form = CheckCase.form(example.shows)
    #expect(codes(form) == example.also.union([example.code]))
    let finding = try #require(
      EvaluationCheck.check([form])[0].findings.first { $0.code == example.code })
    #expect(finding.severity == CheckRule.of(example.code)?.severity)
  }

  @Test(
    "what only comes near is not reported",
    arguments: CheckCase.sums + CheckCase.review + CheckCase.text)
  func silent(example: CheckCase) {
    #expect(!codes(CheckCase.form(example.silent)).contains(example.code))
  }

  @Test("every rule has an example, and every finding a rule")
  func complete() {
    let examples = Set((CheckCase.sums + CheckCase.review + CheckCase.text).map(\.code))
    #expect(
      examples.union([
        "tree.parent-of", "tree.indicator-differs", "tree.same-form", "tree.not-searched",
      ]) == Set(CheckRule.all.map(\.code)))
    #expect(Set(CheckRule.all.map(\.code)).count == CheckRule.all.count)
  }

  @Test("a rule is switched off only with a reason, and only if it exists")
  func settings() throws {
    var form = CheckSamples.sound
    form.grade = "良"
    var settings = CheckSettings()
    #expect(throws: Fault.invalid("reason", "check.reason-missing", ["code": "grade.misstated"])) {
      try settings.switchOff("grade.misstated", because: " ")
    }
    #expect(throws: Fault.invalid("rule", "check.rule-unknown", ["code": "grade.mistaken"])) {
      try settings.switchOff("grade.mistaken", because: "typing")
    }
    #expect(EvaluationCheck.check([form], settings: settings)[0].findings.count == 1)
    try settings.switchOff("grade.misstated", because: "评级由区财政另行公布")
    #expect(EvaluationCheck.check([form], settings: settings)[0].findings == [])
    #expect(settings.off == ["grade.misstated": "评级由区财政另行公布"])
  }

  @Test("checking again changes nothing, and findings stand in the order of the form")
  func again() {
    var form = CheckCase.form { form in
      form.project = "2023年河道巡查服务"
      form.budget.total.opening = "103.00"
      form.set(3, "有效提升", "达成指标")
      form.total.score = "90.00"
    }
    form = EvaluationCheck.check([form])[0]
    #expect(
      form.findings.map(\.code) == [
        "period.outside-year", "budget.sources-do-not-add-up", "indicator.target-not-measurable",
        "total.misstated",
      ])
    #expect(EvaluationCheck.check([form])[0] == form)
  }

  @Test("a form without anything in it is checked without a finding")
  func empty() {
    #expect(codes(EvaluationForm()) == [])
  }

  @Test("whatever stands in the cells, a form is checked, and twice alike")
  func noise() {
    var dice = SeededGenerator(seed: 23)
    let pieces = [
      "", "—", "100%", "=365.00(天)", "达成指标", "2024年", "(1)", "1、", "（其中", "12起、", "）", "率", "及时",
      "1-10月", "截至", "月", "未及时", "1,838.35", "-5", "９９", "\u{FFFD}", "□□□", "无",
      "999999999999999999",
      "满意度", "产出指标", "数量指标", "0.00", "优", "\n", "😀", "、", "及", "(", "万元", "。", "三、", "〔2024〕",
    ]
    func cell() -> String {
      (0...Int(dice.next() % 3)).map { _ in pieces[Int(dice.next() % UInt64(pieces.count))] }
        .joined()
    }
    for _ in 0..<150 {
      let forms = (1...4).map { ordinal in
        var form = EvaluationForm(source: "noise", ordinal: ordinal)
        form.year = Int(dice.next() % 3) + 2023
        (form.project, form.unit, form.goal, form.result) = (
          cell(), "甲", cell() + cell(), cell() + cell()
        )
        form.moneyUnit = [nil, .yuan, .tenThousandYuan][Int(dice.next() % 3)]
        for row in EvaluationBudgetRow.Name.allCases {
          for column in EvaluationBudgetRow.Column.allCases {
            form.budget[row][column] = PrintedNumber(cell())
          }
        }
        form.indicators = (0..<Int(dice.next() % 6)).map { _ in
          EvaluationIndicator(
            level1: cell(), level2: cell(), name: cell(), target: cell(), actual: cell(),
            weight: PrintedNumber(cell()), score: PrintedNumber(cell()), reason: cell())
        }
        form.total = EvaluationTotal(weight: PrintedNumber(cell()), score: PrintedNumber(cell()))
        form.grade = cell()
        return form
      }
      let checked = EvaluationCheck.check(forms)
      #expect(EvaluationCheck.check(checked) == checked)
      for finding in checked.flatMap(\.findings) {
        #expect(finding.severity == CheckRule.of(finding.code)?.severity)
      }
    }
  }

  @Test("a missed figure costs points in proportion, a target of 0 all of them")
  func scores() {
    func score(_ target: String, _ actual: String, _ direction: ScoreDirection? = nil)
      -> ExpectedScore
    {
      let target = EvaluationTarget(target)
      return EvaluationScore.expected(
        target.outcome(of: EvaluationTarget(actual)), weight: 20, direction: direction)
    }
    #expect(score("≥90%", "90%") == .points(20))
    #expect(score("≥90%", "60%") == .points(Decimal(sign: .plus, exponent: -2, significand: 1333)))
    #expect(
      score("≤10(天)", "16(天)") == .points(Decimal(sign: .plus, exponent: -1, significand: 125)))
    #expect(score("≤0(次)", "2(次)") == .points(0))
    #expect(score("=100%", "75%") == .unknown)
    #expect(score("=100%", "75%", .moreIsBetter) == .points(15))
    #expect(score("=3(次)", "5(次)", .lessIsBetter) == .points(12))
    #expect(score("≥50(人)", "80(人)") == .between(8, 20))
    #expect(score("有效提升", "达成指标") == .between(16, 20))
    #expect(score("有效提升", "略有提升") == .unknown)
    #expect(QualitativeBand.partly.score(weight: 10) == .between(6, 8))
    #expect(QualitativeBand.missed.score(weight: 10) == .between(0, 6))
    #expect(EvaluationScore.budget(executed: 84, adjusted: 100, weight: 10) == Decimal(84) / 10)
    #expect(EvaluationScore.budget(executed: 120, adjusted: 100, weight: 10) == 10)
    #expect(EvaluationScore.budget(executed: 1, adjusted: 0, weight: 10) == nil)
  }
}
