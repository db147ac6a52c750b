import Base
import Foundation
import Store

extension RatingDesk {
  /// Ranks those of a class, of a level, or of an organisation, as far as `doer` may see all that they
  /// have.
  ///
  /// - Throws: `right.missing`, `period.backwards`; `input.invalid` with `rating.unknown`,
  ///   `rating.class-unknown` or `ranking.organisation-missing`.
  public func ranking(
    _ asked: RankingQuestion, by doer: Doer, now: Moment, in snapshot: some Querying
  ) throws -> Ranking {
    try doer.require(.figuresRead)
    try CaseDesk.requirePeriod(asked.scope)
    let book = try shelf.value(in: snapshot).book
    let (question, rating) = try settled(asked, book)
    let parties = try cases.parties.value(in: snapshot)
    // Of areas only what the reader sees is counted, so the others have no place beside them.
    let holders = try holders(question, book, in: snapshot).filter {
      question.group != .area || Self.seesAll(of: $0, doer, parties)
    }
    let figures = rating?.figures ?? question.figures
    let grounds = try grounds(
      of: holders, question, figures, measures: rating?.measures ?? [], book, by: doer, now: now,
      in: snapshot)
    let others = holders.map { grounds[$0.key] ?? FormulaGround() }
    let volume = rating.map { $0.minimum?.figure } ?? question.figures.first
    let rows = zip(holders, others).map { holder, ground in
      row(holder, ground, among: others, question, rating, volume: volume)
    }
    let seen = rows.filter { Self.seesAll(of: $0.holder, doer, parties) }
    let numbers = rows.compactMap(\.value.number)
    let minimum = question.minimum ?? rating?.minimum?.count ?? 0
    let isBetterLow = rating == nil && (question.figures.first?.isBetterLow ?? false)
    let order = Ranking.ranked(rows, minimum: minimum, isBetterLow: isBetterLow)
    let mayMean = seen.count == rows.count || numbers.count >= Self.leastClass
    return Ranking(
      question: question, rating: rating,
      rows: order.filter { Self.seesAll(of: $0.holder, doer, parties) },
      mean: mayMean ? Self.mean(numbers) : nil, minimum: minimum, volume: volume)
  }

  /// The same in a transaction of its own.
  public func ranking(
    _ asked: RankingQuestion, by doer: Doer, now: Moment
  ) async throws -> Ranking {
    try await database.read { try ranking(asked, by: doer, now: now, in: $0) }
  }

  static func mean(_ numbers: [Decimal]) -> Decimal? {
    numbers.isEmpty
      ? nil : (numbers.reduce(Decimal(0), +) / Decimal(numbers.count)).halfUp(20)
  }

  /// The question with all that the rating or the book says of it.
  private func settled(
    _ asked: RankingQuestion, _ book: RatingBook
  ) throws -> (RankingQuestion, Rating?) {
    var question = asked
    var rating: Rating?
    if case .rating(let code) = asked.by {
      guard let found = book[rating: code] else {
        throw Fault.invalid(
          "by", "rating.unknown",
          [
            "rating": code.brief,
            "known": book.ratings.map(\.code).joined(separator: ", "),
          ])
      }
      rating = found
      question.group = found.group
      question.kindOfOrganisation = found.kindOfOrganisation ?? asked.kindOfOrganisation
      question.scope.channel = found.channel ?? asked.scope.channel
      question.scope.due = found.due ?? asked.scope.due
    }
    guard question.group == .organisation else {
      question.kindOfOrganisation = nil
      return (question, rating)
    }
    if let code = question.kindOfOrganisation, book[class: code] == nil {
      throw Fault.invalid(
        "class", "rating.class-unknown",
        ["class": code.brief, "known": book.classes.map(\.code).joined(separator: ", ")])
    }
    question.kindOfOrganisation = question.kindOfOrganisation ?? book.classes.first?.code
    return (question, rating)
  }

  private func row(
    _ holder: RankingHolder, _ ground: FormulaGround, among others: [FormulaGround],
    _ question: RankingQuestion, _ rating: Rating?, volume: CaseFigure?
  ) -> RankingRow {
    let cases = volume.map { ground.figures[$0]?.volume ?? 0 } ?? 0
    guard let rating else {
      let name = question.figures.first.map { Formula.Name.figure($0) }
      return RankingRow(
        holder: holder, value: name.map(ground.value) ?? .nothing(.dividedByNothing),
        volume: cases, figures: ground.figures, measures: [:], terms: [])
    }
    let score = rating.score(of: ground, among: others)
    return RankingRow(
      holder: holder, value: score.value, volume: cases, figures: ground.figures,
      measures: ground.measures, terms: score.terms)
  }
}

extension RankingQuestion {
  /// The figure that it asks for itself.
  var figures: [CaseFigure] {
    if case .figure(let figure) = by { [figure] } else { [] }
  }
}

// MARK: - Who is ranked

extension RatingDesk {
  private func holders(
    _ question: RankingQuestion, _ book: RatingBook, in snapshot: some Querying
  ) throws -> [RankingHolder] {
    let parties = try cases.parties.value(in: snapshot)
    switch question.group {
    case .organisation:
      let above = question.scope.organisation.flatMap { parties[$0] }?.path ?? ""
      return parties.organisations.filter { organisation in
        organisation.retiredAt == nil && organisation.path.hasPrefix(above)
          && organisation.path != above
          && book.kind(of: organisation)?.code == question.kindOfOrganisation
      }.map(RankingHolder.init)
    case .area:
      let within = question.scope.areaPath ?? ""
      return try cases.places.value(in: snapshot).areas
        .filter { $0.level == question.level && $0.path.hasPrefix(within) }
        .map(RankingHolder.init)
    case .person:
      guard let organisation = question.scope.organisation else {
        throw Fault.invalid("organisation", "ranking.organisation-missing")
      }
      return try people(of: organisation, in: snapshot)
    }
  }

  /// The people of an organisation who may sign in.
  public func people(
    of organisation: ID<Organisation>, in snapshot: some Querying
  ) throws -> [RankingHolder] {
    let path = try cases.parties.value(in: snapshot)[organisation]?.path ?? ""
    var found: [RankingHolder] = []
    try snapshot.each(
      """
      SELECT id, name FROM person WHERE organisation_id = \(organisation)
        AND disabled_at IS NULL ORDER BY id LIMIT \(Self.mostHolders)
      """
    ) { fields in
      let id: ID<Person> = try fields.next()
      found.append(
        RankingHolder(
          key: .person(id), code: id.description, name: try fields.next(), path: path))
    }
    return found
  }

  /// Whether all cases of one are among those that somebody may see figures of.
  private static func seesAll(
    of holder: RankingHolder, _ doer: Doer, _ parties: PartyMap
  ) -> Bool {
    switch holder.key {
    case .organisation, .person:
      doer.may(.figuresRead, organisationPath: holder.path, areaPath: "")
    case .area:
      doer.grants(holding: .figuresRead).contains { grant in
        holder.path.hasPrefix(grant.areaPath)
          && (grant.organisationPath.isEmpty
            || parties.centres.contains { $0.path.hasPrefix(grant.organisationPath) })
      }
    }
  }
}

extension RankingHolder {
  init(_ organisation: Organisation) {
    self.init(
      key: .organisation(organisation.id), code: organisation.code, name: organisation.name,
      path: organisation.path)
  }

  init(_ area: Area) {
    self.init(key: .area(area.id), code: area.code, name: area.name, path: area.path)
  }
}
