import Foundation

/// Forms that were given more than once: the same form in another format, or in two folders.
enum EvaluationCopies {
  /// For each form that is the same as an earlier one, the place of that one.
  ///
  /// Forms of one file are never the same, however alike they are: a body may well have two.
  static func find(_ forms: [CheckForm]) -> [Int: Int] {
    var firsts: [Key: [Int]] = [:]
    var copies: [Int: Int] = [:]
    for index in forms.indices {
      guard let key = Key(forms[index].form) else { continue }
      if let first = firsts[key]?.first(where: { isSame(forms[$0], forms[index]) }) {
        copies[index] = first
      } else {
        firsts[key, default: []].append(index)
      }
    }
    return copies
  }

  private struct Key: Hashable {
    let year: Int?
    let texts: [String]
    /// Opening, adjusted, executed budget in 元, and the total's points.
    let figures: [Decimal]

    init?(_ form: EvaluationForm) {
      let row = form.budget.total
      let unit = form.moneyUnit?.inYuan ?? 1
      let amounts = [row.opening, row.adjusted, row.executed].compactMap(\.value)
      guard amounts.count == 3, !form.project.isEmpty else { return nil }
      year = form.year
      texts = [form.project, form.unit.isEmpty ? form.department : form.unit]
        .map(EvaluationTarget.normalized)
      figures = amounts.map { $0 * unit } + [form.total.score.value ?? -1]
    }
  }

  /// Readers of two formats may differ in a name or two: four of five indicators are enough, by
  /// their names, or by name and target together, which may be cut in different places.
  private static func isSame(_ left: CheckForm, _ right: CheckForm) -> Bool {
    guard left.form.source != right.form.source || left.form.ordinal == right.form.ordinal else {
      return false
    }
    return agree(left, right) { shown($0.name) }
      || agree(left, right) { shown($0.name) + $0.target.text }
  }

  private static func agree(
    _ left: CheckForm, _ right: CheckForm, by words: (CheckIndicator) -> String
  ) -> Bool {
    let (mine, others) = (Set(left.indicators.map(words)), Set(right.indicators.map(words)))
    return mine.intersection(others).count * 5 >= mine.union(others).count * 4
  }
}
