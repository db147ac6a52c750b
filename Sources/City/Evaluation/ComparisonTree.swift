import Foundation

/// Forms that are totals of others: their money must not be counted again.
public struct EvaluationTree: Equatable, Sendable {
  /// One form and those it is the total of.
  public struct Branch: Equatable, Sendable {
    /// Places in the array of forms, from 0.
    public let parent: Int
    public let children: [Int]
  }

  public let branches: [Branch]

  /// Forms without a parent: their amounts make the whole of a body's money.
  public func roots(of count: Int) -> [Int] {
    let children = Set(branches.flatMap(\.children))
    return (0..<count).filter { !children.contains($0) }
  }

  /// Finds, among the forms of one unit and year, those whose opening and adjusted budget is the sum
  /// of others to 0.01 万元 (and what was executed, as far as rounding allows).
  ///
  /// Amounts that could be chance are not enough; where more than one choice of parts fits, none is
  /// taken.
  public init(_ forms: [EvaluationForm]) {
    self.init(forms.map(CheckForm.init))
  }

  init(_ forms: [CheckForm]) {
    var groups: [[String]: [Int]] = [:]
    for (index, form) in forms.enumerated() {
      let form = form.form
      let key = [
        form.unit.isEmpty ? form.department : form.unit, form.year.map(String.init) ?? "",
        form.moneyUnit?.rawValue ?? "",
      ].map(EvaluationTarget.normalized)
      groups[key, default: []].append(index)
    }
    branches = groups.values.flatMap { TreeSearch(forms, $0).branches() }
      .sorted { $0.parent < $1.parent }
  }
}

/// Looks for the parts of each form of a group.
private struct TreeSearch {
  /// The amounts of a form in hundredths of its money unit.
  struct Node {
    let index: Int
    let opening: Int
    let adjusted: Int
    let executed: Int
  }

  let forms: [CheckForm]
  let nodes: [Node]
  /// How much a sum may be off, in hundredths; amounts in 元 are exact.
  let slack: Int

  init(_ forms: [CheckForm], _ group: [Int]) {
    self.forms = forms
    nodes = group.compactMap { Self.node(forms[$0].form, $0) }
      .sorted { ($0.adjusted, $0.opening, $0.index) > ($1.adjusted, $1.opening, $1.index) }
    slack = group.first.map { forms[$0].form.moneyUnit == .yuan ? 0 : 1 } ?? 0
  }

  private static func node(_ form: EvaluationForm, _ index: Int) -> Node? {
    let row = form.budget.total
    let amounts = [row.opening, row.adjusted, row.executed].map { $0.value.flatMap(hundredths) }
    guard let opening = amounts[0], let adjusted = amounts[1], let executed = amounts[2],
      opening > 0 || adjusted > 0
    else { return nil }
    return Node(index: index, opening: opening, adjusted: adjusted, executed: executed)
  }

  private static func hundredths(_ value: Decimal) -> Int? {
    guard value >= 0, value < 1_000_000_000_000 else { return nil }
    return NSDecimalNumber(decimal: (value * 100).halfUp(0)).intValue
  }

  /// From the smallest parent to the largest; what has a parent is no part of another.
  func branches() -> [EvaluationTree.Branch] {
    var taken: Set<Int> = []
    var found: [EvaluationTree.Branch] = []
    for parent in nodes.reversed() where parent.opening > 0 {
      let parts = nodes.filter { part in
        part.index != parent.index && !taken.contains(part.index)
          && part.adjusted <= parent.adjusted + slack && part.opening <= parent.opening + slack
          && (part.adjusted, part.opening) != (parent.adjusted, parent.opening)
      }
      var search = PartSearch(parent, parts, slack)
      guard let chosen = search.only(), isCertain(parent, chosen) else { continue }
      taken.formUnion(chosen.map(\.index))
      found.append(.init(parent: parent.index, children: chosen.map(\.index).sorted()))
    }
    return found
  }

  /// Amounts that are the same in every column are one sum only, which may be chance. Two sums want
  /// a shared indicator besides, three stand for themselves.
  private func isCertain(_ parent: Node, _ parts: [Node]) -> Bool {
    let sums = Set([parent.opening, parent.adjusted, parent.executed]).count
    guard sums > 1 else { return false }
    let names = Set(forms[parent.index].indicators.map { shown($0.name) })
    let shared = parts.contains { part in
      forms[part.index].indicators.contains { names.contains(shown($0.name)) }
    }
    return shared || (sums == 3 && parts.count < 5)
  }
}

/// The choices of parts that make a parent's amounts.
private struct PartSearch {
  let parent: TreeSearch.Node
  let parts: [TreeSearch.Node]
  let slack: Int
  /// What all parts from a place on have together.
  let left: [(opening: Int, adjusted: Int)]
  var found: [[TreeSearch.Node]] = []
  /// A bound on the work: a body with very many forms is given up on rather than waited for.
  var steps = 200_000

  init(_ parent: TreeSearch.Node, _ parts: [TreeSearch.Node], _ slack: Int) {
    self.parent = parent
    self.parts = parts
    self.slack = slack
    var sums = [(opening: 0, adjusted: 0)]
    for part in parts.reversed() {
      let last = sums[sums.count - 1]
      sums.append((last.opening + part.opening, last.adjusted + part.adjusted))
    }
    left = sums.reversed()
  }

  /// The only choice there is; nil of none, of several, and of too many to try.
  mutating func only() -> [TreeSearch.Node]? {
    choose(0, parent.opening, parent.adjusted, [])
    return steps > 0 && found.count == 1 ? found[0] : nil
  }

  private mutating func choose(
    _ place: Int, _ opening: Int, _ adjusted: Int, _ chosen: [TreeSearch.Node]
  ) {
    steps -= 1
    guard steps > 0, found.count < 2, opening >= -slack, adjusted >= -slack else { return }
    if abs(opening) <= slack, abs(adjusted) <= slack, chosen.count > 1, agrees(chosen) {
      found.append(chosen)
      return
    }
    guard place < parts.count, left[place].opening + slack >= opening,
      left[place].adjusted + slack >= adjusted
    else { return }
    let part = parts[place]
    choose(place + 1, opening - part.opening, adjusted - part.adjusted, chosen + [part])
    choose(place + 1, opening, adjusted, chosen)
  }

  /// What was executed: each amount is rounded for itself.
  private func agrees(_ chosen: [TreeSearch.Node]) -> Bool {
    let sum = chosen.reduce(0) { $0 + $1.executed }
    return abs(sum - parent.executed) <= slack * (chosen.count + 1)
  }
}
