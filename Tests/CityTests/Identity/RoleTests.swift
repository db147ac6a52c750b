import Base
import Store
import Testing

@testable import City

@Suite struct RoleTests {
  static let administrators: [Role] = [
    .systemAdministrator, .securityAdministrator, .auditAdministrator,
  ]

  @Test("the administrators' powers do not overlap with one another's, nor with the work")
  func powers() {
    let own: Set<Right> = [.tokenOwn]
    for role in Self.administrators {
      for other in Role.allCases where other != role {
        #expect(role.rights.intersection(other.rights).subtracting(own).isEmpty)
      }
    }
  }

  @Test("an administrator holds no second role; two roles of the work go together")
  func separation() async throws {
    let office = try await Office()
    let people = office.identity.people
    for first in Role.allCases {
      let id = try await office.add(
        "holds-\(first.rawValue)", [Grant(role: first)], canSignIn: false)
      for second in Role.allCases {
        let apart =
          first != second
          && (Self.administrators.contains(first) || Self.administrators.contains(second))
        let grant = Grant(role: second, areaPath: "town/east/")
        if apart {
          await #expect(
            performing: { try await people.grant(grant, to: id, by: .command) },
            throws: field("role", "role.separated"))
        } else {
          #expect(try await people.grant(grant, to: id, by: .command))
        }
      }
    }
    await #expect(
      performing: {
        try await office.add(
          "both", [Grant(role: .leader), Grant(role: .auditAdministrator)], canSignIn: false)
      }, throws: field("role", "role.separated"))
  }

  @Test("a role is held once; taking away what is not held is refused")
  func twice() async throws {
    let office = try await Office()
    let people = office.identity.people
    let id = try await office.add("zhang", canSignIn: false)
    let grant = Grant(role: .leader, areaPath: "town/east/")
    #expect(try await people.grant(grant, to: id, by: .command))
    #expect(try await !people.grant(grant, to: id, by: .command))
    await #expect(
      performing: { try await people.revoke(Grant(role: .leader), from: id, by: .command) },
      throws: fault("grant.missing"))
    try await people.revoke(grant, from: id, by: .command)
    #expect(
      try await office.verbs(about: id) == ["person.add", "person.grant", "person.revoke"])
  }

  @Test("a scope must exist, and may be named by a code")
  func scopes() async throws {
    let office = try await Office()
    let people = office.identity.people
    let id = try await office.add("zhang", canSignIn: false)
    for (grant, name) in [
      (Grant(role: .leader, organisationPath: "centre/ro"), "organisation"),
      (Grant(role: .leader, organisationPath: "centre/fire/"), "organisation"),
      (Grant(role: .leader, areaPath: "town/north/"), "area"),
    ] {
      await #expect(
        performing: { try await people.grant(grant, to: id, by: .command) },
        throws: field(name, "\(name).unknown"))
    }
    let named = try await office.test.database.read {
      try PersonDesk.grant(.leader, organisation: "lamps", area: "7", in: $0)
    }
    #expect(named.organisationPath == "centre/roads/lamps/")
    #expect(named.areaPath == "town/east/7/")
    await #expect(
      performing: {
        try await office.test.database.read {
          try PersonDesk.grant(.leader, organisation: "fire", area: "", in: $0)
        }
      }, throws: field("organisation", "organisation.unknown"))
  }

  @Test("nobody holds more than fifty roles")
  func many() async throws {
    let office = try await Office()
    let id = try await office.add("zhang", canSignIn: false)
    try await office.test.database.write { tx in
      for index in 0..<RoleRules.mostGrants {
        try Office.addArea("area\(index)/", in: tx)
        _ = try RoleRows.add(Grant(role: .leader, areaPath: "area\(index)/"), to: id, in: tx)
      }
    }
    await #expect(
      performing: {
        try await office.identity.people.grant(Grant(role: .leader), to: id, by: .command)
      }, throws: field("role", "role.many"))
  }
}

/// That it is the last of this sort.
private func lastOne(_ role: Role) -> @Sendable (any Error) -> Bool {
  { error in
    let fault = error as? Fault
    return fault?.code == "administrator.last" && fault?.arguments == ["role": role.rawValue]
  }
}

@Suite struct LastAdministratorTests {
  private static let everywhere = Grant(role: .systemAdministrator)
  private static let last = lastOne(.systemAdministrator)

  @Test("the last enabled system administrator is neither disabled nor loses the role")
  func last() async throws {
    let office = try await Office()
    let people = office.identity.people
    let first = try await office.add("first", [Self.everywhere], canSignIn: false)
    let second = try await office.add("second", [Self.everywhere], canSignIn: false)
    try await people.disable(second, by: .command)
    await #expect(
      performing: { try await people.disable(first, by: .command) }, throws: Self.last)
    await #expect(
      performing: { try await people.revoke(Self.everywhere, from: first, by: .command) },
      throws: Self.last)
    #expect(try await office.doer(first)?.holds(.catalogueManage) == true)
    try await people.enable(second, by: .command)
    try await people.revoke(Self.everywhere, from: first, by: .command)
    await #expect(
      performing: { try await people.disable(second, by: .command) }, throws: Self.last)
  }

  @Test(
    "the last security and the last audit administrator stay too, whoever asks",
    arguments: [Role.securityAdministrator, .auditAdministrator])
  func otherSorts(role: Role) async throws {
    let office = try await Office()
    let people = office.identity.people
    let grant = Grant(role: role)
    let first = try await office.add("first", [grant], canSignIn: false)
    let second = try await office.add("second", [grant], canSignIn: false)
    _ = try await office.add("system", [Self.everywhere], canSignIn: false)
    try await people.disable(second, by: .command)
    let last = lastOne(role)
    await #expect(performing: { try await people.disable(first, by: .command) }, throws: last)
    await #expect(
      performing: { try await people.revoke(grant, from: first, by: .command) }, throws: last)
    try await people.enable(second, by: .command)
    try await people.disable(first, by: .command)
  }

  @Test("one over a part does not replace the last one over everything")
  func partial() async throws {
    let office = try await Office()
    let people = office.identity.people
    let part = Grant(role: .systemAdministrator, organisationPath: "centre/roads/")
    let whole = try await office.add("whole", [Self.everywhere, part], canSignIn: false)
    let local = try await office.add("local", [part], canSignIn: false)
    await #expect(
      performing: { try await people.disable(whole, by: .command) }, throws: Self.last)
    await #expect(
      performing: { try await people.revoke(Self.everywhere, from: whole, by: .command) },
      throws: Self.last)
    try await people.disable(local, by: .command)
    try await people.revoke(part, from: whole, by: .command)
  }

  @Test("an installation whose administrators all hold a part keeps the last of them")
  func onlyPartial() async throws {
    let office = try await Office()
    let part = Grant(role: .systemAdministrator, areaPath: "town/east/")
    let id = try await office.add("local", [part], canSignIn: false)
    await #expect(
      performing: { try await office.identity.people.disable(id, by: .command) },
      throws: Self.last)
  }

  @Test("of all system administrators disabled at once, one is left")
  func race() async throws {
    let office = try await Office()
    let people = office.identity.people
    var ids: [ID<Person>] = []
    for index in 0..<8 {
      ids.append(try await office.add("admin\(index)", [Self.everywhere], canSignIn: false))
    }
    let refused = await withTaskGroup(of: Bool.self) { group in
      for id in ids {
        group.addTask {
          do {
            try await people.disable(id, by: .command)
            return false
          } catch { return Self.last(error) }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(refused == 1)
    let left = try await office.test.database.read {
      try RoleRows.administrators(.systemAdministrator, in: $0)
    }
    #expect(left == AdministratorCount(somewhere: 1, everywhere: 1))
  }
}
