import Foundation

/// Looks for the parts of each form of a group.
struct TreeSearch {
  /// The amounts of a form in hundredths of its money unit.
  struct Node {
    let index: Int
    let opening: Int
    let adjusted: Int
    let executed: Int
  }

  /// A body with more forms in one year is not searched at all: none has as many.
  static let mostForms = 600

  private let forms: [CheckForm]
  /// The largest first.
  private let nodes: [Node]
  /// How much a sum may be off, in hundredths; amounts in 元 are exact.
  private let slack: Int
  private let names: [Int: Set<String>]
  /// Forms whose parts were not looked for.
  private(set) var unsearched: [Int] = []

  init(_ forms: [CheckForm], _ group: [Int]) {
    self.forms = forms
    nodes = group.compactMap { Self.node(forms[$0].form, $0) }
      .sorted { ($0.adjusted, $0.opening, $0.index) > ($1.adjusted, $1.opening, $1.index) }
    slack = group.first.map { forms[$0].form.moneyUnit == .yuan ? 0 : 1 } ?? 0
    names = Dictionary(
      nodes.map { ($0.index, Set(forms[$0.index].indicators.map { shown($0.name) })) },
      uniquingKeysWith: { $1 })
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
  mutating func branches() -> [EvaluationTree.Branch] {
    guard nodes.count <= Self.mostForms else {
      unsearched = nodes.map(\.index)
      return []
    }
    var taken: Set<Int> = []
    var found: [EvaluationTree.Branch] = []
    for parent in nodes.reversed() where parent.opening > 0 {
      guard let parts = candidates(of: parent, without: taken) else {
        unsearched.append(parent.index)
        continue
      }
      guard let chosen = PartSearch(parent, parts, slack).only(), isCertain(parent, chosen) else {
        continue
      }
      taken.formUnion(chosen.map(\.index))
      found.append(.init(parent: parent.index, children: chosen.map(\.index).sorted()))
    }
    return found
  }

  /// Those that may be parts of a form. Of very many, only those that share an indicator with it;
  /// nil where these are too many as well.
  private func candidates(of parent: Node, without taken: Set<Int>) -> [Node]? {
    let smaller = nodes.filter { part in
      part.index != parent.index && !taken.contains(part.index)
        && part.adjusted <= parent.adjusted + slack && part.opening <= parent.opening + slack
        && (part.adjusted, part.opening) != (parent.adjusted, parent.opening)
    }
    guard smaller.count > PartSearch.mostParts else { return smaller }
    let wanted = names[parent.index] ?? []
    var sharing: [Node] = []
    for part in smaller where !wanted.isDisjoint(with: names[part.index] ?? []) {
      sharing.append(part)
      if sharing.count > PartSearch.mostParts { return nil }
    }
    return sharing
  }

  /// Amounts that are the same in every column are one sum only, which may be chance. Two sums want
  /// a shared indicator besides, three stand for themselves.
  private func isCertain(_ parent: Node, _ parts: [Node]) -> Bool {
    let sums = Set([parent.opening, parent.adjusted, parent.executed]).count
    guard sums > 1 else { return false }
    let wanted = names[parent.index] ?? []
    let isShared = parts.contains { !wanted.isDisjoint(with: names[$0.index] ?? []) }
    return isShared || (sums == 3 && parts.count < 5)
  }
}
