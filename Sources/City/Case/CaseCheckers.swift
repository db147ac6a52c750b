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
  /// area there is one for. Who is away is left out unless a substitute acts. The number of questions to
  /// the database does not grow with that of the patrollers.
  public func checkers(for view: CaseView, in snapshot: some Querying) throws -> [Checker] {
    let places = try places.value(in: snapshot)
    let parties = try parties.value(in: snapshot)
    let now = (snapshot as? Transaction)?.now ?? now?()
    var people: [ID<Person>] = []
    if let now, let grid = try dutyGrid(of: view.case, in: snapshot) {
      people += try DutyGridRows.turns(of: grid.id, at: now, in: snapshot)
        .filter { $0.holds(at: now) }.map(\.person)
    }
    people += try PersonDesk.patrollers(of: view.case.areaPath, in: snapshot).map(\.id)
    let choice = try CheckerChoice(
      people, parties: parties, areaPath: view.case.areaPath, at: now, in: snapshot)
    var found: [Checker] = []
    for checker in people.compactMap(choice.checker)
    where !found.contains(where: { $0.person == checker.person }) {
      found.append(checker)
    }
    let areas = view.case.areaPath.split(separator: "/").map(String.init)
    let committee = areas.reversed().lazy.compactMap { code in
      places.area(code: code).flatMap { parties.organisation(lookingAfter: $0.id) }
    }.first
    if let committee { found.append(Checker(organisation: committee)) }
    return found
  }
}

/// What decides who of some people is asked, read for all of them at once.
private struct CheckerChoice {
  private let parties: PartyMap
  private let areaPath: String
  private let actors: Actors
  private let grants: [ID<Person>: [Grant]]

  init(
    _ people: [ID<Person>], parties: PartyMap, areaPath: String, at now: Moment?,
    in snapshot: some Querying
  ) throws {
    self.parties = parties
    self.areaPath = areaPath
    actors = try Actors(for: people, at: now, in: snapshot)
    let known = actors.people.keys.sorted()
    grants = known.isEmpty ? [:] : try RoleRows.grants(of: known, in: snapshot)
  }

  /// Somebody, or who stands in for them while they are away; nobody where neither could answer.
  func checker(_ id: ID<Person>) -> Checker? {
    guard let person = actors.people[id], person.disabledAt == nil, let home = home(of: person)
    else { return nil }
    let (acting, until) = actors.acting(for: id)
    guard let acting else { return nil }
    if until != nil, acting.organisation == person.organisation, let own = self.home(of: acting) {
      return Checker(organisation: own, person: acting.id, name: acting.name)
    }
    // Who may not look there by themselves does so in the place of who is away.
    return Checker(
      organisation: home, person: id, name: person.name,
      substitute: until == nil ? nil : acting.name)
  }

  /// The organisation of somebody who could answer if they were asked.
  private func home(of person: Person) -> Organisation? {
    guard let home = person.organisation.flatMap({ parties[$0] }), home.retiredAt == nil,
      (grants[person.id] ?? []).contains(where: { grant in
        grant.role.rights.contains(.caseHandle) && home.path.hasPrefix(grant.organisationPath)
          && areaPath.hasPrefix(grant.areaPath)
      })
    else { return nil }
    return home
  }
}
