import Base
import Foundation
import Store

/// What is known of each that is ranked.
extension RatingDesk {
  func grounds(
    of holders: [RankingHolder], _ question: RankingQuestion, _ figures: [CaseFigure],
    measures: [String], _ book: RatingBook, by doer: Doer, now: Moment, in snapshot: some Querying
  ) throws -> [RankingHolder.Key: FormulaGround] {
    let counted = try counted(of: holders, question, figures, by: doer, now: now, in: snapshot)
    let measured = try Measured(measures, book, cases, in: snapshot)
    var grounds: [RankingHolder.Key: FormulaGround] = [:]
    for holder in holders {
      var ground = FormulaGround()
      for figure in figures {
        ground.figures[figure] =
          counted[holder.key]?[figure] ?? FigureCount.nothing(figure)
      }
      for measure in measures {
        ground.measures[measure] = try measured.value(of: measure, holder, in: snapshot)
      }
      grounds[holder.key] = ground
    }
    return grounds
  }

  /// The figures of each, counted together. Of areas only what `doer` may see; who leads is seen by those
  /// who see their ranks.
  private func counted(
    of holders: [RankingHolder], _ question: RankingQuestion, _ figures: [CaseFigure],
    by doer: Doer, now: Moment, in snapshot: some Querying
  ) throws -> [RankingHolder.Key: [CaseFigure: FigureValue]] {
    guard !figures.isEmpty, !holders.isEmpty else { return [:] }
    var scope = question.scope
    scope.organisation = nil
    scope.person = nil
    let visible = question.group == .area ? try cases.visibility(doer, in: snapshot) : nil
    let count = FigureCount(figures, scope, visible: visible, now: now)
    switch question.group {
    case .organisation:
      return try count.values(by: .organisation, as: ID<Organisation>.self, in: snapshot)
        .mapKeys { .organisation($0) }
    case .person:
      return try count.values(by: .person, as: ID<Person>.self, in: snapshot)
        .mapKeys { .person($0) }
    case .area:
      let paths = try count.values(by: .area, as: String.self, in: snapshot)
      return Self.gathered(paths, holders)
    }
  }

  /// The figures of areas, out of those of the paths that cases have: each lies in one area of a level.
  private static func gathered(
    _ paths: [String: [CaseFigure: FigureValue]], _ areas: [RankingHolder]
  ) -> [RankingHolder.Key: [CaseFigure: FigureValue]] {
    let byPath = Dictionary(
      areas.map { ($0.path, $0.key) }, uniquingKeysWith: { first, _ in first })
    var found: [RankingHolder.Key: [CaseFigure: FigureValue]] = [:]
    for (path, values) in paths {
      guard let key = path.pathsAbove.lazy.compactMap({ byPath[$0] }).first else { continue }
      found[key, default: [:]].merge(values) { $0 + $1 }
    }
    return found
  }

  /// The mean of a figure over a class, and how many are in it that come to something.
  public struct ClassMean: Sendable, Equatable {
    public let amount: Decimal
    public let count: Int
  }

  /// The mean of each figure over the class of an organisation, of those under its centre, each counting
  /// once; none of a figure that comes to something with fewer than three, since the mean would tell
  /// of the others.
  ///
  /// - Throws: `right.missing`, `period.backwards`.
  public func classMeans(
    of organisation: ID<Organisation>, _ figures: [CaseFigure], _ scope: FigureScope,
    by doer: Doer, now: Moment, in snapshot: some Querying
  ) throws -> (kind: RatingClass, means: [CaseFigure: ClassMean])? {
    try doer.require(.figuresRead)
    try CaseDesk.requirePeriod(scope)
    let parties = try cases.parties.value(in: snapshot)
    let book = try shelf.value(in: snapshot).book
    guard let own = parties[organisation], let kind = book.kind(of: own) else { return nil }
    let centre = parties.centre(of: own.path)?.path ?? ""
    let members = parties.organisations.filter { other in
      other.retiredAt == nil && book.kind(of: other)?.code == kind.code
        && (parties.centre(of: other.path)?.path ?? "") == centre
    }
    var scope = scope
    scope.organisation = nil
    scope.person = nil
    let values = try FigureCount(figures, scope, visible: nil, now: now)
      .values(by: .organisation, as: ID<Organisation>.self, in: snapshot)
    var means: [CaseFigure: ClassMean] = [:]
    for figure in figures {
      let amounts = members.compactMap {
        (values[$0.id]?[figure] ?? FigureCount.nothing(figure)).amount
      }
      guard amounts.count >= Self.leastClass, let mean = Self.mean(amounts) else { continue }
      means[figure] = ClassMean(amount: mean, count: amounts.count)
    }
    return (kind, means)
  }
}

extension FigureValue {
  fileprivate static func + (left: FigureValue, right: FigureValue) -> FigureValue {
    FigureValue(
      figure: left.figure, numerator: left.numerator + right.numerator,
      denominator: left.denominator.map { $0 + (right.denominator ?? 0) })
  }
}

extension Dictionary {
  fileprivate func mapKeys<New: Hashable>(_ change: (Key) -> New) -> [New: Value] {
    reduce(into: [:]) { $0[change($1.key)] = $1.value }
  }
}

extension String {
  /// The path itself and all above it, the longest first.
  fileprivate var pathsAbove: [String] {
    let codes = split(separator: "/")
    return codes.indices.reversed().map { codes[...$0].joined(separator: "/") + "/" }
  }
}

/// What is measured beside cases.
private struct Measured {
  private let values: [String: [String: Decimal]]
  private let parties: PartyMap
  private let places: PlaceMap
  private let people: [ID<Organisation>: Int]

  init(
    _ measures: [String], _ book: RatingBook, _ cases: CaseDesk, in snapshot: some Querying
  ) throws {
    values = Dictionary(
      book.measures.map { ($0.code, $0.values) }, uniquingKeysWith: { first, _ in first })
    parties = try cases.parties.value(in: snapshot)
    places = try cases.places.value(in: snapshot)
    var people: [ID<Organisation>: Int] = [:]
    if measures.contains(RatingMeasure.people) {
      try snapshot.each(
        """
        SELECT organisation_id, COUNT(*) FROM person
        WHERE organisation_id IS NOT NULL AND disabled_at IS NULL GROUP BY organisation_id
        """
      ) { people[try $0.next()] = try $0.next() }
    }
    self.people = people
  }

  func value(
    of measure: String, _ holder: RankingHolder, in snapshot: some Querying
  ) throws -> Decimal? {
    switch (measure, holder.key) {
    case (RatingMeasure.people, .organisation(let id)): Decimal(people[id] ?? 0)
    case (RatingMeasure.area, .area(let id)): squareKilometres(id)
    case (RatingMeasure.area, .organisation(let id)):
      parties[id]?.area.flatMap(squareKilometres)
    default: values[measure]?[holder.code]
    }
  }

  /// To the square metre.
  private func squareKilometres(_ area: ID<Area>) -> Decimal? {
    guard let square = places.shape(of: area)?.area, square.isFinite else { return nil }
    return (Decimal(Int64(square.rounded())) / 1_000_000).halfUp(6)
  }
}
