import Base
import Foundation

/// A formula of a composite score: figures and measures of one unit, and of its class, put together by
/// exact decimals. It either comes to a number, or to nothing with the reason; it never fails.
public struct Formula: Sendable, Equatable {
  /// Characters of a formula.
  public static let longest = 500
  /// Parts of a formula: numbers, names, signs and functions.
  public static let mostParts = 100
  /// How deep brackets, signs and functions nest.
  public static let deepest = 16
  /// What is greater than this in its sum, product or quotient is no score.
  static let bound = Decimal(sign: .plus, exponent: 15, significand: 1)

  /// As it was written.
  public let text: String
  let root: Node

  /// What a formula is made of.
  indirect enum Node: Sendable, Equatable {
    case number(Decimal)
    case name(Name)
    case negated(Node)
    case sum(Node, Node)
    case difference(Node, Node)
    case product(Node, Node)
    case quotient(Node, Node)
    case call(Function, [Node])
  }

  /// What is known of a unit.
  public enum Name: Sendable, Hashable {
    case figure(CaseFigure)
    /// The cases that count, and all that the figure is out of.
    case part(CaseFigure)
    case whole(CaseFigure)
    /// Something that is no figure of cases, by its code, such as the number of residents.
    case measure(String)
  }

  enum Function: String, CaseIterable, Sendable {
    /// Of the unit, against all of its class: its part of their sum; and their mean and greatest, which are the same for all.
    case share, mean, most
    case min, max, clamp, round, abs
    /// `deduct(points, times, most)`: points off for each time, down to a floor.
    case deduct
    /// The first that comes to something.
    case or

    /// How many values it takes.
    var takes: ClosedRange<Int> {
      switch self {
      case .share, .mean, .most, .abs: 1...1
      case .round: 2...2
      case .clamp, .deduct: 3...3
      case .min, .max, .or: 2...8
      }
    }

    /// Whether it asks for the others of the class.
    var asksClass: Bool { [.share, .mean, .most].contains(self) }
  }

  /// The figures that it asks for, each once, in the order of writing.
  public var figures: [CaseFigure] {
    names.map { name -> CaseFigure? in
      switch name {
      case .figure(let figure), .part(let figure), .whole(let figure): figure
      case .measure: nil
      }
    }.compactMap { $0 }.distinct
  }

  /// The measures that it asks for, likewise.
  public var measures: [String] {
    names.compactMap { if case .measure(let code) = $0 { code } else { nil } }.distinct
  }

  private var names: [Name] { root.names }
}

extension Formula.Node {
  fileprivate var names: [Formula.Name] {
    switch self {
    case .number: []
    case .name(let name): [name]
    case .negated(let node): node.names
    case .sum(let left, let right), .difference(let left, let right), .product(let left, let right),
      .quotient(let left, let right):
      left.names + right.names
    case .call(_, let nodes): nodes.flatMap(\.names)
    }
  }
}

extension Array where Element: Hashable {
  /// Each once, where it stands first.
  fileprivate var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
