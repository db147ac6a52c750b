import Foundation

/// What shows only in several forms together.
enum CheckTree {
  /// Findings with the place of their form.
  static func findings(_ forms: [CheckForm]) -> [(form: Int, found: [Finding])] {
    guard forms.count > 1 else { return [] }
    let tree = EvaluationTree(forms)
    let parents = tree.branches.map { branch in
      let children = branch.children.map { forms[$0] }
      let parent = forms[branch.parent]
      return (branch.parent, [isParent(parent, children)] + differing(parent, children))
    }
    let copies = tree.copies.map { ($0, [isCopy(forms[$0], of: forms[$1])]) }
    return parents + copies + tree.unsearched.map { ($0.forms[0], [isUnsearched($0)]) }
  }

  private static func isCopy(_ copy: CheckForm, of first: CheckForm) -> Finding {
    Finding(
      "tree.same-form", at: .form,
      ["source": first.form.source, "ordinal": "\(first.form.ordinal)"])
  }

  private static func isUnsearched(_ body: EvaluationTree.Unsearched) -> Finding {
    Finding(
      "tree.not-searched", at: .form,
      ["count": "\(body.forms.count)", "limit": "\(body.limit)"])
  }

  private static func isParent(_ parent: CheckForm, _ children: [CheckForm]) -> Finding {
    let row = parent.form.budget.total
    var arguments = [
      "projects": children.map(\.form.project).joined(separator: "、"),
      "count": "\(children.count)", "opening": row.opening.text, "adjusted": row.adjusted.text,
      "executed": row.executed.text, "unit": parent.form.moneyUnit?.rawValue ?? "",
    ]
    if !parent.form.source.isEmpty {
      arguments["children"] = children.map { place($0, parent) }.joined(separator: "、")
    }
    return Finding("tree.parent-of", at: .form, arguments)
  }

  /// Which form of the file; with the file's name when it is another than the parent's.
  private static func place(_ child: CheckForm, _ parent: CheckForm) -> String {
    let other = child.form.source == parent.form.source ? "" : child.form.source + " "
    return other + "\(child.form.ordinal)"
  }

  /// The same indicator with another target or another actual value than in a part.
  private static func differing(_ parent: CheckForm, _ children: [CheckForm]) -> [Finding] {
    parent.indicators.flatMap { indicator -> [Finding] in
      let same = children.flatMap { child in
        child.indicators.filter { $0.name == indicator.name }.map { (child, $0) }
      }
      guard !same.isEmpty, !isSum(indicator, same.map(\.1)) else { return [] }
      // Of an indicator that several parts have, each may have its own value.
      guard !same.contains(where: { agrees(indicator, $0.1) }) else { return [] }
      return same.map { child, other in
        var arguments = [
          "project": child.form.project, "childTarget": other.target.text,
          "childActual": other.actual.text,
        ]
        if !parent.form.source.isEmpty { arguments["child"] = place(child, parent) }
        return Finding(
          "tree.indicator-differs", at: indicator.place, indicator.arguments(arguments))
      }
    }
  }

  private static func agrees(_ left: CheckIndicator, _ right: CheckIndicator) -> Bool {
    means(left.target, right.target) && means(left.actual, right.actual)
  }

  /// The same figures; `≥100%` and `=100%` ask the same.
  private static func means(_ left: EvaluationTarget, _ right: EvaluationTarget) -> Bool {
    if left.text == right.text { return true }
    guard !left.amounts.isEmpty, left.amounts.count == right.amounts.count else { return false }
    return zip(left.amounts, right.amounts).allSatisfy { one, other in
      let bound = one.bound == other.bound || (one.isLimit && other.isLimit)
      // 10部门/领域 and 10部门领域 are written otherwise and mean the same.
      let unit = one.unit.filter { $0 != "/" } == other.unit.filter { $0 != "/" }
      return one.whole == other.whole && bound && unit
    }
  }

  /// A total's number is its parts' sum.
  private static func isSum(_ total: CheckIndicator, _ parts: [CheckIndicator]) -> Bool {
    guard total.target.kind == .count, let whole = total.target.amounts.first else { return false }
    let amounts = parts.compactMap(\.target.amounts.first)
    return amounts.count == parts.count && amounts.reduce(0) { $0 + $1.whole } == whole.whole
  }
}
