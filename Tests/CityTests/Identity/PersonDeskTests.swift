import Base
import City
import Store
import Testing

@Suite struct PersonDeskTests {
  @Test("somebody who is added is found under their name in any spelling, with their roles")
  func adding() async throws {
    let office = try await Office()
    let grant = Grant(role: .handler, organisationPath: "centre/roads/", areaPath: "town/east/")
    let id = try await office.add("Zhang.San", [grant], organisation: "roads")
    let entry = try await office.identity.people.find(signIn: " ＺＨＡＮＧ.san ", by: .command)
    #expect(entry.person.id == id)
    #expect(entry.person.signIn == "zhang.san")
    #expect(entry.grants == [grant])
    let doer = try await office.doer(id)
    #expect(doer?.organisation?.path == "centre/roads/")
    await #expect(
      performing: { try await office.add("zhang.SAN") }, throws: field("sign-in", "sign-in.taken"))
    await #expect(
      performing: {
        try await office.identity.people.find(signIn: "nobody", by: .command)
      }, throws: fault("person.missing"))
  }

  @Test("the ledger knows who was added and changed by ids and codes, never by name or phone")
  func discretion() async throws {
    let office = try await Office()
    let grant = Grant(role: .handler, organisationPath: "centre/roads/")
    let id = try await office.add("zhang.san", [grant], organisation: "roads")
    let people = office.identity.people
    try await people.change(
      id, to: PersonFacts(name: "李四", phone: "021-1234567", post: "lamplighter"), by: .command)
    try await people.setPassword("another horse", of: id, by: .command)
    try await people.disable(id, by: .command)
    try await people.enable(id, by: .command)
    try await people.revoke(grant, from: id, by: .command)
    let entries = try await office.entries(about: id)
    #expect(
      entries.map(\.verb) == [
        "person.add", "person.grant", "person.change", "person.password", "person.disable",
        "person.enable", "person.revoke",
      ])
    let said = entries.map(\.payload).joined()
    for secret in ["某人", "李四", "1380000", "1234567", "zhang", "horse"] {
      #expect(!said.contains(secret))
    }
    #expect(entries[2].payload.contains(#""fields":["name","phone","organisation","post"]"#))
    #expect(entries[1].payload.contains(#""organisation-path":"centre/roads/""#))
  }

  @Test("a change that changes nothing leaves no entry")
  func idleChanges() async throws {
    let office = try await Office()
    let id = try await office.add("zhang")
    let people = office.identity.people
    let before = try await office.verbs(about: id)
    try await people.change(
      id, to: PersonFacts(name: " zhang 某人 ", phone: "１３８00001111"), by: .command)
    try await people.enable(id, by: .command)
    #expect(try await office.verbs(about: id) == before)
  }

  @Test(
    "facts that cannot be are refused, each with its field",
    arguments: [
      (PersonFacts(name: "  "), "name", "value.missing"),
      (PersonFacts(name: String(repeating: "长", count: 51)), "name", "value.long"),
      (PersonFacts(name: "a\u{7}b"), "name", "value.control"),
      (PersonFacts(name: "a", phone: "call me"), "phone", "phone.unreadable"),
      (PersonFacts(name: "a", phone: "12"), "phone", "phone.unreadable"),
      (PersonFacts(name: "a", organisation: ID(99)), "organisation", "organisation.unknown"),
      (PersonFacts(name: "a", post: "cook"), "post", "post.unknown"),
    ])
  func badFacts(facts: PersonFacts, name: String, code: String) async throws {
    let office = try await Office()
    let new = NewPerson(signIn: "zhang", facts: facts)
    await #expect(
      performing: { try await office.identity.people.add(new, by: .command) },
      throws: field(name, code))
    #expect(try await office.count("person") == 0)
  }

  @Test("only who may manage people does anything about them")
  func permission() async throws {
    let office = try await Office()
    let id = try await office.add("zhang")
    let people = office.identity.people
    for role in Role.allCases where role != .securityAdministrator {
      let doer = Doer(person: ID(1), grants: [Grant(role: role)])
      let new = NewPerson(signIn: "li", facts: PersonFacts(name: "李"))
      let denied = fault("right.missing")
      await #expect(performing: { try await people.add(new, by: doer) }, throws: denied)
      await #expect(
        performing: { try await people.change(id, to: PersonFacts(name: "b"), by: doer) },
        throws: denied)
      await #expect(
        performing: { try await people.setPassword("another horse", of: id, by: doer) },
        throws: denied)
      await #expect(performing: { try await people.disable(id, by: doer) }, throws: denied)
      await #expect(performing: { try await people.enable(id, by: doer) }, throws: denied)
      await #expect(
        performing: { try await people.grant(Grant(role: .leader), to: id, by: doer) },
        throws: denied)
      await #expect(
        performing: { try await people.revoke(Grant(role: .leader), from: id, by: doer) },
        throws: denied)
      await #expect(
        performing: { try await people.list(PersonQuery(), by: doer) }, throws: denied)
    }
    #expect(try await office.verbs(about: id) == ["person.add"])
  }

  @Test("a security administrator of one unit reaches its people, and nobody who holds more")
  func reach() async throws {
    let office = try await Office()
    let people = office.identity.people
    let doer = Doer(
      person: ID(1),
      grants: [Grant(role: .securityAdministrator, organisationPath: "centre/roads/")])
    let lamps = Grant(role: .handler, organisationPath: "centre/roads/lamps/")
    let own = try await office.add("own", [lamps], organisation: "lamps")
    let high = try await office.add("high", [Grant(role: .leader)], organisation: "lamps")
    let other = try await office.add("other", organisation: "water")
    try await people.setPassword("another horse", of: own, by: doer)
    for id in [high, other] {
      await #expect(
        performing: { try await people.setPassword("another horse", of: id, by: doer) },
        throws: fault("person.out-of-reach"))
    }
    await #expect(
      performing: { try await people.grant(Grant(role: .leader), to: own, by: doer) },
      throws: fault("person.out-of-reach"))
    let water = try await office.test.database.read { try PersonDesk.organisation("water", in: $0) }
    await #expect(
      performing: {
        try await people.change(
          own, to: PersonFacts(name: "own", organisation: water), by: doer)
      }, throws: fault("person.out-of-reach"))
    let listed = try await people.list(PersonQuery(), by: doer)
    #expect(listed.map(\.person.signIn) == ["high", "own"])
  }

  @Test("a list is paged by name, and leaves out whom it is not asked for")
  func listing() async throws {
    let office = try await Office()
    for index in 0..<7 {
      try await office.add(
        "p\(index)", [Grant(role: index % 2 == 0 ? .leader : .handler)],
        organisation: index < 4 ? "roads" : "water", canSignIn: false)
    }
    let people = office.identity.people
    let gone = try await people.find(signIn: "p6", by: .command).person.id
    try await people.disable(gone, by: .command)
    var query = PersonQuery()
    query.limit = 4
    var seen: [String] = []
    while case let page = try await people.list(query, by: .command), let last = page.last {
      seen += page.map(\.person.signIn)
      query.after = last.person.signIn
    }
    #expect(seen == ["p0", "p1", "p2", "p3", "p4", "p5"])
    query = PersonQuery()
    query.includesDisabled = true
    query.role = .leader
    query.organisationPath = "centre/water/"
    #expect(try await people.list(query, by: .command).map(\.person.signIn) == ["p4", "p6"])
  }
}
