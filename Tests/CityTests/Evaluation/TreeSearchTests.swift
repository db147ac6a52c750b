import Base
import Foundation
import Testing

@testable import City

@Suite struct TreeSearchTests {
  /// Every choice of two parts or more, one after the other.
  private static func bruteForce(
    _ parent: TreeSearch.Node, _ parts: [TreeSearch.Node], _ slack: Int
  ) -> [[Int]] {
    (0..<(1 << parts.count)).compactMap { choice in
      let chosen = parts.indices.filter { choice >> $0 & 1 == 1 }
      let sum = chosen.reduce((0, 0, 0)) {
        ($0.0 + parts[$1].opening, $0.1 + parts[$1].adjusted, $0.2 + parts[$1].executed)
      }
      let fits =
        chosen.count > 1 && abs(sum.0 - parent.opening) <= slack
        && abs(sum.1 - parent.adjusted) <= slack
        && abs(sum.2 - parent.executed) <= slack * (chosen.count + 1)
      return fits ? chosen.map { parts[$0].index } : nil
    }
  }

  @Test("what is found is what trying every choice finds")
  func agrees() {
    var dice = SeededGenerator(seed: 41)
    func roll(_ sides: Int) -> Int { Int(dice.next() % UInt64(sides)) }
    var outcomes = [0, 0, 0]
    for _ in 0..<1200 {
      let slack = roll(2)
      let range = [6, 40, 3000][roll(3)]
      let parts = (0..<(2 + roll(8))).map { index in
        TreeSearch.Node(
          index: index, opening: roll(range), adjusted: 1 + roll(range), executed: roll(range))
      }
      let chosen = parts.filter { _ in roll(2) == 0 }
      // Half are sums, or nearly; half are anything.
      let isSum = roll(2) == 0
      func amount(_ path: KeyPath<TreeSearch.Node, Int>) -> Int {
        isSum
          ? chosen.reduce(roll(3) - 1) { $0 + $1[keyPath: path] } : roll(range * parts.count)
      }
      let parent = TreeSearch.Node(
        index: 99, opening: amount(\.opening), adjusted: amount(\.adjusted),
        executed: amount(\.executed))
      let expected = Self.bruteForce(parent, parts, slack)
      let found = PartSearch(parent, parts, slack).only()
      #expect(found?.map(\.index) == (expected.count == 1 ? expected[0] : nil))
      outcomes[min(expected.count, 2)] += 1
    }
    // None, one, several.
    #expect(outcomes.allSatisfy { $0 > 20 })
  }

  @Test("a total of thirty forms is found, and of one more it is said that nothing was tried")
  func limit() {
    var dice = SeededGenerator(seed: 7)
    func forms(_ count: Int) -> [EvaluationForm] {
      var sum = (0, 0, 0)
      var all = (1...count).map { ordinal in
        let amounts = (0..<3).map { _ in 100_000 + Int(dice.next() % 900_000) }
        sum = (sum.0 + amounts[0], sum.1 + amounts[1], sum.2 + amounts[2])
        return form(ordinal, amounts[0], amounts[1], amounts[2])
      }
      all.append(form(count + 1, sum.0, sum.1, sum.2))
      return all
    }
    let within = EvaluationTree(forms(PartSearch.mostParts))
    #expect(within.branches == [.init(parent: 30, children: Array(0..<30))])
    #expect(within.unsearched == [])
    let beyond = forms(PartSearch.mostParts + 1)
    #expect(EvaluationTree(beyond).branches.isEmpty)
    #expect(EvaluationTree(beyond).unsearched == [.init(forms: [31], limit: 30)])
    let said = EvaluationCheck.check(beyond).flatMap(\.findings).filter {
      $0.code == "tree.not-searched"
    }
    #expect(said.map(\.arguments) == [["count": "1", "limit": "30"]])
    // Those that share an indicator are few enough again.
    var sharing = beyond
    for index in 0..<31 {
      for place in sharing[index].indicators.indices {
        sharing[index].indicators[place].name += index < 2 ? "" : "（\(index)）"
      }
    }
    #expect(EvaluationTree(sharing).unsearched == [])
  }

  @Test("a body of more forms than any has is left alone, and that is said")
  func tooMany() {
    let forms = (1...(TreeSearch.mostForms + 1)).map { form($0, 100 + $0, 90 + $0, 80 + $0) }
    #expect(EvaluationTree(forms).unsearched.map(\.forms.count) == [TreeSearch.mostForms + 1])
  }

  private func form(
    _ ordinal: Int, _ opening: Int, _ adjusted: Int, _ executed: Int
  ) -> EvaluationForm {
    func text(_ hundredths: Int) -> String { (Decimal(hundredths) / 100).printed(2) }
    return TreeSamples.form(ordinal, text(opening), text(adjusted), text(executed))
  }
}

@Suite struct EvaluationCopyTests {
  /// The same forms as another reader gives them.
  private func again(_ forms: [EvaluationForm]) -> [EvaluationForm] {
    forms.map { form in
      var form = form
      form.source = "again.pdf"
      form.project = form.project + " "
      form.indicators[4].name += "（续）"
      return form
    }
  }

  @Test("a form in two formats is one form: said at the second, and counted once")
  func twice() throws {
    var forms = TreeSamples.forms
    for index in forms.indices {
      forms[index].indicators.append(
        CheckSamples.indicator("产出指标", "数量指标", "船只艘数", "=3(艘)", "3(艘)", "0.00"))
      for place in 0..<4 {
        forms[index].indicators.append(
          CheckSamples.indicator("产出指标", "数量指标", "泵闸\(place)", "=3(座)", "3(座)", "0.00"))
      }
    }
    let both = EvaluationCheck.check(forms + again(forms))
    let one = EvaluationSummary(EvaluationCheck.check(forms))
    let two = EvaluationSummary(both)
    #expect(two.copies == 4 && one.copies == 0)
    #expect((two.bodies, two.money, two.clean) == (one.bodies, one.money, one.clean))
    #expect(two.lines == one.lines)
    let said = both.enumerated().flatMap { index, form in
      form.findings.filter { $0.code == "tree.same-form" }.map { (index, $0.arguments) }
    }
    #expect(said.map(\.0) == [4, 5, 6, 7])
    #expect(said.first?.1 == ["source": "made.txt", "ordinal": "1"])
    #expect(EvaluationTree(both).branches == [.init(parent: 0, children: [1, 2])])
  }

  @Test("a body's year given 480 times is one year")
  func many() {
    let forms = (0..<480).flatMap { file in
      TreeSamples.forms.map { form in
        var form = form
        form.source = "\(file).txt"
        return form
      }
    }
    let tree = EvaluationTree(forms)
    #expect(tree.branches == [.init(parent: 0, children: [1, 2])])
    #expect(tree.roots(of: forms.count) == [0, 3])
  }

  @Test(
    "alike is not the same: of one file, of another amount, year, body, project or other indicators"
  )
  func alike() {
    let form = TreeSamples.forms[0]
    func differs(_ change: (inout EvaluationForm) -> Void) -> Bool {
      var other = form
      other.source = "other.txt"
      change(&other)
      return EvaluationTree([form, other]).copies.isEmpty
    }
    #expect(!differs { _ in })
    // Two of five names end elsewhere, their words with the targets are the same.
    #expect(
      !differs { other in
        for index in 0...1 {
          other.indicators[index].name += other.indicators[index].target
          other.indicators[index].target = ""
        }
      })
    #expect(differs { ($0.source, $0.ordinal) = (form.source, 2) })
    #expect(differs { $0.budget.total.executed = "297.02" })
    #expect(differs { $0.year = 2024 })
    #expect(differs { $0.unit = "白石镇城市运行管理中心" })
    #expect(differs { $0.project = "项目9" })
    #expect(differs { $0.total.score = "80.00" })
    #expect(differs { $0.indicators.removeLast(2) })
    // A form without amounts could be any.
    var empty = EvaluationForm(source: "a.txt", ordinal: 1)
    empty.project = "项目"
    var other = empty
    other.source = "b.txt"
    #expect(EvaluationTree([empty, other]).copies.isEmpty)
  }
}
