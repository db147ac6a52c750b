import Base
import Store

/// Who should get a case, by the town's own rules first and the catalogue's after them.
extension CaseDesk {
  /// Nil when no rule names anybody who exists.
  public func proposal(for view: CaseView, in snapshot: some Querying) throws -> Proposal? {
    let areas = view.case.areaPath.split(separator: "/").map(String.init)
    let answerers = view.kind.answerers(in: areas)
    let parties = try parties.value(in: snapshot)
    let places = try places.value(in: snapshot)
    func organisation(_ rule: Responsibility) -> Organisation? {
      Self.organisation(rule, areas: areas, places: places, parties: parties)
    }
    var helpers: [Organisation] = []
    for helper in answerers.help.compactMap(organisation) where !helpers.contains(helper) {
      helpers.append(helper)
    }
    if let rule = parties.responsible(
      kind: view.case.kind, areaPath: view.case.areaPath)
    {
      let person = try rule.person.flatMap { person in
        try Self.serves(person, in: rule.organisation, in: snapshot) ? person : nil
      }
      return Proposal(
        lead: rule.organisation, person: person,
        helpers: helpers.filter { $0.id != rule.organisation.id })
    }
    guard let lead = answerers.lead.flatMap(organisation) else { return nil }
    return Proposal(lead: lead, person: nil, helpers: helpers.filter { $0.id != lead.id })
  }

  /// Whether a case may be sent to somebody: they belong there and are not barred.
  static func serves(
    _ person: ID<Person>, in organisation: Organisation, in snapshot: some Querying
  ) throws -> Bool {
    guard let found = try PersonRows.find(person, in: snapshot) else { return false }
    return found.organisation == organisation.id && found.disabledAt == nil
  }

  private static func organisation(
    _ rule: Responsibility, areas: [String], places: PlaceMap, parties: PartyMap
  ) -> Organisation? {
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
