import Base
import Store

/// Who gets a case of a kind at a place, and which rules say so: the town's own first, the narrowest of
/// them deciding, and the catalogue's after them.
public struct WhoGets: Sendable {
  /// What became of one rule.
  public enum Outcome: String, Sendable, CaseIterable {
    /// It names the lead.
    case decides
    /// It names one that helps.
    case helps
    /// A narrower one, or one of the town, decides instead.
    case outranked
    /// It names nobody who is there.
    case absent
    /// It names the lead, or a helper, once more.
    case repeated
  }

  /// A rule that is about such a case.
  public struct Line: Sendable {
    /// Whether it is the town's own, and not the catalogue's.
    public let isOwn: Bool
    /// The start of the kinds' codes that it is about; empty for every kind.
    public let kinds: String
    /// Nil for everywhere.
    public let area: Area?
    /// Whom it names; of the catalogue the code of an organisation, or a level whose own one is meant.
    public let unit: Responsibility.Unit
    /// The organisation that this is here, if it is there and not retired.
    public let organisation: Organisation?
    public let outcome: Outcome
  }

  /// That somebody whom a rule names is away.
  public struct Away: Sendable {
    public let name: String
    /// The first moment at which they are back.
    public let until: Moment
    /// Nil: it is for their organisation.
    public let substitute: String?
    /// Whether the substitute belongs elsewhere: then it goes to who is away by name, and the substitute
    /// acts for them.
    public let isElsewhere: Bool
  }

  /// Nil when no rule names anybody who exists.
  public let proposal: Proposal?
  /// Of the person of the proposal.
  public let personName: String?
  /// Whether the rule that decides names somebody who is not there any more, so that it is left to the
  /// organisation.
  public let isPersonGone: Bool
  /// Who is away of whom the rule that decides speaks, and who acts for them.
  public let away: Away?
  /// Every rule that is about such a case: those of the town, the narrowest first; then the catalogue's.
  public let lines: [Line]
}

extension CaseDesk {
  /// - Parameter areaPath: of the area that holds the place.
  public func whoGets(
    _ kind: CaseKind, areaPath: String, in snapshot: some Querying
  ) throws -> WhoGets {
    try whoGets([(kind: kind, areaPath: areaPath)], in: snapshot)[0]
  }

  /// Who gets each of some cases, in their order; in as few statements as for one.
  public func whoGets(
    _ asked: [(kind: CaseKind, areaPath: String)], in snapshot: some Querying
  ) throws -> [WhoGets] {
    let (places, parties) = (
      try places.value(in: snapshot), try parties.value(in: snapshot)
    )
    let finders = asked.map {
      WhoGetsFinder(kind: $0.kind, areaPath: $0.areaPath, places: places, parties: parties)
    }
    let named = finders.map(\.person)
    let people = try PersonRows.names(of: named.compactMap { $0?.person }, in: snapshot)
    let actors = try Actors(
      for: Array(people.keys), at: (snapshot as? Transaction)?.now ?? now?(), in: snapshot)
    return zip(finders, named).map { finder, named in
      let person = named.flatMap { named in
        people[named.person].flatMap {
          $0.organisation == named.organisation.id && $0.disabledAt == nil ? $0 : nil
        }
      }
      let (acts, away) = Self.acting(for: person, by: actors)
      return finder.found(person: acts, isGone: named != nil && person == nil, away: away)
    }
  }

  /// Whom a case goes to that is somebody's by rule: who stands in for them while they are away.
  private static func acting(
    for person: Person?, by actors: Actors
  ) -> (person: Person?, away: WhoGets.Away?) {
    guard let person else { return (nil, nil) }
    let (acting, until) = actors.acting(for: person.id)
    guard let until else { return (person, nil) }
    let isElsewhere = acting.map { $0.organisation != person.organisation } ?? false
    return (
      isElsewhere ? person : acting,
      WhoGets.Away(
        name: person.name, until: until, substitute: acting?.name,
        isElsewhere: isElsewhere)
    )
  }
}

/// Looks the rules through, in memory.
private struct WhoGetsFinder {
  let kind: CaseKind
  let areaPath: String
  let places: PlaceMap
  let parties: PartyMap

  private var areas: [String] { areaPath.split(separator: "/").map(String.init) }

  private var own: [ResponsibilityRule] {
    parties.responsibilities.covering(kind: kind.code, areaPath: areaPath)
  }

  private var deciding: (rule: ResponsibilityRule, organisation: Organisation)? {
    for rule in own {
      if let organisation = organisation(rule.organisation) { return (rule, organisation) }
    }
    return nil
  }

  /// Whom the deciding rule names, there or not.
  var person: (person: ID<Person>, organisation: Organisation)? {
    deciding.flatMap { decides in decides.rule.person.map { ($0, decides.organisation) } }
  }

  func found(person: Person?, isGone: Bool, away: WhoGets.Away?) -> WhoGets {
    let answerers = kind.answerers(in: areas)
    let lead = deciding?.organisation ?? answerers.lead.flatMap(organisation)
    var lines = own.map { line($0) }
    var helpers: [Organisation] = []
    var isLeadFound = deciding != nil
    for rule in kind.responsible where rule.area.map(areas.contains) ?? true {
      let organisation = organisation(rule)
      var outcome = WhoGets.Outcome.outranked
      if rule.helps ? answerers.help.contains(rule) : rule == answerers.lead {
        if let organisation {
          if !rule.helps {
            outcome = isLeadFound ? .outranked : .decides
            isLeadFound = true
          } else if organisation.id == lead?.id || helpers.contains(organisation) {
            outcome = .repeated
          } else {
            helpers.append(organisation)
            outcome = .helps
          }
        } else {
          outcome = .absent
        }
      }
      lines.append(
        WhoGets.Line(
          isOwn: false, kinds: kind.code, area: rule.area.flatMap { places.area(code: $0) },
          unit: rule.unit, organisation: organisation, outcome: outcome))
    }
    return WhoGets(
      proposal: lead.map { Proposal(lead: $0, person: person?.id, helpers: helpers) },
      personName: person?.name, isPersonGone: isGone, away: away, lines: lines)
  }

  private func line(_ rule: ResponsibilityRule) -> WhoGets.Line {
    let organisation = organisation(rule.organisation)
    return WhoGets.Line(
      isOwn: true, kinds: rule.kindPrefix, area: places.area(path: rule.areaPath),
      unit: .organisation(parties[rule.organisation]?.code ?? ""), organisation: organisation,
      outcome: organisation == nil
        ? .absent : rule.id == deciding?.rule.id ? .decides : .outranked)
  }

  private func organisation(_ id: ID<Organisation>) -> Organisation? {
    parties[id].flatMap { $0.retiredAt == nil ? $0 : nil }
  }

  private func organisation(_ rule: Responsibility) -> Organisation? {
    switch rule.unit {
    case .organisation(let code):
      return parties.organisation(code: code).flatMap { $0.retiredAt == nil ? $0 : nil }
    case .level(let level):
      let wanted = level.areaLevel
      let area = areas.compactMap { places.area(code: $0) }.last { $0.level == wanted }
      return area.flatMap { parties.organisation(lookingAfter: $0.id) }
    }
  }
}

extension Responsibility.AreaRule {
  fileprivate var areaLevel: AreaLevel {
    switch self {
    case .village: .villageGrid
    case .area: .areaGrid
    case .town: .town
    case .district: .district
    }
  }
}
