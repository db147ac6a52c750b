import Base
import Store

/// Somebody who may be asked to look on the spot.
public struct Checker: Sendable, Equatable {
  public let organisation: Organisation
  /// A patroller of it; nil for the organisation as a whole.
  public let person: ID<Person>?
  public let name: String?
  /// Who acts for them, where they are away and it is asked of them by name all the same.
  public let substitute: String?

  init(
    organisation: Organisation, person: ID<Person>? = nil, name: String? = nil,
    substitute: String? = nil
  ) {
    self.organisation = organisation
    self.person = person
    self.name = name
    self.substitute = substitute
  }
}

extension CaseDesk {
  /// The duty grid in which a case lies: at its point, or else that of its area.
  public func dutyGrid(of file: Case, in snapshot: some Querying) throws -> DutyGrid? {
    let duties = try duties.value(in: snapshot)
    if let latitude = file.latitude, let longitude = file.longitude,
      let grid = duties.grid(at: Point(latitude: latitude, longitude: longitude))
    {
      return grid
    }
    return duties.grid(ofArea: file.areaPath)
  }

  /// Who may be asked to look on the spot: who patrols the duty grid of the place; the patrollers whose
  /// area holds it, those of the smallest area first; then the organisation that looks after the smallest
  /// area there is one for. Who is away is left out unless a substitute acts.
  public func checkers(for view: CaseView, in snapshot: some Querying) throws -> [Checker] {
    let parties = try parties.value(in: snapshot)
    let places = try places.value(in: snapshot)
    let now = (snapshot as? Transaction)?.now ?? now?()
    var people: [ID<Person>] = []
    if let now, let grid = try dutyGrid(of: view.case, in: snapshot) {
      people += try DutyGridRows.turns(of: grid.id, at: now, in: snapshot)
        .filter { $0.holds(at: now) }.map(\.person)
    }
    people += try PersonDesk.patrollers(of: view.case.areaPath, in: snapshot).map(\.id)
    var known: Set<ID<Person>> = []
    var found: [Checker] = []
    for person in people where known.insert(person).inserted {
      guard let checker = try checker(person, view, parties, at: now, in: snapshot) else {
        continue
      }
      if !found.contains(where: { $0.person == checker.person }) { found.append(checker) }
    }
    let areas = view.case.areaPath.split(separator: "/").map(String.init)
    let committee = areas.reversed().lazy.compactMap { code in
      places.area(code: code).flatMap { parties.organisation(lookingAfter: $0.id) }
    }.first
    if let committee { found.append(Checker(organisation: committee)) }
    return found
  }

  /// Somebody, or who stands in for them while they are away; nobody where neither could answer.
  private func checker(
    _ id: ID<Person>, _ view: CaseView, _ parties: PartyMap, at now: Moment?,
    in snapshot: some Querying
  ) throws -> Checker? {
    guard let person = try PersonRows.find(id, in: snapshot), person.disabledAt == nil,
      let home = try answering(person, view, parties, in: snapshot)
    else { return nil }
    guard let now else { return Checker(organisation: home, person: id, name: person.name) }
    let (acting, away) = try PersonDesk.acting(for: id, at: now, in: snapshot)
    guard let acting else { return nil }
    if away != nil, acting.organisation == person.organisation,
      let own = try answering(acting, view, parties, in: snapshot)
    {
      return Checker(organisation: own, person: acting.id, name: acting.name)
    }
    // Who may not look there by themselves does so in the place of who is away.
    return Checker(
      organisation: home, person: id, name: person.name,
      substitute: away == nil ? nil : acting.name)
  }

  /// The organisation of somebody who could answer if they were asked.
  private func answering(
    _ person: Person, _ view: CaseView, _ parties: PartyMap, in snapshot: some Querying
  ) throws -> Organisation? {
    guard let home = person.organisation.flatMap({ parties[$0] }), home.retiredAt == nil,
      try RoleRows.grants(of: person.id, in: snapshot).contains(where: { grant in
        grant.role.rights.contains(.caseHandle) && home.path.hasPrefix(grant.organisationPath)
          && view.case.areaPath.hasPrefix(grant.areaPath)
      })
    else { return nil }
    return home
  }
}
