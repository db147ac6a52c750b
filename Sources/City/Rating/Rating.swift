import Base
import Foundation

/// Organisations that are measured against each other, villages apart from departments.
public struct RatingClass: Sendable, Equatable {
  public let code: String
  public let name: String
  public let english: String
  /// Organisations of these kinds belong to it, and those named.
  public let kinds: [OrganisationKind]
  public let codes: Set<String>
  /// Organisations that do not, whatever their kind.
  public let except: Set<String>

  func has(_ organisation: Organisation) -> Bool {
    codes.contains(organisation.code)
      || kinds.contains(organisation.kind) && !except.contains(organisation.code)
  }
}

/// Something that is counted elsewhere than in cases, such as residents, by the code of an organisation
/// or area.
public struct RatingMeasure: Sendable, Equatable {
  public let code: String
  public let name: String
  public let english: String
  public let values: [String: Decimal]

  /// The square kilometres of an area, or of the one that an organisation looks after, by its boundary.
  public static let area = "square-kilometres"
  /// The people of an organisation who may sign in.
  public static let people = "people"
  static let built = [area, people]
}

/// A part of a composite score.
public struct RatingTerm: Sendable, Equatable {
  public let name: String
  public let english: String
  public let formula: Formula
}

/// A composite score, as an administrator describes it.
public struct Rating: Sendable, Equatable {
  /// Below which one is listed and not ranked.
  public struct Minimum: Sendable, Equatable {
    public let figure: CaseFigure
    public let count: Int
  }

  public let code: String
  public let name: String
  public let english: String
  public let group: FigureGroup
  /// Of organisations: the code of a class; nil leaves it to the reader.
  public let kindOfOrganisation: String?
  public let channel: Channel?
  /// Nil leaves it to the reader.
  public let due: DueReading?
  public let minimum: Minimum?
  public let terms: [RatingTerm]
  /// Between which the score is kept.
  public let least: Decimal?
  public let most: Decimal?
  /// Decimal places that the score is rounded to, half up.
  public let places: Int

  /// The figures that it asks for, each once.
  public var figures: [CaseFigure] {
    var seen: Set<CaseFigure> = []
    return (terms.flatMap(\.formula.figures) + [minimum?.figure].compactMap { $0 })
      .filter { seen.insert($0).inserted }
  }

  public var measures: [String] {
    var seen: Set<String> = []
    return terms.flatMap(\.formula.measures).filter { seen.insert($0).inserted }
  }

  /// The score of one, with its parts.
  ///
  /// - Parameter others: all of the class, the one among them.
  public func score(of ground: FormulaGround, among others: [FormulaGround]) -> RatingScore {
    let values = terms.map { $0.formula.value(of: ground, among: others) }
    guard let gap = values.compactMap(\.gap).first else {
      var sum = values.compactMap(\.number).reduce(Decimal(0), +)
      if let most { sum = min(sum, most) }
      if let least { sum = max(sum, least) }
      return RatingScore(value: .number(sum.halfUp(places)), terms: values)
    }
    return RatingScore(value: .nothing(gap), terms: values)
  }
}

/// What a composite score comes to, and its terms in their order.
public struct RatingScore: Sendable, Equatable {
  /// Nothing where a term comes to nothing.
  public let value: FormulaValue
  public let terms: [FormulaValue]
}
