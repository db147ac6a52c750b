import Base
import City
import TestSupport
import Testing
import Town

@Suite struct TownPeopleTests {
  private let geography = TownGeography(seed: 1)
  private var town: TownPeople { TownPeople(seed: 1, geography: geography) }

  @Test("the town has the staff that its year is driven with")
  func staff() {
    let count = { (role: Role) in town.people(holding: role).count }
    #expect(count(.patroller) == 26)
    #expect(count(.intakeOperator) == 4)
    #expect(count(.dispatcher) == 3)
    #expect(count(.dutyOfficer) == 4)
    #expect(count(.leader) >= 1 && count(.evaluator) == 2)
    for role in [Role.systemAdministrator, .securityAdministrator, .auditAdministrator] {
      #expect(count(role) == 1)
    }
    for village in geography.villages {
      #expect((2...3).contains(town.patrollers(of: village.code).count))
      let committee = town.committee(of: village.code)
      #expect(committee.map { (1...2).contains(town.handlers(of: $0).count) } == true)
    }
    for grid in geography.dutyGrids {
      let paths = grid.villages.compactMap { geography.village($0)?.area.path }
      for village in grid.villages {
        let walker = town.patrollers(of: village).last
        #expect(walker.map { Set($0.grants.map(\.areaPath)) } == Set(paths), "\(grid.code)")
      }
    }
    #expect(town.demonstration.map(\.role) == Role.allCases)
  }

  @Test("names, sign-ins and numbers are each their own, and come again with the seed")
  func unique() {
    let people = town.people
    #expect(people == TownPeople(seed: 1, geography: geography).people)
    #expect(people.map(\.name) != TownPeople(seed: 2, geography: geography).people.map(\.name))
    for values in [people.map(\.name), people.map(\.signIn), people.map(\.phone)] {
      #expect(Set(values).count == people.count)
    }
    // Numbers that a network gives out begin with 13 to 19.
    #expect(people.allSatisfy { $0.phone.hasPrefix("126") && $0.phone.count == 11 })
  }

  @Test("an administrator holds nothing else")
  func separated() {
    for person in town.people {
      for grant in person.grants {
        #expect(person.grants.allSatisfy { grant.role.goes(with: $0.role) })
      }
    }
  }

  @Test("every organisation that a kind of the shipped catalogue names is there, with handlers")
  func responsible() throws {
    let catalogue = try Catalogue.read(Catalogue.shippedFiles, knowing: Centre.knownNames)
    var named: Set<String> = []
    for kind in catalogue.kinds {
      for rule in kind.responsible {
        if case .organisation(let code) = rule.unit { named.insert(code) }
      }
    }
    #expect(named.count >= 15)
    for code in named.sorted() {
      #expect(town.organisations.contains { $0.code == code }, "\(code)")
      #expect(!town.handlers(of: code).isEmpty, "\(code)")
    }
  }

  @Test("the real verbs take the town's areas, organisations, posts and people")
  func verbs() async throws {
    let test = try await TestDatabase()
    let town = town
    let geography = geography
    try await test.database.write { tx in
      #expect(try AreaDesk.load(geography.drafts, by: .command, in: tx).added == 65)
      let summary = try OrganisationDesk.load(town.organisations, by: .command, in: tx)
      #expect(summary.added == town.organisations.count)
      for post in town.posts {
        try PostDesk.put(code: post.code, name: post.name, by: .command, in: tx)
      }
      let party = try PartyMap(reading: tx)
      for person in town.people {
        let facts = PersonFacts(
          name: person.name, phone: person.phone,
          organisation: party.organisation(code: person.organisation)?.id, post: person.post)
        try PersonDesk.add(
          NewPerson(signIn: person.signIn, facts: facts, grants: person.grants), by: .command,
          in: tx)
      }
    }
    let places = try await test.database.read { try PlaceMap(reading: $0) }
    let party = try await test.database.read { try PartyMap(reading: $0) }
    for village in geography.villages {
      let area = try #require(places.area(code: village.code))
      #expect(area.path == village.area.path)
      #expect(party.organisation(lookingAfter: area.id)?.code == town.committee(of: village.code))
    }
    var generator = SeededGenerator(seed: 8)
    for village in geography.villages {
      for _ in 0..<50 {
        let place = geography.randomPlace(in: village, using: &generator)
        let grids = places.grids(at: place.point)
        #expect(grids.finest?.path == place.path)
        #expect(
          grids.areas.map(\.path) == places.ancestors(of: grids.areas[4]).map(\.path) + [place.path]
        )
      }
    }
  }
}
