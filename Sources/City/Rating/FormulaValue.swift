import Base
import Foundation

/// Why a formula comes to nothing.
public enum FormulaGap: Sendable, Hashable {
  /// A rate or mean over nothing.
  case overNothing(CaseFigure)
  /// Nobody has said how much there is of it here.
  case unknown(measure: String)
  case dividedByNothing
  /// A number that no score has.
  case tooGreat

  /// `formula.gap.<code>`.
  public var code: String {
    switch self {
    case .overNothing: "over-nothing"
    case .unknown: "unknown-measure"
    case .dividedByNothing: "divided-by-nothing"
    case .tooGreat: "too-great"
    }
  }

  /// The figure or measure that it is about.
  public var name: String? {
    switch self {
    case .overNothing(let figure): figure.rawValue
    case .unknown(let measure): measure
    case .dividedByNothing, .tooGreat: nil
    }
  }
}

/// What a formula comes to.
public enum FormulaValue: Sendable, Equatable {
  case number(Decimal)
  case nothing(FormulaGap)

  public var number: Decimal? { if case .number(let number) = self { number } else { nil } }
  public var gap: FormulaGap? { if case .nothing(let gap) = self { gap } else { nil } }
}

/// What a formula is asked of: one unit, an area or a person.
public struct FormulaGround: Sendable {
  public var figures: [CaseFigure: FigureValue]
  public var measures: [String: Decimal]

  public init(figures: [CaseFigure: FigureValue] = [:], measures: [String: Decimal] = [:]) {
    self.figures = figures
    self.measures = measures
  }

  func value(of name: Formula.Name) -> FormulaValue {
    switch name {
    case .measure(let code): measures[code].map { .number($0) } ?? .nothing(.unknown(measure: code))
    case .figure(let figure):
      value(figure).amount.map { .number($0) } ?? .nothing(.overNothing(figure))
    case .part(let figure):
      .number(
        figure == .satisfiedRate
          ? Decimal(value(figure).numerator) / 1000 : Decimal(value(figure).numerator))
    case .whole(let figure): .number(Decimal(value(figure).denominator ?? 0))
    }
  }

  private func value(_ figure: CaseFigure) -> FigureValue {
    figures[figure] ?? FigureCount.nothing(figure)
  }
}

extension Formula {
  /// What it comes to.
  ///
  /// - Parameter others: all of the class, the unit among them.
  public func value(of ground: FormulaGround, among others: [FormulaGround]) -> FormulaValue {
    root.value(of: ground, among: others)
  }
}

extension Formula.Node {
  fileprivate func value(
    of ground: FormulaGround, among others: [FormulaGround]
  ) -> FormulaValue {
    func both(_ left: Self, _ right: Self, _ combine: (Decimal, Decimal) -> FormulaValue)
      -> FormulaValue
    {
      switch (left.value(of: ground, among: others), right.value(of: ground, among: others)) {
      case (.number(let left), .number(let right)): combine(left, right)
      case (.nothing(let gap), _), (_, .nothing(let gap)): .nothing(gap)
      }
    }
    return switch self {
    case .number(let number): .number(number)
    case .name(let name): ground.value(of: name)
    case .negated(let node): both(.number(0), node) { .within($0 - $1) }
    case .sum(let left, let right): both(left, right) { .within($0 + $1) }
    case .difference(let left, let right): both(left, right) { .within($0 - $1) }
    case .product(let left, let right): both(left, right) { .product($0, $1) }
    case .quotient(let left, let right): both(left, right) { .quotient($0, $1) }
    case .call(let function, let nodes):
      function.asksClass
        ? function.value(of: nodes[0], ground, among: others)
        : function.value(of: nodes.map { $0.value(of: ground, among: others) })
    }
  }
}

extension Formula.Function {
  /// Of the class; who comes to nothing there is left out.
  fileprivate func value(
    of node: Formula.Node, _ ground: FormulaGround, among others: [FormulaGround]
  ) -> FormulaValue {
    let numbers = others.compactMap { node.value(of: $0, among: []).number }
    let sum = numbers.reduce(Decimal(0), +)
    switch self {
    case .share:
      let own = node.value(of: ground, among: [])
      guard let own = own.number else { return own }
      return .quotient(own, sum)
    case .mean: return .quotient(sum, Decimal(numbers.count))
    default: return numbers.max().map { .number($0) } ?? .nothing(.dividedByNothing)
    }
  }

  fileprivate func value(of values: [FormulaValue]) -> FormulaValue {
    if self == .or { return values.first { $0.number != nil } ?? values[0] }
    if let gap = values.compactMap(\.gap).first { return .nothing(gap) }
    let numbers = values.compactMap(\.number)
    switch self {
    case .min: return .number(numbers.min() ?? 0)
    case .max: return .number(numbers.max() ?? 0)
    // Of bounds that are the wrong way round the lower one holds.
    case .clamp: return .number(Swift.max(numbers[1], Swift.min(numbers[0], numbers[2])))
    case .round: return .number(numbers[0].halfUp(NSDecimalNumber(decimal: numbers[1]).intValue))
    case .abs: return .number(numbers[0].magnitude)
    case .deduct:
      let taken = FormulaValue.product(numbers[0], numbers[1])
      guard let taken = taken.number else { return taken }
      return .number(-Swift.max(0, Swift.min(taken, numbers[2])))
    case .share, .mean, .most, .or: return values[0]
    }
  }
}

extension FormulaValue {
  /// A number, if it is one that a score may have.
  fileprivate static func within(_ number: Decimal) -> FormulaValue {
    guard !number.isNaN, number.magnitude <= Formula.bound else { return .nothing(.tooGreat) }
    return .number(number)
  }

  fileprivate static func product(_ left: Decimal, _ right: Decimal) -> FormulaValue {
    // Twenty places are kept, so that a product always has room for all its digits before the point.
    within((left.halfUp(20) * right.halfUp(20)).halfUp(20))
  }

  fileprivate static func quotient(_ left: Decimal, _ right: Decimal) -> FormulaValue {
    guard right != 0 else { return .nothing(.dividedByNothing) }
    return within((left / right).halfUp(20))
  }
}
