import Base
import Foundation

extension Formula {
  /// What is wrong with it whatever the figures are: a division by what is always 0, and a `clamp` whose
  /// least is greater than its most; nil for nothing.
  var mistake: Mistake? { root.mistake }
}

extension Formula.Node {
  fileprivate var mistake: Formula.Mistake? {
    switch self {
    case .number, .name: return nil
    case .negated(let node): return node.mistake
    case .sum(let left, let right), .difference(let left, let right), .product(let left, let right):
      return left.mistake ?? right.mistake
    case .quotient(let left, let right):
      if let mistake = left.mistake ?? right.mistake { return mistake }
      return right.constant == 0 ? Formula.Mistake("formula.zero", at: 1) : nil
    case .call(let function, let nodes):
      if let mistake = nodes.lazy.compactMap(\.mistake).first { return mistake }
      guard function == .clamp, nodes.count == 3, let least = nodes[1].constant,
        let most = nodes[2].constant, least > most
      else { return nil }
      return Formula.Mistake(
        "formula.bounds", at: 1, ["least": "\(least)", "most": "\(most)"])
    }
  }

  /// What it always comes to; nil where that depends on a figure, or is nothing.
  private var constant: Decimal? {
    switch self {
    case .number(let number): return number
    case .name, .call: return nil
    case .negated(let node): return node.constant.map { -$0 }
    case .sum(let left, let right): return Self.both(left, right, +)
    case .difference(let left, let right): return Self.both(left, right, -)
    case .product(let left, let right):
      // Nothing times anything is nothing.
      if left.constant == 0 || right.constant == 0 { return 0 }
      return Self.both(left, right, *)
    case .quotient(let left, let right):
      guard right.constant != 0 else { return nil }
      return Self.both(left, right, /)
    }
  }

  private static func both(
    _ left: Self, _ right: Self, _ joined: (Decimal, Decimal) -> Decimal
  ) -> Decimal? {
    guard let left = left.constant, let right = right.constant else { return nil }
    return joined(left, right)
  }
}
