import Base
import Foundation
import Store

/// What is ranked, by what, and among whom.
public struct RankingQuestion: Sendable, Equatable {
  /// By what.
  public enum Measure: Sendable, Equatable {
    case figure(CaseFigure)
    /// By the code of a composite score.
    case rating(String)

    /// A figure's or a rating's code; a figure comes first where both have it.
    public init(_ code: String) {
      self = CaseFigure(rawValue: code).map { .figure($0) } ?? .rating(code)
    }

    public var code: String {
      switch self {
      case .figure(let figure): figure.rawValue
      case .rating(let code): code
      }
    }
  }

  public var by: Measure
  /// The period and what the cases are narrowed to. An organisation is the one below which they are
  /// ranked, or whose people are.
  public var scope: FigureScope
  public var group: FigureGroup
  /// Of organisations: the code of their class.
  public var kindOfOrganisation: String?
  /// Of areas: their level.
  public var level = AreaLevel.villageGrid
  /// Below which one is listed and not ranked; nil as the rating says.
  public var minimum: Int?

  public init(by measure: Measure, _ scope: FigureScope, group: FigureGroup = .organisation) {
    by = measure
    self.scope = scope
    self.group = group
  }
}

/// One that is ranked.
public struct RankingHolder: Sendable, Equatable {
  /// Whose row it is.
  public enum Key: Sendable, Hashable {
    case organisation(ID<Organisation>)
    case area(ID<Area>)
    case person(ID<Person>)
  }

  public let key: Key
  /// The code of an organisation or area, the id of a person.
  public let code: String
  public let name: String
  /// Of the area or organisation; of a person, their organisation's.
  let path: String
}

/// A line of a ranking.
public struct RankingRow: Sendable, Equatable {
  public let holder: RankingHolder
  /// From 1, the same for those who are alike; nil of who is listed only.
  public internal(set) var rank: Int?
  /// A figure's amount or a composite score.
  public let value: FormulaValue
  /// How many cases it is out of.
  public let volume: Int
  /// The figures that it is made of.
  public let figures: [CaseFigure: FigureValue]
  public let measures: [String: Decimal]
  /// Of a composite score: its terms in their order.
  public let terms: [FormulaValue]
}

/// A ranking: those who have a rank first, then those who are listed only, by name.
public struct Ranking: Sendable {
  /// As it was answered: with the class, the channel and the minimum that hold.
  public let question: RankingQuestion
  /// Of a composite score.
  public let rating: Rating?
  public let rows: [RankingRow]
  /// Of all who come to something, ranked or not; nil over nobody.
  public let mean: Decimal?
  /// The least volume that is ranked.
  public let minimum: Int
  /// What the volume counts.
  public let volume: CaseFigure?

  /// Whether less is better.
  public var isBetterLow: Bool {
    if case .figure(let figure) = question.by { figure.isBetterLow } else { false }
  }
}

extension Ranking {
  /// Puts lines in order and gives them ranks.
  static func ranked(_ rows: [RankingRow], minimum: Int, isBetterLow: Bool) -> [RankingRow] {
    var ranked = rows.filter { $0.value.number != nil && $0.volume >= minimum }
    let listed = rows.filter { $0.value.number == nil || $0.volume < minimum }
    ranked.sort { left, right in
      guard let first = left.value.number, let second = right.value.number, first != second
      else { return left.holder.code < right.holder.code }
      return isBetterLow ? first < second : first > second
    }
    for place in ranked.indices {
      let isTied = place > 0 && ranked[place].value == ranked[place - 1].value
      ranked[place].rank = isTied ? ranked[place - 1].rank : place + 1
    }
    return ranked + listed.sorted { $0.holder.code < $1.holder.code }
  }
}
