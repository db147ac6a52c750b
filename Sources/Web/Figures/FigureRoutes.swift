import Base
import City
import Hummingbird

private enum Listed: String, CaseIterable {
  case part, whole
}

extension Site {
  func addFigures(to group: RouterGroup<SiteContext>) {
    group.get("/figures") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      return try await filtered(request, context) { wrong in
        guard let wrong else { return try await figuresPage(FiguresQuery { parameters[$0] }, doer) }
        return figuresPage(
          asking: FiguresQuery { parameters[$0] }, [], try await surroundings(), wrong: wrong)
      }
    }
    group.get("/figures/export") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      let query = try filled(FiguresQuery { parameters[$0] }, try await surroundings())
      let scope = try await query.scope(centre)
      let found = try await centre.ratings.compared(
        scope, with: query.rivals, by: doer, now: centre.now())
      let file = FigureTable(of: scope, in: centre.zone, renderer.wording(context.language))
      return try await table(file.name, parameters) { try file.write(found, as: $0, to: $1) }
    }
    group.get("/figures/{figure}") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      let figure = try CaseAPI.choice(
        "figure", try context.parameters.require("figure"), as: CaseFigure.self)
      let page = try await figureCases(
        figure, FiguresQuery { parameters[$0] }, isPart: try Self.isPart(parameters),
        cursor: try parameters.cursor(), doer)
      return try await self.page(page, request, context)
    }
    group.get("/figures/{figure}/export") { request, context in
      let doer = try context.requireSignedIn().doer
      let parameters = Query(request)
      let figure = try CaseAPI.choice(
        "figure", try context.parameters.require("figure"), as: CaseFigure.self)
      let query = try filled(FiguresQuery { parameters[$0] }, try await surroundings())
      return try await exported(
        figure, counting: try Self.isPart(parameters), try await query.scope(centre), parameters,
        doer, context)
    }
  }

  /// Whether those that count are listed, or all that the figure is out of, which is also meant where
  /// nothing is said.
  private static func isPart(_ parameters: Query) throws -> Bool {
    guard let of = parameters["of"] else { return false }
    return try CaseAPI.choice("of", of, as: Listed.self) == .part
  }

  private func figuresPage(_ asked: FiguresQuery, _ doer: Doer) async throws -> FiguresPage {
    let around = try await surroundings()
    let query = try filled(asked, around)
    let scope = try await query.scope(centre)
    let found = try await centre.ratings.compared(
      scope, with: query.rivals, by: doer, now: around.now)
    let before = query.yearBefore(centre, scope)
    func shown(_ figures: [CaseFigure]) -> [FiguresPage.Figure] {
      figures.compactMap { figure in
        found.values.first { $0.figure == figure }.map {
          self.figure($0, found.with[figure], query, before)
        }
      }
    }
    let apart = Set(CaseFigure.fourRates + CaseFigure.mediations)
    let rates = CaseFigure.allCases.filter { $0.isRate && !apart.contains($0) }
    let counts = CaseFigure.allCases.filter { $0.measure == .count && !apart.contains($0) }
    var page = figuresPage(asking: query, try await people(query, scope, doer), around)
    page.groups = [
      .init(code: "counts", figures: shown(counts)),
      .init(code: "mediation", figures: shown(CaseFigure.mediations)),
      .init(code: "hotline", figures: shown(CaseFigure.fourRates)),
      .init(code: "rates", figures: shown(rates)),
      .init(code: "times", figures: shown(CaseFigure.allCases.filter { $0.measure == .time })),
    ]
    page.rivals = query.rivals.intersection(
      found.kind == nil ? [.year] : Set(FigureRival.allCases))
    page.kindOfOrganisation = found.kind.map { .named($0.name, english: $0.english) }
    page.chart = try await chart(query, scope, doer, around)
    return page
  }

  /// The page with its filters alone.
  private func figuresPage(
    asking query: FiguresQuery, _ people: [Field.Option], _ around: Surroundings,
    wrong: Fault? = nil
  ) -> FiguresPage {
    FiguresPage(
      query: query,
      choices: FiguresPage.Choices(
        areas: around.areaOptions, organisations: around.leaderOptions,
        kinds: Field.Group.kinds(around.catalogue.kinds), channels: Channel.allCases,
        kindWords: .kindWords(around.catalogue.version), people: people),
      groups: [], wrong: wrong)
  }

  /// The people of the organisation, for those who may see its figures; and whoever was asked for.
  private func people(
    _ query: FiguresQuery, _ scope: FigureScope, _ doer: Doer
  ) async throws -> [Field.Option] {
    var options: [Field.Option] = []
    if let organisation = scope.organisation,
      let path = try await centre.parties.value(from: centre.database)[organisation]?.path,
      doer.may(.figuresRead, organisationPath: path, areaPath: "")
    {
      options = try await centre.database.read { snapshot in
        try centre.ratings.people(of: organisation, in: snapshot)
      }.map { Field.Option(value: $0.code, label: .plain($0.name)) }
    }
    if !query.person.isEmpty, !options.contains(where: { $0.value == query.person }) {
      options.append(Field.Option(value: query.person, label: .plain(query.person)))
    }
    return options
  }

  private func figure(
    _ value: FigureValue, _ with: FigureComparison?, _ query: FiguresQuery, _ before: FiguresQuery
  ) -> FiguresPage.Figure {
    var figure = self.figure(value, query)
    figure.lastYear = with?.lastYear.map { last in
      .init(
        value.figure, value.amount, against: last.amount,
        url: before.cases(of: value.figure, isPart: value.denominator == nil))
    }
    figure.classMean = with?.classMean.map {
      .init(value.figure, value.amount, against: $0.amount)
    }
    return figure
  }

  private func figure(_ value: FigureValue, _ query: FiguresQuery) -> FiguresPage.Figure {
    func list(_ count: Int, isPart: Bool) -> FiguresPage.Part {
      .init(count: count, url: query.cases(of: value.figure, isPart: isPart))
    }
    guard let denominator = value.denominator else {
      return FiguresPage.Figure(
        figure: value.figure, value: value.yuan.map { .amount($0) } ?? .count(value.numerator),
        url: query.cases(of: value.figure, isPart: true))
    }
    if value.figure.measure == .time {
      return FiguresPage.Figure(
        figure: value.figure, value: .time(value.minutes), url: nil,
        whole: list(denominator, isPart: false))
    }
    let isWeighted = value.figure == .satisfiedRate
    return FiguresPage.Figure(
      figure: value.figure, value: isWeighted ? .score(value.rate) : .rate(value.rate), url: nil,
      part: isWeighted ? nil : list(value.numerator, isPart: true),
      whole: list(denominator, isPart: false))
  }

  private func figureCases(
    _ figure: CaseFigure, _ query: FiguresQuery, isPart: Bool, cursor: CaseCursor?, _ doer: Doer
  ) async throws -> FigureCasesPage {
    let around = try await surroundings()
    let query = try filled(query, around)
    let lines = try await centre.cases.lines(
      of: figure, counting: isPart, try await query.scope(centre), after: cursor, limit: 50,
      by: doer, now: around.now)
    let url = query.cases(of: figure, isPart: isPart)
    func turned(to cursor: CaseCursor?) -> SiteURL? {
      cursor.map { url.with([("cursor", $0.description)]) }
    }
    return FigureCasesPage(
      figure: figure, query: query, isPart: isPart, rows: lines.lines.map(around.card),
      previous: turned(to: lines.previous), next: turned(to: lines.next))
  }

  /// Without a period, the last thirty days.
  ///
  /// - Throws: `input.invalid` with `value.day`.
  func filled(_ asked: FiguresQuery, _ around: Surroundings) throws -> FiguresQuery {
    let today = around.now.local(in: around.zone).day
    var query = asked
    if query.to.isEmpty { query.to = today.description }
    if query.from.isEmpty {
      guard let to = Day(written: query.to) else {
        throw Fault.invalid("to", "value.day", ["value": query.to])
      }
      query.from = (to + -29).description
    }
    return query
  }

  /// The last twelve months up to the end of the period: reports, closings and punctuality.
  private func chart(
    _ query: FiguresQuery, _ asked: FigureScope, _ doer: Doer, _ around: Surroundings
  ) async throws -> FiguresPage.Chart? {
    var months: [(label: String, scope: FigureScope)] = []
    guard let end = Day(written: query.to) else { return nil }
    var (year, month) = (end.parts.year, end.parts.month)
    for _ in 0..<12 {
      let next = month == 12 ? (year + 1, 1) : (year, month + 1)
      guard let first = Day(year: year, month: month, day: 1),
        let after = Day(year: next.0, month: next.1, day: 1)
      else { return nil }
      var scope = asked
      scope.from = first.start(in: around.zone)
      scope.before = after.start(in: around.zone)
      months.append((String(first.description.prefix(7)), scope))
      (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
    }
    months.reverse()
    let figures: [CaseFigure] = [.reported, .closed, .closingOnTime]
    let values = try await centre.cases.monthly(
      figures, months.map(\.scope), by: doer, now: around.now)
    return FiguresPage.Chart(
      title: .key("figures.chart"), shape: .bar, columns: months.map(\.label),
      series: figures.enumerated().map { place, figure in
        FiguresPage.Series(
          label: .key("figure.\(figure.rawValue)"),
          values: values.map { month in
            figure.isRate ? month[place].rate : Double(month[place].numerator)
          }, isRate: figure.isRate)
      })
  }
}
