import Base
import City

/// Who works for the made-up town, and in which organisations. The same for the same seed.
public struct TownPeople: Sendable {
  /// The tree of organisations, a parent before its children: one centre, its units, twelve
  /// committees.
  public let organisations: [OrganisationDraft]
  public let posts: [TownPost]
  public let people: [TownPerson]

  public init(seed: UInt64, geography: TownGeography) {
    organisations = TownUnits.organisations(of: geography)
    posts = TownUnits.posts
    var hiring = Hiring(
      geography: geography, organisations: organisations,
      names: TownPersonNames(seed: seed, for: "people"))
    hiring.centre()
    hiring.patrollers()
    hiring.units()
    hiring.committees()
    hiring.firms()
    hiring.above()
    hiring.administrators()
    people = hiring.people
  }

  /// Everybody with a role, in order of their sign-in.
  public func people(holding role: Role) -> [TownPerson] {
    people.filter { $0.grants.contains { $0.role == role } }
  }

  /// The patrollers of a village, by the code of its area.
  public func patrollers(of village: String) -> [TownPerson] {
    people(holding: .patroller).filter { $0.village == village }
  }

  /// Those who handle cases in an organisation, by its code.
  public func handlers(of organisation: String) -> [TownPerson] {
    people(holding: .handler).filter { $0.organisation == organisation }
  }

  /// The code of the committee that looks after a village.
  public func committee(of village: String) -> String? {
    organisations.first { $0.kind == .village && $0.area == village }?.code
  }

  /// One sign-in for each role, to try the town with; of the units one whose cases have much to show.
  public var demonstration: [(role: Role, signIn: String)] {
    Role.allCases.compactMap { role in
      let known = role == .handler ? handlers(of: "roads") : people(holding: role)
      return known.first.map { (role, $0.signIn) }
    }
  }
}

/// Somebody who works for the town.
public struct TownPerson: Equatable, Sendable {
  public let signIn: String
  public let name: String
  public let phone: String
  /// The code of their organisation.
  public let organisation: String
  /// The code of their post.
  public let post: String
  public let grants: [Grant]
  /// The code of the village's area that they patrol or work for; nil for the town's own.
  public let village: String?
}

/// Fills the posts of the town, one group after the other.
private struct Hiring {
  let geography: TownGeography
  let organisations: [OrganisationDraft]
  var names: TownPersonNames
  var people: [TownPerson] = []

  private func path(_ organisation: String) -> String {
    TownUnits.path(of: organisation, in: organisations)
  }

  private mutating func hire(
    _ signIn: String, in organisation: String, as post: String, _ grants: [Grant],
    village: String? = nil
  ) {
    people.append(
      TownPerson(
        signIn: signIn, name: names.next(), phone: names.nextPhone(), organisation: organisation,
        post: post, grants: grants, village: village))
  }

  private static func numbered(_ name: String, _ number: Int) -> String {
    name + (number < 10 ? "0" : "") + String(number)
  }

  /// Those who take calls, dispatch, are on duty, lead and evaluate.
  mutating func centre() {
    let centre = TownUnits.centre.code
    let all = path(centre)
    // What is for the centre itself, suggestions and reviews, is handled where it comes in.
    let own = Grant(role: .handler, organisationPath: path(TownUnits.gridCentre))
    for number in 1...4 {
      let grants = [Grant(role: .intakeOperator, organisationPath: all)]
      hire(
        Self.numbered("intake", number), in: TownUnits.gridCentre, as: "intake",
        number > 2 ? grants + [own] : grants)
    }
    for number in 1...3 {
      hire(
        Self.numbered("dispatch", number), in: centre, as: "dispatch",
        // They answer for the centre where one above has sent it a case.
        [
          Grant(role: .dispatcher, organisationPath: all),
          Grant(role: .handler, organisationPath: all),
        ])
    }
    for number in 1...2 {
      hire(
        Self.numbered("duty", number), in: TownUnits.gridCentre, as: "duty",
        [Grant(role: .dutyOfficer, organisationPath: all), own])
    }
    for number in 1...2 {
      hire(
        Self.numbered("leader", number), in: centre, as: "leader",
        [Grant(role: .leader, organisationPath: all)])
    }
    hire(
      "evaluator", in: centre, as: "evaluation", [Grant(role: .evaluator, organisationPath: all)])
  }

  /// Twenty-six over twelve villages: the two with the most people, the town's centre and the one
  /// beside it, have three, all others two. The last one of a village that a duty grid cuts reaches the
  /// other villages of that grid too.
  mutating func patrollers() {
    var number = 0
    for village in geography.villages {
      let count = village.isTownCentre || village.code == "210" ? 3 : 2
      for place in 1...count {
        number += 1
        let reached = place == count ? beside(village) : []
        hire(
          Self.numbered("patrol", number), in: TownUnits.patrol, as: "patrol",
          ([village] + reached).map {
            Grant(
              role: .patroller, organisationPath: path(TownUnits.centre.code),
              areaPath: $0.area.path)
          }, village: village.code)
      }
    }
  }

  /// The other villages of the duty grids that cut a village.
  private func beside(_ village: TownGeography.Village) -> [TownGeography.Village] {
    geography.dutyGrids.filter { $0.villages.contains(village.code) }.flatMap(\.villages)
      .filter { $0 != village.code }.compactMap(geography.village)
  }

  mutating func units() {
    for unit in TownUnits.units where unit.staff > 0 {
      for number in 1...unit.staff {
        // One of the units keeps the books of its own projects.
        let books = unit.code == TownUnits.withProjects && number == 1
        hire(
          Self.numbered(unit.code, number), in: unit.code, as: "handler",
          [Grant(role: .handler, organisationPath: path(unit.code))]
            + (books ? [Grant(role: .evaluator, organisationPath: path(unit.code))] : []))
      }
    }
  }

  /// Two where more people live, else one.
  mutating func committees() {
    for (index, village) in geography.villages.enumerated() {
      let code = TownUnits.committee(index)
      for number in 1...(index % 2 == 0 || village.isTownCentre ? 2 : 1) {
        hire(
          "\(code)-\(number)", in: code, as: "handler",
          [Grant(role: .handler, organisationPath: path(code))], village: village.code)
      }
    }
  }

  mutating func firms() {
    let firms: [(OrganisationDraft, Role)] = [
      (TownUnits.contractor, .contractor), (TownUnits.assessor, .assessor),
    ]
    for (firm, role) in firms {
      hire(
        role.rawValue, in: firm.code, as: role.rawValue,
        [Grant(role: role, organisationPath: path(firm.code))])
    }
  }

  /// One officer for each of the centres above, who does there what is to be done.
  mutating func above() {
    for code in [TownUnits.district.code, TownUnits.city.code] {
      hire(
        code, in: code, as: "duty",
        [Grant(role: .dutyOfficer, organisationPath: path(code))])
    }
  }

  /// Three who hold nothing else, and of whom none may do what another may.
  mutating func administrators() {
    let roles: [(signIn: String, role: Role)] = [
      ("system", .systemAdministrator), ("security", .securityAdministrator),
      ("audit", .auditAdministrator),
    ]
    for (signIn, role) in roles {
      hire(signIn, in: TownUnits.centre.code, as: "administrator", [Grant(role: role)])
    }
  }
}
