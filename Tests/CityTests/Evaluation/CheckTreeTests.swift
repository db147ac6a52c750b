import Foundation
import Testing

@testable import City

/// Forms whose amounts are sums of others.
enum TreeSamples {
  static func form(
    _ ordinal: Int, _ opening: String, _ adjusted: String, _ executed: String,
    unit: String = "青石镇城市运行管理中心"
  ) -> EvaluationForm {
    var form = CheckSamples.sound
    form.ordinal = ordinal
    form.unit = unit
    form.project = "项目\(ordinal)"
    form.money(PrintedNumber(opening), PrintedNumber(adjusted), PrintedNumber(executed))
    return form
  }

  /// The first is the total of the second and third; the fourth is apart.
  static let forms: [EvaluationForm] = {
    var forms = [
      form(1, "301.10", "298.40", "297.01"), form(2, "201.00", "198.20", "197.00"),
      form(3, "100.10", "100.20", "100.00"), form(4, "55.00", "54.00", "50.00"),
    ]
    forms[0].set(0, "≥240(次)", "250(次)")
    return forms
  }()

  /// The same as projects of a desk, which stand in no file.
  static let kept = forms.map { form in
    var form = form
    form.source = ""
    return form
  }
}

@Suite struct CheckTreeTests {
  private func branches(_ forms: [EvaluationForm]) -> [EvaluationTree.Branch] {
    EvaluationTree(forms).branches
  }

  @Test("a form that is the sum of others is found, and what it says otherwise")
  func parent() throws {
    let checked = EvaluationCheck.check(TreeSamples.forms)
    #expect(branches(TreeSamples.forms) == [.init(parent: 0, children: [1, 2])])
    #expect(EvaluationTree(TreeSamples.forms).roots(of: 4) == [0, 3])
    let parent = try #require(checked[0].findings.first { $0.code == "tree.parent-of" })
    #expect(parent.arguments["children"] == "2、3")
    let differing = checked[0].findings.filter { $0.code == "tree.indicator-differs" }
    #expect(differing.map { $0.arguments["child"] } == ["2", "3"])
    #expect(differing.allSatisfy { $0.place == .indicator(0) })
    #expect(checked[1...].allSatisfy { !$0.findings.contains { $0.code.hasPrefix("tree.") } })
  }

  @Test("a part in another file is named with it")
  func otherFile() throws {
    var forms = TreeSamples.forms
    forms[2].source = "other.txt"
    let found = EvaluationCheck.check(forms)[0].findings
    let parent = try #require(found.first { $0.code == "tree.parent-of" })
    #expect(parent.arguments["children"] == "2、other.txt 3")
  }

  @Test("forms that stand in no file are named by their projects, never by a number in it")
  func projects() throws {
    let found = EvaluationCheck.check(TreeSamples.kept)[0].findings
    let parent = try #require(found.first { $0.code == "tree.parent-of" })
    #expect(parent.sentence == "tree.parent-of.projects")
    #expect(parent.arguments["children"] == nil)
    #expect(parent.arguments["projects"] == "项目2、项目3")
    let differing = found.filter { $0.code == "tree.indicator-differs" }
    #expect(differing.map { $0.arguments["project"] } == ["项目2", "项目3"])
    #expect(differing.allSatisfy { $0.sentence == "tree.indicator-differs.projects" })
    let inFile = EvaluationCheck.check(TreeSamples.forms)[0].findings
    #expect(inFile.allSatisfy { $0.sentence == $0.code })
  }

  @Test("a number that is the parts' sum, and a part that agrees, do not differ")
  func agreeing() {
    var forms = TreeSamples.forms
    forms[0].set(0, "≥480(次)", "492(次)")
    forms[0].set(1, "≥95%", "97%")
    let found = EvaluationCheck.check(forms)[0].findings
    #expect(!found.contains { $0.code == "tree.indicator-differs" })
  }

  @Test("amounts off by more than 0.01, of another unit or year, or of several choices are no tree")
  func none() {
    var off = TreeSamples.forms
    off[0] = TreeSamples.form(1, "301.12", "298.40", "297.01")
    #expect(branches(off) == [])
    var apart = TreeSamples.forms
    apart[2].unit = "白石镇城市运行管理中心"
    #expect(branches(apart) == [])
    var otherYear = TreeSamples.forms
    otherYear[1].year = 2024
    #expect(branches(otherYear) == [])
    #expect(branches(TreeSamples.forms + [TreeSamples.form(5, "100.10", "100.20", "100.00")]) == [])
  }

  @Test("a total of totals takes the totals, not their parts as well")
  func nested() {
    let forms = TreeSamples.forms + [TreeSamples.form(5, "356.10", "352.40", "347.01")]
    #expect(
      branches(forms) == [
        .init(parent: 0, children: [1, 2]), .init(parent: 4, children: [0, 3]),
      ])
    #expect(EvaluationTree(forms).roots(of: 5) == [4])
  }

  @Test("amounts in 元 are exact")
  func exact() {
    var forms = TreeSamples.forms
    for index in forms.indices { forms[index].moneyUnit = .yuan }
    #expect(branches(forms) == [])
    forms[0].money("301.10", "298.40", "297.00")
    #expect(branches(forms).count == 1)
  }

  @Test("amounts that are the same in every column may be chance")
  func chance() {
    let forms = [10, 20, 30, 40, 60].enumerated().map { index, amount in
      TreeSamples.form(index + 1, "\(amount).00", "\(amount).00", "\(amount).00")
    }
    #expect(branches(forms) == [])
  }

  @Test("a body with very many forms is searched within bounds")
  func many() {
    let forms = (1...60).map { index in
      TreeSamples.form(index, "\(index + 1).00", "\(index).00", "\(index).00")
    }
    // The large ones are the sum of others in many ways, so none is taken.
    #expect(branches(forms).allSatisfy { $0.parent < 12 })
  }
}
