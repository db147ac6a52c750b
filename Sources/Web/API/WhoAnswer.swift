import Base
import City

/// Who gets a case, and why; everything by code, as JSON has it.
public struct WhoAnswer: Encodable, Sendable {
  /// The area that holds the place; not there outside of every one.
  public let area: String?
  /// Not there where no rule names anybody who exists.
  public let lead: String?
  public let person: String?
  public let helpers: [String]
  /// The deciding rule names somebody who is not there any more.
  public let isPersonGone: Bool
  /// The person of the rule is away.
  public let away: Away?
  public let rules: [Rule]

  /// Who is away, and who acts for them.
  public struct Away: Encodable, Sendable {
    public let name: String
    /// When they are back.
    public let until: Moment
    public let substitute: String?
  }

  /// A rule that is about such a case, and what became of it.
  public struct Rule: Encodable, Sendable {
    /// `town` or `catalogue`.
    public let source: String
    public let kinds: String?
    public let area: String?
    public let organisation: String?
    /// A level whose own organisation is meant, of the catalogue.
    public let level: String?
    /// See `WhoGets.Outcome`.
    public let outcome: String
  }

  /// - Parameter values: `kind`, and where wanted `area`, or `latitude`, `longitude` and `system`.
  /// - Throws: `input.invalid` naming what is wrong.
  public init(_ values: [String: String], _ centre: Centre) async throws {
    try await self.init(Query(values), centre)
  }

  init(_ query: Query, _ centre: Centre) async throws {
    try query.requireOnce()
    guard let code = query["kind"] else { throw Fault.invalid("kind", "value.missing") }
    let directory = try await centre.directory()
    let place: Area? =
      if let area = query["area"] {
        try directory.area(area)
      } else if query["latitude"] != nil
        || query["longitude"] != nil
      { directory.places.grids(at: try query.point()).finest } else { nil }
    self.init(try await centre.whoGets(code, in: place), area: place?.code)
  }

  /// - Parameter area: the code of the one that holds the place.
  init(_ found: WhoGets, area code: String?) {
    area = code
    lead = found.proposal?.lead.code
    person = found.proposal?.person?.description
    helpers = found.proposal?.helpers.map(\.code) ?? []
    isPersonGone = found.isPersonGone
    away = found.away.map { Away(name: $0.name, until: $0.until, substitute: $0.substitute) }
    rules = found.lines.map(Rule.init)
  }
}

extension Centre {
  /// Who gets a case of a kind in an area, or nowhere in particular.
  ///
  /// - Throws: `input.invalid` with `kind.unknown` for what the catalogue does not hold.
  func whoGets(_ code: String, in area: Area?) async throws -> WhoGets {
    guard let kind = try usedCatalogue()[code] else {
      throw Fault.invalid("kind", "kind.unknown", ["kind": String(code.prefix(64))])
    }
    return try await database.read {
      try cases.whoGets(kind, areaPath: area?.path ?? "", in: $0)
    }
  }
}

extension WhoAnswer.Rule {
  init(_ line: WhoGets.Line) {
    source = line.isOwn ? "town" : "catalogue"
    kinds = line.kinds.isEmpty ? nil : line.kinds
    area = line.area?.code
    switch line.unit {
    case .organisation(let code): (organisation, level) = (code, nil)
    case .level(let wanted): (organisation, level) = (line.organisation?.code, wanted.rawValue)
    }
    outcome = line.outcome.rawValue
  }
}
