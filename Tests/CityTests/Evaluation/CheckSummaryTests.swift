import Foundation
import Testing

@testable import City

@Suite struct CheckSummaryTests {
  private static let forms: [EvaluationForm] = {
    var forms = TreeSamples.forms
    var other = TreeSamples.form(1, "12.00", "12.00", "11.00", unit: "白石镇城市运行管理中心")
    other.moneyUnit = .yuan
    other.grade = "中"
    other.total.score = "50"
    forms.append(other)
    return EvaluationCheck.check(forms)
  }()

  @Test("a parent's money is counted, its parts' is not counted again")
  func money() throws {
    let summary = EvaluationSummary(Self.forms)
    let body = try #require(summary.bodies.first { $0.name == "青石镇城市运行管理中心" })
    #expect((body.forms, body.counted, body.withoutMoney) == (4, 2, 0))
    #expect(body.money.opening == 3_561_000)
    #expect(body.money.adjusted == 3_524_000)
    #expect(body.money.executed == 3_470_100)
    #expect(body.money.rate == Decimal(9847) / 100)
    #expect(summary.money.adjusted == 3_524_012)
  }

  @Test("bodies with errors stand first, and errors before the rest")
  func ranks() {
    let summary = EvaluationSummary(Self.forms)
    #expect(summary.bodies.map(\.name) == ["白石镇城市运行管理中心", "青石镇城市运行管理中心"])
    #expect(summary.bodies[0].errors == 2)
    #expect(summary.bodies[0].grades == ["中": 1])
    #expect(summary.lines.prefix(2).map(\.code) == ["grade.misstated", "total.misstated"])
    let severities = summary.lines.map {
      Finding.Severity.allCases.firstIndex(of: $0.severity) ?? 0
    }
    #expect(severities == severities.sorted())
    #expect(summary.lines.first { $0.code == "tree.indicator-differs" }?.findings == 2)
    #expect(summary.lines.first { $0.code == "tree.indicator-differs" }?.forms == 1)
    #expect(summary.clean == 3)
  }

  @Test("a form without a money unit is said to be left out")
  func withoutUnit() {
    var form = CheckSamples.sound
    form.moneyUnit = nil
    let body = EvaluationSummary([form]).bodies[0]
    #expect(body.withoutMoney == 1)
    #expect(body.money == .init())
    #expect(body.money.rate == nil)
  }

  @Test("of no forms there is nothing to say")
  func none() {
    let summary = EvaluationSummary([])
    #expect(summary.bodies.isEmpty && summary.lines.isEmpty && summary.clean == 0)
  }
}
