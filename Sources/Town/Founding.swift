import Base
import City
import Store

/// The town before its first case: the catalogue, places, organisations and people.
struct Founding: Sendable {
  let geography: TownGeography
  let people: TownPeople
  let catalogue: Catalogue

  /// Puts everything there, by the house's own hand.
  ///
  /// - Returns: those who will act.
  /// - Throws: `town.not-empty`.
  func found(_ centre: Centre, password: PasswordHash, in tx: Transaction) throws -> TownCast {
    let house = Doer.command
    guard try centre.parties.value(in: tx).organisations.isEmpty,
      try centre.places.value(in: tx).areas.isEmpty
    else { throw Fault(.conflict, "town.not-empty") }
    try CatalogueDesk.install(catalogue, by: house, in: tx)
    for draft in geography.drafts { try AreaDesk.add(draft, by: house, in: tx) }
    for draft in people.organisations { try OrganisationDesk.add(draft, by: house, in: tx) }
    for post in people.posts {
      try PostDesk.put(code: post.code, name: post.name, by: house, in: tx)
    }
    for rule in rules { try ResponsibilityDesk.set(rule, by: house, in: tx) }
    var cast = TownCast()
    cast.units = TownUnits.units.filter { $0.staff > 0 }.map(\.code)
    for person in people.people { try hire(person, password, into: &cast, in: tx) }
    try layOutDutyGrids(cast, in: tx)
    return cast
  }

  /// The town's own rules, where it departs from the catalogue: in its centre the wardens of the
  /// streets clear what the villages clear themselves, and the committee looks after its people.
  private var rules: [ResponsibilityDraft] {
    guard let middle = geography.villages.firstIndex(where: \.isTownCentre) else { return [] }
    let path = geography.villages[middle].area.path
    return [
      ResponsibilityDraft(kindPrefix: "E0507", areaPath: path, organisation: "city-management"),
      ResponsibilityDraft(
        kindPrefix: "H0301", areaPath: path, organisation: TownUnits.committee(middle)),
    ]
  }

  /// The duty grids, with who walks them from the first day on.
  private func layOutDutyGrids(_ cast: TownCast, in tx: Transaction) throws {
    _ = try DutyGridDesk.load(geography.dutyGrids.map(\.draft), by: .command, in: tx)
    for grid in geography.dutyGrids {
      for code in grid.villages {
        guard let village = geography.villages.firstIndex(where: { $0.code == code }),
          let person = cast.patrollers[village]?.last?.person
        else { throw TownFault.nobody }
        try DutyGridDesk.assign(person, to: grid.code, by: .command, in: tx)
      }
    }
  }

  private func hire(
    _ person: TownPerson, _ password: PasswordHash, into cast: inout TownCast, in tx: Transaction
  ) throws {
    let organisation = try PersonDesk.organisation(person.organisation, in: tx)
    let facts = PersonFacts(
      name: person.name, phone: person.phone, organisation: organisation, post: person.post)
    let id = try PersonDesk.add(
      NewPerson(signIn: person.signIn, facts: facts, grants: person.grants), password: password,
      by: .command, in: tx)
    guard let doer = try Doer.load(id, in: tx) else { throw TownFault.nobody }
    switch person.organisation {
    case TownUnits.district.code:
      cast.district = doer
      return
    case TownUnits.city.code:
      cast.city = doer
      return
    case TownUnits.centre.code: cast.path = doer.organisation?.path ?? ""
    default: break
    }
    for role in Set(person.grants.map(\.role)) {
      switch role {
      case .intakeOperator: cast.intake.append(doer)
      case .dispatcher: cast.dispatchers.append(doer)
      case .dutyOfficer: cast.dutyOfficers.append(doer)
      case .handler: cast.handlers[organisation, default: []].append(doer)
      case .leader: cast.leaders.append(doer)
      case .evaluator: cast.evaluators.append(doer)
      case .patroller:
        let village = geography.villages.firstIndex { $0.code == person.village }
        if let village { cast.patrollers[village, default: []].append(doer) }
      default: break
      }
    }
  }
}
